import type { InstrumentKey } from '../market/instrument.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';

export type Direction = 'bullish' | 'bearish' | 'neutral';

/** A strategy's wish, with its reason. What is done about it is the set's business, and differs from account to account. */
export interface Signal {
  readonly kind: 'enter' | 'exit' | 'adjust';
  readonly direction: Direction;
  /** The time it is about: the close of the candle that gave it. */
  readonly at: EpochMs;
  /** In words, for people. */
  readonly reason: string;
  /** The numbers behind it. */
  readonly values: Readonly<Record<string, number>>;
  /** 0 to 100. */
  readonly strength?: number;
  /** 0 to 1. */
  readonly confidence?: number;
  /** The strategy's own target and stop for the traded instrument; they go before the configuration's. */
  readonly target?: Price;
  readonly stop?: Price;
  /** Another underlying than the set's, for strategies that choose one. */
  readonly underlying?: InstrumentKey;
}
