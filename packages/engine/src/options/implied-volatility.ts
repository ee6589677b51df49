import type { OptionType } from '../market/instrument.js';
import type { Price } from '../primitives/price.js';
import { exchangeD1, exchangeTimeValue } from './exchange-option.js';
import { normalPdf } from './normal.js';

/**
 * Why no volatility explains a price.
 *
 * `no-price`: the price, the one beneath or the strike is not a number above 0. `expired`: no time is left. `below-intrinsic`: it is worth less than
 * exercising. `at-intrinsic`: it has no time value. `above-maximum`: it is not under what it can bring at most, the price beneath for a
 * call, the discounted strike for a put; both discounted where the model is black-76.
 */
export type NoVolatilityReason = 'no-price' | 'expired' | 'below-intrinsic' | 'at-intrinsic' | 'above-maximum';

/** A share a year (14 % is 0.14), or why there is none. */
export type ImpliedVolatility = { readonly volatility: number } | { readonly reason: NoVolatilityReason };

export interface ImpliedVolatilityInput {
  /** `black-scholes`: `underlying` is the spot; `black-76`: it is the future of the same expiry. */
  readonly model: 'black-scholes' | 'black-76';
  readonly optionType: OptionType;
  readonly price: Price;
  readonly underlying: Price;
  readonly strike: Price;
  /** Time to expiry by a day count. */
  readonly years: number;
  /** Continuously compounded, a share a year. */
  readonly rate: number;
}

/**
 * The volatility at which the model gives the option's price.
 *
 * Bounded: each step of Newton's method stays within a bracket or is replaced by halving it, 100 steps at most. The answer gives the price back
 * to 1e-9 of the price beneath; as a volatility it is as exact as the price's time value is.
 */
export function impliedVolatility({
  model,
  optionType,
  price,
  underlying,
  strike,
  years,
  rate,
}: ImpliedVolatilityInput): ImpliedVolatility {
  if (!(isPositive(price) && isPositive(underlying) && isPositive(strike) && Number.isFinite(rate))) return { reason: 'no-price' };
  if (!(years > 0)) return { reason: 'expired' };
  const discount = Math.exp(-rate * years);
  const asset = model === 'black-scholes' ? underlying : underlying * discount;
  const cash = strike * discount;
  const [received, given] = optionType === 'CE' ? [asset, cash] : [cash, asset];
  const timeValue = price - Math.max(received - given, 0);
  if (timeValue < 0) return { reason: 'below-intrinsic' };
  if (timeValue === 0) return { reason: 'at-intrinsic' };
  if (price >= received || timeValue >= Math.min(asset, cash)) return { reason: 'above-maximum' };
  return { volatility: deviationOf(timeValue, asset, cash) / Math.sqrt(years) };
}

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;

/** At this deviation the time value has reached, in doubles, the smaller amount: all that it can be. */
const DEVIATION_MAX = 100;
const STEPS_MAX = 100;

/** The deviation at which exchanging `one` for `other` has a time value above 0 and below the smaller of them. */
function deviationOf(timeValue: number, one: number, other: number): number {
  let low = 0;
  let high = DEVIATION_MAX;
  // Where the value's curve turns from convex to concave; at the money the value is nearly a straight line from 0.
  let deviation = Math.max(Math.sqrt(2 * Math.abs(Math.log(one / other))), (timeValue / one) * Math.sqrt(2 * Math.PI));
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const value = exchangeTimeValue(one, other, deviation);
    if (value === timeValue) return deviation;
    if (value < timeValue) low = deviation;
    else high = deviation;
    const next = newton(deviation, value, one * normalPdf(exchangeD1(one, other, deviation)), timeValue);
    const following = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(following - deviation) <= 1e-15 * following) return following;
    deviation = following;
  }
  return deviation;
}

/** A step on the logarithm of the value: it is nearly straight where the value itself is flat, far out of the money. */
function newton(deviation: number, value: number, slope: number, wanted: number): number {
  return value < 0.5 * wanted || value > 2 * wanted
    ? deviation - (Math.log(value / wanted) * value) / slope
    : deviation - (value - wanted) / slope;
}
