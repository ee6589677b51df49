import { EngineError } from './errors.js';
import type { Paise } from './money.js';
import type { Unit } from './unit.js';

/** Rupees, or index points, per unit. */
export type Price = Unit<number, 'Price'>;

/** Forgives what binary fractions add to a price that is on the grid. In ticks. */
const EPSILON = 1e-6;

/** The highest price of the tick grid that is not above `price`. */
export const gridBelow = (price: Price, tickSize: number): Price => fromTicks(Math.floor(price / tickSize + EPSILON), tickSize);

/** The lowest price of the tick grid that is not below `price`. */
export const gridAbove = (price: Price, tickSize: number): Price => fromTicks(Math.ceil(price / tickSize - EPSILON), tickSize);

/** The price of the tick grid that is nearest to `price`; the middle goes up. */
export const snapToTickGrid = (price: Price, { tickSize }: { readonly tickSize: number }): Price =>
  fromTicks(Math.floor(price / tickSize + 0.5 + EPSILON), tickSize);

/** Whether `price` is one of the grid's. */
export const isOnTickGrid = (price: Price, tickSize: number): boolean =>
  Math.abs(price / tickSize - Math.round(price / tickSize)) <= EPSILON;

/**
 * What `quantity` units cost at `price`: a whole number of paise.
 *
 * Exact, since every Indian tick is a whole number of paise.
 *
 * @throws EngineError `price/not-in-paise` if `price` is not a whole number of paise.
 */
export function turnoverPaise(price: Price, quantity: number): Paise {
  const paise = Math.round(price * 100);
  if (Math.abs(price * 100 - paise) > 1e-4) {
    throw new EngineError('price/not-in-paise', {
      message: `Price ${price} is not a whole number of paise.`,
      remedy: 'Pass it through snapToTickGrid(price, instrument) first.',
      context: { price },
    });
  }
  return paise * quantity;
}

/** A whole number of ticks as rupees, without the dust of binary fractions: 2264 ticks of 0.05 are 113.2. */
function fromTicks(ticks: number, tickSize: number): Price {
  const perRupee = 1 / tickSize;
  const whole = Math.round(perRupee);
  // Most grids (0.01, 0.05, 0.10, 0.20, 0.25, 0.50, 1) divide a rupee: one division is exact to the last bit, a product is not.
  return Math.abs(perRupee - whole) < 1e-9 ? ticks / whole : Math.round(ticks * tickSize * 100) / 100;
}
