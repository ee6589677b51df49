import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { lagged } from './sliding.js';

/**
 * Rate of change, in per cent: by how much the close differs from the close `period` (10) candles before.
 *
 * Comes with candle `period` + 1. Without value where the earlier close was 0, as the price of a spread can be.
 *
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 */
export function roc({ period = 10 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'roc', option: 'period' });
  return recipe({ warmUp: period + 1, pauses: true }, () => {
    const earlier = lagged(period);
    return {
      next({ close }) {
        const before = earlier(close);
        return before === undefined || before === 0 ? undefined : (100 * (close - before)) / before;
      },
    };
  });
}
