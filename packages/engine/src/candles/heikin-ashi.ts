import type { MonoTypeOperatorFunction } from 'rxjs';

import type { Candle } from '../market/candle.js';
import { emitting } from './emitting.js';

/** Turns one candle into one Heikin Ashi candle. */
export interface HeikinAshi {
  next(candle: Candle): Candle;
}

/**
 * Heikin Ashi candles: the close is the mean of the four prices, the open the middle of the body before, high and low take both in.
 *
 * The first open is the middle of the first candle's body. Times and volume are the candle's own; prices leave the tick grid, so none of them
 * is a price to trade at. An unfinished candle is turned too and does not count for the next one.
 *
 * @see Dan Valcu, Using the Heikin-Ashi Technique, Technical Analysis of Stocks & Commodities, February 2004.
 */
export function heikinAshi(): HeikinAshi {
  let bodyMiddle: number | undefined;

  return {
    next(candle) {
      const { openTime, closeTime, volume, complete } = candle;
      const close = (candle.open + candle.high + candle.low + candle.close) / 4;
      const open = bodyMiddle ?? (candle.open + candle.close) / 2;
      if (complete) bodyMiddle = (open + close) / 2;
      const high = Math.max(candle.high, open, close);
      const low = Math.min(candle.low, open, close);
      return { openTime, closeTime, open, high, low, close, volume, complete };
    },
  };
}

/** Turns a stream of candles into Heikin Ashi candles, one for each. */
export const heikinAshiCandles = (): MonoTypeOperatorFunction<Candle> =>
  emitting(() => {
    const chart = heikinAshi();
    return (candle, emit) => emit(chart.next(candle));
  });
