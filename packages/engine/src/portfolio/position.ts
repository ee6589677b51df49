import type { Fill } from '../orders/fill.js';
import { assert } from '../primitives/assert.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import { type Price, turnoverPaise } from '../primitives/price.js';

/** What is held of one instrument, at average cost, and what was earned with it. Charges are the account's business. */
export interface Position {
  /** Units: above 0 bought, below 0 sold, 0 flat. */
  readonly quantity: number;
  /** What the open quantity cost: paid for a bought one, and below 0, received for a sold one. */
  readonly costPaise: Paise;
  /** Earned by what was closed, before charges. */
  readonly realisedPaise: Paise;
}

/** What a position, or an account, needs to know of a fill. */
export type Dealt = Pick<Fill, 'side' | 'quantity' | 'price'>;

/** Nothing held, nothing earned. */
export const flatPosition: Position = { quantity: 0, costPaise: 0, realisedPaise: 0 };

/**
 * The position after a fill. What closes releases its share of the cost, rounded half to even; the last unit releases the rest, so that no paisa is
 * lost on the way. What goes beyond the open quantity opens a position the other way at the fill's price.
 *
 * @throws EngineError `price/not-in-paise` if the fill's price is not a whole number of paise.
 */
export function applyFill(position: Position, fill: Dealt): Position {
  assert(Number.isInteger(fill.quantity) && fill.quantity > 0, 'A fill has a whole number of units, above 0.');
  const { quantity, costPaise, realisedPaise } = position;
  const bought = fill.side === 'buy' ? fill.quantity : -fill.quantity;
  const grows = bought > 0 ? quantity >= 0 : quantity <= 0;
  if (grows) {
    return { quantity: quantity + bought, costPaise: costPaise + turnoverPaise(fill.price, bought), realisedPaise };
  }
  const open = Math.abs(quantity);
  const closed = Math.min(open, fill.quantity);
  const opened = fill.quantity - closed;
  const released = closed === open ? costPaise : proportionHalfEven(costPaise, closed, open);
  const received = turnoverPaise(fill.price, bought > 0 ? -closed : closed);
  return {
    quantity: quantity + bought,
    costPaise: costPaise - released + (opened === 0 ? 0 : turnoverPaise(fill.price, bought > 0 ? opened : -opened)),
    realisedPaise: realisedPaise + received - released,
  };
}

/**
 * What the open quantity is worth at a price: above 0 for a bought position, below 0 for a sold one, which must be bought back.
 * A price between two paise, as a model gives, is taken as it is and the value is rounded once, half to even.
 */
export function openValuePaise({ quantity }: Position, mark: Price): Paise {
  if (quantity === 0) return 0;
  const markPaise = mark * 100;
  const whole = Math.round(markPaise);
  // Binary fractions add dust to a price that is a whole number of paise; multiplied by a quantity it would turn into money.
  return Math.abs(markPaise - whole) <= 1e-4 ? whole * quantity : roundHalfEven(markPaise * quantity);
}

/** What closing at a price would earn, before charges. */
export const openProfitPaise = (position: Position, mark: Price): Paise => openValuePaise(position, mark) - position.costPaise;

/** What a unit of the open quantity cost on average, in rupees, as it comes out: usually between two ticks. `null` when flat. */
export const averagePrice = ({ quantity, costPaise }: Position): Price | null => (quantity === 0 ? null : costPaise / quantity / 100);

/**
 * `total × part ÷ whole` to the nearest whole number, a half to the even one, exactly: the product itself may be larger than a double holds.
 * `part` lies between 0 and `whole`, which is below 2²⁶.
 */
function proportionHalfEven(total: number, part: number, whole: number): number {
  const each = Math.floor(total / whole);
  const rest = ((total - each * whole) * part) / whole;
  const floor = Math.floor(rest);
  const below = each * part + floor;
  const fraction = rest - floor;
  if (fraction !== 0.5) return fraction < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
