import type { Segment, Session, SessionCalendar } from '../market/session.js';
import { EngineError } from '../primitives/errors.js';
import type { TradingDate } from '../primitives/time.js';

const NONE: readonly Session[] = [];

/**
 * The sessions of a date as far as the calendar knows: none, too, for a date that its tables do not reach.
 *
 * For dates that lie ahead of what is traded on: the end of a week that runs into the next year, an expiry after it.
 */
export function knownSessions(calendar: SessionCalendar, date: TradingDate, segment: Segment): readonly Session[] {
  try {
    return calendar.sessionsOn(date, segment);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'calendar/date-unknown') return NONE;
    throw error;
  }
}
