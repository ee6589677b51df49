import type { MarketClock } from '@sauda/engine';

/** Timers are set for no longer than this: longer waits are made of several, so that a changed clock is noticed. */
const WAIT_MS_MAX = 60_000;

/** Before the market's time is known it is asked for so often. */
const UNKNOWN_WAIT_MS = 100;

/** A market's time that passes so many times as fast as the clock on the wall. It begins, and goes on after a night, where it is told to. */
export class WallMarketClock implements MarketClock {
  #speed: number;
  readonly #wall: () => number;
  #market: number | null = null;
  #since = 0;

  /** @param wall the time on the wall, in milliseconds. */
  constructor(speed: number, wall: () => number = Date.now) {
    this.#speed = speed;
    this.#wall = wall;
  }

  get speed(): number {
    return this.#speed;
  }

  now(): number {
    return this.#market === null ? Number.NEGATIVE_INFINITY : this.#market + (this.#wall() - this.#since) * this.#speed;
  }

  /** It is this time of the market now. */
  jump(to: number): void {
    this.#market = to;
    this.#since = this.#wall();
  }

  /** Somebody who knows says what time it is, and how fast it passes. */
  sync({ now, speed }: { readonly now: number | null; readonly speed: number }): void {
    this.#speed = speed;
    if (now !== null) this.jump(now);
  }

  async until(time: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Before it has begun nobody knows how long a moment is away.
      if (this.#market === null) {
        await delay(UNKNOWN_WAIT_MS, signal);
        continue;
      }
      const wait = Math.ceil((time - this.now()) / this.#speed);
      if (wait <= 0) return;
      await delay(Math.min(wait, WAIT_MS_MAX), signal);
    }
  }
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
