import type { Segment, SessionCalendar } from '../market/session.js';
import { EngineError } from '../primitives/errors.js';
import { addDays, atIst, type EpochMs, minuteOfDay, tradingDate } from '../primitives/time.js';

const USUAL_OPEN = minuteOfDay('09:15');

/**
 * When an exchange opens next, as far as the calendar knows; on a trading day whose hours it does not know yet, at 09:15. Where the calendar ends
 * it is the next morning: who tries too early is refused again and has lost nothing.
 */
export function nextOpen(calendar: SessionCalendar, segment: Segment, now: EpochMs): EpochMs {
  const today = tradingDate(now);
  try {
    const later = calendar.sessionsOn(today, segment).find(({ open }) => open > now);
    if (later !== undefined) return later.open;
    const next = calendar.nextTradingDay(today, 1);
    return calendar.sessionsOn(next, segment)[0]?.open ?? atIst(next, USUAL_OPEN);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return atIst(addDays(today, 1), USUAL_OPEN);
  }
}
