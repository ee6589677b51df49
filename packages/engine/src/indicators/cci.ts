import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { lastNumbers } from './sliding.js';

/** Lambert's constant; it brings most values between −100 and 100. */
const SCALE = 0.015;

/**
 * Commodity channel index, without bounds, mostly between −100 and 100: how far the typical price (mean of high, low and close) is from its mean of
 * `period` (20) candles, in mean absolute deviations × 0.015.
 *
 * Comes with the `period`-th candle; 0 where typical prices are all the same.
 *
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 * @see Donald R. Lambert, Commodity Channel Index: Tool for Trading Cyclic Trends, Commodities, October 1980.
 * @example candles$.pipe(indicate({ cci: cci({ period: 20 }) }))
 */
export function cci({ period = 20 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'cci', option: 'period' });
  return recipe({ warmUp: period }, () => {
    const window = lastNumbers(period);
    return {
      next({ high, low, close }) {
        const typical = (high + low + close) / 3;
        const prices = window(typical);
        if (prices === undefined) return undefined;
        // Distances from the present price are exactly 0 where nothing moves, so that no quotient of rounding errors looks like a signal.
        let sum = 0;
        for (let i = 0; i < period; i += 1) sum += prices[i]! - typical;
        const shift = sum / period;
        let deviations = 0;
        for (let i = 0; i < period; i += 1) deviations += Math.abs(prices[i]! - typical - shift);
        return deviations === 0 ? 0 : -shift / (SCALE * (deviations / period));
      },
    };
  });
}
