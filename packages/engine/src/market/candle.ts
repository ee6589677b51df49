import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';

/** What was traded between `openTime` (included) and `closeTime` (not included). */
export interface Candle {
  readonly openTime: EpochMs;
  readonly closeTime: EpochMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  /** Units traded; 0 also where the source has no volume, as for an index. */
  readonly volume: number;
  /** Whether its time is over. An unfinished candle can be looked at; no decision is made on one. */
  readonly complete: boolean;
}

/** Candles as columns, oldest first, the way a replay reads them: no object is made for what nobody keeps. */
export interface CandleColumns {
  readonly length: number;
  readonly openTime: Float64Array;
  readonly closeTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Open contracts in units at the candle's end; `null` where the source has none. */
  readonly openInterest?: Float64Array | null;
}
