import { knownSessions } from '../candles/known-sessions.js';
import type { SessionCalendar } from '../market/session.js';
import { atIst, DAY_MS, type EpochMs, MINUTE_MS, minuteOfDay, type TradingDate, tradingDate } from '../primitives/time.js';

/** From when to which expiry, and the calendar that knows the hours in between. */
export interface TimeToExpiry {
  readonly now: EpochMs;
  readonly expiry: TradingDate;
  readonly calendar: SessionCalendar;
}

/** Time to expiry in years; 0 from the expiry's close on. */
export type DayCount = (span: TimeToExpiry) => number;

/**
 * Closes of the derivatives market, from a date on, for dates that the calendar does not reach (expiries beyond recorded data).
 *
 * 15:40 from 2026-08-03: NSE/FAOP/74467 of 29 May 2026, where time to expiry runs to 15:40 on the day of expiry by the circular of 31 July
 * 2026; 15:30 before.
 */
const CLOSES: readonly { readonly from: TradingDate; readonly close: string }[] = [
  { from: '2026-08-03', close: '15:40' },
  { from: '', close: '15:30' },
];

/** The moment an option expires: the close of the derivatives market on its expiry date. */
export function expiryMoment(expiry: TradingDate, calendar: SessionCalendar): EpochMs {
  const last = knownSessions(calendar, expiry, 'fno').at(-1);
  if (last !== undefined) return last.close;
  const close = CLOSES.find(({ from }) => from <= expiry)?.close ?? '15:30';
  return atIst(expiry, minuteOfDay(close));
}

/** Calendar time over 365 days, in whole minutes (one that has begun counts), as exchanges count it. */
export const calendarDays365: DayCount = ({ now, expiry, calendar }) => {
  const minutes = Math.ceil((expiryMoment(expiry, calendar) - now) / MINUTE_MS);
  return Math.max(minutes, 0) / ((365 * DAY_MS) / MINUTE_MS);
};

/**
 * Trading days over 252: those after today up to the expiry, and the share of today's hours that is left, in whole minutes.
 *
 * @throws EngineError `calendar/date-unknown` if the calendar's tables do not reach the expiry.
 */
export const tradingDays252: DayCount = ({ now, expiry, calendar }) => {
  const today = tradingDate(now);
  if (today > expiry) return 0;
  return (calendar.tradingDaysBetween(today, expiry) + shareLeft(now, today, calendar)) / 252;
};

/** Day counts by the names that a configuration writes. */
export const DAY_COUNTS = { calendarDays365, tradingDays252 } as const;

function shareLeft(now: EpochMs, today: TradingDate, calendar: SessionCalendar): number {
  let left = 0;
  let whole = 0;
  for (const { open, close } of calendar.sessionsOn(today, 'fno')) {
    left += Math.ceil(Math.max(close - Math.max(open, now), 0) / MINUTE_MS);
    whole += (close - open) / MINUTE_MS;
  }
  return whole === 0 ? 0 : left / whole;
}
