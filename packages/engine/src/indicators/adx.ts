import type { Candle } from '../market/candle.js';
import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { wilderAverage } from './wilder-average.js';

/** Strength and direction of a trend, each 0 to 100. */
export interface AdxValue {
  /** How strong the trend is, either way; comes `period` − 1 candles after the other two. */
  readonly adx: number | undefined;
  /** Upward movement as a share of the true range. */
  readonly plusDi: number;
  /** Downward movement as a share of the true range. */
  readonly minusDi: number;
}

/**
 * Average directional index with its two directional indicators, 0 to 100.
 *
 * In TA-Lib's arrangement: the sums of movement and range begin with `period` − 1 candles and are smoothed from the next one on. The indicators come with
 * candle `period` + 1, the index with candle 2 × `period`. A market without any range has no direction: all three are 0.
 * (technicalindicators 3.1 seeds otherwise, by up to 8 % at first, and has the indicators 13 candles later.)
 *
 * @param options.period over how many candles movement is smoothed; the source uses 14.
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 1.
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 * @example candles$.pipe(indicate({ trend: adx() }), filter(({ values }) => values.trend.adx > 25))
 */
export function adx({ period = 14 }: { readonly period?: number } = {}): IndicatorRecipe<AdxValue> {
  checkedPeriod(period, { indicator: 'adx', option: 'period' }, 2);
  return recipe({ warmUp: period + 1 }, () => {
    const plusSum = wilderSum(period);
    const minusSum = wilderSum(period);
    const rangeSum = wilderSum(period);
    const average = wilderAverage(period);
    let previous: Candle | undefined;

    return {
      next(candle) {
        if (previous === undefined) {
          previous = candle;
          return undefined;
        }
        const up = candle.high - previous.high;
        const down = previous.low - candle.low;
        const plus = plusSum(up > 0 && up > down ? up : 0);
        const minus = minusSum(down > 0 && down > up ? down : 0);
        const range = rangeSum(Math.max(candle.high, previous.close) - Math.min(candle.low, previous.close));
        previous = candle;
        if (plus === undefined || minus === undefined || range === undefined) return undefined;
        const plusDi = shareOf(plus, range);
        const minusDi = shareOf(minus, range);
        return { adx: average(shareOf(Math.abs(plusDi - minusDi), plusDi + minusDi)), plusDi, minusDi };
      },
    };
  });
}

/** Per cent; nothing of nothing is 0. A movement is part of the range, so it is never more than all of it but for rounding. */
const shareOf = (part: number, whole: number): number => (whole > 0 ? 100 * Math.min(1, part / whole) : 0);

/** Wilder's running sum, which loses 1 ÷ `period` of itself with each number; begins as the plain sum of `period` − 1 numbers, told from the next on. */
function wilderSum(period: number): (input: number) => number | undefined {
  let seen = 0;
  let sum = 0;
  return (input) => {
    seen += 1;
    sum += seen < period ? input : input - sum / period;
    return seen < period ? undefined : sum;
  };
}
