import { EngineError } from '../primitives/errors.js';
import { dateOfDay, dayOfDate, type TradingDate, type Weekday } from '../primitives/time.js';
import { hasMorningSession } from './data-calendar.js';
import type { InstrumentKey } from './instrument.js';
import { contractsOf, isContractIndex } from './instrument-key.js';
import { EXPIRY_RULES, type ExpiryCycle, type ExpiryRule } from './rules/expiry-rules.js';
import type { SessionCalendar } from './session.js';

/** A date on which contracts end. */
export interface Expiry {
  readonly date: TradingDate;
  /** A weekly in the week of the monthly is the monthly. */
  readonly cycle: ExpiryCycle;
}

/** What is asked for: how many expiries from a date on, and the last date that the calendar reaches (`null`: it has no end). */
export interface ExpiryQuery {
  readonly on: TradingDate;
  readonly count: number;
  readonly calendar: SessionCalendar;
  readonly until: TradingDate | null;
  /** Months that were gone through before, kept by whoever asks often; to be emptied when the calendar changes. */
  readonly known?: Map<string, readonly Expiry[]>;
}

/**
 * Expiries of an underlying on or after a date by the dated rules, nearest first, at most `count`; fewer where the rules or the calendar end.
 *
 * @throws EngineError `rules/expiry-unknown` if no rule is known for the underlying at all, and what the calendar throws for `on`.
 */
export function expiriesByRule(underlying: InstrumentKey, { on, count, calendar, until, known }: ExpiryQuery): readonly Expiry[] {
  const rules = rulesOf(underlying);
  // Asked for its error alone: a date that the calendar does not reach is to be told, not answered with an empty list.
  calendar.isTradingDay(on);
  const found: Expiry[] = [];
  let [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  for (let months = 0; months < MONTHS_AHEAD && found.length < count; months += 1) {
    const first = monthStart(year, month);
    if (until !== null && first > until) break;
    for (const expiry of known === undefined ? expiriesOfMonth(rules, first, calendar) : knownMonth(underlying, first)) {
      if (expiry.date >= on && found.length < count) found.push(expiry);
    }
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return found;

  function knownMonth(of: InstrumentKey, first: TradingDate): readonly Expiry[] {
    const name = `${of} ${first}`;
    let expiries = known?.get(name);
    if (expiries === undefined) {
      expiries = expiriesOfMonth(rules, first, calendar);
      known?.set(name, expiries);
    }
    return expiries;
  }
}

/** Whether the contracts of an underlying that end on a date are monthly ones, by the rules; `null` if the rules have no expiry on it. */
export function cycleOf(underlying: InstrumentKey, expiry: TradingDate, scope: Omit<ExpiryQuery, 'on' | 'count'>): ExpiryCycle | null {
  const [next] = expiriesByRule(underlying, { on: expiry, count: 1, ...scope });
  return next?.date === expiry ? next.cycle : null;
}

/** Whether any expiry rule is known for an underlying. */
export const hasExpiryRules = (underlying: InstrumentKey): boolean => knownRulesOf(underlying).length > 0;

function rulesOf(underlying: InstrumentKey): readonly ExpiryRule[] {
  const rules = knownRulesOf(underlying);
  if (rules.length === 0) {
    throw new EngineError('rules/expiry-unknown', {
      message: `No expiry rule is known for "${underlying}".`,
      remedy: 'Bring its contracts in an instrument list, from a broker or a feed with option chains, or take another underlying.',
      context: { underlying },
    });
  }
  return rules;
}

function knownRulesOf(underlying: InstrumentKey): readonly ExpiryRule[] {
  const { exchange, name } = contractsOf(underlying);
  const subject = isContractIndex(underlying) ? name : exchange === 'NFO' ? 'STOCKS_NSE' : '';
  return RULES_BY_NAME.get(subject) ?? [];
}

/** Expiries whose nominal date is in the month that begins on `first`, in order. */
function expiriesOfMonth(rules: readonly ExpiryRule[], first: TradingDate, calendar: SessionCalendar): readonly Expiry[] {
  const firstDay = dayOfDate(first);
  const length = daysInMonth(first);
  const found: Expiry[] = [];
  const monthlyWeeks = new Set<number>();
  for (const rule of rules) {
    if (rule.cycle !== 'monthly') continue;
    const nominal = lastOf(rule.weekday, firstDay + length - 1);
    const date = tradedBy(nominal, calendar);
    if (!isInForce(rule, date)) continue;
    monthlyWeeks.add(weekOf(nominal));
    found.push({ date, cycle: 'monthly' });
  }
  for (const rule of rules) {
    if (rule.cycle !== 'weekly') continue;
    for (let day = firstOf(rule.weekday, firstDay); day < firstDay + length; day += 7) {
      // A holiday moves an expiry by a few days at most: far outside of its rule's time there is nothing to look up.
      if (!isInForce(rule, dateOfDay(day)) && !isInForce(rule, dateOfDay(day - LONGEST_CLOSURE_DAYS))) continue;
      const date = tradedBy(day, calendar);
      if (isInForce(rule, date) && !monthlyWeeks.has(weekOf(day))) found.push({ date, cycle: 'weekly' });
    }
  }
  return found.sort((one, other) => (one.date < other.date ? -1 : 1));
}

const isInForce = ({ from, to }: ExpiryRule, date: TradingDate): boolean => (from === null || date >= from) && (to === null || date <= to);

/** The day itself, or the nearest before it on which the market opens in the morning. */
function tradedBy(day: number, calendar: SessionCalendar): TradingDate {
  for (let earlier = day; earlier > day - LONGEST_CLOSURE_DAYS; earlier -= 1) {
    const date = dateOfDay(earlier);
    if (hasMorningSession(calendar, date)) return date;
  }
  return dateOfDay(day);
}

const MONTHS_AHEAD = 60;
const LONGEST_CLOSURE_DAYS = 10;

const RULES_BY_NAME = new Map<string, ExpiryRule[]>();
for (const rule of EXPIRY_RULES) RULES_BY_NAME.set(rule.underlying, [...(RULES_BY_NAME.get(rule.underlying) ?? []), rule]);

const monthStart = (year: number, month: number): TradingDate => `${year}-${String(month).padStart(2, '0')}-01`;
const weekdayOfDay = (day: number): number => (((day + 4) % 7) + 7) % 7;
const firstOf = (weekday: Weekday, day: number): number => day + ((weekday - weekdayOfDay(day) + 7) % 7);
const lastOf = (weekday: Weekday, day: number): number => day - ((weekdayOfDay(day) - weekday + 7) % 7);
/** Weeks from Monday to Sunday; 1970-01-05 was a Monday. */
const weekOf = (day: number): number => Math.floor((day - 4) / 7);

function daysInMonth(first: TradingDate): number {
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
  return dayOfDate(month === 12 ? monthStart(year + 1, 1) : monthStart(year, month + 1)) - dayOfDate(first);
}
