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
    const begun = Date.now();
    const pacer = wallClockPacer({ speed, from, now: () => Date.now(), signal });
    const walk = (async () => {
      for (const time of times) await pacer.until(time);
      return Date.now() - begun;
    })();
    await vi.runAllTimersAsync();
    return walk;
  };

  it('lets ten minutes pass in ten seconds at sixty times the speed', async () => {
    expect(await lengthOf(Array.from({ length: 11 }, (_, minute) => START + minute * 60_000))).toBe(10_000);
  });

  it('does not wait for a night', async () => expect(await lengthOf([START, START + 17 * 3_600_000])).toBe(0));

  it('does not wait for what lies before the run', async () => {
    expect(await lengthOf([START, START + 60_000], { from: START + 120_000 })).toBe(0);
  });

  it('ends a wait when it is told to stop', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    expect(await lengthOf([START, START + 60_000], { speed: 1, signal: stop.signal })).toBe(300);
  });
});
