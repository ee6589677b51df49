import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { atIst, MINUTE_MS } from '../primitives/time.js';
import { openingRange } from './opening-range.js';
import { pivotLevels, pivots } from './pivots.js';
import { vwap } from './vwap.js';

/** A candle of `minutes` from a time of day on, in minutes after midnight. */
const candle = (date: string, minute: number, [open, high, low, close]: readonly number[], volume = 10, minutes = 5): Candle => ({
  openTime: atIst(date, minute),
  closeTime: atIst(date, minute) + minutes * MINUTE_MS,
  open: open ?? 0,
  high: high ?? 0,
  low: low ?? 0,
  close: close ?? 0,
  volume,
  complete: true,
});

const monday = '2026-11-23';
const tuesday = '2026-11-24';

describe('vwap', () => {
  it('weighs typical prices with volumes and begins anew on the next date', () => {
    const indicator = vwap()();
    expect(indicator.next(candle(monday, 555, [10, 12, 9, 12], 100))).toBe(11);
    expect(indicator.next(candle(monday, 560, [12, 15, 12, 15], 300))).toBe((11 * 100 + 14 * 300) / 400);
    expect(indicator.next(candle(tuesday, 555, [20, 21, 18, 21], 5))).toBe(20);
  });

  it('has no value before there is volume, in each session', () => {
    const indicator = vwap()();
    expect(indicator.next(candle(monday, 555, [10, 10, 10, 10], 0))).toBeUndefined();
    expect(indicator.next(candle(monday, 560, [11, 11, 11, 11], 1))).toBe(11);
    expect(indicator.next(candle(tuesday, 555, [12, 12, 12, 12], 0))).toBeUndefined();
  });

  it('begins anew with the second session of a date when it is told sessions', () => {
    const sessionOpen = ({ openTime }: Candle) => (openTime < atIst(monday, 690) ? atIst(monday, 555) : atIst(monday, 690));
    const indicator = vwap({ sessionOpen })();
    indicator.next(candle(monday, 555, [10, 10, 10, 10]));
    expect(indicator.next(candle(monday, 690, [20, 20, 20, 20]))).toBe(20);
  });
});

describe('pivots', () => {
  it('are the classic floor levels', () => {
    // P = (120 + 90 + 105) ÷ 3 = 105.
    expect(pivotLevels({ high: 120, low: 90, close: 105 })).toEqual({ pivot: 105, r1: 120, r2: 135, r3: 150, s1: 90, s2: 75, s3: 60 });
  });

  it('come with the second session, from the whole of the first, and stay for its length', () => {
    const indicator = pivots()();
    expect(indicator.next(candle(monday, 555, [100, 120, 100, 110]))).toBeUndefined();
    expect(indicator.next(candle(monday, 560, [110, 112, 90, 105]))).toBeUndefined();
    const first = indicator.next(candle(tuesday, 555, [105, 500, 1, 300]));
    expect(first).toEqual(pivotLevels({ high: 120, low: 90, close: 105 }));
    expect(indicator.next(candle(tuesday, 560, [300, 301, 299, 300]))).toEqual(first);
  });

  it('take each daily candle for a session', () => {
    const indicator = pivots()();
    indicator.next(candle(monday, 555, [1, 120, 90, 105], 1, 375));
    expect(indicator.next(candle(tuesday, 555, [1, 9, 0, 6], 1, 375))?.pivot).toBe(105);
    expect(indicator.next(candle('2026-11-25', 555, [1, 2, 1, 1], 1, 375))?.pivot).toBe(5);
  });
});

describe('openingRange', () => {
  it('comes at the close of the candle with which its minutes end, and does not change until the next session', () => {
    const indicator = openingRange({ minutes: 15 })();
    expect(indicator.next(candle(monday, 555, [100, 105, 99, 101]))).toBeUndefined();
    expect(indicator.next(candle(monday, 560, [101, 103, 97, 98]))).toBeUndefined();
    expect(indicator.next(candle(monday, 565, [98, 104, 98, 103]))).toEqual({ high: 105, low: 97 });
    expect(indicator.next(candle(monday, 570, [103, 200, 1, 150]))).toEqual({ high: 105, low: 97 });
    expect(indicator.next(candle(tuesday, 555, [150, 151, 149, 150]))).toBeUndefined();
  });

  it('includes a candle that begins before the minutes are over', () => {
    const indicator = openingRange({ minutes: 10 })();
    expect(indicator.next(candle(monday, 555, [100, 105, 99, 101], 1, 15))).toEqual({ high: 105, low: 99 });
  });

  it('comes with the next candle when the last one of the range is missing', () => {
    const indicator = openingRange({ minutes: 10 })();
    indicator.next(candle(monday, 555, [100, 105, 99, 101]));
    expect(indicator.next(candle(monday, 600, [500, 600, 400, 500]))).toEqual({ high: 105, low: 99 });
  });

  it('counts from the open of the session that it is told, and has no value when nothing was traded in the range', () => {
    const indicator = openingRange({ minutes: 15, sessionOpen: () => atIst(monday, 555) })();
    expect(indicator.next(candle(monday, 565, [100, 105, 99, 101]))).toEqual({ high: 105, low: 99 });
    const late = openingRange({ minutes: 15, sessionOpen: () => atIst(monday, 555) })();
    expect(late.next(candle(monday, 570, [100, 105, 99, 101]))).toBeUndefined();
  });
});
