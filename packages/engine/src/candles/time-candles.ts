import type { Observable, OperatorFunction } from 'rxjs';

import type { Candle } from '../market/candle.js';
import type { Tick } from '../market/tick.js';
import type { EpochMs } from '../primitives/time.js';
import type { BucketRules } from './bucket.js';
import { builtCandles, endDue } from './built-candles.js';
import { printTime } from './print-time.js';

export interface TimeCandlesOptions extends BucketRules {
  /** The run's clock, hot and shared. Without it a candle ends with the first tick received at or after its `closeTime`. */
  readonly clock$?: Observable<EpochMs>;
  /** Whether the candle being built is given out after each tick too, `complete: false`; no unless given. */
  readonly unfinished?: boolean;
}

/**
 * Builds candles from the ticks of one instrument, in the order in which they were received.
 *
 * A candle ends by the clock: at the first beat, or the first tick received, at or after its `closeTime`. So its contents do not depend on how
 * fine the beats are. A tick belongs to the candle of its `printTime`; one for a candle that has ended is dropped. A stretch without ticks
 * has no candle. When the ticks complete, so do the candles; the one being built is not given out as if it had ended.
 *
 * @example ticks$.pipe(timeCandles({ timeframe: '5m', calendar, segment: 'fno', clock$ }))
 */
export function timeCandles({ unfinished = false, ...options }: TimeCandlesOptions): OperatorFunction<Tick, Candle> {
  return builtCandles(options, ({ exchangeTime, receivedTime, price, volume }, builder, emit) => {
    endDue(builder, receivedTime, emit);
    const counted = builder.add(printTime(exchangeTime ?? NaN, receivedTime), price, volume ?? NaN, receivedTime);
    const candle = counted && unfinished ? builder.peek() : undefined;
    if (candle !== undefined) emit(candle);
  });
}
