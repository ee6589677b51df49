import { from, Subject, toArray } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { ema } from './ema.js';
import { indicate, type Reading } from './indicate.js';
import type { IndicatorRecipe } from './indicator.js';
import { macd } from './macd.js';

const at = (close: number, i: number): Candle => ({
  openTime: i * 60_000,
  closeTime: (i + 1) * 60_000,
  open: close,
  high: close,
  low: close,
  close,
  volume: 0,
  complete: true,
});

const range: IndicatorRecipe<{ readonly high: number; readonly low: number }> = () => ({ next: ({ high, low }) => ({ high, low }) });

describe('indicate', () => {
  it('speaks from the candle at which the last of the indicators is warm', () => {
    const seen: [number, number, number][] = [];
    from([1, 2, 3, 4].map(at))
      .pipe(indicate({ fast: ema({ period: 1 }), slow: ema({ period: 3 }) }))
      .subscribe(({ candle, values }) => seen.push([candle.close, values.fast, values.slow]));
    expect(seen).toEqual([
      [3, 3, 2],
      [4, 4, 3],
    ]);
  });

  it('types each value by its recipe', () => {
    const operator = indicate({ average: ema({ period: 2 }), range });
    expectTypeOf(operator).returns.toEqualTypeOf(
      from<Reading<{ readonly average: number; readonly range: { readonly high: number; readonly low: number } }>[]>([]),
    );
  });

  it.each([1, 2, 3, 5])('gives %i indicators the values that each has alone', (count) => {
    const closes = [5, 3, 8, 1, 9, 2, 7].map(at);
    const recipes = Object.fromEntries(Array.from({ length: count }, (_, i) => [`ema${i + 1}`, ema({ period: i + 1 })]));
    let spoken = 0;
    const alone = Object.entries(recipes).map(([name, recipe]) => [name, recipe()] as const);
    const expected = closes.map((candle) => Object.fromEntries(alone.map(([name, indicator]) => [name, indicator.next(candle)])));
    from(closes)
      .pipe(indicate(recipes))
      .subscribe(({ candle, values }) => {
        spoken += 1;
        expect(values).toEqual(expected[closes.indexOf(candle)]);
      });
    expect(spoken).toBe(closes.length - count + 1);
  });

  it('waits for the last field of a value, whose type then has nothing missing', () => {
    const recipe = macd({ fast: 2, slow: 3, signal: 4 });
    const closes = [5, 3, 8, 1, 9, 2, 7].map(at);
    const alone = recipe();
    expect(closes.map((candle) => alone.next(candle)).findIndex((value) => value !== undefined)).toBe(2);
    const seen: number[] = [];
    from(closes)
      .pipe(indicate({ macd: recipe }))
      .subscribe(({ values, nth }) => {
        expectTypeOf(values.macd.signal).toEqualTypeOf<number>();
        expect(values.macd.histogram).toBe(values.macd.macd - values.macd.signal);
        seen.push(nth);
      });
    expect(seen).toEqual([6, 7]);
    const inPair: number[] = [];
    from(closes)
      .pipe(indicate({ macd: recipe, average: ema({ period: 1 }) }))
      .subscribe(({ nth }) => inPair.push(nth));
    expect(inPair).toEqual([6, 7]);
  });

  it('passes over an unfinished candle without learning from it', () => {
    const seen: number[] = [];
    from([at(1, 0), { ...at(100, 1), complete: false }, at(3, 1)])
      .pipe(indicate({ average: ema({ period: 2 }) }))
      .subscribe(({ values }) => seen.push(values.average));
    expect(seen).toEqual([2]);
  });

  it('does not change a reading afterwards', () => {
    let all: readonly unknown[] = [];
    from([1, 2, 3].map(at))
      .pipe(indicate({ a: ema({ period: 1 }), b: ema({ period: 1 }) }), toArray())
      .subscribe((list) => {
        all = list.map(({ values }) => values);
      });
    expect(all).toEqual([
      { a: 1, b: 1 },
      { a: 2, b: 2 },
      { a: 3, b: 3 },
    ]);
  });

  it('has indicators of its own for each subscription', () => {
    const candles$ = new Subject<Candle>();
    const average$ = candles$.pipe(indicate({ average: ema({ period: 2 }) }));
    const early: number[] = [];
    const late: number[] = [];
    average$.subscribe(({ values }) => early.push(values.average));
    candles$.next(at(1, 0));
    average$.subscribe(({ values }) => late.push(values.average));
    for (const candle of [at(3, 1), at(5, 2)]) candles$.next(candle);
    expect(early).toEqual([2, expect.closeTo(4, 12)]);
    expect(late).toEqual([4]);
  });

  it('ends with what an indicator throws', () => {
    const broken: IndicatorRecipe = () => ({
      next() {
        throw new Error('broken');
      },
    });
    const heard: unknown[] = [];
    from([at(1, 0), at(2, 1)])
      .pipe(indicate({ broken }))
      .subscribe({ error: (error: unknown) => heard.push(error) });
    expect(heard).toEqual([new Error('broken')]);
  });

  it('passes on errors and the end', () => {
    const candles$ = new Subject<Candle>();
    const heard: unknown[] = [];
    candles$.pipe(indicate({ average: ema({ period: 1 }) })).subscribe({ error: (error: unknown) => heard.push(error) });
    candles$.error('gone');
    from([at(1, 0)])
      .pipe(indicate({ average: ema({ period: 1 }) }))
      .subscribe({ complete: () => heard.push('end') });
    expect(heard).toEqual(['gone', 'end']);
  });
});
