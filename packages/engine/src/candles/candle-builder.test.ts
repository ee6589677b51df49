import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import type { Timeframe } from '../market/timeframe.js';
import { InvariantError } from '../primitives/assert.js';
import { atIst, MINUTE_MS, minuteOfDay, SECOND_MS } from '../primitives/time.js';
import { CandleBuilder } from './candle-builder.js';
import { weekdayCalendar } from './weekday-calendar.test-kit.js';

const at = (date: string, time: string): number => atIst(date, minuteOfDay(time));
const MONDAY = '2026-11-23';
const OPEN = at(MONDAY, '09:15');

const build = (timeframe: Timeframe, calendar = weekdayCalendar()) => new CandleBuilder({ timeframe, calendar, segment: 'fno' });

/** Prints with the volume of the day so far. */
const printed = (
  builder: CandleBuilder,
  ...prints: readonly (readonly [seconds: number, price: number, volume?: number])[]
): CandleBuilder => {
  for (const [seconds, price, volume = NaN] of prints) builder.add(OPEN + seconds * SECOND_MS, price, volume);
  return builder;
};

describe('a candle of prints', () => {
  it('has the first, highest, lowest and last price of its time', () => {
    const builder = printed(build('1m'), [1, 100], [20, 104], [30, 99], [59, 101]);
    expect(builder.closeTime).toBe(OPEN + MINUTE_MS);
    const candle: Candle = {
      openTime: OPEN,
      closeTime: OPEN + MINUTE_MS,
      open: 100,
      high: 104,
      low: 99,
      close: 101,
      volume: 0,
      complete: true,
    };
    expect(builder.peek()).toEqual({ ...candle, complete: false });
    expect(builder.close()).toEqual(candle);
    expect(builder.closeTime).toBe(Infinity);
    expect(builder.peek()).toBeUndefined();
  });

  it('does not have a print at the boundary: that is the first of the next one', () => {
    const builder = printed(build('1m'), [59.999, 100]);
    builder.close();
    expect(printed(builder, [60, 105]).close()).toMatchObject({ openTime: OPEN + MINUTE_MS, open: 105, low: 105 });
  });

  it('drops and counts a later print for a candle that was closed', () => {
    const builder = printed(build('1m'), [10, 100]);
    builder.close();
    printed(builder, [59.9, 500]);
    expect([builder.late, builder.closeTime]).toEqual([1, Infinity]);
    printed(builder, [61, 101], [59.95, 500]);
    expect(builder.late).toBe(2);
    expect(builder.close().high).toBe(101);
  });

  it('is not begun by a print whose time was over when it came', () => {
    const builder = build('1m');
    expect(builder.add(OPEN + 30_000, 100, NaN, OPEN + 60_000)).toBe(false);
    expect(builder.late).toBe(1);
    expect(builder.add(OPEN + 30_000, 100, NaN, OPEN + 59_999)).toBe(true);
  });

  it('drops and counts prints outside of trading hours, between two sessions too', () => {
    const builder = build(
      '1d',
      weekdayCalendar({
        '2026-11-28': [
          ['09:15', '10:00'],
          ['11:30', '12:30'],
        ],
      }),
    );
    const add = (time: string, price: number): boolean => builder.add(at('2026-11-28', time), price, NaN);
    expect([add('09:07', 90), add('09:15', 100), add('10:30', 90), add('12:00', 102), add('12:29', 101)]).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
    expect(builder.outside).toBe(2);
    expect(builder.close()).toMatchObject({
      openTime: at('2026-11-28', '09:15'),
      closeTime: at('2026-11-28', '12:30'),
      low: 100,
      close: 101,
    });
  });

  it('does not depend on the order in which its prints come', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ seconds: fc.integer({ min: 0, max: 59 }), price: fc.integer({ min: 90, max: 110 }) }), {
          minLength: 1,
          maxLength: 12,
          selector: ({ seconds }) => seconds,
        }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (prints, order) => {
          const inOrder = prints
            .toSorted((one, other) => one.seconds - other.seconds)
            .map(({ seconds, price }, i) => [seconds, price, i * 50] as const);
          const shuffled = inOrder.map((print, i) => ({ print, rank: order[i] ?? 0 })).sort((one, other) => one.rank - other.rank);
          expect(printed(build('1m'), ...shuffled.map(({ print }) => print)).close()).toEqual(printed(build('1m'), ...inOrder).close());
        },
      ),
    ));

  it('must be closed before a later print comes', () => {
    expect(() => printed(build('1m'), [0, 100], [60, 100])).toThrow(InvariantError);
    expect(() => build('1m').close()).toThrow(InvariantError);
  });

  it('asks the calendar once a session', () => {
    const calendar = weekdayCalendar();
    const builder = build('1m', calendar);
    for (let minute = 0; minute < 375; minute += 1) {
      printed(builder, [minute * 60, 100], [minute * 60 + 30, 101]);
      builder.close();
    }
    expect(calendar.asked()).toBe(1);
  });

  it('begins where the one before ended when the calendar learns of more days of a week', () => {
    const special: Record<string, readonly (readonly [string, string])[]> = { '2026-11-27': [] };
    const builder = build('1w', weekdayCalendar(special));
    builder.add(OPEN, 100, NaN);
    expect(builder.close().closeTime).toBe(at('2026-11-26', '15:30'));
    delete special['2026-11-27'];
    builder.add(at('2026-11-27', '09:20'), 101, NaN);
    expect(builder.close()).toMatchObject({ openTime: at('2026-11-26', '15:30'), closeTime: at('2026-11-27', '15:30') });
  });
});

describe('a candle of smaller ones', () => {
  const minute = (n: number, price: number, volume = 10): Parameters<CandleBuilder['merge']> => [
    OPEN + n * MINUTE_MS,
    OPEN + (n + 1) * MINUTE_MS,
    price,
    price + 2,
    price - 2,
    price + 1,
    volume,
  ];

  it('has the first open, the extremes, the last close and all volume', () => {
    const builder = build('5m');
    for (const [i, price] of [100, 103, 99, 101, 100].entries()) builder.merge(...minute(i, price));
    expect(builder.close()).toEqual({
      openTime: OPEN,
      closeTime: OPEN + 5 * MINUTE_MS,
      open: 100,
      high: 105,
      low: 97,
      close: 101,
      volume: 50,
      complete: true,
    });
  });

  it('takes in a part once', () => {
    const builder = build('5m');
    expect([builder.merge(...minute(0, 100)), builder.merge(...minute(0, 100)), builder.merge(...minute(1, 101))]).toEqual([
      true,
      false,
      true,
    ]);
    expect([builder.late, builder.close().volume]).toEqual([1, 20]);
  });

  it('goes on with prints, whose volume of the day includes what was merged', () => {
    const builder = build('5m');
    builder.merge(...minute(0, 100, 500));
    printed(builder, [59, 200, 480], [61, 104, 530]);
    expect(builder.close()).toMatchObject({ close: 104, volume: 530 });
  });

  it('can be a day of sessions, a week of days', () => {
    const builder = build(
      '1w',
      weekdayCalendar({
        '2026-11-28': [
          ['09:15', '10:00'],
          ['11:30', '12:30'],
        ],
      }),
    );
    builder.merge(at('2026-11-27', '09:15'), at('2026-11-27', '15:30'), 100, 110, 95, 105, 1_000);
    builder.merge(at('2026-11-28', '09:15'), at('2026-11-28', '12:30'), 105, 106, 90, 91, 100);
    expect(builder.close()).toMatchObject({
      openTime: OPEN,
      closeTime: at('2026-11-28', '12:30'),
      high: 110,
      low: 90,
      close: 91,
      volume: 1_100,
    });
  });

  it('refuses a part that reaches past its end', () => {
    const builder = build('3m');
    expect(() => builder.merge(OPEN + 2 * MINUTE_MS, OPEN + 4 * MINUTE_MS, 1, 1, 1, 1, 0)).toThrow(
      expect.objectContaining({ code: 'candles/part-too-long' }),
    );
  });
});
