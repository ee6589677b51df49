import fc from 'fast-check';
import { from, Subject, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import type { Tick } from '../market/tick.js';
import { bucketAt } from './bucket.js';
import { printTime } from './print-time.js';
import { timeCandles } from './time-candles.js';
import { weekdayCalendar } from './weekday-calendar.test-kit.js';

const OPEN = Date.parse('2026-11-23T09:15:00+05:30');
const rules = { timeframe: '1m' as const, calendar: weekdayCalendar(), segment: 'fno' as const };

const tick = (receivedTime: number, price: number, exchangeTime: number | null = null, volume: number | null = null): Tick => ({
  instrument: 'NFO:NIFTY29DEC26FUT',
  exchangeTime,
  receivedTime,
  price,
  volume,
  openInterest: null,
  bid: null,
  ask: null,
});

/** Ticks in order of receipt, some of them delayed; the first minutes of a session and what comes before. */
const ticks = (): fc.Arbitrary<readonly Tick[]> =>
  fc
    .array(
      fc.record({ gap: fc.nat({ max: 40_000 }), delay: fc.option(fc.nat({ max: 5_000 })), price: fc.integer({ min: 90, max: 110 }) }),
      { maxLength: 60 },
    )
    .map((moves) => {
      let time = OPEN - 60_000;
      let volume = 0;
      return moves.map(({ gap, delay, price }) => {
        time += gap;
        volume += 10;
        return tick(time, price, delay === null ? null : time - delay, volume);
      });
    });

function batch(series: readonly Tick[]): readonly Candle[] {
  let found: readonly Candle[] = [];
  from(series)
    .pipe(timeCandles(rules), toArray())
    .subscribe((all) => {
      found = all;
    });
  return found;
}

describe('printTime', () => {
  it('is the exchange time, the received time where there is none, and never later than the received time', () => {
    expect([printTime(5, 7), printTime(NaN, 7), printTime(9, 7)]).toEqual([5, 7, 7]);
  });
});

describe('timeCandles', () => {
  it('has in each candle the ticks of its time that came before its end', () =>
    fc.assert(
      fc.property(ticks(), (series) => {
        const groups = new Map<number, number[]>();
        for (const { exchangeTime, receivedTime, price } of series) {
          const bucket = bucketAt(printTime(exchangeTime ?? NaN, receivedTime), rules);
          if (bucket === undefined || receivedTime >= bucket.closeTime) continue;
          groups.set(bucket.openTime, [...(groups.get(bucket.openTime) ?? []), price]);
        }
        const expected = [...groups].map(([openTime, prices]) => ({ openTime, high: Math.max(...prices), low: Math.min(...prices) }));
        const found = batch(series).map(({ openTime, high, low }) => ({ openTime, high, low }));
        // A delayed tick can only be dropped for a candle that has ended, so the groups come in the order of their times.
        expect(found).toEqual(expected.slice(0, found.length));
        expect(expected.length - found.length).toBeLessThanOrEqual(1);
      }),
    ));

  it('does not depend on how fine the beats of the clock are', () =>
    fc.assert(
      fc.property(ticks(), fc.integer({ min: 1, max: 90_000 }), (series, beatMs) => {
        const ticks$ = new Subject<Tick>();
        const clock$ = new Subject<number>();
        const found: Candle[] = [];
        ticks$.pipe(timeCandles({ ...rules, clock$ })).subscribe((candle) => found.push(candle));
        let beat = OPEN - 60_000;
        for (const next of series) {
          for (; beat <= next.receivedTime && beatMs > 1_000; beat += beatMs) clock$.next(beat);
          ticks$.next(next);
        }
        const expected = batch(series);
        expect(found.slice(0, expected.length)).toEqual(expected);
        expect(found.length).toBe(expected.length);
      }),
    ));

  it('ends a candle by the clock, without waiting for a tick', () => {
    const ticks$ = new Subject<Tick>();
    const clock$ = new Subject<number>();
    const closes: number[] = [];
    ticks$.pipe(timeCandles({ ...rules, clock$ })).subscribe(({ close }) => closes.push(close));
    ticks$.next(tick(OPEN + 10, 100));
    clock$.next(OPEN + 59_999);
    expect(closes).toEqual([]);
    clock$.next(OPEN + 60_000);
    expect(closes).toEqual([100]);
    clock$.next(OPEN + 120_000);
    ticks$.next(tick(OPEN + 120_001, 500, OPEN + 59_990));
    expect(closes).toEqual([100]);
  });

  it('shows the candle being built when asked to, and never as complete', () => {
    const seen: (readonly [number, boolean])[] = [];
    from([tick(OPEN, 100), tick(OPEN + 1_000, 101), tick(OPEN + 61_000, 102)])
      .pipe(timeCandles({ ...rules, unfinished: true }))
      .subscribe(({ close, complete }) => seen.push([close, complete]));
    expect(seen).toEqual([
      [100, false],
      [101, false],
      [101, true],
      [102, false],
    ]);
  });

  it('completes with its ticks, and not with its clock', () => {
    const ticks$ = new Subject<Tick>();
    let completed = false;
    ticks$.pipe(timeCandles({ ...rules, clock$: from([OPEN]) })).subscribe({ complete: () => (completed = true) });
    expect(completed).toBe(false);
    ticks$.complete();
    expect(completed).toBe(true);
  });

  it('gives what the calendar throws as the error of the stream, and leaves its sources', () => {
    const ticks$ = new Subject<Tick>();
    const clock$ = new Subject<number>();
    const unknown = new Error('Nothing is known of this date.');
    const calendar = {
      ...rules.calendar,
      sessionAt: () => {
        throw unknown;
      },
    };
    let found: unknown;
    ticks$.pipe(timeCandles({ ...rules, calendar, clock$ })).subscribe({ error: (error) => (found = error) });
    ticks$.next(tick(OPEN, 100));
    expect(found).toBe(unknown);
    expect([ticks$.observed, clock$.observed]).toEqual([false, false]);
  });
});
