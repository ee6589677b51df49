import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readFeed } from './feed.test-kit.js';
import { randomWalkBlocks, randomWalkFeed } from './random-walk.js';

describe('randomWalkFeed', () => {
  it('gives the same candles for the same seed', () => {
    expect(randomWalkBlocks({ seed: 3, days: 2 })).toEqual(randomWalkBlocks({ seed: 3, days: 2 }));
    expect(randomWalkBlocks({ seed: 4, days: 2 })).not.toEqual(randomWalkBlocks({ seed: 3, days: 2 }));
  });

  it('has full days of candles with honest extremes, on the grid, whatever the seed', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const { days, candles } = await readFeed(randomWalkFeed({ seed, days: 3 }));
        expect([days.length, candles.length]).toEqual([3, 3 * 375]);
        for (const { open, high, low, close } of candles) {
          expect(low <= open && low <= close && open <= high && close <= high).toBe(true);
          expect(Number.isInteger(Math.round(close * 20 * 1e6) / 1e6)).toBe(true);
        }
      }),
      { numRuns: 10 },
    ));

  it('has no drift: the mean step over many seeds is nought within its error', () => {
    const moves = Array.from({ length: 400 }, (_, seed) => {
      const [, block] = randomWalkBlocks({ seed, days: 1, overnightTicks: 0, candlesPerDay: 100, ticksPerCandle: 10 });
      return block?.kind === 'candles' ? (block.columns.close[99] ?? Number.NaN) - 24_000 : Number.NaN;
    });
    const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
    const deviation = Math.sqrt(moves.reduce((sum, move) => sum + (move - mean) ** 2, 0) / moves.length);
    expect(Math.abs(mean)).toBeLessThan((3.5 * deviation) / Math.sqrt(moves.length));
  });

  it('leaves out days and minutes, and repeats stamps, as asked', async () => {
    const { days, candles } = await readFeed(
      randomWalkFeed({ seed: 1, days: 20, gapDays: 0.5, missingMinutes: 0.1, duplicateStamps: 0.05 }),
    );
    expect(days).toHaveLength(20);
    expect(Date.parse(days.at(-1)?.date ?? '') - Date.parse(days[0]?.date ?? '')).toBeGreaterThan(30 * 86_400_000);
    const times = candles.map(({ at }) => at);
    expect(new Set(times).size).toBeLessThan(20 * 375 * 0.95);
    expect(times.length - new Set(times).size).toBeGreaterThan(100);
  });
});
