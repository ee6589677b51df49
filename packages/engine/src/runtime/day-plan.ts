import type { InstrumentKey } from '../market/instrument.js';
import { segmentOf } from '../market/segment-of.js';
import type { SessionCalendar } from '../market/session.js';
import { atIst, type EpochMs, MINUTE_MS, minuteOfDay, type TradingDate } from '../primitives/time.js';
import { leavesAtSquareOff } from '../sets/leaving.js';
import type { SetConfig } from '../sets/set-config.js';

/** Where a set has no square-off time of its own, what expires is looked at now. */
const USUAL_SQUARE_OFF = minuteOfDay('15:15');

/** On a day that ends before the square-off time, everything is closed this long before the last session's end. */
const BEFORE_CLOSE_MS = 15 * MINUTE_MS;

/** Times of a set on one date. */
export interface DayPlan {
  /** When its positions are held against the square-off rules; `null` on a date without a session. */
  readonly lookAt: EpochMs | null;
  /** From when it holds nothing; `null` where it may hold on. */
  readonly squareOffAt: EpochMs | null;
}

/** When a set looks at its positions on a date. Short days (special Saturdays, Muhurat, a halt) end early, and the set with them. */
export function dayPlan(
  config: Pick<SetConfig, 'exits' | 'product'>,
  underlying: InstrumentKey,
  date: TradingDate,
  calendar: SessionCalendar,
): DayPlan {
  const last = calendar.sessionsOn(date, segmentOf(underlying)).at(-1);
  if (last === undefined) return { lookAt: null, squareOffAt: null };
  const wanted = atIst(date, config.exits.squareOff ?? USUAL_SQUARE_OFF);
  const lookAt = wanted > last.open && wanted < last.close ? wanted : last.close - BEFORE_CLOSE_MS;
  return { lookAt, squareOffAt: leavesAtSquareOff(config) ? lookAt : null };
}
