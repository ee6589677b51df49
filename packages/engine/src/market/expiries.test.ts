import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addDays, weekdayOf } from '../primitives/time.js';
import { createCalendar } from './calendar.js';
import { createDataCalendar, hasMorningSession } from './data-calendar.js';
import { cycleOf, type Expiry, expiriesByRule } from './expiries.js';
import { EXPIRY_RULES } from './rules/expiry-rules.js';

const calendar = createCalendar();
const until = '2026-12-31';
const upcoming = (underlying: string, on: string, count: number): readonly Expiry[] =>
  expiriesByRule(underlying, { on, count, calendar, until });
const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Contracts seen in recorded chains, bhavcopies and futures files, without three that were re-dated later. */
const SEEN: readonly { readonly underlying: string; readonly weekly: string; readonly monthly: string }[] = [
  {
    underlying: 'NSE_INDEX:NIFTY',
    weekly: `
      2019-05-23 2019-06-06 2019-06-13 2019-06-20 2019-07-04 2019-07-11 2025-07-17 2025-07-24 2025-11-18 2025-12-02 2025-12-09
      2025-12-16 2026-02-03 2026-07-14 2026-09-01 2026-09-08 2026-09-15 2026-10-19`,
    monthly: `
      2019-05-30 2019-06-27 2024-07-25 2024-08-29 2024-09-26 2025-07-31 2025-08-28 2025-11-25 2025-12-30 2026-01-27 2026-06-30
      2026-08-25 2026-09-29 2026-10-27`,
  },
  {
    underlying: 'NSE_INDEX:BANKNIFTY',
    weekly: `
      2019-05-23 2023-05-04 2023-05-11 2023-05-18 2023-06-01`,
    monthly: `
      2019-05-30 2023-05-25 2024-01-25 2024-07-31 2024-08-28 2024-09-25 2025-07-31 2025-08-28 2025-11-25 2025-12-30 2026-01-27`,
  },
  {
    underlying: 'NSE_INDEX:FINNIFTY',
    weekly: `
      `,
    monthly: `
      2024-07-30 2024-08-27 2024-09-24 2025-11-25 2026-01-27`,
  },
  {
    underlying: 'NSE_INDEX:MIDCPNIFTY',
    weekly: `
      `,
    monthly: `
      2024-07-29 2024-08-26 2024-09-30 2025-07-31 2025-12-30`,
  },
  {
    underlying: 'NSE_INDEX:NIFTYNXT50',
    weekly: `
      `,
    monthly: `
      2024-07-26 2024-08-30 2024-09-27 2025-11-25`,
  },
  {
    underlying: 'BSE_INDEX:SENSEX',
    weekly: `
      2026-07-16`,
    monthly: `
      `,
  },
];

const NIFTY_WEEKLY_2026 = `
  2026-01-06 2026-01-13 2026-01-20 2026-01-27 2026-02-03 2026-02-10 2026-02-17 2026-02-24 2026-03-02 2026-03-10 2026-03-17
  2026-03-24 2026-03-30 2026-04-07 2026-04-13 2026-04-21 2026-04-28 2026-05-05 2026-05-12 2026-05-19 2026-05-26 2026-06-02
  2026-06-09 2026-06-16 2026-06-23 2026-06-30 2026-07-07 2026-07-14 2026-07-21 2026-07-28 2026-08-04 2026-08-11 2026-08-18
  2026-08-25 2026-09-01 2026-09-08 2026-09-15 2026-09-22 2026-09-29 2026-10-06 2026-10-13 2026-10-19 2026-10-27 2026-11-03
  2026-11-09 2026-11-17 2026-11-23 2026-12-01 2026-12-08 2026-12-15 2026-12-22 2026-12-29`;

const NIFTY_MONTHLY_2026 = `
  2026-01-27 2026-02-24 2026-03-30 2026-04-28 2026-05-26 2026-06-30 2026-07-28 2026-08-25 2026-09-29 2026-10-27 2026-11-23
  2026-12-29`;

const SENSEX_WEEKLY_2026 = `
  2026-01-01 2026-01-08 2026-01-14 2026-01-22 2026-01-29 2026-02-05 2026-02-12 2026-02-19 2026-02-26 2026-03-05 2026-03-12
  2026-03-19 2026-03-25 2026-04-02 2026-04-09 2026-04-16 2026-04-23 2026-04-30 2026-05-07 2026-05-14 2026-05-21 2026-05-27
  2026-06-04 2026-06-11 2026-06-18 2026-06-25 2026-07-02 2026-07-09 2026-07-16 2026-07-23 2026-07-30 2026-08-06 2026-08-13
  2026-08-20 2026-08-27 2026-09-03 2026-09-10 2026-09-17 2026-09-24 2026-10-01 2026-10-08 2026-10-15 2026-10-22 2026-10-29
  2026-11-05 2026-11-12 2026-11-19 2026-11-26 2026-12-03 2026-12-10 2026-12-17 2026-12-24 2026-12-31`;

const SENSEX_MONTHLY_2026 = `
  2026-01-29 2026-02-26 2026-03-25 2026-04-30 2026-05-27 2026-06-25 2026-07-30 2026-08-27 2026-09-24 2026-10-29 2026-11-26
  2026-12-31`;

describe('expiriesByRule', () => {
  it.each(
    SEEN.flatMap(({ underlying, weekly, monthly }) => [
      ...list(weekly)
        .filter(Boolean)
        .map((date) => [underlying, date, 'weekly'] as const),
      ...list(monthly)
        .filter(Boolean)
        .map((date) => [underlying, date, 'monthly'] as const),
    ]),
  )('has the contract of %s that ended on %s (%s)', (underlying, date, cycle) => {
    expect(upcoming(underlying, date, 1)).toEqual([{ date, cycle }]);
    expect(cycleOf(underlying, date, { calendar, until })).toBe(cycle);
  });

  it.each([
    // Re-dated: to Tuesday by NSE/FAOP/68747, and by holidays that were declared late.
    ['NSE_INDEX:NIFTY', '2025-09-30'],
    ['NSE_INDEX:NIFTY', '2026-03-30'],
    ['NSE_INDEX:BANKNIFTY', '2023-06-28'],
  ])('has the new date of a contract of %s that was re-dated to %s', (underlying, date) =>
    expect(upcoming(underlying, addDays(date, -2), 1)).toEqual([{ date, cycle: 'monthly' }]),
  );

  it.each([
    ['NSE_INDEX:NIFTY', NIFTY_WEEKLY_2026, NIFTY_MONTHLY_2026],
    ['BSE_INDEX:SENSEX', SENSEX_WEEKLY_2026, SENSEX_MONTHLY_2026],
  ])('has all expiries of %s of 2026', (underlying, weekly, monthly) => {
    const all = upcoming(underlying, '2026-01-01', 100);
    expect(all.map(({ date }) => date)).toEqual(list(weekly));
    expect(all.filter(({ cycle }) => cycle === 'monthly').map(({ date }) => date)).toEqual(list(monthly));
  });

  it.each([
    ['2026-10-20', '2026-10-19'],
    ['2026-11-10', '2026-11-09'],
    ['2026-11-24', '2026-11-23'],
  ])('moves the expiry of the holiday %s to %s', (nominal, actual) =>
    expect(upcoming('NSE_INDEX:NIFTY', addDays(nominal, -3), 1)[0]?.date).toBe(actual),
  );

  it('ends the weekly contracts of an index with its last one', () => {
    expect(upcoming('NSE_INDEX:BANKNIFTY', '2024-11-07', 3)).toEqual([
      { date: '2024-11-13', cycle: 'weekly' },
      { date: '2024-11-27', cycle: 'monthly' },
      { date: '2024-12-24', cycle: 'monthly' },
    ]);
  });

  it('has no weekly beside the monthly of a week, though their weekdays differ', () =>
    expect(upcoming('NSE_INDEX:BANKNIFTY', '2023-09-18', 3).map(({ date }) => date)).toEqual(['2023-09-20', '2023-09-28', '2023-10-04']));

  it('counts a Muhurat evening as a holiday', () =>
    expect(upcoming('NSE_INDEX:NIFTY', '2021-11-01', 1)).toEqual([{ date: '2021-11-03', cycle: 'weekly' }]));

  it('knows stocks by one rule, and no stock of BSE', () => {
    expect(upcoming('NSE:M&M', '2025-08-01', 2).map(({ date }) => date)).toEqual(['2025-08-28', '2025-09-30']);
    expect(() => upcoming('BSE:RELIANCE', '2025-08-01', 2)).toThrow(expect.objectContaining({ code: 'rules/expiry-unknown' }));
  });

  it('reaches back before 2019 on a calendar from data, monthly alone', () => {
    const data = createDataCalendar();
    expect(expiriesByRule('NSE_INDEX:NIFTY', { on: '2014-12-01', count: 3, calendar: data, until: null })).toEqual([
      { date: '2014-12-24', cycle: 'monthly' },
      { date: '2015-01-29', cycle: 'monthly' },
      { date: '2015-02-26', cycle: 'monthly' },
    ]);
  });

  it('says what the calendar says for a date that it does not reach', () =>
    expect(() => upcoming('NSE_INDEX:NIFTY', '2018-06-01', 1)).toThrow(expect.objectContaining({ code: 'calendar/date-unknown' })));

  it('ends where the calendar ends', () => {
    expect(upcoming('NSE_INDEX:NIFTY', '2026-12-20', 5).map(({ date }) => date)).toEqual(['2026-12-22', '2026-12-29']);
    expect(upcoming('NSE_INDEX:NIFTY', '2026-12-30', 5)).toEqual([]);
  });

  it('gives trading days in rising order, none before the day asked, the same ones from any day before', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          'NSE_INDEX:NIFTY',
          'NSE_INDEX:BANKNIFTY',
          'NSE_INDEX:FINNIFTY',
          'NSE_INDEX:MIDCPNIFTY',
          'BSE_INDEX:SENSEX',
          'NSE:SBIN',
        ),
        fc.integer({ min: 0, max: 2800 }),
        fc.integer({ min: 0, max: 40 }),
        (underlying, days, later) => {
          const on = addDays('2019-01-01', days);
          const dates = upcoming(underlying, on, 8).map(({ date }) => date);
          expect(dates).toEqual([...new Set(dates)].sort());
          for (const date of dates) {
            expect(date >= on && hasMorningSession(calendar, date)).toBe(true);
          }
          const from = addDays(on, later);
          const remaining = dates.filter((date) => date >= from);
          expect(upcoming(underlying, from, remaining.length).map(({ date }) => date)).toEqual(remaining);
        },
      ),
      { numRuns: 60 },
    ));
});

describe('EXPIRY_RULES', () => {
  it('have first and last dates that are expiries of their own', () => {
    for (const { underlying, cycle, weekday, from, to } of EXPIRY_RULES) {
      for (const date of [from, to]) {
        // The unverified launch, the last Friday before a Wednesday, and a day that is the end of a series by announcement.
        if (date === null || date < '2019-01-01' || date === '2023-09-01') continue;
        const moved = weekdayOf(date) !== weekday;
        expect(moved ? hasMorningSession(calendar, date) : true, `${underlying} ${cycle} ${date}`).toBe(true);
      }
    }
  });
});
