import type { MonoTypeOperatorFunction, Observable } from 'rxjs';

import type { Candle } from '../market/candle.js';
import type { EpochMs } from '../primitives/time.js';
import type { BucketRules } from './bucket.js';
import { builtCandles, endDue } from './built-candles.js';

export interface ResampleOptions extends BucketRules {
  /**
   * The run's clock, hot and shared, for series with missing parts; a beat comes after the parts that end at its time. Without it a candle whose
   * last part is missing ends with the first part after it.
   */
  readonly clock$?: Observable<EpochMs>;
}

/**
 * Builds longer candles from shorter ones of the same instrument.
 *
 * A longer candle is given out with the part that ends when it ends. Resampling twice is resampling once: 1m → 5m → 15m is 1m → 15m,
 * at the same moments too if both are given the clock. Unfinished candles are passed over.
 *
 * @throws EngineError in the stream, `candles/part-too-long`, if a part does not fit into the longer candle (2m into 3m, 1w into 1M).
 * @example minutes$.pipe(resample({ timeframe: '15m', calendar, segment: 'fno' }))
 */
export function resample(options: ResampleOptions): MonoTypeOperatorFunction<Candle> {
  return builtCandles(options, ({ openTime, closeTime, open, high, low, close, volume, complete }, builder, emit) => {
    if (!complete) return;
    endDue(builder, openTime, emit);
    builder.merge(openTime, closeTime, open, high, low, close, volume);
    endDue(builder, closeTime, emit);
  });
}
