import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { wallClockPacer } from './wall-clock-pacer.js';

const START = 1_700_000_000_000;

describe('wallClockPacer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** How long on the wall it takes to come from the first of some market times to the last. */
  const lengthOf = async (
    times: readonly number[],
    { speed = 60, from = Number.NEGATIVE_INFINITY, signal = new AbortController().signal } = {},
  ) => {
    const startedAt = Date.now();
    let reached = Number.NaN;
    const pacer = wallClockPacer({ speed, begun: () => reached >= from, now: () => Date.now(), signal });
    const walk = (async () => {
      for (const time of times) {
        reached = time;
        await pacer.until(time);
      }
      return Date.now() - startedAt;
    })();
    await vi.runAllTimersAsync();
    return walk;
  };

  it('lets ten minutes pass in ten seconds at sixty times the speed', async () => {
    expect(await lengthOf(Array.from({ length: 11 }, (_, minute) => START + minute * 60_000))).toBe(10_000);
  });

  it('does not wait for a night', async () => expect(await lengthOf([START, START + 17 * 3_600_000])).toBe(0));

  it('does not wait for what lies before trading begins, and keeps time from there on', async () => {
    expect(await lengthOf([START, START + 60_000], { from: START + 120_000 })).toBe(0);
    const times = Array.from({ length: 21 }, (_, minute) => START + minute * 60_000);
    expect(await lengthOf(times, { from: START + 600_000 })).toBe(10_000);
  });

  it('waits for nothing where the market passes as fast as it can, and hears what it is told meanwhile', async () => {
    let heard = false;
    const pacer = wallClockPacer({
      speed: Number.POSITIVE_INFINITY,
      begun: () => true,
      now: () => Date.now(),
      signal: new AbortController().signal,
    });
    setImmediate(() => {
      heard = true;
    });
    const walk = (async () => {
      for (let minute = 0; minute < 10; minute += 1) await pacer.until(START + minute * 60_000);
    })();
    await vi.runAllTimersAsync();
    await walk;
    expect(heard).toBe(true);
  });

  it('ends a wait when it is told to stop', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    expect(await lengthOf([START, START + 60_000], { speed: 1, signal: stop.signal })).toBe(300);
  });
});
