import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';

/**
 * Exponential moving average of closes, in rupees: each close moves it by 2 ÷ (`period` + 1) of the distance.
 *
 * It begins as the mean of the first `period` closes, so the first value comes with the `period`-th candle.
 *
 * @param options.period whose mean has the same average age, in candles.
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 * @see P. N. Haurlan, Measuring Trend Values, 1968; seeded as in TA-Lib.
 * @example candles$.pipe(indicate({ fast: ema({ period: 9 }), slow: ema({ period: 15 }) }))
 */
export function ema({ period }: { readonly period: number }): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'ema', option: 'period' });
  return recipe({ warmUp: period }, () => {
    const average = exponentialAverage(period);
    return { next: ({ close }) => average(close) };
  });
}

/** A number in, the average of the numbers so far out; `undefined` until `period` of them have come. For indicators made of averages. */
export function exponentialAverage(period: number): (input: number) => number | undefined {
  const weight = 2 / (period + 1);
  let seen = 0;
  let sum = 0;
  let value = 0;

  return (input) => {
    if (seen >= period) {
      value += weight * (input - value);
      return value;
    }
    sum += input;
    seen += 1;
    if (seen < period) return undefined;
    value = sum / period;
    return value;
  };
}
