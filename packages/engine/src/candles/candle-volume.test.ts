import { describe, expect, it } from 'vitest';

import { SECOND_MS } from '../primitives/time.js';
import { CandleBuilder } from './candle-builder.js';
import { weekdayCalendar } from './weekday-calendar.test-kit.js';

const OPEN = Date.parse('2026-11-23T09:15:00+05:30');

describe("a candle's volume", () => {
  /** Volumes of the minutes that prints fall into, each with the day's volume so far. */
  const volumes = (...prints: readonly (readonly [seconds: number, volume: number])[]): readonly number[] => {
    const builder = new CandleBuilder({ timeframe: '1m', calendar: weekdayCalendar(), segment: 'fno' });
    const found: number[] = [];
    for (const [seconds, volume] of prints) {
      const time = OPEN + seconds * SECOND_MS;
      if (builder.closeTime <= time) found.push(builder.close().volume);
      builder.add(time, 100, volume);
    }
    return [...found, builder.close().volume];
  };
  const NEXT_DAY = 86_400;

  it('is what the volume of the day has grown by, the opening auction in the first candle', () => {
    expect(volumes([0, 500], [30, 650], [60, 700], [119, 1_000])).toEqual([650, 350]);
  });

  it('is not what was traded before a series that begins within a day', () => {
    expect(volumes([600, 50_000], [610, 50_075], [660, 50_100])).toEqual([75, 25]);
  });

  it('is all that was traded on a later day until its first print', () => {
    expect(volumes([0, 500], [NEXT_DAY + 7_200, 75], [NEXT_DAY + 7_210, 150])).toEqual([500, 150]);
  });

  it('does not count again what is repeated or comes out of order', () => {
    expect(volumes([0, 500], [10, 600], [10, 600], [5, 550], [20, 600], [30, 640])).toEqual([640]);
  });

  it('does not count a correction, and goes on from where the count was', () => {
    expect(volumes([0, 1_000], [10, 990], [20, 995], [30, 1_020])).toEqual([1_020]);
  });

  it('does not count the last quote of the day before when a day opens with it', () => {
    expect(volumes([0, 1_000], [NEXT_DAY, 1_000], [NEXT_DAY + 1, 900], [NEXT_DAY + 2, 950])).toEqual([1_000, 950]);
  });

  it('takes a fall by more than half for a count that began anew', () => {
    expect(volumes([0, 1_000], [10, 40], [20, 90])).toEqual([1_090]);
  });

  it('is 0 without a count, and goes on where a count is missing now and then', () => {
    expect(volumes([0, NaN], [10, NaN])).toEqual([0]);
    expect(volumes([0, 500], [10, NaN], [20, 0], [30, 600])).toEqual([600]);
  });
});
