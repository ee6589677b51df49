import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { freezeQuantity, orderQuantityMax } from './freeze.js';

describe('freezeQuantity', () => {
  it.each([
    ['NIFTY', '2024-01-02', 1800, 'confirmed'],
    ['BANKNIFTY', '2025-08-29', 600, 'confirmed'],
    ['BANKNIFTY', '2025-09-01', 900, 'confirmed'],
    ['BANKNIFTY', '2025-10-15', 900, 'unverified'],
    ['MIDCPNIFTY', '2023-04-03', 5500, 'confirmed'],
    ['NIFTYFPI', '2026-08-12', 8500, 'confirmed'],
    ['NIFTY', '2026-11-23', 1800, 'unverified'],
    ['SENSEX', '2026-07-10', 1000, 'confirmed'],
    ['SENSEX', '2024-07-10', 1000, 'unverified'],
    ['BANKEX', '2026-07-10', 900, 'unverified'],
  ])('of %s on %s is %i (%s)', (name, on, quantity, status) => expect(freezeQuantity(name, on)).toMatchObject({ value: quantity, status }));

  it('is not known before April 2023, where the number was not seen, or for stocks', () => {
    expect(freezeQuantity('NIFTY', '2023-04-02')).toBeNull();
    expect(freezeQuantity('NIFTYNXT50', '2023-05-02')).toBeNull();
    expect(freezeQuantity('RELIANCE', '2026-01-01')).toBeNull();
  });
});

describe('orderQuantityMax', () => {
  it('is 1755 for NIFTY with a lot of 65', () => expect(orderQuantityMax({ freezeQuantity: 1800, lotSize: 65 })).toBe(1755));
  it('has no bound without a freeze quantity', () => expect(orderQuantityMax({ freezeQuantity: null, lotSize: 65 })).toBeNull());
  it('is whole lots, and one lot more would be too much', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 5_000 }), (freeze, lotSize) => {
        const most = orderQuantityMax({ freezeQuantity: freeze, lotSize }) ?? -1;
        expect(most % lotSize).toBe(0);
        expect(most <= freeze && most + lotSize > freeze).toBe(true);
      }),
    ));
});
