import type { EpochMs } from '../primitives/time.js';

/** Lets the market's time pass no faster than it should. */
export interface Pacer {
  /** Waits until a moment of the market may come. */
  until(time: EpochMs): Promise<void>;
}
