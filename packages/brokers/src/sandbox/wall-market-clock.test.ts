import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { WallMarketClock } from './wall-market-clock.js';

const NEVER = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a market's time", () => {
  it('has not begun before it is told when it is', () => {
    expect(new WallMarketClock(60).now()).toBe(Number.NEGATIVE_INFINITY);
  });

  it('passes so many times as fast as that on the wall', () => {
    const clock = new WallMarketClock(60);
    clock.jump(500);
    vi.advanceTimersByTime(10);
    expect(clock.now()).toBe(1_100);
  });

  it('lets whoever waits go on when it has come to a moment, and not before', async () => {
    const clock = new WallMarketClock(10);
    clock.jump(0);
    let come = false;
    const waiting = clock.until(1_000, NEVER).then(() => {
      come = true;
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(come).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(clock.now()).toBe(1_000);
  });

  it('waits for hours where it has to', async () => {
    const clock = new WallMarketClock(1);
    clock.jump(0);
    const waiting = clock.until(3 * 3_600_000, NEVER);
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    await waiting;
    expect(clock.now()).toBe(3 * 3_600_000);
  });

  it('follows whoever knows better, also in the middle of a wait', async () => {
    const clock = new WallMarketClock(1);
    clock.jump(0);
    const waiting = clock.until(100_000, NEVER);
    await vi.advanceTimersByTimeAsync(1_000);
    clock.sync({ now: 99_000, speed: 100 });
    await vi.advanceTimersByTimeAsync(60_000);
    await waiting;
    expect(clock.speed).toBe(100);
  });

  it('begins when somebody knows it, for those who wait already', async () => {
    const clock = new WallMarketClock(1);
    const waiting = clock.until(50, NEVER);
    await vi.advanceTimersByTimeAsync(1_000);
    clock.sync({ now: 0, speed: 1 });
    await vi.advanceTimersByTimeAsync(200);
    await waiting;
    expect(clock.now()).toBeGreaterThanOrEqual(50);
  });

  it('keeps nobody waiting who is not interested any more', async () => {
    const clock = new WallMarketClock(1);
    clock.jump(0);
    const stop = new AbortController();
    const waiting = clock.until(100_000, stop.signal);
    stop.abort();
    await waiting;
    expect(clock.now()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
