import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { lagged } from './sliding.js';

/**
 * Momentum, in rupees: the close minus the close `period` (10) candles before.
 *
 * Comes with candle `period` + 1.
 *
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 */
export function momentum({ period = 10 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'momentum', option: 'period' });
  return recipe({ warmUp: period + 1 }, () => {
    const earlier = lagged(period);
    return {
      next({ close }) {
        const before = earlier(close);
        return before === undefined ? undefined : close - before;
      },
    };
  });
}
