import type { Paise } from '../primitives/money.js';
import { dailyReturns, drawdowns, type EquityCurve } from './equity-curve.js';
import type { RoundTripResult } from './round-trip.js';

/** Figures of a number of round trips. `null`: nothing to compute it from. */
export interface RoundTripFigures {
  readonly roundTrips: number;
  readonly netPaise: Paise;
  readonly grossPaise: Paise;
  readonly chargesPaise: Paise;
  /** Won ones as a share of all; one that nets exactly 0 is neither won nor lost, but is one of all. `null` without round trips. */
  readonly winRate: number | null;
  /** What the won ones netted ÷ what the lost ones lost; `null` when none was lost. */
  readonly profitFactor: number | null;
  /** `null` when none was won. */
  readonly averageWinPaise: number | null;
  /** Below 0; `null` when none was lost. */
  readonly averageLossPaise: number | null;
  /** Net of a round trip on average; `null` without round trips. */
  readonly expectancyPaise: number | null;
  /** The most round trips lost one after the other. */
  readonly longestLosingStreak: number;
}

/** Figures of an equity curve, from the ends of its days. */
export interface EquityFigures {
  /** The largest fall as a share of its peak, a positive number; 0 when there was none. */
  readonly maxDrawdown: number;
  /** The largest fall in money, which may be another one than the largest share. */
  readonly maxDrawdownPaise: Paise;
  /** The most trading days in a row that ended below the peak before them. */
  readonly longestDrawdownDays: number;
  /** Mean of the daily returns ÷ their sample deviation × √252. `null` with fewer than two days, without any deviation, or once equity was used up. */
  readonly sharpe: number | null;
  /** Mean of the daily returns ÷ the root mean square of the negative ones over all days × √252. `null` like Sharpe, and without a losing day. */
  readonly sortino: number | null;
}

/** What a report says of an account, or of a whole run. */
export type PerformanceFigures = RoundTripFigures & EquityFigures;

/** Trading days that count as a year; ratios of other libraries use the same. */
const TRADING_DAYS_PER_YEAR = 252;

/** Deviations below this share of the mean are dust of binary fractions: returns that are all the same have none. */
const DUST = 1e-9;

/** All figures: of the round trips in the order in which they ended, and of the equity curve. */
export const performanceFigures = (roundTrips: readonly RoundTripResult[], equity: EquityCurve): PerformanceFigures => ({
  ...roundTripFigures(roundTrips),
  ...equityFigures(equity),
});

/** Figures of round trips, given in the order in which they ended. */
export function roundTripFigures(roundTrips: readonly RoundTripResult[]): RoundTripFigures {
  const all = { net: 0, gross: 0, charges: 0 };
  const won = { count: 0, paise: 0 };
  const lost = { count: 0, paise: 0 };
  let streak = 0;
  let longestLosingStreak = 0;
  for (const { grossPaise, chargesPaise, netPaise } of roundTrips) {
    all.net += netPaise;
    all.gross += grossPaise;
    all.charges += chargesPaise;
    streak = netPaise < 0 ? streak + 1 : 0;
    longestLosingStreak = Math.max(longestLosingStreak, streak);
    if (netPaise === 0) continue;
    const side = netPaise > 0 ? won : lost;
    side.count += 1;
    side.paise += netPaise;
  }
  return {
    roundTrips: roundTrips.length,
    netPaise: all.net,
    grossPaise: all.gross,
    chargesPaise: all.charges,
    winRate: ratio(won.count, roundTrips.length),
    profitFactor: ratio(won.paise, -lost.paise),
    averageWinPaise: ratio(won.paise, won.count),
    averageLossPaise: ratio(lost.paise, lost.count),
    expectancyPaise: ratio(all.net, roundTrips.length),
    longestLosingStreak,
  };
}

/** Figures of an equity curve. Sharpe and Sortino as in the Python library empyrical, whose values the tests hold. */
export function equityFigures(curve: EquityCurve): EquityFigures {
  let maxDrawdown = 0;
  let maxDrawdownPaise = 0;
  let longestDrawdownDays = 0;
  for (const { share, paise, days } of drawdowns(curve)) {
    maxDrawdown = Math.max(maxDrawdown, share);
    maxDrawdownPaise = Math.max(maxDrawdownPaise, paise);
    longestDrawdownDays = Math.max(longestDrawdownDays, days);
  }
  return { maxDrawdown, maxDrawdownPaise, longestDrawdownDays, ...returnRatios(dailyReturns(curve)) };
}

function returnRatios(returns: readonly number[] | null): Pick<EquityFigures, 'sharpe' | 'sortino'> {
  if (returns === null || returns.length < 2) return { sharpe: null, sortino: null };
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  let squares = 0;
  let negativeSquares = 0;
  for (const value of returns) {
    squares += (value - mean) * (value - mean);
    if (value < 0) negativeSquares += value * value;
  }
  return {
    sharpe: annualised(mean, Math.sqrt(squares / (returns.length - 1))),
    sortino: annualised(mean, Math.sqrt(negativeSquares / returns.length)),
  };
}

const annualised = (mean: number, deviation: number): number | null =>
  deviation <= Math.abs(mean) * DUST ? null : (mean / deviation) * Math.sqrt(TRADING_DAYS_PER_YEAR);

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
