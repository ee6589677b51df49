import type { Segment, Session, SessionCalendar } from '../market/session.js';
import { minutesOf, type Timeframe } from '../market/timeframe.js';
import { addDays, type EpochMs, MINUTE_MS, type TradingDate, weekdayOf } from '../primitives/time.js';
import { knownSessions } from './known-sessions.js';

/** What decides where candles begin and end: their length and the hours of their market. */
export interface BucketRules {
  readonly timeframe: Timeframe;
  readonly calendar: SessionCalendar;
  readonly segment: Segment;
}

/** The stretch of time of one candle, `openTime` included, `closeTime` not. */
export interface Bucket {
  readonly openTime: EpochMs;
  readonly closeTime: EpochMs;
}

/**
 * The candle's stretch that `time` lies in; `undefined` outside of trading hours.
 *
 * Intraday candles are counted from the session's open, and the last one ends with the session. A day's candle runs from the open of the
 * date's first session to the close of its last, a week's (Monday to Sunday) and a month's from the first to the last of their sessions
 * that the calendar knows of.
 */
export function bucketAt(time: EpochMs, rules: BucketRules): Bucket | undefined {
  const session = rules.calendar.sessionAt(time, rules.segment);
  return session === undefined ? undefined : bucketFinder(rules)(session, time);
}

/** Finds the candle's stretch that a moment of a session lies in; for series, in which rules stay and sessions are known. */
export function bucketFinder(rules: BucketRules): (session: Session, time: EpochMs) => Bucket {
  const minutes = minutesOf(rules.timeframe);
  if (minutes === null) return (session) => spanOf(datesOf(session.date, rules.timeframe), session, rules);
  const lengthMs = minutes * MINUTE_MS;
  return (session, time) => {
    const openTime = time - ((time - session.open) % lengthMs);
    return { openTime, closeTime: Math.min(openTime + lengthMs, session.close) };
  };
}

/** The dates, first and last, of the day, week or month that `date` belongs to. */
function datesOf(date: TradingDate, timeframe: Timeframe): { readonly first: TradingDate; readonly last: TradingDate } {
  switch (timeframe) {
    case '1w': {
      // Sunday is 0, and the last day of its week: a session on one (budget, Muhurat) belongs to the days before it.
      const first = addDays(date, -((weekdayOf(date) + 6) % 7));
      return { first, last: addDays(first, 6) };
    }
    case '1M': {
      const first = `${date.slice(0, 8)}01`;
      const nextMonth = `${addDays(first, 31).slice(0, 8)}01`;
      return { first, last: addDays(nextMonth, -1) };
    }
    default:
      return { first: date, last: date };
  }
}

/** From the open of the first session of some dates to the close of the last one; `known` is one of them. */
function spanOf(
  dates: { readonly first: TradingDate; readonly last: TradingDate },
  known: Session,
  { calendar, segment }: BucketRules,
): Bucket {
  let { open: openTime, close: closeTime } = known;
  for (let date = dates.first; date <= dates.last; date = addDays(date, 1)) {
    for (const { open, close } of knownSessions(calendar, date, segment)) {
      openTime = Math.min(openTime, open);
      closeTime = Math.max(closeTime, close);
    }
  }
  return { openTime, closeTime };
}
