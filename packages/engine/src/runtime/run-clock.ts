import type { EpochMs } from '../primitives/time.js';

/** The time of a run: what the loop has come to. Nobody else moves it, and nobody asks any other clock. */
export interface RunClock {
  now: EpochMs;
}
