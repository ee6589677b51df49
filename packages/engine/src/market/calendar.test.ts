import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addDays, atIst, formatIst, MINUTE_MS, weekdayOf } from '../primitives/time.js';
import { calendarNotes, createCalendar } from './calendar.js';
import { HOLIDAY_YEARS } from './rules/holidays.js';
import type { Segment, Session } from './session.js';

const calendar = createCalendar();
const hours = (date: string, segment: Segment): string =>
  calendar
    .sessionsOn(date, segment)
    .map(({ open, close }: Session) => `${formatIst(open).slice(11, 16)}-${formatIst(close).slice(11, 16)}`)
    .join(' ');
const days = fc.integer({ min: 0, max: 2921 }).map((count) => addDays('2019-01-01', count));
const segments = fc.constantFrom<Segment>('equity', 'fno', 'index');

describe('hours', () => {
  it.each([
    ['2024-01-02', 'index', '09:15-15:30'],
    ['2026-07-31', 'equity', '09:15-15:30'],
    ['2026-07-31', 'fno', '09:15-15:30'],
    ['2026-08-03', 'equity', '09:15-15:15'],
    ['2026-08-03', 'fno', '09:15-15:40'],
    ['2026-08-03', 'index', '09:15-15:30'],
    ['2021-02-24', 'fno', '09:15-11:40 15:45-17:00'],
    ['2021-11-04', 'index', '18:15-19:15'],
    ['2025-10-21', 'equity', '13:45-14:45'],
    ['2024-03-02', 'fno', '09:15-10:00 11:30-12:30'],
    ['2026-02-01', 'fno', '09:15-15:30'],
    ['2026-11-08', 'fno', ''],
    ['2026-11-24', 'fno', ''],
    ['2026-11-22', 'fno', ''],
  ] as const)('of %s in %s are "%s"', (date, segment, expected) => expect(hours(date, segment)).toBe(expected));
});

describe('sessionAt', () => {
  it('includes the open and not the close', () => {
    const open = atIst('2024-01-02', 555);
    expect(calendar.sessionAt(open, 'index')?.open).toBe(open);
    expect(calendar.sessionAt(open - 1, 'index')).toBeUndefined();
    expect(calendar.sessionAt(open + 375 * MINUTE_MS - 1, 'index')?.open).toBe(open);
    expect(calendar.sessionAt(open + 375 * MINUTE_MS, 'index')).toBeUndefined();
  });

  it('tells the two sessions of a day apart', () => {
    expect(calendar.sessionAt(atIst('2024-03-02', 12 * 60), 'fno')?.open).toBe(atIst('2024-03-02', 11 * 60 + 30));
    expect(calendar.sessionAt(atIst('2024-03-02', 11 * 60), 'fno')).toBeUndefined();
    expect(calendar.sessionAt(atIst('2024-03-02', 9 * 60 + 30), 'fno')?.open).toBe(atIst('2024-03-02', 555));
  });

  it('agrees with sessionsOn at every minute, whatever was asked before', () => {
    const asked = createCalendar();
    fc.assert(
      fc.property(days, segments, fc.integer({ min: 0, max: 1439 }), (date, segment, minute) => {
        const time = atIst(date, minute);
        const expected = calendar.sessionsOn(date, segment).find(({ open, close }) => open <= time && time < close);
        expect(asked.sessionAt(time, segment)).toEqual(expected);
      }),
    );
  });
});

describe('trading days', () => {
  it('has 118 weekday closures, none of them on a weekend', () => {
    const closed = HOLIDAY_YEARS.flatMap(({ year, closed: dates }) => dates.split(' ').map((date) => `${year}-${date}`));
    expect(closed).toHaveLength(118);
    expect(closed.every((date) => weekdayOf(date) >= 1 && weekdayOf(date) <= 5)).toBe(true);
    expect(new Set(closed).size).toBe(118);
  });

  it('steps over weekends and holidays', () => {
    expect(calendar.nextTradingDay('2026-11-23', 1)).toBe('2026-11-25');
    expect(calendar.nextTradingDay('2026-11-23', -1)).toBe('2026-11-20');
    expect(calendar.nextTradingDay('2024-01-19', 1)).toBe('2024-01-20');
    expect(calendar.isTradingDay('2024-01-22')).toBe(false);
  });

  it('counts days after the first up to and including the last, and back again', () => {
    expect(calendar.tradingDaysBetween('2026-11-20', '2026-11-25')).toBe(2);
    expect(calendar.tradingDaysBetween('2026-11-25', '2026-11-25')).toBe(0);
    fc.assert(
      fc.property(days, days, days, (one, two, three) => {
        const between = calendar.tradingDaysBetween;
        expect(between(one, three)).toBe(between(one, two) + between(two, three));
      }),
      { numRuns: 20 },
    );
  });

  it('finds a next trading day with none between', () =>
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 2900 }), fc.constantFrom<1 | -1>(1, -1), (count, step) => {
        const date = addDays('2019-01-01', count);
        const next = calendar.nextTradingDay(date, step);
        expect(calendar.isTradingDay(next)).toBe(true);
        const counted = calendar.tradingDaysBetween(date, next);
        expect(counted).toBe(step === 1 || calendar.isTradingDay(date) ? step : 0);
      }),
    ));
});

describe('what the tables do not know', () => {
  it.each(['2018-12-31', '2027-01-01', '2013-05-02'])('is said for %s, with the remedy', (date) => {
    expect(() => calendar.sessionsOn(date, 'fno')).toThrow(
      expect.objectContaining({ code: 'calendar/date-unknown', remedy: expect.stringContaining('calendar: fromData') }),
    );
    expect(() => calendar.sessionAt(atIst(date, 600), 'index')).toThrow(expect.objectContaining({ code: 'calendar/date-unknown' }));
  });

  it('is noted for special days with unverified hours', () => {
    expect(calendarNotes('2026-11-08')[0]?.message).toContain('counts as closed');
    expect(calendarNotes('2020-02-01')[0]?.message).toContain('09:15-15:30');
    expect(calendarNotes('2024-01-20')).toEqual([]);
  });
});
