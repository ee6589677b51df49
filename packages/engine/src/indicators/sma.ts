import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { slidingSum } from './sliding.js';

/**
 * Simple moving average: mean of the last `period` closes, in rupees.
 *
 * The first value comes with the `period`-th candle. Does not drift: the millionth value is as exact as the first.
 *
 * @param options.period how many closes are averaged, in candles; the longer one is often 50.
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 * @example candles$.pipe(indicate({ average: sma({ period: 50 }) }))
 */
export function sma({ period = 20 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'sma', option: 'period' });
  return recipe({ warmUp: period }, () => {
    const total = slidingSum(period);
    return {
      next({ close }) {
        const sum = total(close);
        return sum === undefined ? undefined : sum / period;
      },
    };
  });
}
