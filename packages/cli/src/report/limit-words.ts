import { money } from './amounts.js';

/** Limits that are times. */
const TIMES: readonly string[] = ['system/feed-stale', 'system/clock-skew', 'account/broker-lost'];

/** Limits that are money. */
const AMOUNTS: readonly string[] = ['account/daily-loss', 'account/weekly-loss', 'account/drawdown'];

/** A breaker's limit, or what was found, in its unit: rupees, seconds, or a count. */
export function limitWords(code: string, value: number): string {
  if (AMOUNTS.includes(code)) return money(value);
  return TIMES.includes(code) ? `${value / 1000} s` : String(value);
}
