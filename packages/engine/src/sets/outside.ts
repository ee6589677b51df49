import type { Fill } from '../orders/fill.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';
import { afterUnevenHolding, finishedOrNext, leaveUnwanted } from './after-order.js';
import { abandonEntry } from './entering.js';
import { evolveSet } from './evolve-set.js';
import { bookingOf } from './holding.js';
import { openPosition } from './opening.js';
import type { SetEvent } from './set-event.js';
import type { SetInputOf } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { SetState } from './set-state.js';

const NOTHING: readonly SetEvent[] = [];

/**
 * A deal in what the set holds that no order of ours made: by hand in the broker's app, by the broker at the day's end, by the exchange at expiry.
 * What left that way is gone; what came that way was not asked for, and is left.
 */
export function decideOutsideFill(
  instance: SetInstance,
  state: SetState,
  { fill, by, chargesPaise, at }: SetInputOf<'outsideFill'>,
): readonly SetEvent[] {
  const before = heldOf(instance, state, at);
  const opened = before.reduce<SetState>(evolveSet, state);
  const told = outsideFilled(opened, fill, by, chargesPaise, at);
  return [...before, told, ...afterOutsideFill(instance, evolveSet(opened, told), by, at)];
}

/** What has been filled of an entry under way is a position when somebody deals in it: what stays of it has its stop and targets. */
function heldOf({ config }: SetInstance, state: SetState, at: EpochMs): readonly SetEvent[] {
  if (state.phase !== 'entering' || state.holding.quantity === 0) return NOTHING;
  return [{ kind: 'setOpened', position: openPosition(config, state, at), at }];
}

/** A person has decided that what the broker says is held counts: the difference goes at a price, and nobody knows what it cost. */
export function decideAdopt(instance: SetInstance, state: SetState, { quantity, price, at }: SetInputOf<'adopt'>): readonly SetEvent[] {
  const difference = quantity - state.holding.quantity;
  if (difference === 0 || state.leg === null) return NOTHING;
  const id = `adopted-${at}`;
  const side = difference > 0 ? 'buy' : 'sell';
  const fill: Fill = { fillId: id, orderId: id, instrument: state.leg.instrument, side, quantity: Math.abs(difference), price, time: at };
  return decideOutsideFill(instance, state, { kind: 'outsideFill', fill, by: 'byHandAtBroker', chargesPaise: 0, at });
}

function outsideFilled(state: SetState, fill: Fill, by: OutsideDealer, chargesPaise: Paise, at: EpochMs): SetEvent {
  const { realisedPaise, costPaise } = bookingOf(state.holding, fill, chargesPaise);
  return { kind: 'legFilled', fill, purpose: 'exit', chargesPaise, realisedPaise, costPaise, by, at };
}

function afterOutsideFill(instance: SetInstance, state: SetState, by: OutsideDealer, at: EpochMs): readonly SetEvent[] {
  switch (state.phase) {
    case 'entering':
      return abandonEntry(instance, state, by, at);
    case 'open':
      return afterUnevenHolding(instance, state, { fewer: by, more: by, at }) ?? NOTHING;
    case 'exiting':
      return finishedOrNext(instance, state, null, at);
    default:
      return leaveUnwanted(instance, state, by, at);
  }
}
