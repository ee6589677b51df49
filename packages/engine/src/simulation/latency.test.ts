import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { seededRandom } from '../primitives/seeded-random.js';
import { latencies } from './latency.js';

const drawn = (next: () => number, count: number): readonly number[] =>
  Array.from({ length: count }, next).sort((one, other) => one - other);

describe('latencies', () => {
  it('are always the same, or lie between two bounds, both included', () => {
    expect(drawn(latencies({ kind: 'fixed', ms: 70 }, seededRandom(1)), 3)).toEqual([70, 70, 70]);
    const all = drawn(latencies({ kind: 'uniform', fromMs: 5, toMs: 8 }, seededRandom(1)), 1_000);
    expect([...new Set(all)]).toEqual([5, 6, 7, 8]);
  });

  it('of a log-normal distribution have its median and its 95th percentile', () => {
    const all = drawn(latencies({ kind: 'logNormal', medianMs: 80, p95Ms: 400 }, seededRandom(3)), 40_000);
    expect(all[20_000]).toBeGreaterThan(78);
    expect(all[20_000]).toBeLessThan(82);
    expect(all[38_000]).toBeGreaterThan(385);
    expect(all[38_000]).toBeLessThan(415);
  });

  it('are whole milliseconds, never below 0, and the same for the same seed', () =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1_000 }), fc.nat({ max: 2_000 }), (seed, median, more) => {
        const config = { kind: 'logNormal', medianMs: median, p95Ms: median + more } as const;
        const all = drawn(latencies(config, seededRandom(seed)), 50);
        expect(all.every((ms) => Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
        expect(drawn(latencies(config, seededRandom(seed)), 50)).toEqual(all);
      }),
      { numRuns: 50 },
    ));
});
