import { describe, expect, it } from 'vitest';

import { atIst } from '../primitives/time.js';
import { createCorrectedCalendar, createDataCalendar, hasMorningSession } from './data-calendar.js';
import type { Session } from './session.js';

const session = (date: string, from = 555, to = 930): Session => ({ date, open: atIst(date, from), close: atIst(date, to) });

describe('createDataCalendar', () => {
  it('has the sessions that were added, for every segment', () => {
    const calendar = createDataCalendar();
    calendar.add([session('2013-05-11', 675, 768)]);
    expect(calendar.sessionsOn('2013-05-11', 'index')).toEqual([session('2013-05-11', 675, 768)]);
    expect(calendar.sessionsOn('2013-05-11', 'equity')).toHaveLength(1);
    expect(calendar.sessionAt(atIst('2013-05-11', 700), 'fno')?.date).toBe('2013-05-11');
  });

  it('takes a day between two reported ones that was not reported for a day without trading', () => {
    const calendar = createDataCalendar();
    calendar.add([session('2013-03-26')]);
    expect(calendar.isTradingDay('2013-03-27')).toBe(true);
    calendar.add([session('2013-03-28')]);
    expect(calendar.isTradingDay('2013-03-27')).toBe(false);
    expect(calendar.nextTradingDay('2013-03-26', 1)).toBe('2013-03-28');
  });

  it('takes weekdays ahead for trading days, weekends and the yearly holidays not', () => {
    const calendar = createDataCalendar();
    expect(calendar.isTradingDay('2013-01-02')).toBe(true);
    expect(calendar.isTradingDay('2013-01-05')).toBe(false);
    expect(calendar.isTradingDay('2014-12-25')).toBe(false);
    expect(calendar.sessionsOn('2013-01-02', 'index')).toEqual([session('2013-01-02')]);
  });

  it('asks the tables about days ahead where they reach', () => {
    const calendar = createDataCalendar();
    calendar.add([session('2024-01-19')]);
    expect(calendar.isTradingDay('2024-01-20')).toBe(true);
    expect(calendar.isTradingDay('2024-01-22')).toBe(false);
  });

  it('replaces what it said of a day before', () => {
    const calendar = createDataCalendar();
    expect(calendar.sessionAt(atIst('2013-01-02', 920), 'index')).toBeDefined();
    calendar.add([session('2013-01-02', 555, 600), session('2013-01-02', 660, 700)]);
    expect(calendar.sessionAt(atIst('2013-01-02', 920), 'index')).toBeUndefined();
    expect(calendar.sessionsOn('2013-01-02', 'index')).toHaveLength(2);
  });

  it('sorts the sessions of a date', () => {
    const calendar = createDataCalendar();
    calendar.add([session('2013-01-02', 660, 700), session('2013-01-02', 555, 600)]);
    expect(calendar.sessionsOn('2013-01-02', 'index')[0]?.open).toBe(atIst('2013-01-02', 555));
  });
});

describe('createCorrectedCalendar', () => {
  it('keeps to the tables but for the days that were added', () => {
    const seen: string[] = [];
    const calendar = createCorrectedCalendar((date) => seen.push(date));
    expect(calendar.sessionsOn('2026-11-08', 'fno')).toEqual([]);
    calendar.add([session('2026-11-08', 1080, 1140)]);
    expect(calendar.sessionsOn('2026-11-08', 'fno')).toHaveLength(1);
    expect(calendar.isTradingDay('2026-11-09')).toBe(true);
    expect(calendar.isTradingDay('2026-11-10')).toBe(false);
    expect(seen).toContain('2026-11-08');
  });
});

describe('hasMorningSession', () => {
  const calendar = createCorrectedCalendar();
  it('is not true of an evening alone', () => {
    expect(hasMorningSession(calendar, '2021-11-04')).toBe(false);
    expect(hasMorningSession(calendar, '2025-10-21')).toBe(false);
  });
  it('is true of normal days, of a short Saturday and of the halted day', () =>
    expect(['2024-01-02', '2024-03-02', '2021-02-24'].every((date) => hasMorningSession(calendar, date))).toBe(true));
});
