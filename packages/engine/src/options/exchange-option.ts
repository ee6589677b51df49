import { normalCdf } from './normal.js';

/**
 * What the right to exchange one amount for another is worth above exchanging them now, where their ratio is log-normal.
 *
 * Every model here is this one with amounts of its own: a call exchanges the discounted strike for the asset, a put the asset for the
 * discounted strike, and both have the same time value. Both amounts in rupees of today; they may be swapped.
 *
 * @param deviation standard deviation of the logarithm of the ratio until the exchange: volatility × √years.
 * @returns rupees, 0 or more; exactly 0 where nothing can change any more, or one of the amounts is nothing.
 * @see W. Margrabe, The value of an option to exchange one asset for another, Journal of Finance 33 (1978), 177–186.
 */
export function exchangeTimeValue(one: number, other: number, deviation: number): number {
  const smaller = Math.min(one, other);
  const larger = Math.max(one, other);
  if (!(deviation > 0 && smaller > 0)) return 0;
  // Of the two exchanges the one that is out of the money is time value alone: no intrinsic value drowns its digits.
  const middle = Math.log(smaller / larger) / deviation;
  const value = smaller * normalCdf(middle + 0.5 * deviation) - larger * normalCdf(middle - 0.5 * deviation);
  return Math.max(value, 0);
}

/** The first of the two arguments of the normal distribution in these models; ±∞, or 0 at the money, where nothing can change any more. */
export function exchangeD1(received: number, given: number, deviation: number): number {
  const logRatio = Math.log(received / given);
  if (deviation > 0) return logRatio / deviation + 0.5 * deviation;
  return logRatio === 0 ? 0 : logRatio > 0 ? Infinity : -Infinity;
}
