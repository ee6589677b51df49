import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { rangePosition } from './range-position.js';
import { slidingMean } from './sliding.js';

/** The lines, 0 to 100. */
export interface StochasticValue {
  readonly k: number;
  /** Average of `k`; comes later than it by the length of the average less one. */
  readonly d: number | undefined;
}

/** Lengths in candles. */
export interface StochasticOptions {
  /** How far back the range goes; 14 unless given. */
  readonly period?: number;
  /** How many values of `k` are averaged to `d`; 3 unless given. */
  readonly signal?: number;
}

/**
 * Fast stochastic, 0 to 100: `k` is where the close stands in the range of the last `period` (14) candles, `d` the mean of the last `signal` (3) of them.
 *
 * 50 where there is no range. `k` comes with candle 14, `d` with candle 16.
 *
 * @throws EngineError `indicator/period-invalid` if a length is not a whole number above 0.
 * @see George C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities, 1984.
 * @example candles$.pipe(indicate({ stochastic: stochastic({ period: 14, signal: 3 }) }))
 */
export function stochastic({ period = 14, signal = 3 }: StochasticOptions = {}): IndicatorRecipe<StochasticValue> {
  checkedPeriod(period, { indicator: 'stochastic', option: 'period' });
  checkedPeriod(signal, { indicator: 'stochastic', option: 'signal' });
  return recipe({ warmUp: period }, () => {
    const position = rangePosition(period);
    const mean = slidingMean(signal);
    return {
      next(candle) {
        const k = position.next(candle);
        return k === undefined ? undefined : { k, d: mean(k) };
      },
    };
  });
}
