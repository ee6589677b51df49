import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';

/**
 * Weighted moving average of closes, in rupees: the last close counts `period` times, the one before once less, the oldest once.
 *
 * The first value comes with the `period`-th candle. Does not drift.
 *
 * @param options.period how many closes are averaged, in candles.
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 * @example candles$.pipe(indicate({ average: wma({ period: 10 }) }))
 */
export function wma({ period = 10 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'wma', option: 'period' });
  return recipe({ warmUp: period }, () => {
    const weighted = slidingWeightedSum(period);
    const weights = (period * (period + 1)) / 2;
    return {
      next({ close }) {
        const sum = weighted(close);
        return sum === undefined ? undefined : sum / weights;
      },
    };
  });
}

/** Sum of the last `period` numbers with the weights 1 (oldest) to `period`; in two blocks, for the reasons given at `slidingSum`. */
function slidingWeightedSum(period: number): (input: number) => number | undefined {
  // Numbers of the present block before `filled`, weighted sums of the former block's tails from there on.
  const block = new Float64Array(period);
  let filled = 0;
  let head = 0;
  let ranked = 0;
  let warm = false;

  return (input) => {
    block[filled] = input;
    filled += 1;
    head += input;
    ranked += filled * input;
    // The ranks of the present block are its weights less the numbers of the former block that are still in the window.
    if (filled < period) return warm ? block[filled]! + (period - filled) * head + ranked : undefined;
    const sum = ranked;
    let tail = 0;
    let weightedTail = 0;
    for (let i = period - 1; i >= 0; i -= 1) {
      tail += block[i]!;
      weightedTail += tail;
      block[i] = weightedTail;
    }
    filled = 0;
    head = 0;
    ranked = 0;
    warm = true;
    return sum;
  };
}
