import type { AccountState } from '../portfolio/account.js';
import { type AccountView, accountView } from '../portfolio/account-view.js';
import { formatRupees, type Paise } from '../primitives/money.js';
import { addDays, type TradingDate } from '../primitives/time.js';
import type { AccountLimits } from './account-limits.js';
import { moneyLimitPaise } from './money-limit.js';

/** A limit of the account that is reached. It becomes an account's `halted` posting, or, where it only informs, an alert. */
export interface AccountDecision {
  readonly code: AccountDecisionCode;
  readonly reason: string;
  readonly limitPaise: Paise;
  /** What was found: a loss, or for a target a profit. */
  readonly valuePaise: Paise;
  /** `halt`: no new entries. */
  readonly effect: 'halt' | 'inform';
  /** The first date on which a halt ends by itself; `null`: a person ends it. */
  readonly until: TradingDate | null;
}

export type AccountDecisionCode =
  | 'account/daily-loss'
  | 'account/weekly-loss'
  | 'account/drawdown'
  | 'account/week-profit-target'
  | 'account/month-profit-target';

/**
 * Which limits an account has reached at an equity, worst first; nothing while it is halted already, or before its first day.
 *
 * Losses and profits are those of equity, open positions included. A day's loss halts for the day, a week's for the week; a drawdown waits for a person.
 */
export function accountDecisions(state: AccountState, equityPaise: Paise, limits: AccountLimits): readonly AccountDecision[] {
  if (state.halted !== null || state.day === null || state.week === null || state.month === null) return NONE;
  const view = accountView(state, equityPaise);
  const found: AccountDecision[] = [];
  const peakPaise = state.peakEquityPaise;
  if (drawdownReached(view, limits)) {
    found.push(
      halt('account/drawdown', 'Fall from the peak', Math.floor((limits.maxDrawdown ?? 0) * peakPaise), peakPaise - equityPaise, null),
    );
  }
  const { dailyLoss, weeklyLoss, profitTargets } = limits;
  const weekPaise = moneyLimitPaise(weeklyLoss, state.capitalPaise);
  if (weekPaise !== null && view.weekLossPaise >= weekPaise) {
    found.push(halt('account/weekly-loss', 'Loss of the week', weekPaise, view.weekLossPaise, addDays(state.week.from, 7)));
  }
  const dayPaise = moneyLimitPaise(dailyLoss, state.capitalPaise);
  if (dayPaise !== null && view.dayLossPaise >= dayPaise) {
    found.push(halt('account/daily-loss', 'Loss of the day', dayPaise, view.dayLossPaise, addDays(state.day.from, 1)));
  }
  if (profitTargets.monthPaise !== null && -view.monthLossPaise >= profitTargets.monthPaise) {
    const until = `${addDays(state.month.from, 31).slice(0, 8)}01`;
    found.push(target('account/month-profit-target', profitTargets.monthPaise, -view.monthLossPaise, profitTargets.stop ? until : null));
  }
  if (profitTargets.weekPaise !== null && -view.weekLossPaise >= profitTargets.weekPaise) {
    const until = addDays(state.week.from, 7);
    found.push(target('account/week-profit-target', profitTargets.weekPaise, -view.weekLossPaise, profitTargets.stop ? until : null));
  }
  return found;
}

/** Whether equity has fallen as far from its peak as the limit allows. */
export const drawdownReached = ({ drawdown }: AccountView, { maxDrawdown }: AccountLimits): boolean =>
  maxDrawdown !== null && drawdown > 0 && drawdown >= maxDrawdown;

const NONE: readonly AccountDecision[] = [];

const halt = (
  code: AccountDecisionCode,
  what: string,
  limitPaise: Paise,
  valuePaise: Paise,
  until: TradingDate | null,
): AccountDecision => ({
  code,
  reason: `${what} ${formatRupees(valuePaise)}, limit ${formatRupees(limitPaise)}.`,
  limitPaise,
  valuePaise,
  effect: 'halt',
  until,
});

const target = (code: AccountDecisionCode, limitPaise: Paise, valuePaise: Paise, until: TradingDate | null): AccountDecision => ({
  code,
  reason: `Profit ${formatRupees(valuePaise)}, target ${formatRupees(limitPaise)}.`,
  limitPaise,
  valuePaise,
  effect: until === null ? 'inform' : 'halt',
  until,
});
