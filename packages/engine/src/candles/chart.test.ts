import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { type ChartSpec, chart } from './chart.js';
import { someCandles } from './chart-oracle.test-kit.js';

const shown = (spec: ChartSpec): readonly Candle[] => {
  const found: Candle[] = [];
  from(someCandles.candles)
    .pipe(chart(spec))
    .subscribe((candle) => found.push(candle));
  return found;
};

describe('chart', () => {
  it('shows time candles as they are', () => {
    expect(shown({ type: 'candlestick', timeframe: '5m' })).toEqual(someCandles.candles);
  });

  it('shows Heikin Ashi candles', () => {
    expect(shown({ type: 'heikin-ashi', timeframe: '5m' }).map(({ close }) => close)).toEqual(
      someCandles.heikinAshi.map(({ close }) => expect.closeTo(close, 9)),
    );
  });

  it('shows Renko bricks', () => {
    const bricks = shown({ type: 'renko', timeframe: '5m', brick: { kind: 'points', points: 2 } });
    expect(bricks.map(({ open, close }) => [open, close])).toEqual(someCandles.bricks.map(([, from, to]) => [from, to]));
  });
});
