import { atIst, type EpochMs, minuteOfDay, type TradingDate } from './time.js';

/** A Monday on which exchanges still took plain market orders, and one on which they do not. */
export const MONDAY: TradingDate = '2026-02-02';
export const BARRED_MONDAY: TradingDate = '2026-06-01';

/** The day after the first of them. */
export const TUESDAY: TradingDate = '2026-02-03';

/** A time of day, `10:00` or `10:00:05.25`, on a date. */
export function time(text: string, date = MONDAY): EpochMs {
  const [, minutes = '', seconds = '0'] = /^(\d\d:\d\d)(?::([\d.]+))?$/.exec(text) ?? [];
  return atIst(date, minuteOfDay(minutes)) + Math.round(Number(seconds) * 1_000);
}
