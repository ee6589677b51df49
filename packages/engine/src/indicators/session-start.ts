import type { Candle } from '../market/candle.js';
import { type EpochMs, istDay, startOfIstDay } from '../primitives/time.js';

/** How an indicator that begins anew with each session knows one. */
export interface SessionOptions {
  /**
   * When the session of a candle opened, for instance from a session calendar; a date with two sessions needs it.
   * Unless given, each date in India is one session.
   */
  readonly sessionOpen?: (candle: Candle) => EpochMs;
}

/** Tells for each candle of a series whether it is the first of its session. */
export function sessionStarts({ sessionOpen = midnight }: SessionOptions): (candle: Candle) => boolean {
  let present: EpochMs | undefined;
  return (candle) => {
    const open = sessionOpen(candle);
    if (open === present) return false;
    present = open;
    return true;
  };
}

const midnight = ({ openTime }: Candle): EpochMs => startOfIstDay(istDay(openTime));
