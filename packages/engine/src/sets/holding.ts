import type { Fill } from '../orders/fill.js';
import { signOf } from '../orders/order-request.js';
import { applyFill, flatPosition, type Position } from '../portfolio/position.js';
import type { Paise } from '../primitives/money.js';

/** What a set holds: always the sum of the fills of its present round trip, in whatever phase it is. */
export interface Holding extends Position {
  readonly chargesPaise: Paise;
}

/** Nothing held, nothing earned, nothing paid. */
export const FLAT_HOLDING: Holding = { ...flatPosition, chargesPaise: 0 };

/** What a fill makes of a holding, as the journal keeps it: folding needs no arithmetic but sums. */
export interface Booking {
  /** Earned by what it closed, before charges. */
  readonly realisedPaise: Paise;
  /** What the open quantity has cost afterwards. */
  readonly costPaise: Paise;
  readonly chargesPaise: Paise;
}

export function bookingOf(holding: Holding, fill: Fill, chargesPaise: Paise): Booking {
  const after = applyFill(holding, fill);
  return { realisedPaise: after.realisedPaise - holding.realisedPaise, costPaise: after.costPaise, chargesPaise };
}

export const withBooking = (holding: Holding, { side, quantity }: Pick<Fill, 'side' | 'quantity'>, booking: Booking): Holding => ({
  quantity: holding.quantity + signOf(side) * quantity,
  costPaise: booking.costPaise,
  realisedPaise: holding.realisedPaise + booking.realisedPaise,
  chargesPaise: holding.chargesPaise + booking.chargesPaise,
});
