import fc from 'fast-check';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { candles } from '../testing/arbitraries/candles.js';
import { allSeries, type ChartCase, someCandles } from './chart-oracle.test-kit.js';
import { heikinAshi, heikinAshiCandles } from './heikin-ashi.js';

function expectAll(series: ChartCase): void {
  const chart = heikinAshi();
  for (const [i, candle] of series.candles.entries()) {
    const found = chart.next(candle);
    const expected = series.heikinAshi[i]!;
    for (const name of ['open', 'high', 'low', 'close'] as const) {
      expect(Math.abs(found[name] - expected[name])).toBeLessThan(1e-9 * Math.max(1, expected[name]));
    }
  }
}

describe('heikinAshi', () => {
  it('equals the reference', () => {
    expect(someCandles.candles.length).toBe(150);
    expectAll(someCandles);
  });

  it.skipIf(allSeries() === undefined)('equals the reference on five series (needs ../shared/oracles)', () => {
    for (const series of allSeries() ?? []) expectAll(series);
  });

  it('has its low lowest and its high highest, and keeps times and volume', () =>
    fc.assert(
      fc.property(candles({ missing: true }), (series) => {
        const chart = heikinAshi();
        for (const candle of series) {
          const { open, high, low, close, ...rest } = chart.next(candle);
          expect(low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
          expect(rest).toEqual({ openTime: candle.openTime, closeTime: candle.closeTime, volume: candle.volume, complete: true });
        }
      }),
    ));

  it('is the same as a stream, for each subscription, whatever unfinished candles come in between', () =>
    fc.assert(
      fc.property(candles(), (series) => {
        const chart = heikinAshi();
        const expected = series.map((candle) => chart.next(candle));
        const live$ = from(series.flatMap((candle) => [{ ...candle, close: candle.open, complete: false }, candle])).pipe(
          heikinAshiCandles(),
        );
        for (let subscription = 0; subscription < 2; subscription += 1) {
          const found: Candle[] = [];
          live$.subscribe((candle) => candle.complete && found.push(candle));
          expect(found).toEqual(expected);
        }
      }),
    ));
});
