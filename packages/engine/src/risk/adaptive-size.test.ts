import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { AdaptiveLimits } from './account-limits.js';
import { adaptiveScale, type RecentResults } from './adaptive-size.js';

const LIMITS: AdaptiveLimits = { roundTrips: 4, min: 0.25, max: 2 };

const scale = (netPaise: readonly number[], words: Partial<RecentResults> = {}, limits: Partial<AdaptiveLimits> = {}): number =>
  adaptiveScale({ netPaise, drawdown: 0, maxDrawdown: 0.15, ...words }, { ...LIMITS, ...limits });

describe('the scale of sizes', () => {
  it('is 1 until there are as many round trips as are looked back over', () => {
    expect(scale([])).toBe(1);
    expect(scale([-500, -500, -500], { drawdown: 0.1 })).toBe(1);
  });

  it('is 1 for usual results at the peak: half of them won, and one and a half times as much won as lost', () => {
    expect(scale([300, -200, 300, -200])).toBe(1);
  });

  it('is the mean of both: three of four won and three times as much won as lost give 1.75', () => {
    expect(scale([200, 200, 200, -200])).toBe(1.75);
  });

  it('counts what was won against what was lost up to three times, also where nothing was lost', () => {
    expect(scale([1_000, 1_000, 1_000, -1])).toBe(1.75);
    expect(scale([100, 100, 100, 100])).toBe(2);
  });

  it('shrinks with what is left of the way to the largest fall', () => {
    expect(scale([300, -200, 300, -200], { drawdown: 0.06 })).toBeCloseTo(0.6, 12);
    expect(scale([300, -200, 300, -200], { drawdown: 0.06, maxDrawdown: null })).toBeCloseTo(0.6, 12);
    expect(scale([300, -200, 300, -200], { drawdown: 0.06, maxDrawdown: 0.3 })).toBeCloseTo(0.8, 12);
  });

  it('is the least allowed at the largest fall and beyond, and with nothing won', () => {
    expect(scale([300, -200, 300, -200], { drawdown: 0.15 })).toBe(0.25);
    expect(scale([300, -200, 300, -200], { drawdown: 0.5 })).toBe(0.25);
    expect(scale([-100, -100, -100, -100])).toBe(0.25);
    expect(scale([300, -200, 300, -200], { maxDrawdown: 0 })).toBe(0.25);
  });

  it('looks at the last round trips only', () => {
    expect(scale([-1_000, -1_000, 300, -200, 300, -200])).toBe(1);
  });

  it('takes a round trip that nets nothing for one of all, neither won nor lost', () => {
    expect(scale([0, 0, 300, -200])).toBe(0.75);
  });

  const results = () =>
    fc.record({
      netPaise: fc.array(fc.integer({ min: -10_000_00, max: 10_000_00 }), { maxLength: 12 }),
      drawdown: fc.double({ min: 0, max: 1, noNaN: true }),
      maxDrawdown: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    });
  const limits = () =>
    fc
      .record({
        roundTrips: fc.integer({ min: 1, max: 8 }),
        low: fc.double({ min: 0, max: 3, noNaN: true }),
        high: fc.double({ min: 0, max: 3, noNaN: true }),
      })
      .map(({ roundTrips, low, high }) => ({ roundTrips, min: Math.min(low, high), max: Math.max(low, high) }));

  it('lies between the least and the most, whatever happened, or is 1 while too little did', () =>
    fc.assert(
      fc.property(results(), limits(), (recent, some) => {
        const found = adaptiveScale(recent, some);
        if (recent.netPaise.length < some.roundTrips) expect(found).toBe(1);
        else {
          expect(found).toBeGreaterThanOrEqual(some.min);
          expect(found).toBeLessThanOrEqual(some.max);
        }
      }),
    ));

  it('never grows with the fall from the peak, nor shrinks when a round trip nets more', () =>
    fc.assert(
      fc.property(
        results(),
        limits(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat({ max: 11 }),
        fc.nat(),
        (recent, some, fall, which, more) => {
          fc.pre(recent.netPaise.length >= some.roundTrips);
          const now = adaptiveScale(recent, some);
          expect(adaptiveScale({ ...recent, drawdown: recent.drawdown + fall }, some)).toBeLessThanOrEqual(now);
          const better = recent.netPaise.map((net, index) => (index === which ? net + more : net));
          expect(adaptiveScale({ ...recent, netPaise: better }, some)).toBeGreaterThanOrEqual(now - 1e-12);
        },
      ),
      { numRuns: 300 },
    ));
});
