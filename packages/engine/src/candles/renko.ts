import type { OperatorFunction } from 'rxjs';

import type { Candle } from '../market/candle.js';
import { EngineError } from '../primitives/errors.js';
import { type BrickSize, brickGrid } from './brick-size.js';
import { emitting } from './emitting.js';

/** Turns one candle into the bricks that it completes, oldest first: none, one or several. */
export interface Renko {
  next(candle: Candle): readonly Candle[];
}

const NONE: readonly Candle[] = [];

/** Forgives what binary fractions add to an edge. A share of it. */
const EPSILON = 1e-12;

/** More bricks of one candle than this are no chart, and soon more than there is memory for. */
const BRICKS_MAX = 100_000;

/**
 * Renko bricks of closing prices.
 *
 * A brick is completed by the close that reaches its far edge; one against the last brick begins at that brick's near edge, so a turn
 * takes two bricks' worth of price. Neighbours touch and never overlap. A brick is a candle that opens at one edge and closes at the
 * other, with both times of the candle that completed it: it was not known earlier. The first brick of a candle carries the volume since
 * the last one. Unfinished candles complete nothing.
 *
 * @throws EngineError `candles/brick-invalid`, see `brickGrid`; from `next`, `candles/brick-too-small` if a candle completes more than 100,000.
 */
export function renko(size: BrickSize): Renko {
  const grid = brickGrid(size);
  // The edges of the last brick; one and the same before the first one.
  let low: number | undefined;
  let high = 0;
  let volume = 0;

  return { next };

  function next(candle: Candle): readonly Candle[] {
    if (!candle.complete) return NONE;
    volume += candle.volume;
    if (low === undefined) {
      low = grid.begin(candle);
      high = low ?? 0;
      return NONE;
    }
    const bricks = completed(candle, low, candle.close >= high ? 1 : -1);
    grid.end(candle, bricks.length > 0);
    return bricks;
  }

  function completed(candle: Candle, lowest: number, direction: 1 | -1): readonly Candle[] {
    let bricks: Candle[] | undefined;
    let from = direction > 0 ? high : lowest;
    grid.stretch(Math.abs(candle.close - from));
    for (let to = grid.next(from, direction); direction * (candle.close - to) >= -EPSILON * to; to = grid.next(from, direction)) {
      bricks ??= [];
      if (bricks.length === BRICKS_MAX) throw tooSmall(candle, to - from);
      bricks.push(brick(candle, from, to));
      low = Math.min(from, to);
      high = Math.max(from, to);
      from = to;
    }
    return bricks ?? NONE;
  }

  function brick({ openTime, closeTime }: Candle, open: number, close: number): Candle {
    const made = { openTime, closeTime, open, high: Math.max(open, close), low: Math.min(open, close), close, volume, complete: true };
    volume = 0;
    return made;
  }
}

const tooSmall = ({ close }: Candle, height: number): EngineError =>
  new EngineError('candles/brick-too-small', {
    message: `A close of "${close}" completes more than ${BRICKS_MAX} Renko bricks of "${Math.abs(height)}".`,
    remedy: 'Choose a larger brick.',
    context: { close, height: Math.abs(height) },
  });

/**
 * Turns a stream of candles into Renko bricks.
 *
 * @throws EngineError `candles/brick-invalid` at once; `candles/brick-too-small` in the stream.
 */
export function renkoBricks(size: BrickSize): OperatorFunction<Candle, Candle> {
  // Made once here for its checks alone, so that a size without height is found before anything is subscribed to.
  brickGrid(size);
  return emitting(() => {
    const chart = renko(size);
    return (candle, emit) => {
      for (const brick of chart.next(candle)) emit(brick);
    };
  });
}
