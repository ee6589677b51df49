import { describe, expect, it } from 'vitest';

import { TIMEFRAMES, type Timeframe } from '../market/timeframe.js';
import { EngineError } from '../primitives/errors.js';
import { atIst, formatIst, minuteOfDay } from '../primitives/time.js';
import { bucketAt } from './bucket.js';
import { weekdayCalendar } from './weekday-calendar.test-kit.js';

const at = (date: string, time: string): number => atIst(date, minuteOfDay(time));

// 2026-11-08 was a Sunday with an evening session, 2026-11-24 a holiday; the Saturday has two sessions as on days of a site switch.
const calendar = weekdayCalendar({
  '2026-11-08': [['18:00', '19:00']],
  '2026-11-24': [],
  '2026-11-28': [
    ['09:15', '10:00'],
    ['11:30', '12:30'],
  ],
});

const bucket = (date: string, time: string, timeframe: Timeframe): readonly string[] | undefined => {
  const found = bucketAt(at(date, time), { timeframe, calendar, segment: 'fno' });
  return found && [formatIst(found.openTime), formatIst(found.closeTime)].map((text) => text.slice(0, 16));
};

describe('bucketAt', () => {
  it.each([
    ['1m', '11:47', '11:47', '11:48'],
    ['2m', '15:29', '15:29', '15:30'],
    ['10m', '15:29', '15:25', '15:30'],
    ['1h', '10:14', '09:15', '10:15'],
    ['1h', '10:15', '10:15', '11:15'],
    ['1h', '15:20', '15:15', '15:30'],
    ['2h', '15:20', '15:15', '15:30'],
    ['3h', '13:00', '12:15', '15:15'],
    ['4h', '13:15', '13:15', '15:30'],
  ] as const)('counts %s candles from the open and cuts the last one short: %s lies in %s to %s', (timeframe, time, open, close) => {
    expect(bucket('2026-11-23', time, timeframe)).toEqual([`2026-11-23 ${open}`, `2026-11-23 ${close}`]);
  });

  it('counts anew in the second session of a day', () => {
    expect(bucket('2026-11-28', '09:59', '1h')).toEqual(['2026-11-28 09:15', '2026-11-28 10:00']);
    expect(bucket('2026-11-28', '11:40', '1h')).toEqual(['2026-11-28 11:30', '2026-11-28 12:30']);
  });

  it('lets a day run from its first open to its last close', () => {
    expect(bucket('2026-11-28', '09:30', '1d')).toEqual(['2026-11-28 09:15', '2026-11-28 12:30']);
    expect(bucket('2026-11-08', '18:30', '1d')).toEqual(['2026-11-08 18:00', '2026-11-08 19:00']);
  });

  it('lets a week run from Monday to Sunday, as far as there is trading', () => {
    expect(bucket('2026-11-25', '12:00', '1w')).toEqual(['2026-11-23 09:15', '2026-11-28 12:30']);
    expect(bucket('2026-11-08', '18:30', '1w')).toEqual(['2026-11-02 09:15', '2026-11-08 19:00']);
  });

  it('lets a month follow its dates', () => {
    expect(bucket('2026-11-23', '12:00', '1M')).toEqual(['2026-11-02 09:15', '2026-11-30 15:30']);
    expect(bucket('2028-02-10', '12:00', '1M')).toEqual(['2028-02-01 09:15', '2028-02-29 15:30']);
    expect(bucket('2026-12-31', '12:00', '1M')).toEqual(['2026-12-01 09:15', '2026-12-31 15:30']);
  });

  it('ends a week at the last day that the calendar knows of, and passes its other errors on', () => {
    const ending = (code: string) => ({
      ...calendar,
      sessionsOn: (date: string) => {
        if (date <= '2026-12-31') return calendar.sessionsOn(date, 'fno');
        throw new EngineError(code, { message: `Nothing is known of "${date}".`, remedy: 'Look it up.' });
      },
    });
    const week = (code: string) => bucketAt(at('2026-12-28', '12:00'), { timeframe: '1w', calendar: ending(code), segment: 'fno' });
    expect(week('calendar/date-unknown')).toEqual({ openTime: at('2026-12-28', '09:15'), closeTime: at('2026-12-31', '15:30') });
    expect(() => week('calendar/broken')).toThrow(EngineError);
  });

  it.each(TIMEFRAMES)('has no %s candle outside of trading hours', (timeframe) => {
    expect(bucket('2026-11-23', '09:14', timeframe)).toBeUndefined();
    expect(bucket('2026-11-23', '15:30', timeframe)).toBeUndefined();
    expect(bucket('2026-11-24', '12:00', timeframe)).toBeUndefined();
    expect(bucket('2026-11-28', '11:00', timeframe)).toBeUndefined();
  });
});
