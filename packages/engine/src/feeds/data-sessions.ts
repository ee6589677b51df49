import type { Session } from '../market/session.js';
import { dateOfDay, HOUR_MS, MINUTE_MS } from '../primitives/time.js';
import type { DayRows } from './day-rows.js';
import type { TradingHours } from './trading-hours.js';

/** A pause longer than this ends a session: an exchange's halt, or a day with two sessions. */
const PAUSE_MS = HOUR_MS;

/** Prints of the pre-open session stand alone, this far before trading begins or more. */
const PRE_OPEN_GAP_MS = 5 * MINUTE_MS;

/** Fewer rows than this between two pauses are stray prints, not a session. */
const SESSION_ROWS_MIN = 5;

/** A recording that lost its first or last minutes is no day that opened late or closed early: candles are counted from the ordinary edge. */
const LOST_EDGE_MS = 30 * MINUTE_MS;

/** So many moving candles after hours are an extension of the day, as after the halt of 24 February 2021; fewer are stray prints. */
const EXTENSION_ROWS_MIN = 30;

/**
 * The sessions of a day as its rows show them: rows in ordinary hours count, others only where there is nothing else (Muhurat trading) or where
 * they are a long stretch of moving prices. A pause of more than an hour separates two sessions; a lone flat print before the first row is left out; an edge within half an hour of
 * the ordinary one is the ordinary one.
 *
 * @param rows sorted; values are open, high, low, close, ….
 * @param lengthMs of a candle; 0 for ticks.
 */
export function dataSessions(rows: DayRows, lengthMs: number, hours: TradingHours | null): readonly Session[] {
  const date = dateOfDay(rows.day);
  const counted = countedRows(rows, hours);
  const sessions: Session[] = [];
  let first = 0;
  for (let at = 1; at <= counted.length; at += 1) {
    const end = (rows.time[counted[at - 1] ?? 0] ?? 0) + lengthMs;
    const next = rows.time[counted[at] ?? -1];
    if (next !== undefined && next - end <= PAUSE_MS) continue;
    const open = rows.time[counted[first] ?? 0] ?? 0;
    if (at - first >= SESSION_ROWS_MIN || (next === undefined && sessions.length === 0))
      sessions.push({ date, ...withEdges(open, closeAfter(end, lengthMs), hours) });
    first = at;
  }
  return sessions;
}

function countedRows(rows: DayRows, hours: TradingHours | null): readonly number[] {
  const all = Array.from(rows.time.keys());
  const inside = all.filter((row) => hours === null || ((rows.time[row] ?? 0) >= hours.open && (rows.time[row] ?? 0) < hours.close));
  const late = all.filter((row) => hours !== null && (rows.time[row] ?? 0) >= hours.close);
  const moving = late.filter((row) => (rows.values[1]?.[row] ?? 0) > (rows.values[2]?.[row] ?? 0)).length;
  const extended = moving >= EXTENSION_ROWS_MIN && moving * 2 > late.length;
  const counted = inside.length < SESSION_ROWS_MIN ? all : extended ? [...inside, ...late] : inside;
  return isPreOpenPrint(rows, counted) ? counted.slice(1) : counted;
}

function isPreOpenPrint(rows: DayRows, counted: readonly number[]): boolean {
  const [first = 0, second = 0] = counted;
  return (
    counted.length > SESSION_ROWS_MIN &&
    (rows.time[second] ?? 0) - (rows.time[first] ?? 0) > PRE_OPEN_GAP_MS &&
    rows.values[1]?.[first] === rows.values[2]?.[first]
  );
}

/** The end of the last candle; for ticks the end of the minute of the last one, since a session does not include its close. */
const closeAfter = (end: number, lengthMs: number): number => (lengthMs > 0 ? end : (Math.floor(end / MINUTE_MS) + 1) * MINUTE_MS);

function withEdges(open: number, close: number, hours: TradingHours | null): TradingHours {
  if (hours === null || open >= hours.close || close <= hours.open) return { open, close };
  return {
    open: Math.abs(open - hours.open) <= LOST_EDGE_MS ? hours.open : open,
    close: Math.abs(close - hours.close) <= LOST_EDGE_MS ? hours.close : close,
  };
}
