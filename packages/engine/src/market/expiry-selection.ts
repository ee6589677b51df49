import { daysBetween, type TradingDate } from '../primitives/time.js';
import type { Expiry } from './expiries.js';

/** Which expiry is wanted. */
export interface ExpiryWish {
  /** `weekly` is this week's contract, which is the monthly one in its week; an underlying without weeklies has none. */
  readonly cycle: 'nearest' | 'weekly' | 'next-weekly' | 'monthly' | 'next-monthly';
  /** Fewer calendar days to the expiry than this: the next one of the kind is taken. */
  readonly minDays: number;
}

/**
 * The expiry that a wish means on a day.
 *
 * @param expiries what there is, nearest first.
 * @returns `undefined` if there is none.
 */
export function selectExpiry({ cycle, minDays }: ExpiryWish, expiries: readonly Expiry[], on: TradingDate): TradingDate | undefined {
  const ahead = expiries.filter(({ date }) => date >= on);
  const series = seriesOf(cycle, ahead);
  const first = cycle === 'next-weekly' || cycle === 'next-monthly' ? 1 : 0;
  return series.slice(first).find(({ date }) => daysBetween(on, date) >= minDays)?.date;
}

function seriesOf(cycle: ExpiryWish['cycle'], ahead: readonly Expiry[]): readonly Expiry[] {
  if (cycle === 'nearest') return ahead;
  if (cycle === 'monthly' || cycle === 'next-monthly') return ahead.filter((expiry) => expiry.cycle === 'monthly');
  return ahead.some((expiry) => expiry.cycle === 'weekly') ? ahead : [];
}
