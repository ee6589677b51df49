import { type Candle, indicate } from '@sauda/engine';
import { fiveMinuteSeries, indicatorContract } from '@sauda/engine/testing';
import { from, map, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';

import { efficiencyRatio } from './efficiency-ratio.js';

const closing = (...closes: readonly number[]): readonly Candle[] =>
  fiveMinuteSeries(closes.map((close) => ({ open: close, high: close, low: close, close, volume: 0 })));

function ratios(period: number, ...closes: readonly number[]): readonly number[] {
  let found: readonly number[] = [];
  from(closing(...closes))
    .pipe(
      indicate({ ratio: efficiencyRatio({ period }) }),
      map(({ values }) => values.ratio),
      toArray(),
    )
    .subscribe((all) => {
      found = all;
    });
  return found;
}

describe('efficiencyRatio', () => {
  it('is 1 on a straight way, up or down, and 0 on one that leads back', () => {
    expect(ratios(3, 100, 101, 103, 104)).toEqual([1]);
    expect(ratios(3, 104, 103, 101, 100)).toEqual([1]);
    expect(ratios(4, 100, 102, 104, 102, 100)).toEqual([0]);
  });

  it('is the distance divided by the way: 6 up and 2 down are 4 of 8', () => {
    expect(ratios(3, 100, 103, 101, 104)).toEqual([0.5]);
  });

  it('forgets what lies before its period', () => {
    expect(ratios(2, 0, 500, 100, 101, 102)).toEqual([100 / 900, 399 / 401, 1]);
  });

  it('refuses a period of no length', () => {
    expect(() => efficiencyRatio({ period: 0 })).toThrow(/"0"/);
  });
});

/** All values of a series at once, each from its own closes. */
const batch = (series: readonly Candle[]) =>
  series.map((_, at) => {
    const closes = series.slice(Math.max(0, at - 7), at + 1).map(({ close }) => close);
    if (closes.length < 8) return undefined;
    const way = closes.slice(1).reduce((sum, close, index) => sum + Math.abs(close - (closes[index] ?? 0)), 0);
    return way === 0 ? 0 : Math.abs((closes.at(-1) ?? 0) - (closes[0] ?? 0)) / way;
  });

// What every indicator owes to those who use it: the same values for the same candles, warm when it says, finite whatever comes.
describe('efficiencyRatio keeps the contract of indicators', () => {
  it.each(indicatorContract('efficiencyRatio', efficiencyRatio({ period: 7 }), { runs: 25, batch }))('$name', ({ run }) => {
    expect(run).not.toThrow();
  });
});
