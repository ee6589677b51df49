/** A number in, something about the last `period` numbers out; `undefined` until so many have come. */
export type Sliding = (input: number) => number | undefined;

/**
 * Sum of the last `period` numbers.
 *
 * Two blocks instead of "add the new, subtract the old": the window is a tail of the block before, whose sums are worked out once
 * when that block ends, and a head of the present one. Nothing is subtracted, so no error builds up however long the series is, and an
 * outlier leaves no trace when it has left the window. One step takes the same time on average whatever the period.
 *
 * @see M. van Herk, A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels, 1992, for the blocks.
 */
export function slidingSum(period: number): Sliding {
  // Numbers of the present block before `filled`, sums of the former block's tails from there on.
  const block = new Float64Array(period);
  let filled = 0;
  let head = 0;
  let warm = false;

  return (input) => {
    block[filled] = input;
    head += input;
    filled += 1;
    if (filled < period) return warm ? block[filled]! + head : undefined;
    const sum = head;
    let tail = 0;
    for (let i = period - 1; i >= 0; i -= 1) {
      tail += block[i]!;
      block[i] = tail;
    }
    filled = 0;
    head = 0;
    warm = true;
    return sum;
  };
}

/** Largest of the last `period` numbers. */
export const slidingMax = (period: number): Sliding => slidingExtreme(period, Math.max);

/** Smallest of the last `period` numbers. */
export const slidingMin = (period: number): Sliding => slidingExtreme(period, Math.min);

/** The blocks of {@link slidingSum} with another way of joining two numbers. */
function slidingExtreme(period: number, extreme: (a: number, b: number) => number): Sliding {
  const block = new Float64Array(period);
  let filled = 0;
  let head = 0;
  let warm = false;

  return (input) => {
    block[filled] = input;
    head = filled === 0 ? input : extreme(head, input);
    filled += 1;
    if (filled < period) return warm ? extreme(block[filled]!, head) : undefined;
    for (let i = period - 2; i >= 0; i -= 1) block[i] = extreme(block[i]!, block[i + 1]!);
    filled = 0;
    warm = true;
    return head;
  };
}

/** The last `period` numbers themselves, in no particular order, for what has to look at each of them. */
export function lastNumbers(period: number): (input: number) => Float64Array | undefined {
  const numbers = new Float64Array(period);
  let seen = 0;
  return (input) => {
    numbers[seen % period] = input;
    seen += 1;
    return seen < period ? undefined : numbers;
  };
}

/** The number that came `distance` numbers before; `undefined` while there is none. */
export function lagged(distance: number): Sliding {
  const ring = new Float64Array(distance);
  let seen = 0;
  return (input) => {
    const slot = seen % distance;
    const before = seen < distance ? undefined : ring[slot];
    ring[slot] = input;
    seen += 1;
    return before;
  };
}

/** Mean of the last `period` numbers. */
export function slidingMean(period: number): Sliding {
  const total = slidingSum(period);
  return (input) => {
    const sum = total(input);
    return sum === undefined ? undefined : sum / period;
  };
}
