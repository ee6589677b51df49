import { addDays, type TradingDate } from '../primitives/time.js';
import type { Expiry } from './expiries.js';

/**
 * Expiries from a list and from the rules, nearest first: as far as the list reaches it alone counts, beyond it the rules go on.
 *
 * @param listed dates that a list has contracts for, nearest first; empty where there is no list.
 * @param byRule expiries by the rules, at most so many.
 */
export function mergedExpiries({
  listed,
  byRule,
  kind,
  count,
}: {
  readonly listed: readonly TradingDate[];
  readonly byRule: (count: number) => readonly Expiry[];
  readonly kind: 'option' | 'future';
  readonly count: number;
}): readonly Expiry[] {
  const last = listed.at(-1);
  const rules = byRule(
    (kind === 'future' ? count * EXPIRIES_A_MONTH : count) + (last === undefined ? 0 : listed.length + EXPIRIES_A_MONTH),
  );
  const cycles = new Map(rules.map(({ date, cycle }) => [date, cycle]));
  const merged: Expiry[] = listed.map((date) => ({ date, cycle: cycles.get(date) ?? (isLastOfMonth(date) ? 'monthly' : 'weekly') }));
  for (const expiry of rules) {
    const isFurther = last === undefined || expiry.date > last;
    if (isFurther && (kind === 'option' || expiry.cycle === 'monthly')) merged.push(expiry);
  }
  return merged.slice(0, count);
}

/** A month has at most five expiries, and one of them is monthly. */
const EXPIRIES_A_MONTH = 5;

/** Whether the same weekday a week later is in the next month: how a date that the rules do not have (they were changed later) is told. */
const isLastOfMonth = (date: TradingDate): boolean => addDays(date, 7).slice(0, 7) !== date.slice(0, 7);
