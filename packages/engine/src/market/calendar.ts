import { EngineError } from '../primitives/errors.js';
import { dateOfDay, dayOfDate, istDay, MINUTE_MS, minuteOfDay, startOfIstDay, type TradingDate } from '../primitives/time.js';
import type { RuleNote } from './rules/fact.js';
import { HOLIDAY_YEARS, HOLIDAYS_FROM, HOLIDAYS_TO } from './rules/holidays.js';
import { SESSION_HOURS } from './rules/session-hours.js';
import { SPECIAL_DAYS } from './rules/special-sessions.js';
import type { Segment, Session, SessionCalendar } from './session.js';

/** Where a calendar's answers for a day come from. */
export interface DaySource {
  /** Sessions of a day, counted from 1970-01-01 in India. */
  readonly sessionsOnDay: (day: number, segment: Segment) => readonly Session[];
}

/**
 * The calendar of the dated tables, 2019 to 2026: normal hours with their changes, holidays, Muhurat, trading weekends, the halt of 2021-02-24.
 *
 * A day whose hours the tables do not know (the Muhurat of 2026-11-08) has no sessions; see {@link calendarNotes}.
 *
 * @throws EngineError `calendar/date-unknown`, from every question about a date that the tables do not reach.
 */
export const createCalendar = (): SessionCalendar => calendarOf({ sessionsOnDay: sessionsByTables });

/** A calendar over a source of days: keeps what it was told for each day, and the session it was last asked for. */
export function calendarOf({ sessionsOnDay }: DaySource): SessionCalendar & { lookAgain(days: readonly number[]): boolean } {
  const days: Record<Segment, Map<number, readonly Session[]>> = { equity: new Map(), fno: new Map(), index: new Map() };
  const last: Record<Segment, Session | undefined> = { equity: undefined, fno: undefined, index: undefined };

  const onDay = (day: number, segment: Segment): readonly Session[] => {
    const known = days[segment];
    let sessions = known.get(day);
    if (sessions === undefined) {
      sessions = sessionsOnDay(day, segment);
      if (known.size >= CACHED_DAYS) known.clear();
      known.set(day, sessions);
    }
    return sessions;
  };
  const isOpen = (day: number): boolean => onDay(day, 'fno').length > 0;

  return {
    sessionsOn: (date, segment) => onDay(dayOfDate(date), segment),
    sessionAt(time, segment) {
      const recent = last[segment];
      if (recent !== undefined && time >= recent.open && time < recent.close) return recent;
      for (const session of onDay(istDay(time), segment)) {
        if (time >= session.open && time < session.close) {
          last[segment] = session;
          return session;
        }
      }
      return undefined;
    },
    isTradingDay: (date) => isOpen(dayOfDate(date)),
    nextTradingDay(date, step) {
      const from = dayOfDate(date);
      for (let count = 1; count <= LONGEST_CLOSURE_DAYS; count += 1) {
        if (isOpen(from + step * count)) return dateOfDay(from + step * count);
      }
      throw new EngineError('calendar/no-trading-day', {
        message: `No trading day within ${LONGEST_CLOSURE_DAYS} days ${step === 1 ? 'after' : 'before'} "${date}".`,
        remedy: 'Check the sessions that the feed reports.',
        context: { date },
      });
    },
    tradingDaysBetween(from, to) {
      const [first, final] = [dayOfDate(from), dayOfDate(to)];
      let count = 0;
      for (let day = Math.min(first, final) + 1; day <= Math.max(first, final); day += 1) if (isOpen(day)) count += 1;
      return final < first ? 0 - count : count;
    },
    /** Asks the source anew about some days; says whether what had been told of one of them is true no more. */
    lookAgain(changed) {
      let differs = false;
      for (const segment of SEGMENTS) {
        for (const day of changed) {
          const before = days[segment].get(day);
          if (before === undefined) continue;
          days[segment].delete(day);
          if (sameHours(before, onDay(day, segment))) continue;
          differs = true;
          last[segment] = undefined;
        }
      }
      return differs;
    },
  };
}

const sameHours = (one: readonly Session[], other: readonly Session[]): boolean =>
  one.length === other.length && one.every(({ open, close }, index) => open === other[index]?.open && close === other[index]?.close);

/** What is uncertain about a day's sessions, for a run's report. */
export function calendarNotes(date: TradingDate): readonly RuleNote[] {
  const special = SPECIAL.get(date);
  if (special?.status !== 'unverified') return [];
  const what = special.hours === '' ? 'its hours are not known, so it counts as closed' : `its hours are taken as ${special.hours}`;
  return [{ code: 'calendar/hours-unverified', subject: date, message: `${date} is a special session; ${what} (${special.source}).` }];
}

/** Whether the tables have the days of a date's year. */
export const isInTables = (date: TradingDate): boolean => date >= HOLIDAYS_FROM && date <= HOLIDAYS_TO;

/** The normal hours of a segment on a day, whatever day it is. */
export function normalSessions(day: number, segment: Segment): readonly Session[] {
  const date = dateOfDay(day);
  let hours = '';
  for (const row of SESSION_HOURS) if (row.segment === segment && (row.from === null || row.from <= date)) hours = row.hours;
  return sessionsFrom(hours, date, day);
}

/** Sessions of a day by the tables. */
export function sessionsByTables(day: number, segment: Segment): readonly Session[] {
  const date = dateOfDay(day);
  if (!isInTables(date)) {
    throw new EngineError('calendar/date-unknown', {
      message: `The holiday tables do not reach "${date}": they go from ${HOLIDAYS_FROM} to ${HOLIDAYS_TO}.`,
      remedy: 'Write `calendar: fromData` in the configuration, so that days and hours are those of the feed.',
      context: { date },
    });
  }
  const special = SPECIAL.get(date);
  if (special !== undefined) return sessionsFrom(special.hours, date, day);
  const weekday = (day + 4) % 7;
  return weekday === 0 || weekday === 6 || CLOSED.has(date) ? CLOSED_DAY : normalSessions(day, segment);
}

const SEGMENTS: readonly Segment[] = ['equity', 'fno', 'index'];
const CLOSED_DAY: readonly Session[] = [];
/** About sixteen years: a cache that is full begins anew. */
const CACHED_DAYS = 6_000;
/** Indian exchanges have not been closed for more than five days on end. */
const LONGEST_CLOSURE_DAYS = 30;

const SPECIAL = new Map(SPECIAL_DAYS.map((day) => [day.date, day]));
const CLOSED = new Set(HOLIDAY_YEARS.flatMap(({ year, closed }) => closed.split(' ').map((monthDay) => `${year}-${monthDay}`)));

function sessionsFrom(hours: string, date: TradingDate, day: number): readonly Session[] {
  const midnight = startOfIstDay(day);
  return stretchesOf(hours).map(({ from, to }) => ({ date, open: midnight + from, close: midnight + to }));
}

/** Milliseconds after midnight. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

const STRETCHES = new Map<string, readonly Stretch[]>();

/** `09:15-10:00 11:30-12:30`, read once: the tables write few different hours. */
function stretchesOf(hours: string): readonly Stretch[] {
  let stretches = STRETCHES.get(hours);
  if (stretches === undefined) {
    const texts = hours === '' ? [] : hours.split(' ');
    stretches = texts.map((text) => ({ from: minuteOfDay(text.slice(0, 5)) * MINUTE_MS, to: minuteOfDay(text.slice(6)) * MINUTE_MS }));
    STRETCHES.set(hours, stretches);
  }
  return stretches;
}
