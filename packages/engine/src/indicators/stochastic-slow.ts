import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { rangePosition } from './range-position.js';
import { slidingMean } from './sliding.js';
import type { StochasticOptions, StochasticValue } from './stochastic.js';

/** Lengths in candles. */
export interface StochasticSlowOptions extends StochasticOptions {
  /** How many raw values are averaged to `k`; 3 unless given. */
  readonly smoothing?: number;
}

/**
 * Slow stochastic, 0 to 100: the fast one's `k` averaged over `smoothing` (3) candles is `k`, and that over `signal` (3) is `d`.
 *
 * 50 where there is no range. `k` comes with candle 16, `d` with candle 18.
 *
 * @throws EngineError `indicator/period-invalid` if a length is not a whole number above 0.
 * @see George C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities, 1984.
 */
export function stochasticSlow({ period = 14, smoothing = 3, signal = 3 }: StochasticSlowOptions = {}): IndicatorRecipe<StochasticValue> {
  checkedPeriod(period, { indicator: 'stochasticSlow', option: 'period' });
  checkedPeriod(smoothing, { indicator: 'stochasticSlow', option: 'smoothing' });
  checkedPeriod(signal, { indicator: 'stochasticSlow', option: 'signal' });
  return recipe({ warmUp: period + smoothing - 1 }, () => {
    const position = rangePosition(period);
    const smooth = slidingMean(smoothing);
    const mean = slidingMean(signal);
    return {
      next(candle) {
        const raw = position.next(candle);
        const k = raw === undefined ? undefined : smooth(raw);
        return k === undefined ? undefined : { k, d: mean(k) };
      },
    };
  });
}
