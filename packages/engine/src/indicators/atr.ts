import type { Candle } from '../market/candle.js';
import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { trueRanges } from './true-range.js';
import { wilderAverage } from './wilder-average.js';

/**
 * Average true range, in rupees, 0 or more: Wilder's average of the last true ranges.
 *
 * Begins as the mean of the first `period` true ranges, of which the first belongs to the second candle; comes with candle `period` + 1.
 *
 * @param options.period how many ranges are averaged, in candles; the source uses 14.
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 * @example candles$.pipe(indicate({ atr: atr({ period: 14 }) }))
 */
export function atr({ period = 14 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'atr', option: 'period' });
  return recipe({ warmUp: period + 1 }, () => ({ next: averageRanges(period) }));
}

/** A candle in, the average true range out; `undefined` until there is one. */
export function averageRanges(period: number): (candle: Candle) => number | undefined {
  const ranges = trueRanges();
  const average = wilderAverage(period);
  return (candle) => {
    const range = ranges(candle);
    return range === undefined ? undefined : average(range);
  };
}
