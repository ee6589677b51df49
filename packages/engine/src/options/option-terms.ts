import type { OptionType } from '../market/instrument.js';
import { EngineError } from '../primitives/errors.js';
import type { Price } from '../primitives/price.js';

/** What an option's value depends on besides the price beneath it. */
export interface OptionTerms {
  readonly optionType: OptionType;
  readonly strike: Price;
  /** Time to expiry by a day count; 0 or less is expired. */
  readonly years: number;
  /** Continuously compounded rate a year: 6.5 % is 0.065. */
  readonly rate: number;
  /** Standard deviation of log returns a year: 14 % is 0.14. 0 is allowed. */
  readonly volatility: number;
}

/** An option's value for one unit, in rupees, and how it changes. */
export interface OptionValuation {
  readonly price: number;
  /** Rupees a rupee of the price beneath; 0 to 1 for calls, −1 to 0 for puts. */
  readonly delta: number;
  /** Delta a rupee of the price beneath. */
  readonly gamma: number;
  /** Rupees a calendar day that passes. */
  readonly thetaPerDay: number;
  /** Rupees a percentage point of volatility. */
  readonly vegaPerPoint: number;
  /** Rupees a percentage point of the rate. */
  readonly rhoPerPoint: number;
}

/** Theta is told for one of these many days. */
export const DAYS_PER_YEAR = 365;

/**
 * States that numbers make an option.
 *
 * @throws EngineError `options/terms-invalid` if the price beneath or the strike is not a finite number above 0, the volatility is negative, or
 * any of them is not finite.
 */
export function checkTerms(underlying: Price, { strike, years, rate, volatility }: OptionTerms): void {
  checkNumber('price beneath', underlying, underlying > 0);
  checkNumber('strike', strike, strike > 0);
  checkNumber('time to expiry', years, true);
  checkNumber('rate', rate, true);
  checkNumber('volatility', volatility, volatility >= 0);
}

function checkNumber(name: string, value: number, isInRange: boolean): void {
  if (isInRange && Number.isFinite(value)) return;
  throw new EngineError('options/terms-invalid', {
    message: `An option cannot be valued with ${name} "${value}".`,
    remedy: 'Prices are finite numbers above 0, volatility is a finite number of 0 or more, time and rate are finite numbers.',
    context: { name, value: String(value) },
  });
}
