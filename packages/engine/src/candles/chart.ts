import { identity, type MonoTypeOperatorFunction } from 'rxjs';

import type { Candle } from '../market/candle.js';
import type { Timeframe } from '../market/timeframe.js';
import type { BrickSize } from './brick-size.js';
import { heikinAshiCandles } from './heikin-ashi.js';
import { renkoBricks } from './renko.js';

/** What a set's chart shows: which candles, made from time candles of which timeframe. */
export type ChartSpec =
  | { readonly type: 'candlestick' | 'heikin-ashi'; readonly timeframe: Timeframe }
  | { readonly type: 'renko'; readonly timeframe: Timeframe; readonly brick: BrickSize };

/**
 * Turns time candles of the chart's timeframe into the chart's own.
 *
 * A chart speaks only when one of its candles is done (or, given unfinished candles, shows those that a candlestick or Heikin Ashi chart
 * can). Renko bricks carry the times of the candle that completed them: there are moments with several, and long ones with none.
 *
 * @throws EngineError `candles/brick-invalid` if a Renko brick has no height.
 * @example candles$.pipe(chart({ type: 'renko', timeframe: '5m', brick: { kind: 'points', points: 25 } }))
 */
export function chart(spec: ChartSpec): MonoTypeOperatorFunction<Candle> {
  switch (spec.type) {
    case 'candlestick':
      return identity;
    case 'heikin-ashi':
      return heikinAshiCandles();
    case 'renko':
      return renkoBricks(spec.brick);
  }
}
