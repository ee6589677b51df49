import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { signOf } from '../orders/order-request.js';
import { turnoverPaise } from '../primitives/price.js';
import { applyFill, averagePrice, type Dealt, flatPosition, openProfitPaise, openValuePaise, type Position } from './position.js';

const price = () => fc.integer({ min: 0, max: 10_000_000 }).map((ticks) => ticks / 20);
const fill = (): fc.Arbitrary<Dealt> =>
  fc.record({ side: fc.constantFrom('buy', 'sell'), quantity: fc.integer({ min: 1, max: 50_000 }), price: price() });
const fills = () => fc.array(fill(), { maxLength: 40 });
const after = (list: readonly Dealt[]): Position => list.reduce(applyFill, flatPosition);

describe('a position', () => {
  it('holds the sum of signed fills', () =>
    fc.assert(
      fc.property(fills(), (list) => {
        const sum = list.reduce((total, { side, quantity }) => total + signOf(side) * quantity, 0);
        expect(after(list).quantity).toBe(sum);
      }),
    ));

  it('conserves cash: realised plus open profit is what was paid and received plus what is held, at any mark', () =>
    fc.assert(
      fc.property(fills(), price(), (list, mark) => {
        const position = after(list);
        const cash = list.reduce((total, { side, quantity, price }) => total - signOf(side) * turnoverPaise(price, quantity), 0);
        expect(position.realisedPaise + openProfitPaise(position, mark)).toBe(cash + openValuePaise(position, mark));
      }),
    ));

  it('costs nothing when flat, and has the sign of its quantity otherwise', () =>
    fc.assert(
      fc.property(fills(), (list) => {
        const { quantity, costPaise } = after(list);
        expect(quantity === 0 ? Object.is(costPaise, 0) : costPaise * quantity >= 0).toBe(true);
      }),
    ));

  it('mirrors itself when buying and selling change places', () =>
    fc.assert(
      fc.property(fills(), (list) => {
        const there = after(list);
        const mirrored = after(list.map((one) => ({ ...one, side: one.side === 'buy' ? 'sell' : 'buy' })));
        expect(mirrored.quantity + there.quantity).toBe(0);
        expect(mirrored.costPaise + there.costPaise).toBe(0);
      }),
    ));

  it('earns the same whether an exit is filled at once or in parts', () =>
    fc.assert(
      fc.property(fills(), price(), fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 10 }), (list, at, parts) => {
        const open = parts.reduce((sum, part) => sum + part, 0);
        const entered = applyFill(after([...list, ...flatten(after(list))]), { side: 'buy', quantity: open, price: 100.05 });
        const atOnce = applyFill(entered, { side: 'sell', quantity: open, price: at });
        const inParts = parts.reduce((position, quantity) => applyFill(position, { side: 'sell', quantity, price: at }), entered);
        expect(inParts).toEqual(atOnce);
      }),
    ));

  it('survives JSON, so it has no negative zero', () =>
    fc.assert(
      fc.property(fills(), (list) => {
        expect(JSON.parse(JSON.stringify(after(list)))).toEqual(after(list));
      }),
    ));

  it('keeps the average price when a part is sold', () => {
    const position = after([
      { side: 'buy', quantity: 75, price: 100 },
      { side: 'buy', quantity: 75, price: 110 },
      { side: 'sell', quantity: 75, price: 120 },
    ]);
    expect(position).toEqual({ quantity: 75, costPaise: 787_500, realisedPaise: 112_500 });
    expect(averagePrice(position)).toBe(105);
  });

  it('turns through zero at the price of the fill that turns it', () => {
    const position = after([
      { side: 'sell', quantity: 50, price: 200 },
      { side: 'buy', quantity: 80, price: 190.5 },
    ]);
    expect(position).toEqual({ quantity: 30, costPaise: 571_500, realisedPaise: 47_500 });
    expect(averagePrice(position)).toBe(190.5);
  });

  it('releases half a paisa to the even neighbour, and the rest with the last unit', () => {
    const bought = after([
      { side: 'buy', quantity: 1, price: 0.01 },
      { side: 'buy', quantity: 1, price: 0.02 },
    ]);
    const half = applyFill(bought, { side: 'sell', quantity: 1, price: 0.02 });
    expect(half).toEqual({ quantity: 1, costPaise: 1, realisedPaise: 0 });
    expect(applyFill(half, { side: 'sell', quantity: 1, price: 0.02 })).toEqual({ quantity: 0, costPaise: 0, realisedPaise: 1 });
  });

  it('releases cost exactly, also where cost times quantity is beyond what a double holds', () =>
    fc.assert(
      fc.property(
        fc.record({
          costPaise: fc.integer({ min: -1e14, max: 1e14 }),
          open: fc.integer({ min: 2, max: 60_000_000 }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        ({ costPaise, open, share }) => {
          const closed = Math.max(1, Math.floor(share * (open - 1)));
          const position = { quantity: open, costPaise, realisedPaise: 0 };
          const rest = applyFill(position, { side: 'sell', quantity: closed, price: 1 });
          expect(BigInt(costPaise - rest.costPaise)).toBe(halfEven(BigInt(costPaise) * BigInt(closed), BigInt(open)));
        },
      ),
      // A fall on exactly half a paisa, once found by hand.
      { examples: [[{ costPaise: 49_999 * 99_999_985, open: 99_998, share: 33_333.5 / 99_997 }]] },
    ));

  it('values a mark between two paise by one rounding', () => {
    const position = after([{ side: 'buy', quantity: 3, price: 10 }]);
    expect(openValuePaise(position, 10.005)).toBe(3002);
    expect(openValuePaise(position, 10.1)).toBe(3030);
    expect(averagePrice(flatPosition)).toBeNull();
  });

  it('refuses a price that is not a whole number of paise', () => {
    expect(() => applyFill(flatPosition, { side: 'buy', quantity: 1, price: 1.005 })).toThrow('not a whole number of paise');
  });
});

/** The fill that closes a position, if it is open. */
const flatten = ({ quantity }: Position): readonly Dealt[] =>
  quantity === 0 ? [] : [{ side: quantity > 0 ? 'sell' : 'buy', quantity: Math.abs(quantity), price: 1 }];

/** A quotient rounded half to even, with numbers of any size. */
function halfEven(dividend: bigint, divisor: bigint): bigint {
  const rest = ((dividend % divisor) + divisor) % divisor;
  const below = (dividend - rest) / divisor;
  if (rest * 2n === divisor) return below % 2n === 0n ? below : below + 1n;
  return rest * 2n < divisor ? below : below + 1n;
}
