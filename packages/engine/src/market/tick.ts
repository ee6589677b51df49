import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { InstrumentKey } from './instrument.js';

/** A change of an instrument's price or quote, as one message of a feed. */
export interface Tick {
  readonly instrument: InstrumentKey;
  /** The exchange's own time; `null` where the feed sends none. */
  readonly exchangeTime: EpochMs | null;
  /** When it reached us; feeds are merged by it. */
  readonly receivedTime: EpochMs;
  /** Price of the last deal. */
  readonly price: Price;
  /** Units traded since the day began; `null` where the feed sends none. */
  readonly volume: number | null;
  /** Open contracts in units; `null` where the feed sends none. */
  readonly openInterest: number | null;
  readonly bid: Price | null;
  readonly ask: Price | null;
}

/**
 * Ticks of one or more instruments as columns, in the order in which they were received. `NaN` stands for what a {@link Tick} calls `null`.
 */
export interface TickColumns {
  readonly length: number;
  /** What the numbers in `instrument` mean. */
  readonly instruments: readonly InstrumentKey[];
  readonly instrument: Uint32Array;
  readonly receivedTime: Float64Array;
  readonly exchangeTime: Float64Array;
  readonly price: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
}
