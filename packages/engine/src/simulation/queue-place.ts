import type { Price } from '../primitives/price.js';
import type { Place } from './exchange-order.js';
import { tradedSince } from './size-at-point.js';

/**
 * Moves an order on in the queue at its price by what was traded there since it was last looked at.
 *
 * What is traded between two points of the market is spread evenly over the prices from one to the other: all of it where the price stood still.
 * Where no feed tells the volume, nobody moves on.
 */
export function moveOn(place: Place, limit: Price, price: Price, volume: number, tickSize: number): void {
  const traded = tradedSince(place.seenVolume, volume);
  const from = place.seenPrice;
  place.seenVolume = volume;
  if (!(traded > 0) || Number.isNaN(from)) return;
  const slack = tickSize * EPSILON;
  if (limit < Math.min(from, price) - slack || limit > Math.max(from, price) + slack) return;
  place.ahead -= traded / (Math.round(Math.abs(price - from) / tickSize) + 1);
}

/** What was traded at the price of an order beyond the queue, in whole lots unless it is all that the order waits for. */
export function ownShare({ ahead }: Pick<Place, 'ahead'>, remaining: number, lotSize: number): number {
  if (ahead >= 0) return 0;
  return -ahead >= remaining ? remaining : Math.floor(-ahead / lotSize + EPSILON) * lotSize;
}

/** Forgives binary fractions, in ticks and in lots. */
const EPSILON = 1e-6;
