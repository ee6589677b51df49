import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chaseBound } from './chase-bound.js';
import { protectedLimit } from './protected-limit.js';

const share = { kind: 'equity', tickSize: 0.05 } as const;
const option = { kind: 'option', tickSize: 0.05 } as const;

describe('the bound of a chase', () => {
  it('is 2 % of the price at the decision for a share and 20 % for an option, on the side that is worse', () => {
    expect(chaseBound(1_000, { side: 'buy', instrument: share, within: null })).toBe(1_020);
    expect(chaseBound(1_000, { side: 'sell', instrument: share, within: null })).toBe(980);
    expect(chaseBound(100, { side: 'buy', instrument: option, within: null })).toBe(120);
  });

  it('is as it is configured', () => {
    expect(chaseBound(1_000, { side: 'buy', instrument: share, within: 0.05 })).toBe(1_050);
  });

  it('never forbids the limit with which the order would have been sent', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }).map((ticks) => ticks / 20),
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.constantFrom(share, option),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (price, side, instrument, within) => {
          const sent = protectedLimit(price, { side, instrument, band: null });
          const bound = chaseBound(price, { side, instrument, within });
          expect(side === 'buy' ? sent <= bound : sent >= bound).toBe(true);
        },
      ),
    ));
});
