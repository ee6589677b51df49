import { z } from 'zod';

import type { InstrumentKey } from '../market/instrument.js';
import { dateValue, durationValue, instrumentKeyValue, percentValue } from './feed-values.js';

/** The shape of a `use: synthetic` feed's configuration, as written. */
export const syntheticConfig = z.strictObject({
  /** The same seed gives the same market on every machine. */
  seed: z.int().nonnegative().default(1),
  underlying: instrumentKeyValue.default('NSE_INDEX:NIFTY'),
  /** The first trading day at or after this date is the first day. */
  start: dateValue,
  /** Trading days. */
  days: z.int().positive().default(1),
  /** Price at which the first day begins, but for its opening gap; without it a round figure that suits the underlying. */
  spot: z.number().positive().optional(),
  volatility: percentValue.prefault('14%'),
  rate: percentValue.prefault('6.5%'),
  tickEvery: durationValue.prefault('1s').refine((ms) => ms >= 100, { error: 'Write 100ms or more.' }),
  /** Sudden moves a day, on average. */
  jumps: z.number().min(0).max(100).default(1),
  /** Whether options are quoted, for so many expiries and so many strikes on either side of the money. */
  chain: z.boolean().default(true),
  chainEvery: durationValue.prefault('60s').refine((ms) => ms >= 1_000, { error: 'Write 1s or more.' }),
  expiries: z.int().min(1).max(8).default(2),
  strikes: z.int().min(1).max(50).default(10),
  /** Whether India VIX is published, every 15 seconds. */
  vix: z.boolean().default(true),
});

/** A `use: synthetic` feed's configuration, checked. */
export type SyntheticConfig = z.output<typeof syntheticConfig>;

/** Round figures near where the indices stood in 2026; whatever else is asked for starts at 1,000. */
export const startSpot = (underlying: InstrumentKey): number => SPOTS[underlying] ?? 1_000;

const SPOTS: Readonly<Record<InstrumentKey, number>> = {
  'NSE_INDEX:NIFTY': 24_000,
  'NSE_INDEX:BANKNIFTY': 56_000,
  'NSE_INDEX:FINNIFTY': 26_000,
  'NSE_INDEX:MIDCPNIFTY': 13_000,
  'BSE_INDEX:SENSEX': 80_000,
};
