import type { Price } from '../primitives/price.js';

/**
 * The price of a future that follows from its spot: what it costs to hold the spot until the expiry.
 *
 * @param input.rate continuously compounded, less any dividend yield; a share a year.
 * @param input.years time to expiry by a day count; 0 or less gives the spot itself.
 * @see J. C. Hull, Options, Futures, and Other Derivatives, chapter 5: F = S × e^(rT).
 */
export const futureFromSpot = ({ spot, rate, years }: { readonly spot: Price; readonly rate: number; readonly years: number }): Price =>
  years > 0 ? spot * Math.exp(rate * years) : spot;

/** The rate of carry that a future's price implies, continuously compounded, a share a year; `undefined` at expiry. Prices above 0. */
export const carryRate = ({
  spot,
  future,
  years,
}: {
  readonly spot: Price;
  readonly future: Price;
  readonly years: number;
}): number | undefined => (years > 0 ? Math.log(future / spot) / years : undefined);
