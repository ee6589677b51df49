import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { black76Price } from './black-76.js';
import { blackScholesPrice } from './black-scholes.js';
import { carryRate, futureFromSpot } from './cost-of-carry.js';

describe('cost of carry', () => {
  it('prices a future as its spot carried to the expiry', () => {
    // J. C. Hull, Options, Futures, and Other Derivatives, forward on a stock: 40 at 5 % for three months.
    expect(futureFromSpot({ spot: 40, rate: 0.05, years: 0.25 })).toBeCloseTo(40.5, 2);
    expect(futureFromSpot({ spot: 24_500, rate: 0.065, years: 0 })).toBe(24_500);
  });

  it('finds the rate again, and none at expiry', () => {
    expect(carryRate({ spot: 40, future: futureFromSpot({ spot: 40, rate: 0.05, years: 0.25 }), years: 0.25 })).toBeCloseTo(0.05, 12);
    expect(carryRate({ spot: 40, future: 40.5, years: 0 })).toBeUndefined();
  });

  it('makes an option by its future worth what it is by its spot', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 100, max: 90_000, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 0.15, noNaN: true }),
        (spot, moneyness, years, rate) => {
          const strike = spot * moneyness;
          const bySpot = blackScholesPrice('CE', spot, strike, years, rate, 0.2);
          const byFuture = black76Price('CE', futureFromSpot({ spot, rate, years }), strike, years, rate, 0.2);
          expect(Math.abs(bySpot - byFuture)).toBeLessThan(1e-11 * spot);
        },
      ),
    ));
});
