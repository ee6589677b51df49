import { describe, expect, it } from 'vitest';
import { createCalendar } from '../market/calendar.js';
import type { SessionCalendar } from '../market/session.js';
import { atIst, minuteOfDay } from '../primitives/time.js';
import { calendarDays365, expiryMoment, tradingDays252 } from './day-count.js';

const at = (date: string, time: string): number => atIst(date, minuteOfDay(time));

/** Thursday 2026-07-30 to Tuesday 2026-08-04 without the weekend; nothing is known of other dates. */
const days: Record<string, string> = { '2026-07-30': '15:30', '2026-07-31': '15:30', '2026-08-03': '15:40', '2026-08-04': '15:40' };
const unasked = (): never => {
  throw new Error('A day count does not ask this.');
};
const calendar: SessionCalendar = {
  sessionsOn: (date) => (days[date] === undefined ? [] : [{ date, open: at(date, '09:15'), close: at(date, days[date]) }]),
  tradingDaysBetween: (from, to) => Object.keys(days).filter((date) => date > from && date <= to).length,
  sessionAt: unasked,
  isTradingDay: unasked,
  nextTradingDay: unasked,
};

describe('expiryMoment', () => {
  it('is the close of the derivatives market on the day', () => {
    expect(expiryMoment('2026-07-30', calendar)).toBe(at('2026-07-30', '15:30'));
    expect(expiryMoment('2026-08-04', calendar)).toBe(at('2026-08-04', '15:40'));
  });

  it('is known for an expiry that the tables do not reach', () => {
    expect(expiryMoment('2027-01-05', createCalendar())).toBe(at('2027-01-05', '15:40'));
    expect(expiryMoment('2026-10-19', createCalendar())).toBe(at('2026-10-19', '15:40'));
  });

  it('follows the dated hours where the calendar does not reach: 15:40 from 2026-08-03', () => {
    expect(expiryMoment('2024-12-26', calendar)).toBe(at('2024-12-26', '15:30'));
    expect(expiryMoment('2026-08-02', calendar)).toBe(at('2026-08-02', '15:30'));
    expect(expiryMoment('2026-12-29', calendar)).toBe(at('2026-12-29', '15:40'));
  });
});

describe('calendarDays365', () => {
  it('counts all time over 365 days', () => {
    expect(calendarDays365({ now: at('2026-07-28', '15:40'), expiry: '2026-08-04', calendar })).toBe(7 / 365);
    expect(calendarDays365({ now: at('2026-08-04', '09:40'), expiry: '2026-08-04', calendar })).toBe(0.25 / 365);
  });

  it('counts in minutes, one that has begun as a whole one', () => {
    const close = at('2026-08-04', '15:40');
    expect(calendarDays365({ now: close - 60_000, expiry: '2026-08-04', calendar })).toBe(1 / 525_600);
    expect(calendarDays365({ now: close - 1, expiry: '2026-08-04', calendar })).toBe(1 / 525_600);
  });

  it('is 0 from the close on', () => {
    expect(calendarDays365({ now: at('2026-08-04', '15:40'), expiry: '2026-08-04', calendar })).toBe(0);
    expect(calendarDays365({ now: at('2026-08-05', '09:15'), expiry: '2026-08-04', calendar })).toBe(0);
  });
});

describe('tradingDays252', () => {
  it('counts trading days over 252, today by what is left of its hours', () => {
    expect(tradingDays252({ now: at('2026-07-30', '09:00'), expiry: '2026-08-04', calendar })).toBe(4 / 252);
    expect(tradingDays252({ now: at('2026-07-30', '15:30'), expiry: '2026-08-04', calendar })).toBe(3 / 252);
    expect(tradingDays252({ now: at('2026-08-01', '12:00'), expiry: '2026-08-04', calendar })).toBe(2 / 252);
    expect(tradingDays252({ now: at('2026-08-04', '14:23'), expiry: '2026-08-04', calendar })).toBe(77 / 385 / 252);
  });

  it('is 0 from the close on', () => {
    expect(tradingDays252({ now: at('2026-08-04', '15:40'), expiry: '2026-08-04', calendar })).toBe(0);
    expect(tradingDays252({ now: at('2026-08-05', '10:00'), expiry: '2026-08-04', calendar })).toBe(0);
  });
});
