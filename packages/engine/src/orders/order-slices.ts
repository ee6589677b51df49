import type { Instrument } from '../market/instrument.js';
import { assert } from '../primitives/assert.js';

/**
 * A quantity as orders that the exchange takes: each at most the freeze quantity, in whole lots. Units beyond the last whole lot, as a position
 * can have after a change of lot size, go with the last slice.
 *
 * @param quantity units, a whole number above 0.
 */
export function orderSlices(
  quantity: number,
  { freezeQuantity, lotSize }: Pick<Instrument, 'freezeQuantity' | 'lotSize'>,
): readonly number[] {
  if (freezeQuantity === null || quantity <= freezeQuantity) return [quantity];
  assert(freezeQuantity > 0, 'A freeze quantity is above 0.');
  // Where not even one lot fits below the freeze quantity, the exchange's own number counts, not ours.
  const largest = Math.floor(freezeQuantity / lotSize) * lotSize || freezeQuantity;
  const slices: number[] = [];
  let rest = quantity;
  while (rest > 0) {
    const slice = Math.min(rest, rest <= freezeQuantity ? freezeQuantity : largest);
    slices.push(slice);
    rest -= slice;
  }
  return slices;
}
