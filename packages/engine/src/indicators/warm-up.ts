import { filter, type MonoTypeOperatorFunction } from 'rxjs';

import { EngineError } from '../primitives/errors.js';
import type { Reading } from './indicate.js';

/**
 * Lets what follows speak from the `count`-th candle on; what stands above it learns from the earlier ones.
 *
 * An average has a value long before it has forgotten where it began: an EMA of n candles carries 2 % of its seed 2 × n candles later, an RSI needs twice as long.
 * `warmUp` is how a strategy waits for that. Put it after `crossing` if sides that were taken while warming up shall count, before it if not.
 *
 * @param count of candles since the subscription, the first that may speak included; 0 and 1 drop nothing.
 * @throws EngineError `indicator/period-invalid` if `count` is not a whole number of 0 or more.
 * @example candles$.pipe(indicate({ fast: ema({ period: 9 }), slow: ema({ period: 15 }) }), crossing('fast', 'slow'), warmUp(60))
 */
export function warmUp<R extends Reading<unknown>>(count: number): MonoTypeOperatorFunction<R> {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new EngineError('indicator/period-invalid', {
      message: `"${count}" is not a number of candles to warm up with.`,
      remedy: 'Give a whole number of 0 or more.',
      context: { found: String(count) },
    });
  }
  return filter(({ nth }) => nth >= count);
}
