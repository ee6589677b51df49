import { EngineError } from './errors.js';
import type { Unit } from './unit.js';

/** Milliseconds since 1970-01-01 UTC. */
export type EpochMs = Unit<number, 'EpochMs'>;

/** A length of time in milliseconds. */
export type DurationMs = Unit<number, 'DurationMs'>;

/** A date in India, `yyyy-MM-dd`. Compares as text. */
export type TradingDate = Unit<string, 'TradingDate'>;

/** A time of day in India in minutes after midnight: 09:15 is 555. */
export type MinuteOfDay = Unit<number, 'MinuteOfDay'>;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** India is five and a half hours ahead of UTC all year. */
export const IST_OFFSET_MS = 19_800_000;

/** 0 is Sunday, 6 is Saturday, as in JavaScript's `Date`. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Days since 1970-01-01 in India. */
export const istDay = (time: EpochMs): number => Math.floor((time + IST_OFFSET_MS) / DAY_MS);

/** Milliseconds since midnight in India. */
export const istTimeOfDayMs = (time: EpochMs): DurationMs => time + IST_OFFSET_MS - istDay(time) * DAY_MS;

/** The midnight in India at which a day, counted from 1970-01-01, begins. */
export const startOfIstDay = (day: number): EpochMs => day * DAY_MS - IST_OFFSET_MS;

/** The date in India at a moment. */
export const tradingDate = (time: EpochMs): TradingDate => dateOfDay(istDay(time));

/** A date, counted in days since 1970-01-01, as text. */
export function dateOfDay(day: number): TradingDate {
  let date = DATES.get(day);
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    remember(day, date);
  }
  return date;
}

/**
 * A date as days since 1970-01-01.
 *
 * @throws EngineError `time/date-invalid` if it is not a date of the calendar written `yyyy-MM-dd`.
 */
export function dayOfDate(date: TradingDate): number {
  const known = DAYS.get(date);
  if (known !== undefined) return known;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // The engine's Date turns 30 February into 2 March: a date is one if it comes back as itself.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) {
    throw new EngineError('time/date-invalid', {
      message: `"${date}" is not a date.`,
      remedy: 'Write it as yyyy-MM-dd, for instance 2026-11-23.',
      context: { date },
    });
  }
  const day = time / DAY_MS;
  remember(day, date);
  return day;
}

/** Dates that were converted before, both ways: calendars and expiry rules ask for the same few thousand again and again. */
const DATES = new Map<number, TradingDate>();
const DAYS = new Map<TradingDate, number>();

/** Two centuries of them. */
const REMEMBERED_MAX = 73_000;

function remember(day: number, date: TradingDate): void {
  if (DATES.size >= REMEMBERED_MAX) {
    DATES.clear();
    DAYS.clear();
  }
  DATES.set(day, date);
  DAYS.set(date, day);
}

/** The moment of a time of day on a date in India. */
export const atIst = (date: TradingDate, minute: MinuteOfDay): EpochMs => startOfIstDay(dayOfDate(date)) + minute * MINUTE_MS;

/** A date some calendar days later, or earlier. */
export const addDays = (date: TradingDate, days: number): TradingDate => dateOfDay(dayOfDate(date) + days);

/** Calendar days from one date to another. */
export const daysBetween = (from: TradingDate, to: TradingDate): number => dayOfDate(to) - dayOfDate(from);

/** The weekday of a date; 1970-01-01 was a Thursday. */
export const weekdayOf = (date: TradingDate): Weekday => ((((dayOfDate(date) + 4) % 7) + 7) % 7) as Weekday;

/**
 * `HH:mm` as minutes after midnight.
 *
 * @throws EngineError `time/time-of-day-invalid` if it is not a time of day.
 */
export function minuteOfDay(text: string): MinuteOfDay {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match === null) {
    throw new EngineError('time/time-of-day-invalid', {
      message: `"${text}" is not a time of day.`,
      remedy: 'Write it as HH:mm in Indian time, for instance 09:20.',
      context: { text },
    });
  }
  return Number(match[1]) * 60 + Number(match[2]);
}

/** Minutes after midnight as `HH:mm`. */
export const formatMinuteOfDay = (minute: MinuteOfDay): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** A moment in Indian time, `yyyy-MM-dd HH:mm:ss`, for people. */
export const formatIst = (time: EpochMs): string => new Date(time + IST_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
