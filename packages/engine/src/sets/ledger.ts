import type { Fill } from '../orders/fill.js';
import { type OrderPurpose, signOf } from '../orders/order-request.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetEvent } from './set-event.js';
import type { Ledger, SetState } from './set-state.js';

type Held = Extract<SetState, { phase: 'entering' | 'exiting' }>;

/**
 * A fill as the journal keeps it, with what it does to the ledger: an entry adds to the cost of what is open; an exit releases its part
 * of that cost, at the average, rounded half to even, and realises the difference.
 */
export function bookedFill(
  state: Held,
  fill: Fill,
  purpose: OrderPurpose,
  chargesPaise: Paise,
  at: EpochMs,
): Extract<SetEvent, { kind: 'legFilled' }> {
  const paidPaise = signOf(fill.side) * turnoverPaise(fill.price, fill.quantity);
  const { costPaise } = state.ledger;
  if (purpose === 'entry')
    return { kind: 'legFilled', fill, purpose, chargesPaise, realisedPaise: 0, costPaise: costPaise + paidPaise, at };
  const releasedPaise = releasedCost(state.ledger, fill.quantity, openQuantity(state));
  return {
    kind: 'legFilled',
    fill,
    purpose,
    chargesPaise,
    realisedPaise: -paidPaise - releasedPaise,
    costPaise: costPaise - releasedPaise,
    at,
  };
}

const releasedCost = ({ costPaise }: Ledger, quantity: number, open: number): Paise =>
  quantity === open ? costPaise : roundHalfEven((costPaise * quantity) / open);

/** Units still held while an exit is under way. */
const openQuantity = (state: Held): number =>
  state.phase === 'exiting' ? state.position.quantity - (state.leaving.order?.filledQuantity ?? 0) : state.order.filledQuantity;
