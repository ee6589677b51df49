import { WallMarketClock } from '@sauda/brokers/sandbox';

/** What the engine waits for: see its `Pacer`. */
interface Pacer {
  until(time: number): Promise<void>;
}

/** Longer than this between two events of the market is a night or a holiday, and is not waited for. */
const GAP_MS_MAX = 30 * 60_000;

/** So long a market may pass without a wait before the process looks at what people type and at its signals. */
const TURN_EVERY_MS = 20;

/**
 * Lets the market's time pass `speed` times as fast as the clock on the wall. Nights and holidays pass at once, and so does what lies before trading
 * begins, or goes on. Meanwhile the process hears what it is told.
 *
 * @param options.speed `Infinity`: as fast as it can.
 * @param options.begun whether trading has begun.
 * @param options.signal ends every wait.
 */
export function wallClockPacer(options: {
  readonly speed: number;
  readonly begun: () => boolean;
  readonly now: () => number;
  readonly signal: AbortSignal;
}): Pacer {
  const { speed, begun, now, signal } = options;
  const clock = new WallMarketClock(speed, now);
  let reached = Number.NEGATIVE_INFINITY;
  let heardAt = Number.NEGATIVE_INFINITY;
  return {
    async until(time) {
      if (now() - heardAt >= TURN_EVERY_MS) {
        await turn();
        heardAt = now();
      }
      if (!begun() || speed === Number.POSITIVE_INFINITY) return;
      if (time - reached > GAP_MS_MAX) clock.jump(time);
      reached = time;
      await clock.until(time, signal);
    },
  };
}

/** Lets signals, timers and streams have their turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
