import type { Session } from '../market/session.js';
import { EngineError } from '../primitives/errors.js';
import { DAY_MS, dateOfDay, IST_OFFSET_MS, istTimeOfDayMs } from '../primitives/time.js';
import type { DayRows } from './day-rows.js';

/** Shifted rows must fill this share of the day's trading hours before a wrong zone is blamed: an evening session is no proof. */
const FILLED_SHARE = 0.5;

/**
 * Refuses rows that lie outside trading hours and would lie inside if their zone were the other of the two that recordings come in.
 *
 * @param lengthMs of a candle; 0 for ticks, whose span is compared in place of their number.
 * @throws EngineError `feed/time-zone-wrong`
 */
export function refuseWrongZone(rows: DayRows, sessions: readonly Session[], lengthMs: number, file: string): void {
  const count = rows.time.length;
  if (count === 0 || inside(rows, sessions, 0).rows * 2 > count) return;
  const open = sessions.reduce((sum, session) => sum + session.close - session.open, 0);
  for (const shift of [IST_OFFSET_MS, -IST_OFFSET_MS]) {
    const shifted = inside(rows, sessions, shift);
    const filled = lengthMs > 0 ? shifted.rows * lengthMs : shifted.spanMs;
    if (shifted.rows >= count * 0.9 && open > 0 && filled >= open * FILLED_SHARE) throw wrongZone(rows, shift, file);
  }
}

/**
 * Refuses daily candles that are stamped half past six in the evening: that is midnight in India as a clock in UTC shows it, and would place every
 * candle on the day before.
 *
 * @throws EngineError `feed/time-zone-wrong`
 */
export function refuseWrongDailyZone(rows: DayRows, file: string): void {
  const [first] = rows.time;
  if (first !== undefined && istTimeOfDayMs(first) === DAY_MS - IST_OFFSET_MS) throw wrongZone(rows, IST_OFFSET_MS, file);
}

function inside({ time }: DayRows, sessions: readonly Session[], shift: number): { readonly rows: number; readonly spanMs: number } {
  const within = time.map((at) => at + shift).filter((at) => sessions.some(({ open, close }) => at >= open && at < close));
  return { rows: within.length, spanMs: (within.at(-1) ?? 0) - (within[0] ?? 0) };
}

function wrongZone(rows: DayRows, shift: number, file: string): EngineError {
  const line = rows.line[0] ?? 0;
  const [zone, direction] = shift > 0 ? ['UTC', 'later'] : ['Asia/Kolkata', 'earlier'];
  return new EngineError('feed/time-zone-wrong', {
    message: `The rows of ${dateOfDay(rows.day)} in "${file}" (from line ${line}) lie outside trading hours, or on the wrong date; five and a half hours ${direction} they are right.`,
    remedy: `Write timeZone: ${zone}.`,
    context: { file, line, timeZone: zone },
  });
}
