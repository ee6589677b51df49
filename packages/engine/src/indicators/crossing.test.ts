import { from, map, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { crossing } from './crossing.js';
import { ema } from './ema.js';
import { indicate } from './indicate.js';

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

/** Where `fast` crosses 0, for the distances given. */
function crossed(distances: readonly number[]): readonly string[] {
  const found: string[] = [];
  from(distances.map((fast, i) => ({ candle: at(100, i), values: { fast, slow: 0 }, nth: i + 1 })))
    .pipe(crossing('fast', 'slow'))
    .subscribe((event) => found.push(`${event.candle.openTime / 60_000} ${event.crossed}`));
  return found;
}

describe('crossing', () => {
  it('speaks when the first value goes to the other side', () => {
    expect(crossed([-1, 1, 2, -1])).toEqual(['1 above', '3 below']);
  });

  it('does not take the first side for a crossing', () => {
    expect(crossed([1, 2, 3])).toEqual([]);
    expect(crossed([0, 0, 1])).toEqual([]);
  });

  it('does not take touching for crossing', () => {
    expect(crossed([1, 0, 1, 0, 0, 2])).toEqual([]);
  });

  it('remembers the side over candles at which the two are equal', () => {
    expect(crossed([1, 0, 0, -1, 0, 1])).toEqual(['3 below', '5 above']);
  });

  it('begins anew for each subscription', () => {
    const readings$ = from([-1, 1].map((fast, i) => ({ candle: at(100, i), values: { fast, slow: 0 }, nth: i + 1 }))).pipe(
      crossing('fast', 'slow'),
      map((event) => event.crossed),
      toArray(),
    );
    const seen: unknown[] = [];
    readings$.subscribe((all) => seen.push(all));
    readings$.subscribe((all) => seen.push(all));
    expect(seen).toEqual([['above'], ['above']]);
  });

  it('carries the values and the candle of the reading', () => {
    const closes = [10, 9, 8, 7, 6, 12, 14];
    const found: { crossed: string; close: number; fastIsAbove: boolean }[] = [];
    from(closes.map(at))
      .pipe(indicate({ fast: ema({ period: 2 }), slow: ema({ period: 4 }) }), crossing('fast', 'slow'))
      .subscribe(({ candle, values, crossed }) => found.push({ crossed, close: candle.close, fastIsAbove: values.fast > values.slow }));
    expect(found).toEqual([{ crossed: 'above', close: 12, fastIsAbove: true }]);
  });
});
