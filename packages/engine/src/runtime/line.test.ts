import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Line } from './line.js';

/** From 100 at 0 to 110 in ten seconds. */
function rising(): Line {
  const line = new Line();
  line.jump(0, 100);
  line.glide(0, 10_000, 110);
  return line;
}

/** An epoch time, which leaves binary fractions of a few ten-thousandths of a millisecond. */
const START = Date.UTC(2026, 1, 2, 4);

describe('a line', () => {
  it('has no price before its first point', () => {
    expect(new Line().at(0)).toBeNaN();
    expect(new Line().endPrice).toBeNaN();
  });

  it('goes straight from point to point and is level afterwards', () => {
    const line = rising();
    expect([line.at(0), line.at(2_500), line.at(10_000), line.at(99_999)]).toEqual([100, 102.5, 110, 110]);
    expect([line.endTime, line.endPrice]).toEqual([10_000, 110]);
  });

  it('begins a new stretch where it is, even in the middle of another', () => {
    const line = rising();
    line.glide(5_000, 10_000, 100);
    expect([line.at(5_000), line.at(7_500), line.at(10_000)]).toEqual([105, 102.5, 100]);
  });

  it('forgets what was before a jump', () => {
    const line = rising();
    line.jump(5_000, 90);
    expect([line.at(5_000), line.at(6_000), line.endPrice]).toEqual([90, 90, 90]);
    expect(line.reaches(5_000, 80, 100)).toBe(Infinity);
  });

  it('reaches a level at its time', () => {
    const line = rising();
    expect(line.reaches(0, 90, 104)).toBe(4_000);
    expect(line.reaches(0, 90, 110)).toBe(10_000);
    expect(line.reaches(0, 90, 110.01)).toBe(Infinity);
    expect(line.reaches(2_000, 102, 200)).toBe(2_000);
    expect(line.reaches(0, -Infinity, Infinity)).toBe(Infinity);
  });

  it('tells the first whole millisecond at which the level is there, never one before', () => {
    const line = new Line();
    line.jump(0, 0);
    line.glide(0, 3_000, 1);
    expect(line.reaches(0, -1, 1 / 7)).toBe(429);
    expect(line.at(428)).toBeLessThan(1 / 7);
    expect(line.at(429)).toBeGreaterThanOrEqual(1 / 7);
  });

  it('is at or beyond the level then and not a millisecond earlier, within its stretch', () => {
    const price = fc.integer({ min: 1, max: 60_000 }).map((ticks) => ticks / 20);
    fc.assert(
      fc.property(price, price, price, fc.integer({ min: 4, max: 60_000 }), fc.nat({ max: 60_000 }), (from, to, level, length, wait) => {
        const line = new Line();
        line.jump(START, from);
        line.glide(START, START + length, to);
        const now = START + Math.min(wait, length);
        const [low, high] = level <= line.at(now) ? [level, Infinity] : [-Infinity, level];
        const time = line.reaches(now, low, high);
        const crossing = START + (length * (level - from)) / (to - from);
        if (time === Infinity) return level < Math.min(from, to) || level > Math.max(from, to) || crossing < now + 0.001;
        // Where the price is at the level already, that moment; else the first whole millisecond from the crossing on.
        return Number.isInteger(time) && time <= START + length && (time === now || (time >= crossing - 0.001 && time < crossing + 1.001));
      }),
    );
  });

  it('tells a level that is reached at a whole millisecond at that millisecond, on the shallowest of lines', () => {
    const line = new Line();
    line.jump(START, 100);
    line.glide(START, START + 60_000, 100.05);
    for (let tick = 1; tick < 100; tick += 1) expect(line.reaches(START, -1, 100 + (0.05 * tick) / 100)).toBe(START + tick * 600);
  });
});
