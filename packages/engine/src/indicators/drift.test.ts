import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { seededRandom } from '../primitives/seeded-random.js';
import { bollinger } from './bollinger.js';
import { cci } from './cci.js';
import { sma } from './sma.js';
import { volumeRatio } from './volume-ratio.js';
import { wma } from './wma.js';

/** A quarter of a million candles that cannot be told from the last few: an index that doubles and halves, with outliers on the way. */
function longSeries(count: number): readonly Candle[] {
  const random = seededRandom(5);
  let last = 20_000;
  return Array.from({ length: count }, (_, i) => {
    const open = last;
    last = Math.max(1, i % 50_021 === 0 ? 1e9 : i % 50_021 === 1 ? 20_000 : open + random.normal() * 15);
    return {
      openTime: i * 60_000,
      closeTime: (i + 1) * 60_000,
      open,
      high: Math.max(open, last) + random.next(),
      low: Math.min(open, last) - random.next(),
      close: last,
      volume: random.below(5_000),
      complete: true,
    };
  });
}

describe('what is computed over windows', () => {
  const count = 250_000;
  const series = longSeries(count);

  it.each([
    ['sma', sma({ period: 20 })],
    ['wma', wma({ period: 20 })],
    ['bollinger', bollinger()],
    ['cci', cci()],
    ['volumeRatio', volumeRatio()],
  ] as const)('%s is the same after a quarter of a million candles as after its warm-up', (_, recipe) => {
    const old = recipe();
    for (const candle of series) old.next(candle);
    const fresh = recipe();
    for (const candle of series.slice(-20)) fresh.next(candle);
    for (const candle of series.slice(0, 25)) {
      const found = Object.entries(toFields(old.next(candle)));
      const expected = toFields(fresh.next(candle));
      expect(found.length).toBeGreaterThan(0);
      for (const [field, value] of found) {
        expect(Math.abs(value - (expected[field] ?? Number.NaN))).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
      }
    }
  });
});

const toFields = (value: number | object | undefined): Readonly<Record<string, number>> =>
  typeof value === 'object' ? { ...value } : value === undefined ? {} : { value };
