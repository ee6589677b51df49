import { dateOfDay, dayOfDate, HOUR_MS, istTimeOfDayMs, type TradingDate } from '../primitives/time.js';
import { calendarOf, isInTables, normalSessions, sessionsByTables } from './calendar.js';
import type { Segment, Session, SessionCalendar } from './session.js';

/** A calendar that learns a day's sessions as a feed reports them. */
export interface DataCalendar extends SessionCalendar {
  /**
   * The sessions of one or more dates, for every segment. Those of a date that was known before are replaced.
   * @returns whether an answer given before is true no more.
   */
  add(sessions: readonly Session[]): boolean;
}

/**
 * A calendar that has its days from the data.
 *
 * Between the first and the last day reported, a day that was not reported had no trading. Outside of them, for what lies ahead, the dated tables
 * are asked where they reach; elsewhere weekdays count as trading days with normal hours, but for the five that are holidays every year.
 */
export function createDataCalendar(): DataCalendar {
  const reported = new Map<number, readonly Session[]>();
  let first = Infinity;
  let last = -Infinity;
  const calendar = calendarOf({
    sessionsOnDay: (day, segment) => reported.get(day) ?? (day > first && day < last ? NONE : expectedSessions(day, segment)),
  });
  return {
    ...calendar,
    add(sessions) {
      const changed: number[] = [];
      const dates = new Map<TradingDate, Session[]>();
      for (const session of sessions) dates.set(session.date, [...(dates.get(session.date) ?? []), session]);
      for (const [date, ofDate] of dates) {
        const day = dayOfDate(date);
        reported.set(
          day,
          ofDate.sort((one, other) => one.open - other.open),
        );
        changed.push(day);
        // Days that were passed over turn out to have been closed.
        for (let between = Math.max(last + 1, day - LOOKED_AHEAD_DAYS); between < day; between += 1) changed.push(between);
        for (let between = day + 1; between < Math.min(first, day + LOOKED_AHEAD_DAYS); between += 1) changed.push(between);
        first = Math.min(first, day);
        last = Math.max(last, day);
      }
      return calendar.lookAgain(changed);
    },
  };
}

/**
 * The tables' calendar in which a feed or a broker can replace the sessions of single days, for what was announced late.
 *
 * @param onTableDay is told each date that is looked up in the tables, so that what is uncertain about it can be noted.
 */
export function createCorrectedCalendar(onTableDay: (date: TradingDate) => void = () => undefined): DataCalendar {
  const reported = new Map<number, readonly Session[]>();
  const calendar = calendarOf({
    sessionsOnDay(day, segment) {
      const known = reported.get(day);
      if (known !== undefined) return known;
      onTableDay(dateOfDay(day));
      return sessionsByTables(day, segment);
    },
  });
  return {
    ...calendar,
    add(sessions) {
      const changed: number[] = [];
      for (const { date } of sessions) {
        const day = dayOfDate(date);
        changed.push(day);
        reported.set(
          day,
          sessions.filter((session) => session.date === date).sort((one, other) => one.open - other.open),
        );
      }
      return calendar.lookAgain(changed);
    },
  };
}

/** Whether contracts can end on a date: it has a session that begins in the morning. An evening's Muhurat alone counts as a holiday. */
export const hasMorningSession = (calendar: SessionCalendar, date: TradingDate): boolean =>
  calendar.sessionsOn(date, 'fno').some(({ open }) => istTimeOfDayMs(open) < 12 * HOUR_MS);

function expectedSessions(day: number, segment: Segment): readonly Session[] {
  const date = dateOfDay(day);
  if (isInTables(date)) return sessionsByTables(day, segment);
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6 || YEARLY_HOLIDAYS.has(date.slice(5)) ? NONE : normalSessions(day, segment);
}

/** How far from a day that is reported others may have been asked about: five years, more than any expiry is away. */
const LOOKED_AHEAD_DAYS = 1_827;

const NONE: readonly Session[] = [];

/** Republic Day, Maharashtra Day, Independence Day, Gandhi Jayanti, Christmas: closed on every weekday of 2019 to 2026 that they fell on. */
const YEARLY_HOLIDAYS: ReadonlySet<string> = new Set(['01-26', '05-01', '08-15', '10-02', '12-25']);
