import { formatRupees, type Paise } from '../primitives/money.js';
import { drawdownReached } from './account-decisions.js';
import type { EntryCheck } from './gate-context.js';
import { moneyLimitPaise } from './money-limit.js';
import type { Refusal, RefusalCode } from './refusal.js';

/** The account was not halted. */
export const notHalted: EntryCheck = (_, { account: { halted } }) =>
  halted === null ? null : { code: 'account/halted', reason: `The account is halted: ${halted.reason}`, limit: null, value: halted.code };

/** The day's loss has not reached its limit. */
export const withinDailyLoss: EntryCheck = (_, { account, limits }) => {
  const limitPaise = moneyLimitPaise(limits.dailyLoss, account.capitalPaise);
  return limitPaise === null || account.dayLossPaise < limitPaise
    ? null
    : overMoney('account/daily-loss', 'The loss of the day', account.dayLossPaise, limitPaise);
};

/** The week's loss has not reached its limit. */
export const withinWeeklyLoss: EntryCheck = (_, { account, limits }) => {
  const limitPaise = moneyLimitPaise(limits.weeklyLoss, account.capitalPaise);
  return limitPaise === null || account.weekLossPaise < limitPaise
    ? null
    : overMoney('account/weekly-loss', 'The loss of the week', account.weekLossPaise, limitPaise);
};

/** Equity has not fallen too far from its peak. */
export const withinDrawdown: EntryCheck = (_, { account, limits }) =>
  drawdownReached(account, limits)
    ? {
        code: 'account/drawdown',
        reason: `Equity is ${percent(account.drawdown)} below its peak, limit ${percent(limits.maxDrawdown ?? 0)}.`,
        limit: limits.maxDrawdown,
        value: account.drawdown,
      }
    : null;

/** One open set for the whole account, where that is the rule; this one counts. */
export const onlyPosition: EntryCheck = (_, { account: { openSets }, limits }) =>
  limits.onePosition && openSets > 1
    ? {
        code: 'account/one-position',
        reason: `The account holds one position at a time; with this entry it would be ${openSets}.`,
        limit: 1,
        value: openSets,
      }
    : null;

/** Not more open sets than there are slots; this one counts. */
export const slotFree: EntryCheck = (_, { account: { openSets }, limits: { maxOpenSets } }) =>
  maxOpenSets === null || openSets <= maxOpenSets
    ? null
    : {
        code: 'account/slots',
        reason: `With this entry ${openSets} sets would be open, limit ${maxOpenSets}.`,
        limit: maxOpenSets,
        value: openSets,
      };

/** One entry takes no more than its share of the capital. */
export const withinCapitalPerTrade: EntryCheck = (_, { entry: { requiredPaise }, limits: { capitalPerTradePaise } }) =>
  capitalPerTradePaise === null || requiredPaise <= capitalPerTradePaise
    ? null
    : overMoney('account/capital-per-trade', 'What the entry needs', requiredPaise, capitalPerTradePaise);

/** The account has what the entry needs. */
export const capitalFree: EntryCheck = (_, { account: { availablePaise }, entry: { requiredPaise } }) =>
  availablePaise >= 0 ? null : overMoney('account/capital', 'What the entry needs', requiredPaise, requiredPaise + availablePaise);

/** A first entry leaves room for what may have to be added. */
export const withinFirstEntry: EntryCheck = (_, { account, entry: { adds, requiredPaise }, limits }) => {
  if (adds || limits.firstEntryMarginShare >= 1) return null;
  const limitPaise = Math.floor(limits.firstEntryMarginShare * (account.availablePaise + requiredPaise));
  return requiredPaise <= limitPaise ? null : overMoney('account/first-entry', 'What the first entry needs', requiredPaise, limitPaise);
};

/** Margin in use stays inside its share of the capital; this entry counts. */
export const withinMarginUse: EntryCheck = (_, { account: { marginInUsePaise, capitalPaise }, limits }) => {
  const limitPaise = Math.floor(limits.maxMarginUse * capitalPaise);
  return marginInUsePaise <= limitPaise
    ? null
    : overMoney('account/margin-use', 'Margin in use with this entry', marginInUsePaise, limitPaise);
};

/** Futures and short options stay inside a multiple of the capital; this entry counts. */
export const withinLeverage: EntryCheck = (_, { account: { capitalPaise }, entry: { notionalPaise }, limits: { maxLeverage } }) =>
  maxLeverage === null || notionalPaise <= maxLeverage * capitalPaise
    ? null
    : overMoney(
        'account/leverage',
        `Notional with this entry (leverage at most ${maxLeverage})`,
        notionalPaise,
        Math.floor(maxLeverage * capitalPaise),
      );

/** What the entry can lose is bounded, where a limit asks for it, and inside the limit. */
export const withinRiskPerTrade: EntryCheck = (_, { account: { capitalPaise }, entry: { riskPaise }, limits: { riskPerTrade } }) => {
  const limitPaise = moneyLimitPaise(riskPerTrade, capitalPaise);
  if (limitPaise === null) return null;
  if (riskPaise === null) {
    return {
      code: 'order/stop-missing',
      reason: `The account risks ${formatRupees(limitPaise)} an entry at most, and nothing bounds what this one can lose.`,
      limit: limitPaise,
      value: null,
    };
  }
  return riskPaise <= limitPaise ? null : overMoney('account/risk-per-trade', 'What the entry can lose', riskPaise, limitPaise);
};

/** Level 2, for entries: losses first, then slots, then money. */
export const accountChecks: readonly EntryCheck[] = [
  notHalted,
  withinDailyLoss,
  withinWeeklyLoss,
  withinDrawdown,
  onlyPosition,
  slotFree,
  withinCapitalPerTrade,
  capitalFree,
  withinFirstEntry,
  withinMarginUse,
  withinLeverage,
  withinRiskPerTrade,
];

const overMoney = (code: RefusalCode, what: string, valuePaise: Paise, limitPaise: Paise): Refusal => ({
  code,
  reason: `${what}: ${formatRupees(valuePaise)}, limit ${formatRupees(limitPaise)}.`,
  limit: limitPaise,
  value: valuePaise,
});

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
