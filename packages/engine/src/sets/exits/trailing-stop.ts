import { signOf } from '../../orders/order-request.js';
import { gridAbove, gridBelow, type Price } from '../../primitives/price.js';
import type { TrailingConfig } from '../set-config.js';
import type { OpenPosition } from '../set-state.js';
import { stepOf } from '../watch.js';

/**
 * Where the stop goes when the price has been at `best`; `null` where it stays.
 *
 * From `trailFrom` on it follows at its distance, on the looser side of the grid, by a step at least, and never back.
 * Bought at 100 on a grid of 0.05 with a start of 10 % and a distance of 1 %: at 110 the stop is 108.90, at 114.35 it is 113.20.
 */
export function trailedStop({ side, stop, trailFrom, tickSize }: OpenPosition, trailing: TrailingConfig, best: Price): Price | null {
  const sign = signOf(side);
  if (trailFrom === null || sign * (best - trailFrom) < 0) return null;
  const { distance } = trailing;
  const behind = distance.kind === 'percent' ? best * (1 - sign * distance.share) : best - sign * distance.points;
  const followed = sign === 1 ? gridBelow(behind, tickSize) : gridAbove(behind, tickSize);
  if (stop === null) return followed;
  const step = stepOf(trailing, stop, tickSize);
  return sign * (followed - stop) >= step - tickSize * 1e-6 ? followed : null;
}
