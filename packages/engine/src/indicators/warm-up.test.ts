import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';

import { fiveMinuteSeries } from '../testing/candle-series.js';
import { crossing } from './crossing.js';
import { ema } from './ema.js';
import { indicate } from './indicate.js';
import { levelCrossing } from './level-crossing.js';
import { rsi } from './rsi.js';
import { warmUp } from './warm-up.js';

const closes = (...prices: readonly number[]) =>
  from(fiveMinuteSeries(prices.map((close) => ({ open: close, high: close, low: close, close, volume: 1 }))));

describe('warmUp', () => {
  const spoken = (count: number): readonly number[] => {
    const seen: number[] = [];
    closes(1, 2, 3, 4, 5)
      .pipe(indicate({ average: ema({ period: 2 }) }), warmUp(count))
      .subscribe(({ candle }) => seen.push(candle.close));
    return seen;
  };

  it('speaks from the n-th candle on, counting those without a value', () => {
    expect(spoken(4)).toEqual([4, 5]);
  });

  it('drops nothing that is warm with 0, 1, or less than the indicators need', () => {
    expect([spoken(0), spoken(1), spoken(2)]).toEqual([
      [2, 3, 4, 5],
      [2, 3, 4, 5],
      [2, 3, 4, 5],
    ]);
  });

  it('lets a crossing above it learn its side from candles that do not speak', () => {
    const prices = [10, 9, 8, 7, 6, 12, 14];
    const recipes = { fast: ema({ period: 2 }), slow: ema({ period: 4 }) };
    const after: number[] = [];
    closes(...prices)
      .pipe(indicate(recipes), crossing('fast', 'slow'), warmUp(6))
      .subscribe(({ nth }) => after.push(nth));
    const before: number[] = [];
    closes(...prices)
      .pipe(indicate(recipes), warmUp(6), crossing('fast', 'slow'))
      .subscribe(({ nth }) => before.push(nth));
    expect([after, before]).toEqual([[6], []]);
  });
});

describe('levelCrossing', () => {
  it('speaks once for each time that a value goes through a level', () => {
    const seen: string[] = [];
    closes(10, 9, 11, 12, 11, 9, 8, 11)
      .pipe(indicate({ price: ema({ period: 1 }) }), levelCrossing('price', 10))
      .subscribe(({ candle, crossed, level }) => seen.push(`${candle.close} ${crossed} ${level}`));
    expect(seen).toEqual(['11 above 10', '9 below 10', '11 above 10']);
  });

  it('does not take touching, or the first side, for a crossing', () => {
    const seen: number[] = [];
    closes(10, 10, 11, 10, 11, 12)
      .pipe(indicate({ price: ema({ period: 1 }) }), levelCrossing('price', 10))
      .subscribe(({ nth }) => seen.push(nth));
    expect(seen).toEqual([]);
  });

  it('hears RSI leave the oversold region', () => {
    const prices = [100, 99, 98, 97, 96, 95, 101, 106];
    const seen: string[] = [];
    closes(...prices)
      .pipe(indicate({ rsi: rsi({ period: 3 }) }), levelCrossing('rsi', 30))
      .subscribe(({ candle, crossed }) => seen.push(`${candle.close} ${crossed}`));
    expect(seen).toEqual(['101 above']);
  });
});
