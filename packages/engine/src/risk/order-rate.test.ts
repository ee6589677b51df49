import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { OrderRate } from './order-rate.js';

const START = 1_795_406_400_000;
const gaps = () => fc.array(fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(0, 999, 1_000, 30_000, 60_000)), { maxLength: 200 });

describe('the order rate', () => {
  it('equals a count of all orders, at any time', () =>
    fc.assert(
      fc.property(gaps(), (all) => {
        const rate = new OrderRate();
        const times: number[] = [];
        let now = START;
        for (const gap of all) {
          now += gap;
          const within = (length: number) => times.filter((time) => now - time < length).length;
          expect(rate.count(now)).toEqual({ lastSecond: within(1_000), lastMinute: within(60_000) });
          rate.record(now);
          times.push(now);
        }
      }),
    ));

  it('is free at once while fewer orders than the limit were sent', () => {
    const rate = new OrderRate();
    expect(rate.freeAt(2, START)).toBe(START);
    rate.record(START);
    expect(rate.freeAt(2, START)).toBe(START);
  });

  it('is free when the oldest order that counts is a second old', () => {
    const rate = new OrderRate();
    rate.record(START);
    rate.record(START + 400);
    expect(rate.freeAt(2, START + 400)).toBe(START + 1_000);
    expect(rate.freeAt(2, START + 999)).toBe(START + 1_000);
    expect(rate.freeAt(2, START + 1_000)).toBe(START + 1_000);
    expect(rate.freeAt(1, START + 400)).toBe(START + 1_400);
  });

  it('is free at once a minute later, when the orders are forgotten', () => {
    const rate = new OrderRate();
    for (let i = 0; i < 10; i += 1) rate.record(START);
    rate.count(START + 60_000);
    expect(rate.freeAt(10, START + 60_000)).toBe(START + 60_000);
  });

  it('is never above the limit in any second when orders wait until it is free, and none waits longer than it must', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), gaps(), (limit, all) => {
        const rate = new OrderRate();
        const sent: number[] = [];
        let wanted = START;
        for (const gap of all) {
          wanted += gap;
          const now = Math.max(wanted, sent.at(-1) ?? wanted);
          const at = rate.freeAt(limit, now);
          const inSecondBefore = (end: number): number => sent.filter((time) => end - time < 1_000).length;
          expect(at).toBeGreaterThanOrEqual(now);
          expect(inSecondBefore(at)).toBeLessThan(limit);
          if (at > now) expect(inSecondBefore(at - 1)).toBe(limit);
          rate.record(at);
          sent.push(at);
        }
        for (const [index, first] of sent.entries()) expect((sent[index + limit] ?? Infinity) - first).toBeGreaterThanOrEqual(1_000);
      }),
    ));
});
