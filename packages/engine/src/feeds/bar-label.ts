import type { Session } from '../market/session.js';
import type { DayRows } from './day-rows.js';

/** Which edge of a candle its time names. */
export type BarLabel = 'start' | 'end';

/**
 * Whether the rows of a day speak against the label they are said to have.
 *
 * Said to be `start`: no candle opens with the session, and one that moves opens as the session closes. Said to be `end`: a candle that moves
 * is stamped with the session's open. A flat one is a print of the pre-open or of the close, and says nothing.
 *
 * @param rows before any are dropped; their time is when the candle opens, according to the label.
 */
export function contradictsLabel(
  rows: DayRows,
  { label, lengthMs, session }: { readonly label: BarLabel; readonly lengthMs: number; readonly session: Session },
): boolean {
  if (label === 'end') return movesAt(rows, session.open - lengthMs);
  return !rows.time.includes(session.open) && movesAt(rows, session.close);
}

function movesAt({ time, values }: DayRows, at: number): boolean {
  const row = time.indexOf(at);
  return row >= 0 && (values[1]?.[row] ?? 0) > (values[2]?.[row] ?? 0);
}
