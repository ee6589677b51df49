/**
 * Wilder's smoothing: a number in, the smoothed value out; `undefined` until `period` numbers have come.
 *
 * Begins as the mean of the first `period` numbers; after that each number counts 1 ÷ `period`.
 *
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export function wilderAverage(period: number): (input: number) => number | undefined {
  let seen = 0;
  let sum = 0;
  let value = 0;

  return (input) => {
    if (seen >= period) {
      value += (input - value) / period;
      return value;
    }
    sum += input;
    seen += 1;
    if (seen < period) return undefined;
    value = sum / period;
    return value;
  };
}
