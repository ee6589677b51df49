import type { Price } from '../primitives/price.js';

/** Somebody who waits for a price of one instrument. Bounds are at or beyond; infinite where nothing is waited for. */
export interface Watcher {
  low: Price;
  high: Price;
  followBelow: Price;
  followAbove: Price;
  /** Which of the slot's lines it looks at. */
  line: number;
  /** The price when the present wait began; between the bounds, a level is reached on the way. */
  since: Price;
  /** It was woken at this point of the market and found nothing to do: it sleeps until the next point. */
  muted: boolean;
  /** The price is at or beyond a bound. */
  wake(price: Price): void;
  /** The price is at or beyond a bound of following. */
  follow(price: Price): void;
}

/** A watcher that waits for nothing yet. */
export const newWatcher = (wake: Watcher['wake'], follow: Watcher['follow'] = () => undefined): Watcher => ({
  low: -Infinity,
  high: Infinity,
  followBelow: -Infinity,
  followAbove: Infinity,
  line: 0,
  since: Number.NaN,
  muted: false,
  wake,
  follow,
});
