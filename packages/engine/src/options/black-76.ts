import type { OptionType } from '../market/instrument.js';
import type { Price } from '../primitives/price.js';
import { exchangeD1, exchangeTimeValue } from './exchange-option.js';
import { normalCdf, normalPdf } from './normal.js';
import { checkTerms, DAYS_PER_YEAR, type OptionTerms, type OptionValuation } from './option-terms.js';

/**
 * Value of a European option by the future (or forward) of the same expiry, discounted to today.
 *
 * Delta and gamma are to the future; theta and rho leave the future where it is. Limits as in `blackScholes`.
 *
 * @throws EngineError `options/terms-invalid`.
 * @see F. Black, The pricing of commodity contracts, Journal of Financial Economics 3 (1976), 167–179.
 */
export function black76(terms: OptionTerms & { readonly future: Price }): OptionValuation {
  const { optionType, future, strike, rate, volatility } = terms;
  checkTerms(future, terms);
  const years = Math.max(terms.years, 0);
  const root = Math.sqrt(years);
  const deviation = volatility * root;
  const discount = Math.exp(-rate * years);
  const sign = optionType === 'CE' ? 1 : -1;
  const d1 = exchangeD1(future, strike, deviation);
  const density = normalPdf(d1);
  const price = black76Price(optionType, future, strike, years, rate, volatility);
  const decay = deviation > 0 ? (-0.5 * discount * future * density * volatility) / root : 0;
  return {
    price,
    delta: sign * discount * normalCdf(sign * d1),
    gamma: deviation > 0 ? (discount * density) / (future * deviation) : 0,
    thetaPerDay: (decay + rate * price) / DAYS_PER_YEAR,
    vegaPerPoint: (discount * future * density * root) / 100,
    rhoPerPoint: (-years * price) / 100,
  };
}

/** The price alone, of plain numbers: see `blackScholesPrice`, with the future in place of the spot. */
export function black76Price(
  optionType: OptionType,
  future: Price,
  strike: Price,
  years: number,
  rate: number,
  volatility: number,
): number {
  const left = Math.max(years, 0);
  const intrinsic = optionType === 'CE' ? future - strike : strike - future;
  const timeValue = exchangeTimeValue(future, strike, volatility * Math.sqrt(left));
  return Math.exp(-rate * left) * (intrinsic > 0 ? intrinsic + timeValue : timeValue);
}
