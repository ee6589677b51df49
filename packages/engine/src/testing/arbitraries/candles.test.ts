import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isOnTickGrid } from '../../primitives/price.js';
import { istTimeOfDayMs, MINUTE_MS, tradingDate, weekdayOf } from '../../primitives/time.js';
import { candles } from './candles.js';

describe('candles', () => {
  it('draws valid candles on the grid, within the hours of weekdays, one after the other', () => {
    fc.assert(
      fc.property(candles({ missing: true, tickSize: 0.1 }), (series) => {
        series.forEach(({ openTime, closeTime, open, high, low, close, volume, complete }, i) => {
          expect(low).toBeGreaterThan(0);
          expect(Math.min(open, close)).toBeGreaterThanOrEqual(low);
          expect(Math.max(open, close)).toBeLessThanOrEqual(high);
          expect([open, high, low, close].every((price) => isOnTickGrid(price, 0.1))).toBe(true);
          expect(Number.isSafeInteger(volume) && volume >= 0 && complete).toBe(true);
          expect(openTime).toBeGreaterThanOrEqual(series[i - 1]?.closeTime ?? 0);
          expect(closeTime - openTime).toBe(5 * MINUTE_MS);
          expect(istTimeOfDayMs(openTime)).toBeGreaterThanOrEqual(555 * MINUTE_MS);
          expect(istTimeOfDayMs(closeTime)).toBeLessThanOrEqual(930 * MINUTE_MS);
          expect([1, 2, 3, 4, 5]).toContain(weekdayOf(tradingDate(openTime)));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('ends the last candle of a session with the session', () => {
    const all = fc.sample(candles({ minutes: 60, minLength: 14, maxLength: 14 }), { numRuns: 5, seed: 1 }).flat();
    const lengths = new Set(all.map(({ openTime, closeTime }) => (closeTime - openTime) / MINUTE_MS));
    expect([...lengths].sort()).toEqual([15, 60]);
  });

  it('draws as many as it was asked for', () => {
    fc.assert(
      fc.property(candles({ minLength: 3, maxLength: 5 }), (series) => series.length >= 3 && series.length <= 5),
      { numRuns: 20 },
    );
  });
});
