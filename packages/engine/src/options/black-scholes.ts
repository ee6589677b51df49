import type { OptionType } from '../market/instrument.js';
import type { Price } from '../primitives/price.js';
import { exchangeD1, exchangeTimeValue } from './exchange-option.js';
import { normalCdf, normalPdf } from './normal.js';
import { checkTerms, DAYS_PER_YEAR, type OptionTerms, type OptionValuation } from './option-terms.js';

/**
 * Value of a European option on a spot price without dividends.
 *
 * At expiry and without volatility it is exactly what the exercise then is worth today; delta there is 0, ±1 or, at the kink, ±½, and gamma and
 * theta's volatile part are 0. Theta moves the expiry nearer by a calendar day with all else as it is.
 *
 * @throws EngineError `options/terms-invalid`.
 * @see F. Black and M. Scholes, The pricing of options and corporate liabilities, Journal of Political Economy 81 (1973), 637–654.
 */
export function blackScholes(terms: OptionTerms & { readonly spot: Price }): OptionValuation {
  const { optionType, spot, strike, rate, volatility } = terms;
  checkTerms(spot, terms);
  const years = Math.max(terms.years, 0);
  const root = Math.sqrt(years);
  const deviation = volatility * root;
  const discounted = strike * Math.exp(-rate * years);
  const sign = optionType === 'CE' ? 1 : -1;
  const d1 = exchangeD1(spot, discounted, deviation);
  const density = normalPdf(d1);
  const exercised = discounted * normalCdf(sign * (d1 - deviation));
  const decay = deviation > 0 ? (-0.5 * spot * density * volatility) / root : 0;
  return {
    price: blackScholesPrice(optionType, spot, strike, years, rate, volatility),
    delta: sign * normalCdf(sign * d1),
    gamma: deviation > 0 ? density / (spot * deviation) : 0,
    thetaPerDay: (decay - sign * rate * exercised) / DAYS_PER_YEAR,
    vegaPerPoint: (spot * density * root) / 100,
    rhoPerPoint: (sign * years * exercised) / 100,
  };
}

/**
 * The price alone, for loops over thousands of premiums: plain numbers, nothing allocated, nothing checked.
 *
 * @param spot above 0.
 * @param strike above 0.
 * @param years by a day count; 0 or less is expired.
 * @param rate continuously compounded, a share a year.
 * @param volatility a share a year, 0 or more.
 */
export function blackScholesPrice(
  optionType: OptionType,
  spot: Price,
  strike: Price,
  years: number,
  rate: number,
  volatility: number,
): number {
  const left = Math.max(years, 0);
  const discounted = strike * Math.exp(-rate * left);
  const intrinsic = optionType === 'CE' ? spot - discounted : discounted - spot;
  const timeValue = exchangeTimeValue(spot, discounted, volatility * Math.sqrt(left));
  return intrinsic > 0 ? intrinsic + timeValue : timeValue;
}
