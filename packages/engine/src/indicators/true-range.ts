import type { Candle } from '../market/candle.js';
import { type IndicatorRecipe, recipe } from './indicator.js';

/**
 * True range, in rupees, 0 or more: the distance the price must have gone since the close before, a gap included.
 *
 * Comes with the second candle, since the first has no close before it.
 *
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export const trueRange = (): IndicatorRecipe =>
  recipe({ warmUp: 2 }, () => {
    const ranges = trueRanges();
    return { next: ranges };
  });

/** A candle in, its true range out; `undefined` for the first. For indicators made of ranges. */
export function trueRanges(): (candle: Candle) => number | undefined {
  let previousClose: number | undefined;
  return ({ high, low, close }) => {
    const range = previousClose === undefined ? undefined : Math.max(high, previousClose) - Math.min(low, previousClose);
    previousClose = close;
    return range;
  };
}
