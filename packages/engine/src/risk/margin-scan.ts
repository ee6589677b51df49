import type { OptionType } from '../market/instrument.js';
import { blackScholesPrice } from '../options/black-scholes.js';
import { impliedVolatility } from '../options/implied-volatility.js';
import type { Price } from '../primitives/price.js';
import type { UnderlyingMarginRates } from './margin-rates.js';

/** A future or an option of a scan. */
export interface ScanLeg {
  /** Units, below 0 for what is sold. */
  readonly quantity: number;
  readonly price: Price;
  /** `null`: a future. */
  readonly option: { readonly optionType: OptionType; readonly strike: Price } | null;
}

export interface ScanTerms {
  readonly spot: Price;
  /** To expiry, 0 on its day. */
  readonly years: number;
  readonly rates: UnderlyingMarginRates;
}

/**
 * What futures and options of one underlying and expiry could cost to get out of, in rupees, 0 or more: the scan of SPAN.
 *
 * The worst of sixteen scenarios, less the net value of the options (what is sold must be bought back), and never more than the position
 * can cost at expiry: the static hedge bounds a spread by the distance of its strikes. Options are valued by Black and Scholes without
 * interest, each with the volatility of its own price; time stands still.
 *
 * @see CME, SPAN margin: how it works; NSE Clearing, SPAN, for the scenarios.
 */
export function scanRisk(legs: readonly ScanLeg[], terms: ScanTerms): number {
  if (legs.every(({ option }) => option === null)) return futuresScan(legs, terms.rates.priceScan);
  const volatilities = legs.map((leg) => volatilityOf(leg, terms));
  let worst = 0;
  for (const scenario of SCENARIOS) {
    const loss = scenario.share * lossIn(scenario, legs, volatilities, terms);
    if (loss > worst) worst = loss;
  }
  return Math.max(0, Math.min(worst - netOptionValue(legs), liabilityAtExpiry(legs)));
}

interface Scenario {
  /** Price scans up (above 0) or down. */
  readonly moves: number;
  /** Volatility scans. */
  readonly volatility: 1 | -1 | 0;
  /** How much of the loss counts. */
  readonly share: number;
}

/** Seven price moves with higher and lower volatility, and two extreme moves of which 35 % count. */
const SCENARIOS: readonly Scenario[] = [
  ...[0, 1 / 3, -1 / 3, 2 / 3, -2 / 3, 1, -1].flatMap((moves): readonly Scenario[] => [
    { moves, volatility: 1, share: 1 },
    { moves, volatility: -1, share: 1 },
  ]),
  { moves: 2, volatility: 0, share: 0.35 },
  { moves: -2, volatility: 0, share: 0.35 },
];

/** The full move against the position is the worst: 35 % of twice the move is less. */
function futuresScan(legs: readonly ScanLeg[], priceScan: number): number {
  let value = 0;
  for (const { quantity, price } of legs) value += quantity * price;
  return Math.abs(value) * priceScan;
}

function volatilityOf({ option, price }: ScanLeg, { spot, years, rates }: ScanTerms): number {
  if (option === null) return 0;
  const implied = impliedVolatility({ ...option, model: 'black-scholes', price, underlying: spot, years, rate: 0 });
  return 'volatility' in implied ? implied.volatility : rates.volatility;
}

function lossIn(scenario: Scenario, legs: readonly ScanLeg[], volatilities: readonly number[], { spot, years, rates }: ScanTerms): number {
  const move = scenario.moves * rates.priceScan;
  const { share, min } = rates.volatilityScan;
  let loss = 0;
  for (let index = 0; index < legs.length; index += 1) {
    const { quantity, price, option } = legs[index]!;
    if (option === null) {
      loss -= quantity * price * move;
    } else {
      const now = volatilities[index]!;
      const then = Math.max(0, now + scenario.volatility * Math.max(share * now, min));
      loss -= quantity * (blackScholesPrice(option.optionType, spot * (1 + move), option.strike, years, 0, then) - price);
    }
  }
  return loss;
}

function netOptionValue(legs: readonly ScanLeg[]): number {
  let value = 0;
  for (const { quantity, price, option } of legs) if (option !== null) value += quantity * price;
  return value;
}

/** The most that the legs can cost at expiry, at a price of 0 or at a strike; infinite if they lose without bound when the price rises. */
function liabilityAtExpiry(legs: readonly ScanLeg[]): number {
  let slope = 0;
  for (const { quantity, option } of legs) if (option === null || option.optionType === 'CE') slope += quantity;
  if (slope < 0) return Infinity;
  let most = costAt(0, legs);
  for (const { option } of legs) if (option !== null) most = Math.max(most, costAt(option.strike, legs));
  return most;
}

function costAt(spot: Price, legs: readonly ScanLeg[]): number {
  let cost = 0;
  for (const { quantity, price, option } of legs) {
    if (option === null) cost -= quantity * (spot - price);
    else cost -= quantity * Math.max(0, option.optionType === 'CE' ? spot - option.strike : option.strike - spot);
  }
  return cost;
}
