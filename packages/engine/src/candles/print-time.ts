import type { EpochMs } from '../primitives/time.js';

/**
 * The time at which a print counts for candles: the exchange's own, where the feed sends one (`NaN` where not), but never later than it was received.
 *
 * A price cannot come from the future. Where it seems to, our clock is behind, and holding the print back keeps it in step with the beats
 * of that clock; a single absurd time cannot end the candles of hours to come.
 */
export const printTime = (exchangeTime: EpochMs, receivedTime: EpochMs): EpochMs =>
  exchangeTime < receivedTime ? exchangeTime : receivedTime;
