import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { slidingMean } from './sliding.js';

/**
 * A candle's volume ÷ the mean volume of the last `period` (20) candles, this one included; 0 to `period`, 1 is usual.
 *
 * Comes with the `period`-th candle. Without value where none of those candles has volume, as for an index.
 *
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 */
export function volumeRatio({ period = 20 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'volumeRatio', option: 'period' });
  return recipe({ warmUp: period, pauses: true }, () => {
    const mean = slidingMean(period);
    return {
      next({ volume }) {
        const usual = mean(volume);
        return usual === undefined || usual === 0 ? undefined : volume / usual;
      },
    };
  });
}
