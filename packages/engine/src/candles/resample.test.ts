import fc from 'fast-check';
import { from, type Observable, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import type { Timeframe } from '../market/timeframe.js';
import { candles } from '../testing/arbitraries/candles.js';
import { bucketAt } from './bucket.js';
import { resample } from './resample.js';
import { weekdayCalendar } from './weekday-calendar.test-kit.js';

const calendar = weekdayCalendar();
const rules = (timeframe: Timeframe) => ({ timeframe, calendar, segment: 'fno' as const });

/** All that comes out when the timeframes are built from each other in turn, by one clock that runs to the end of the series. */
function resampled(series: readonly Candle[], ...timeframes: readonly Timeframe[]): readonly Candle[] {
  const parts$ = new Subject<Candle>();
  const clock$ = new Subject<number>();
  const found: Candle[] = [];
  let candles$: Observable<Candle> = parts$;
  for (const timeframe of timeframes) candles$ = candles$.pipe(resample({ ...rules(timeframe), clock$ }));
  candles$.subscribe((candle) => found.push(candle));
  for (const part of series) {
    clock$.next(part.openTime);
    parts$.next(part);
    clock$.next(part.closeTime);
  }
  return found;
}

/** The same by the book: parts with one bucket are one candle; the last one counts if its time is over. */
function grouped(series: readonly Candle[], timeframe: Timeframe): readonly Candle[] {
  const groups = new Map<number, Candle[]>();
  for (const candle of series) {
    const { openTime } = bucketAt(candle.openTime, rules(timeframe))!;
    groups.set(openTime, [...(groups.get(openTime) ?? []), candle]);
  }
  return [...groups].flatMap(([openTime, parts]) => {
    const last = parts.at(-1)!;
    const { closeTime } = bucketAt(openTime, rules(timeframe))!;
    if (last === series.at(-1) && last.closeTime < closeTime) return [];
    return {
      openTime,
      closeTime,
      open: parts[0]!.open,
      high: Math.max(...parts.map(({ high }) => high)),
      low: Math.min(...parts.map(({ low }) => low)),
      close: last.close,
      volume: parts.reduce((sum, { volume }) => sum + volume, 0),
      complete: true,
    };
  });
}

describe('resample', () => {
  it.each([
    ['5m', '15m'],
    ['3m', '30m'],
    ['15m', '1h'],
    ['30m', '3h'],
    ['1h', '2h'],
    ['2h', '4h'],
    ['4h', '1d'],
    ['10m', '1d'],
    ['1d', '1w'],
    ['1d', '1M'],
  ] as const)('makes by way of %s the same %s candles as directly, and those of the book', (middle, long) =>
    fc.assert(
      fc.property(candles({ minutes: 1, maxLength: 400, missing: true }), (series) => {
        const direct = resampled(series, long);
        expect(resampled(series, middle, long)).toEqual(direct);
        expect(direct).toEqual(grouped(series, long));
      }),
      { numRuns: 40 },
    ),
  );

  it('changes nothing when the timeframe is its own', () =>
    fc.assert(
      fc.property(candles({ minutes: 5, missing: true }), (series) => {
        expect(resampled(series, '5m')).toEqual(series);
      }),
      { numRuns: 40 },
    ));

  it('gives candles whose low is lowest, whose high is highest, in order, without overlap', () =>
    fc.assert(
      fc.property(candles({ minutes: 1, maxLength: 300, missing: true }), (series) => {
        let until = -Infinity;
        for (const { openTime, closeTime, open, high, low, close } of resampled(series, '3m', '15m')) {
          expect(low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
          expect(openTime).toBeGreaterThanOrEqual(until);
          until = closeTime;
        }
      }),
      { numRuns: 40 },
    ));

  it('makes the same candles without a clock, those with missing parts a little later', () =>
    fc.assert(
      fc.property(candles({ minutes: 1, maxLength: 400, missing: true }), (series) => {
        const found: Candle[] = [];
        from(series)
          .pipe(resample(rules('5m')), resample(rules('15m')))
          .subscribe((candle) => found.push(candle));
        const expected = resampled(series, '15m');
        expect(found).toEqual(expected.slice(0, found.length));
        expect(expected.length - found.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    ));

  const part = (minute: number, complete = true): Candle => {
    const openTime = Date.parse('2026-11-23T09:15:00+05:30') + minute * 60_000;
    return { openTime, closeTime: openTime + 60_000, open: 100, high: 101, low: 99, close: 100.5, volume: 1, complete };
  };

  it('gives a candle out with its last part, or by the clock where that one is missing', () => {
    const parts$ = new Subject<Candle>();
    const clock$ = new Subject<number>();
    const seen: number[] = [];
    parts$.pipe(resample({ ...rules('5m'), clock$ })).subscribe(({ volume }) => seen.push(volume));
    for (const minute of [0, 1, 2, 3]) parts$.next(part(minute));
    expect(seen).toEqual([]);
    parts$.next(part(4));
    expect(seen).toEqual([5]);
    parts$.next(part(5));
    clock$.next(part(10).openTime - 1);
    expect(seen).toEqual([5]);
    clock$.next(part(10).openTime);
    expect(seen).toEqual([5, 1]);
  });

  it('passes unfinished candles over', () => {
    const volumes: number[] = [];
    from([part(0), part(1, false), part(1), part(2, false)])
      .pipe(resample(rules('2m')))
      .subscribe(({ volume }) => volumes.push(volume));
    expect(volumes).toEqual([2]);
  });

  it('ends with an error when parts do not fit', () => {
    let code: unknown;
    const twoMinutes = { ...part(2), closeTime: part(4).openTime };
    from([twoMinutes])
      .pipe(resample(rules('3m')))
      .subscribe({ error: (error) => (code = error.code) });
    expect(code).toBe('candles/part-too-long');
  });
});
