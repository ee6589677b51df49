import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMarginRates } from './margin-rates.js';
import { type ScanLeg, scanRisk } from './margin-scan.js';

const terms = { spot: 1_000, years: 30 / 365, rates: defaultMarginRates.index };
const call = (quantity: number, strike: number, price: number): ScanLeg => ({ quantity, price, option: { optionType: 'CE', strike } });
const put = (quantity: number, strike: number, price: number): ScanLeg => ({ quantity, price, option: { optionType: 'PE', strike } });
const future = (quantity: number): ScanLeg => ({ quantity, price: 1_000, option: null });

describe('scanRisk', () => {
  it('is the price scan for a future, either way', () => {
    expect(scanRisk([future(10)], terms)).toBeCloseTo(930, 9);
    expect(scanRisk([future(-10)], terms)).toBeCloseTo(930, 9);
  });

  it('is 35 % of an extreme move for an option far out of the money, with what it costs to buy it back', () => {
    // Expired options have no time value: at 1186 the call is worth 36, its price is 1.
    expect(scanRisk([call(-1, 1_150, 1)], { ...terms, years: 0 })).toBeCloseTo(0.35 * (36 - 1) + 1, 9);
  });

  it('sees higher volatility, which hurts sold options without any move', () => {
    const wide = { ...terms.rates, priceScan: 0 };
    // Standing still: the straddle's volatility of 17.5 % becomes a quarter higher, and with it nearly all of its price.
    expect(scanRisk([call(-1, 1_000, 20), put(-1, 1_000, 20)], { ...terms, rates: wide })).toBeCloseTo(40 * 1.25, 1);
  });

  it('is nothing for bought options, and for a box that is paid', () => {
    expect(scanRisk([call(1, 1_000, 20)], terms)).toBe(0);
    expect(scanRisk([call(1, 1_000, 20), put(1, 1_000, 20)], terms)).toBe(0);
  });

  it('assumes a volatility where a price explains none', () => {
    // 40 is less than exercising brings; up the scan the call is worth 193 and a little time value.
    const deep = scanRisk([call(-1, 900, 40)], terms);
    expect(deep).toBeGreaterThan(193);
    expect(deep).toBeLessThan(196);
  });

  const option = fc
    .record({
      quantity: fc.constantFrom(-2, -1, 1, 2),
      strike: fc.integer({ min: 80, max: 120 }).map((step) => step * 10),
      price: fc.integer({ min: 1, max: 800 }).map((ticks) => ticks / 20),
      isCall: fc.boolean(),
    })
    .map(({ quantity, strike, price, isCall }) => (isCall ? call : put)(quantity, strike, price));

  it('never asks more of a spread than the distance of its strikes, whatever the prices', () =>
    fc.assert(
      fc.property(option, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 800 }), (leg, steps, ticks) => {
        const { option: sold } = leg;
        if (sold === null) return;
        const width = steps * 10;
        const strike = sold.optionType === 'CE' ? sold.strike + width : sold.strike - width;
        if (strike <= 0) return;
        const units = Math.abs(leg.quantity);
        const risk = scanRisk(
          [
            { ...leg, quantity: -units },
            { quantity: units, price: ticks / 20, option: { ...sold, strike } },
          ],
          terms,
        );
        expect(risk).toBeLessThanOrEqual(width * units + 1e-9);
      }),
    ));

  it('is 0 or more, finite, and grows with the quantity', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(option, fc.constantFrom(future(1), future(-1))), { maxLength: 5 }), (legs) => {
        const once = scanRisk(legs, terms);
        const twice = scanRisk(
          legs.map((leg) => ({ ...leg, quantity: 2 * leg.quantity })),
          terms,
        );
        expect(once).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(once)).toBe(true);
        expect(twice).toBeCloseTo(2 * once, 6);
      }),
    ));
});
