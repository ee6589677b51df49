import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { orderSlices } from './order-slices.js';

describe('order slices', () => {
  it('are whole lots below the freeze quantity: 1800 at a lot of 65 is 1755', () => {
    expect(orderSlices(3900, { freezeQuantity: 1800, lotSize: 65 })).toEqual([1755, 1755, 390]);
    expect(orderSlices(1755, { freezeQuantity: 1800, lotSize: 65 })).toEqual([1755]);
    expect(orderSlices(1_000_000, { freezeQuantity: null, lotSize: 1 })).toEqual([1_000_000]);
    expect(orderSlices(100, { freezeQuantity: 40, lotSize: 65 })).toEqual([40, 40, 20]);
  });

  it('add up to the quantity, each within the freeze quantity, all but the last in whole lots', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 100, max: 5_000 }),
        (quantity, lotSize, freezeQuantity) => {
          const slices = orderSlices(quantity, { freezeQuantity, lotSize });
          expect(slices.reduce((sum, one) => sum + one, 0)).toBe(quantity);
          expect(slices.every((one) => one > 0 && one <= freezeQuantity)).toBe(true);
          expect(slices.slice(0, -1).every((one) => one % lotSize === 0)).toBe(true);
        },
      ),
    ));
});
