/** A source of chance that is an input like any other: the same seed gives the same numbers on every machine. */
export interface SeededRandom {
  /** A number from 0 (included) to 1 (not included). */
  next(): number;
  /** A number from the standard normal distribution. */
  normal(): number;
  /** A whole number from 0 (included) to `bound` (not included). */
  below(bound: number): number;
}

/**
 * The generator *mulberry32*: 32 bits of state, a period of 2^32, good enough for simulation and none of it secret.
 *
 * @see Tommy Ettinger, mulberry32, 2017 (public domain).
 */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    normal: () => polarNormal(next),
    below: (bound) => Math.floor(next() * bound),
  };
}

/**
 * Two uniform numbers to one normal one, without sine or cosine: those differ in the last bit between versions of JavaScript engines.
 *
 * @see G. Marsaglia and T. A. Bray, A convenient method for generating normal variables, 1964.
 */
function polarNormal(next: () => number): number {
  for (;;) {
    const x = 2 * next() - 1;
    const y = 2 * next() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}
