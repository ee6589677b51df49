import type { EpochMs } from '../primitives/time.js';

/** The time of a market that passes by itself, as real time does. */
export interface MarketClock {
  /** The market's present time. */
  now(): EpochMs;
  /** Waits until the market has come to a moment, or the signal ends the wait. */
  until(time: EpochMs, signal: AbortSignal): Promise<void>;
}
