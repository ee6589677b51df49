import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { blackScholesPrice } from './black-scholes.js';
import { type ImpliedVolatilityInput, impliedVolatility } from './implied-volatility.js';
import { allCases, type OptionCase, someCases, unexplainedCases, valued } from './option-oracle.test-kit.js';

/** Cases whose volatility is not found again, or whose answer does not give the price back. */
function failures(cases: readonly OptionCase[]): readonly string[] {
  return cases
    .filter((given) => {
      const answer = impliedVolatility(given);
      if ('reason' in answer) return given.volatilityRecoverable;
      if (given.volatilityRecoverable && !(Math.abs(answer.volatility - given.volatility) <= 1e-6)) return true;
      return !(Math.abs(valued({ ...given, volatility: answer.volatility }).price - given.price) <= 1e-9 * given.underlying);
    })
    .map((given) => JSON.stringify({ ...given, answer: impliedVolatility(given) }));
}

describe('impliedVolatility', () => {
  it('finds the volatility again that a price was made with', () => {
    expect(failures(someCases)).toEqual([]);
  });

  it.skipIf(allCases() === undefined)('finds it in all 800 cases (needs ../shared/oracles)', () => {
    expect(failures(allCases() ?? [])).toEqual([]);
  });

  it.each(unexplainedCases)('says $why where it is so: $model $optionType at $price', ({ why, ...input }) => {
    expect(impliedVolatility(input)).toEqual({ reason: why });
  });

  const option: ImpliedVolatilityInput = {
    model: 'black-scholes',
    optionType: 'CE',
    price: 500,
    underlying: 24_500,
    strike: 24_000,
    years: 0.05,
    rate: 0,
  };

  it('says when there is no time value, no price, no underlying', () => {
    expect(impliedVolatility(option)).toEqual({ reason: 'at-intrinsic' });
    expect(impliedVolatility({ ...option, price: NaN })).toEqual({ reason: 'no-price' });
    expect(impliedVolatility({ ...option, underlying: 0 })).toEqual({ reason: 'no-price' });
    expect(impliedVolatility({ ...option, years: -1 })).toEqual({ reason: 'expired' });
    expect(impliedVolatility({ ...option, price: 24_500 })).toEqual({ reason: 'above-maximum' });
  });

  it('recovers the volatility wherever the price has time value enough', () =>
    fc.assert(
      fc.property(
        fc.record({
          optionType: fc.constantFrom('CE' as const, 'PE' as const),
          underlying: fc.double({ min: 50, max: 90_000, noNaN: true }),
          moneyness: fc.double({ min: 0.7, max: 1.4, noNaN: true }),
          years: fc.double({ min: 1 / 525_600, max: 2, noNaN: true }),
          rate: fc.double({ min: 0, max: 0.12, noNaN: true }),
          volatility: fc.double({ min: 0.03, max: 3, noNaN: true }),
        }),
        ({ optionType, underlying, moneyness, years, rate, volatility }) => {
          const strike = underlying * moneyness;
          const price = blackScholesPrice(optionType, underlying, strike, years, rate, volatility);
          const discounted = strike * Math.exp(-rate * years);
          const timeValue = price - Math.max(optionType === 'CE' ? underlying - discounted : discounted - underlying, 0);
          fc.pre(timeValue > 1e-7 * underlying);
          const answer = impliedVolatility({ model: 'black-scholes', optionType, price, underlying, strike, years, rate });
          expect('volatility' in answer ? Math.abs(answer.volatility - volatility) : answer).toBeLessThan(1e-6);
        },
      ),
    ));

  it('gives any possible price back, or a reason', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('CE' as const, 'PE' as const),
        fc.double({ min: 1e-9, max: 1.2, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: 1e-6, max: 2, noNaN: true }),
        (optionType, share, moneyness, years) => {
          const input = {
            model: 'black-76' as const,
            optionType,
            price: 1_000 * share,
            underlying: 1_000,
            strike: 1_000 * moneyness,
            years,
            rate: 0.065,
          };
          const answer = impliedVolatility(input);
          if ('reason' in answer) return;
          expect(Math.abs(valued({ ...input, volatility: answer.volatility }).price - input.price)).toBeLessThan(1e-6);
        },
      ),
    ));
});
