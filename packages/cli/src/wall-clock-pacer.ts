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
  let market = Number.NaN;
  let wall = 0;
  let reached = Number.NaN;
  let heardAt = Number.NEGATIVE_INFINITY;
  return {
    async until(time) {
      if (now() - heardAt >= TURN_EVERY_MS) {
        await turn();
        heardAt = now();
      }
      if (!begun()) return;
      if (Number.isNaN(market) || time - reached > GAP_MS_MAX) {
        market = time;
        wall = now();
      }
      reached = time;
      const wait = wall + (time - market) / speed - now();
      // Timers are not finer than a millisecond: shorter waits are made up for by a later one.
      if (wait >= 1) await delay(wait, signal);
    },
  };
}

/** Lets signals, timers and streams have their turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
