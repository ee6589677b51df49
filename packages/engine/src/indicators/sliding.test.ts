import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { seededRandom } from '../primitives/seeded-random.js';
import { lagged, lastNumbers, type Sliding, slidingMax, slidingMean, slidingMin, slidingSum } from './sliding.js';

const prices = fc.array(
  fc.integer({ min: 1, max: 2_000_000 }).map((ticks) => ticks / 20),
  { maxLength: 80 },
);
const periods = fc.integer({ min: 1, max: 12 });

/** What a look at the whole window gives. */
const byHand = (all: readonly number[], period: number, of: (window: readonly number[]) => number) =>
  all.map((_, i) => (i + 1 < period ? undefined : of(all.slice(i + 1 - period, i + 1))));

const add = (window: readonly number[]): number => window.reduce((sum, number) => sum + number, 0);

const run = (sliding: Sliding, all: readonly number[]) => all.map((number) => sliding(number));

describe('sliding windows', () => {
  it.each([
    ['slidingMax', slidingMax, (window: readonly number[]) => Math.max(...window)],
    ['slidingMin', slidingMin, (window: readonly number[]) => Math.min(...window)],
  ])('%s is exactly what a look at the whole window gives', (_, make, of) => {
    fc.assert(
      fc.property(prices, periods, (all, period) => {
        expect(run(make(period), all)).toEqual(byHand(all, period, of));
      }),
    );
  });

  it('slidingSum and slidingMean are what a look at the whole window gives, to 1e-12', () => {
    fc.assert(
      fc.property(prices, periods, (all, period) => {
        const sums = run(slidingSum(period), all);
        byHand(all, period, add).forEach((expected, i) => {
          const sum = sums[i];
          expect(sum === undefined).toBe(expected === undefined);
          expect(Math.abs((sum ?? 0) - (expected ?? 0))).toBeLessThanOrEqual(1e-12 * (expected ?? 0));
        });
        expect(run(slidingMean(period), all)).toEqual(sums.map((sum) => (sum === undefined ? undefined : sum / period)));
      }),
    );
  });

  it('takes negative numbers', () => {
    expect(run(slidingMax(2), [-3, -1, -2, -5])).toEqual([undefined, -1, -1, -2]);
    expect(run(slidingMin(2), [3, 1, 2, 5])).toEqual([undefined, 1, 1, 2]);
  });

  it('sums a million numbers without drift', () => {
    const random = seededRandom(11);
    const numbers = Float64Array.from({ length: 1_000_000 }, () => 24_000 + random.normal() * 100);
    const sum = slidingSum(20);
    let last: number | undefined;
    for (const number of numbers) last = sum(number);
    expect(Math.abs(last! - add([...numbers.slice(-20)]))).toBeLessThan(1e-9);
  });

  it('keeps no trace of an outlier that has left the window', () => {
    const sums = run(slidingSum(3), [1e15, 0.1, 0.2, 0.3, 0.4]);
    expect(sums[3]).toBeCloseTo(0.6, 12);
    expect(sums[4]).toBeCloseTo(0.9, 12);
  });

  it('lagged gives the number of so many steps before', () => {
    expect(run(lagged(2), [1, 2, 3, 4, 5])).toEqual([undefined, undefined, 1, 2, 3]);
  });

  it('lastNumbers has the last ones in some order', () => {
    const last = lastNumbers(3);
    const seen = [1, 2, 3, 4].map((number) => {
      const window = last(number);
      return window === undefined ? undefined : [...window].sort();
    });
    expect(seen).toEqual([undefined, undefined, [1, 2, 3], [2, 3, 4]]);
  });
});
