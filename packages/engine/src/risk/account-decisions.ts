import type { AccountState } from '../portfolio/account.js';
import { type AccountView, accountView } from '../portfolio/account-view.js';
import { formatRupees, type Paise, roundHalfEven } from '../primitives/money.js';
import { addDays, type TradingDate } from '../primitives/time.js';
import type { AccountLimits } from './account-limits.js';
import { moneyLimitPaise } from './money-limit.js';

/** A limit of the account's equity that is reached. */
export interface AccountDecision {
  readonly code: AccountDecisionCode;
  readonly reason: string;
  readonly limitPaise: Paise;
  /** What was found: a loss, or for a target a profit. */
  readonly valuePaise: Paise;
  /** `trip`: positions are closed and no entry is made; `stop`: no entry is made; `inform`: a person is told. */
  readonly effect: 'trip' | 'stop' | 'inform';
  /** The day, week or month whose limit it is: its first date, and the first date after it; `null` for the fall from a peak. */
  readonly period: LimitPeriod | null;
}

export interface LimitPeriod {
  readonly from: TradingDate;
  readonly until: TradingDate;
}

/** First dates of the week and month whose profit target has been told: once is enough. */
export interface ToldTargets {
  readonly week: TradingDate | null;
  readonly month: TradingDate | null;
}

export type AccountDecisionCode =
  | 'account/daily-loss'
  | 'account/weekly-loss'
  | 'account/drawdown'
  | 'account/week-profit-target'
  | 'account/month-profit-target';

/**
 * Which limits an account has reached at an equity, worst first; nothing before its first day.
 *
 * Losses and profits are those of equity, open positions included.
 */
export function accountDecisions(state: AccountState, equityPaise: Paise, limits: AccountLimits): readonly AccountDecision[] {
  if (state.day === null || state.week === null || state.month === null) return NONE;
  const view = accountView(state, equityPaise);
  const found: AccountDecision[] = [];
  const { profitTargets } = limits;
  const peakPaise = state.peakEquityPaise;
  const bounds = lossLimits(state, limits);
  if (drawdownReached(view, limits)) {
    found.push(loss('account/drawdown', 'Fall from the peak', bounds.drawdownPaise ?? 0, peakPaise - equityPaise, null));
  }
  if (bounds.weekPaise !== null && view.weekLossPaise >= bounds.weekPaise) {
    found.push(loss('account/weekly-loss', 'Loss of the week', bounds.weekPaise, view.weekLossPaise, days(state.week.from, 7)));
  }
  if (bounds.dayPaise !== null && view.dayLossPaise >= bounds.dayPaise) {
    found.push(loss('account/daily-loss', 'Loss of the day', bounds.dayPaise, view.dayLossPaise, days(state.day.from, 1)));
  }
  const monthProfit = equityPaise - state.month.equityPaise;
  if (profitTargets.monthPaise !== null && monthProfit >= profitTargets.monthPaise) {
    const { from } = state.month;
    const month = { from, until: `${addDays(from, 31).slice(0, 8)}01` };
    found.push(target('account/month-profit-target', profitTargets.monthPaise, monthProfit, profitTargets.stop, month));
  }
  const weekProfit = equityPaise - state.week.equityPaise;
  if (profitTargets.weekPaise !== null && weekProfit >= profitTargets.weekPaise) {
    const week = days(state.week.from, 7);
    found.push(target('account/week-profit-target', profitTargets.weekPaise, weekProfit, profitTargets.stop, week));
  }
  return found;
}

const days = (from: TradingDate, count: number): LimitPeriod => ({ from, until: addDays(from, count) });

/** The equities between which no limit is reached: at or below `low`, or at or above `high`, there is something to decide. */
export function equityBand(state: AccountState, limits: AccountLimits, told: ToldTargets): { readonly low: Paise; readonly high: Paise } {
  const { day, week, month, peakEquityPaise } = state;
  if (day === null || week === null || month === null) return { low: -Infinity, high: Infinity };
  const { dayPaise, weekPaise, drawdownPaise } = lossLimits(state, limits);
  const { profitTargets } = limits;
  return {
    low: Math.max(
      dayPaise === null ? -Infinity : day.lossFromPaise - dayPaise,
      weekPaise === null ? -Infinity : week.lossFromPaise - weekPaise,
      drawdownPaise === null ? -Infinity : peakEquityPaise - drawdownPaise,
    ),
    high: Math.min(
      profitTargets.weekPaise === null || told.week === week.from ? Infinity : week.equityPaise + profitTargets.weekPaise,
      profitTargets.monthPaise === null || told.month === month.from ? Infinity : month.equityPaise + profitTargets.monthPaise,
      nextPeak(state, limits),
    ),
  };
}

/**
 * The equity at which a new peak is told of: above the last one by a twentieth of the fall that is allowed. What a peak may be missed by is so small
 * a part of the limit, and a market that climbs is not told of tick by tick. `Infinity` without a limit on the fall.
 */
export const nextPeak = ({ peakEquityPaise }: AccountState, { maxDrawdown }: AccountLimits): Paise =>
  maxDrawdown === null ? Infinity : peakEquityPaise + Math.max(1, Math.ceil(drawdownLimit(peakEquityPaise, maxDrawdown) / 20));

/** The limits on losses as money; `null`: no such limit. */
const lossLimits = ({ capitalPaise, peakEquityPaise }: AccountState, { dailyLoss, weeklyLoss, maxDrawdown }: AccountLimits) => ({
  dayPaise: moneyLimitPaise(dailyLoss, capitalPaise),
  weekPaise: moneyLimitPaise(weeklyLoss, capitalPaise),
  drawdownPaise: maxDrawdown === null ? null : drawdownLimit(peakEquityPaise, maxDrawdown),
});

const drawdownLimit = (peakEquityPaise: Paise, maxDrawdown: number): Paise => roundHalfEven(maxDrawdown * peakEquityPaise);

/** Whether equity has fallen as far from its peak as the limit allows. */
export const drawdownReached = ({ peakEquityPaise, equityPaise }: AccountView, { maxDrawdown }: AccountLimits): boolean =>
  maxDrawdown !== null && equityPaise < peakEquityPaise && peakEquityPaise - equityPaise >= drawdownLimit(peakEquityPaise, maxDrawdown);

const NONE: readonly AccountDecision[] = [];

const loss = (
  code: AccountDecisionCode,
  what: string,
  limitPaise: Paise,
  valuePaise: Paise,
  period: LimitPeriod | null,
): AccountDecision => ({
  code,
  reason: `${what} ${formatRupees(valuePaise)}, limit ${formatRupees(limitPaise)}.`,
  limitPaise,
  valuePaise,
  effect: 'trip',
  period,
});

const target = (code: AccountDecisionCode, limitPaise: Paise, valuePaise: Paise, stops: boolean, period: LimitPeriod): AccountDecision => ({
  code,
  reason: `Profit ${formatRupees(valuePaise)}, target ${formatRupees(limitPaise)}.`,
  limitPaise,
  valuePaise,
  effect: stops ? 'stop' : 'inform',
  period,
});
