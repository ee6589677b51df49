import { atr } from '../indicators/atr.js';
import type { Candle } from '../market/candle.js';
import { EngineError } from '../primitives/errors.js';

/** How tall a Renko brick is: points; a share of its lower edge; the average true range of `period` candles. */
export type BrickSize =
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'percent'; readonly share: number }
  | { readonly kind: 'atr'; readonly period: number };

/** Where bricks begin and end. */
export interface BrickGrid {
  /** Follows the candles; the edge at which the first brick can begin once it is known. */
  begin(candle: Candle): number | undefined;
  /** Told how far the close went beyond an edge, before its bricks are asked for. */
  stretch(distance: number): void;
  /** The edge one brick above (`1`) or below (`-1`) another. */
  next(edge: number, direction: 1 | -1): number;
  /** Told of each candle after `begin`, when its bricks are done; `completed` is whether there were any. */
  end(candle: Candle, completed: boolean): void;
}

/**
 * The grid of a brick size, fresh for one series.
 *
 * - `points`: whole multiples of the size; the first edge is the multiple at or below the first close.
 * - `percent`: from the first close, each edge is `1 + share` times the one below it. Bricks stay in proportion over years, and touch.
 * - `atr`: from the first close at which the range is known, floored to a multiple of it. A brick is as tall as the range was when the
 *   brick before it was completed, so the next edges are known beforehand; at least a thousandth of the close's way, and a
 *   hundred-thousandth of the price, where the market had not moved at all.
 *
 * @throws EngineError `candles/brick-invalid` if the size is not above 0 (share: between 0 and 1, period: a whole number).
 */
export function brickGrid(size: BrickSize): BrickGrid {
  switch (size.kind) {
    case 'points':
      return pointsGrid(checked(size.points, 'points', size.points > 0 && Number.isFinite(size.points)));
    case 'percent':
      return percentGrid(checked(size.share, 'share', size.share > 0 && size.share < 1));
    case 'atr':
      return atrGrid(checked(size.period, 'period', size.period > 0 && Number.isSafeInteger(size.period)));
  }
}

const fixed = { stretch: (): void => undefined, end: (): void => undefined };

function pointsGrid(points: number): BrickGrid {
  const perRupee = Math.round(1 / points);
  // A division by a whole number has no dust: 2366 bricks of 0.05 are 118.3.
  const at =
    perRupee > 0 && Math.abs(1 / points - perRupee) < 1e-9
      ? (count: number): number => count / perRupee
      : (count: number): number => count * points;
  return {
    ...fixed,
    begin: ({ close }) => at(flooredCount(close, points)),
    next: (edge, direction) => at(Math.round(edge / points) + direction),
  };
}

function percentGrid(share: number): BrickGrid {
  return {
    ...fixed,
    begin: ({ close }) => close,
    next: (edge, direction) => (direction > 0 ? edge * (1 + share) : edge / (1 + share)),
  };
}

/** Bounds for a range that tells nothing: of a market that stood still before it jumped. */
const SHARE_MIN = 1e-5;
const BRICKS_MAX = 1_000;

function atrGrid(period: number): BrickGrid {
  const averageRange = atr({ period })();
  let height = 0;
  const heightOf = (range: number, { close }: Candle): number => Math.max(range, close * SHARE_MIN);
  return {
    begin(candle) {
      const range = averageRange.next(candle);
      if (range === undefined) return undefined;
      height = heightOf(range, candle);
      return flooredCount(candle.close, height) * height;
    },
    stretch(distance) {
      height = Math.max(height, distance / BRICKS_MAX);
    },
    next: (edge, direction) => edge + direction * height,
    end(candle, completed) {
      const range = averageRange.next(candle);
      if (completed && range !== undefined) height = heightOf(range, candle);
    },
  };
}

/** Forgives what binary fractions take from a price that is on the grid. In bricks. */
const EPSILON = 1e-9;

const flooredCount = (price: number, height: number): number => Math.floor(price / height + EPSILON);

function checked(value: number, name: string, isValid: boolean): number {
  if (isValid) return value;
  throw new EngineError('candles/brick-invalid', {
    message: `A Renko brick cannot have ${name} "${value}".`,
    remedy: 'Give points above 0, a share between 0 and 1 (1 % is 0.01), or an ATR period that is a whole number above 0.',
    context: { [name]: String(value) },
  });
}
