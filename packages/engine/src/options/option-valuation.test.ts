import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { black76, black76Price } from './black-76.js';
import { blackScholes, blackScholesPrice } from './black-scholes.js';
import { allCases, type OptionCase, someCases, valued } from './option-oracle.test-kit.js';
import type { OptionTerms } from './option-terms.js';

const GREEKS = ['delta', 'gamma', 'thetaPerDay', 'vegaPerPoint', 'rhoPerPoint'] as const;

/** What the terms of a case lead to beyond what is tolerated. */
function differences(cases: readonly OptionCase[]): readonly string[] {
  return cases.flatMap((expected) => {
    const found = valued(expected);
    const wrong = GREEKS.filter((name) => Math.abs(found[name] - expected[name]) > 1e-8 * Math.max(1, Math.abs(expected[name])));
    const priceIsWrong = !(Math.abs(found.price - expected.price) <= 1e-9 * expected.underlying);
    return [...wrong, ...(priceIsWrong ? ['price'] : [])].map((name) => `${name} of ${JSON.stringify(expected)}`);
  });
}

const terms = (): fc.Arbitrary<Omit<OptionTerms, 'optionType'> & { readonly spot: number }> =>
  fc.record({
    spot: fc.double({ min: 1, max: 90_000, noNaN: true }),
    strike: fc.double({ min: 1, max: 90_000, noNaN: true }),
    years: fc.double({ min: 0, max: 3, noNaN: true }),
    rate: fc.double({ min: -0.02, max: 0.15, noNaN: true }),
    volatility: fc.double({ min: 0, max: 3, noNaN: true }),
  });

describe('blackScholes and black76', () => {
  it('agree with values worked out at 50 digits', () => {
    expect(someCases.length).toBe(120);
    expect(differences(someCases)).toEqual([]);
  });

  it.skipIf(allCases() === undefined)('agree with all 800 of them (needs ../shared/oracles)', () => {
    expect(differences(allCases() ?? [])).toEqual([]);
  });

  it('agree with the textbook', () => {
    // J. C. Hull, Options, Futures, and Other Derivatives: a share at 42 (4.76 and 0.81), and a put on a crude oil future at 20 (1.12).
    const hull = { strike: 40, rate: 0.1, volatility: 0.2, years: 0.5 };
    expect(blackScholes({ ...hull, optionType: 'CE', spot: 42 }).price).toBeCloseTo(4.759422, 6);
    expect(blackScholes({ ...hull, optionType: 'PE', spot: 42 }).price).toBeCloseTo(0.808599, 6);
    expect(black76({ optionType: 'PE', future: 20, strike: 20, rate: 0.09, volatility: 0.25, years: 4 / 12 }).price).toBeCloseTo(1.12, 2);
  });

  it('keep put-call parity', () =>
    fc.assert(
      fc.property(terms(), ({ spot, strike, years, rate, volatility }) => {
        const discounted = strike * Math.exp(-rate * years);
        const [call, put] = (['CE', 'PE'] as const).map((type) => blackScholesPrice(type, spot, strike, years, rate, volatility));
        expect(Math.abs(call! - put! - (spot - discounted))).toBeLessThan(1e-11 * (spot + strike));
        const [callOnFuture, putOnFuture] = (['CE', 'PE'] as const).map((type) =>
          black76Price(type, spot, strike, years, rate, volatility),
        );
        expect(Math.abs(callOnFuture! - putOnFuture! - Math.exp(-rate * years) * (spot - strike))).toBeLessThan(1e-11 * (spot + strike));
      }),
    ));

  it('never fall when volatility rises, and stay between intrinsic and greatest value', () =>
    fc.assert(
      fc.property(
        terms(),
        fc.constantFrom('CE' as const, 'PE' as const),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (found, type, more) => {
          const { spot, strike, years, rate, volatility } = found;
          const price = blackScholesPrice(type, spot, strike, years, rate, volatility);
          const discounted = strike * Math.exp(-rate * years);
          const [received, given] = type === 'CE' ? [spot, discounted] : [discounted, spot];
          const dust = 1e-12 * (spot + strike);
          expect(blackScholesPrice(type, spot, strike, years, rate, volatility + more)).toBeGreaterThanOrEqual(price - dust);
          expect(price).toBeGreaterThanOrEqual(Math.max(received - given, 0));
          expect(price).toBeLessThanOrEqual(received + dust);
        },
      ),
    ));

  it('have finite numbers everywhere, at expiry and without volatility too', () =>
    fc.assert(
      fc.property(
        terms(),
        fc.constantFrom('CE' as const, 'PE' as const),
        fc.boolean(),
        fc.boolean(),
        (found, optionType, isExpired, isStill) => {
          const given = { ...found, optionType, years: isExpired ? 0 : found.years, volatility: isStill ? 0 : found.volatility };
          for (const valuation of [blackScholes(given), black76({ ...given, future: found.spot })]) {
            expect(Object.values(valuation).filter((value) => !Number.isFinite(value))).toEqual([]);
          }
        },
      ),
    ));

  it('are exactly intrinsic at expiry, and after it', () => {
    const expired = { strike: 24_000, years: 0, rate: 0.065, volatility: 0.14 };
    expect(blackScholes({ ...expired, optionType: 'CE', spot: 24_137.05 })).toMatchObject({
      price: 24_137.05 - 24_000,
      delta: 1,
      gamma: 0,
      vegaPerPoint: 0,
    });
    expect(blackScholes({ ...expired, optionType: 'PE', spot: 24_137.05 })).toMatchObject({ price: 0, gamma: 0 });
    expect(blackScholes({ ...expired, optionType: 'CE', spot: 24_000 })).toMatchObject({ price: 0, delta: 0.5, gamma: 0 });
    expect(blackScholes({ ...expired, optionType: 'PE', spot: 24_000 })).toMatchObject({ price: 0, delta: -0.5 });
    expect(blackScholesPrice('PE', 23_900, 24_000, -0.01, 0.065, 0.14)).toBe(100);
    expect(black76({ ...expired, optionType: 'PE', future: 23_900 })).toMatchObject({ price: 100, delta: -1 });
  });

  it('are what exercise is worth today without volatility', () => {
    const still = { strike: 24_000, years: 0.5, rate: 0.1, volatility: 0 };
    expect(blackScholes({ ...still, optionType: 'CE', spot: 24_000 }).price).toBe(24_000 - 24_000 * Math.exp(-0.05));
    expect(blackScholes({ ...still, optionType: 'PE', spot: 24_000 }).price).toBe(0);
    expect(black76({ ...still, optionType: 'CE', future: 25_000 }).price).toBe(Math.exp(-0.05) * 1_000);
  });

  it.each([{ spot: 0 }, { spot: NaN }, { strike: -1 }, { volatility: -0.1 }, { volatility: Infinity }, { years: NaN }, { rate: Infinity }])(
    'refuse %o',
    (wrong) => {
      const right = { optionType: 'CE' as const, spot: 100, strike: 100, years: 0.1, rate: 0.065, volatility: 0.2 };
      expect(() => blackScholes({ ...right, ...wrong })).toThrow(expect.objectContaining({ code: 'options/terms-invalid' }));
    },
  );
});
