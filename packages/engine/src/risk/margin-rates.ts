import type { TradingDate } from '../primitives/time.js';

/** What margins are estimated from. Fractions: 2 % is 0.02. */
export interface MarginRates {
  readonly index: UnderlyingMarginRates;
  readonly stock: UnderlyingMarginRates;
  /** On its expiry day a short index option takes this much more exposure, from a date on. */
  readonly expiryDay: { readonly share: number; readonly from: TradingDate };
}

export interface UnderlyingMarginRates {
  /** How far the price may move, up or down, as a share of it. */
  readonly priceScan: number;
  /** How far volatility may move: this share of it, at least so much a year. */
  readonly volatilityScan: { readonly share: number; readonly min: number };
  /** Exposure (extreme loss) margin, of the notional. */
  readonly exposure: number;
  /** A year, for an option whose price explains none. */
  readonly volatility: number;
}

/**
 * For reservations in a backtest. No figure is fitted to recorded margins.
 *
 * - Price scan: 9.3 % for indices and 14.2 % for stocks, the floors. The rule is six standard deviations × √2 and at least the floor, so that
 *   margins in a nervous market are higher than this. Source: NSE Clearing, "SPAN risk parameters", nseclearing.in, updated 2024-07-04,
 *   read on 2026-11-21. That the floor is in force is our simplification.
 * - Volatility scan: a quarter, at least 4 points for indices and 10 for stocks; same source. There it is a quarter of the underlying's weighted
 *   historical volatility; here of the option's implied one.
 * - No minimum charge for short options: the page has none (one of 3 and 7.5 % is found in older texts).
 * - Exposure 2 % and 3.5 %. Source: Zerodha, 2020; the 2 % is borne out by a recorded basket of July 2023.
 * - 2 % more for short index options on their expiry day since 2024-11-20. Source: SEBI circular of 2024-10-01.
 * - Volatilities of 15 and 35 %: our assumption.
 */
export const defaultMarginRates: MarginRates = {
  index: { priceScan: 0.093, volatilityScan: { share: 0.25, min: 0.04 }, exposure: 0.02, volatility: 0.15 },
  stock: { priceScan: 0.142, volatilityScan: { share: 0.25, min: 0.1 }, exposure: 0.035, volatility: 0.35 },
  expiryDay: { share: 0.02, from: '2024-11-20' },
};
