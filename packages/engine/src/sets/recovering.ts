import { isSettled, type OrderState } from '../orders/order-life.js';
import type { EpochMs } from '../primitives/time.js';
import { finishedOrNext, leaveUnwanted } from './after-order.js';
import { afterEntryOrder, refused } from './entering.js';
import { evolveSet } from './evolve-set.js';
import { askPosition } from './leaving.js';
import { protectionFor } from './protecting.js';
import type { SetEvent } from './set-event.js';
import type { SetInstance } from './set-instance.js';
import type { SetState } from './set-state.js';

const NOTHING: readonly SetEvent[] = [];

const CODE = 'set/restarted';

/**
 * The engine has started again. What was only asked for was certainly not sent, and is withdrawn. What was sent and not answered has an unknown
 * outcome. Everything that may still be filled is looked for in the broker's book. Nothing is sent again blindly.
 */
export function decideRecovered(instance: SetInstance, state: SetState, squareOffAt: EpochMs | null, at: EpochMs): readonly SetEvent[] {
  const ofOrders = state.orders.flatMap((order) => recovered(order, at));
  const after = ofOrders.reduce<SetState>(evolveSet, state);
  return [...ofOrders, ...recoveredPhase(instance, after, squareOffAt, at)];
}

function recovered(order: OrderState, at: EpochMs): readonly SetEvent[] {
  const { orderId } = order.request;
  if (order.status === 'requested') return [{ kind: 'orderWithdrawn', orderId, reason: 'The engine was stopped before it was sent.', at }];
  if (isSettled(order)) return NOTHING;
  const reason = 'The engine was stopped before an answer came.';
  if (order.status === 'submitted') return [{ kind: 'orderChanged', news: { kind: 'unknown', orderId, reason, at }, at }];
  const events: SetEvent[] = [];
  if (order.change !== null)
    events.push({ kind: 'orderChanged', news: { kind: 'changeUnknown', orderId, change: order.change.kind, reason, at }, at });
  if (order.look !== null && order.look.askedAt !== null) events.push({ kind: 'bookLooked', orderId, outcome: 'unanswered', at });
  else events.push({ kind: 'bookLookRequested', orderId, count: (order.look?.count ?? 0) + 1, at });
  return events;
}

function recoveredPhase(instance: SetInstance, state: SetState, squareOffAt: EpochMs | null, at: EpochMs): readonly SetEvent[] {
  const reason = 'The engine was stopped during the entry.';
  switch (state.phase) {
    case 'preparing':
      return [{ ...refused(state.signal, at, { code: CODE, reason }), by: 'legs' }];
    case 'entering':
      return afterEntryOrder(instance, state, { by: 'risk', code: CODE, reason, squareOffAt, at });
    case 'open':
      return protectionFor(instance, state, at);
    case 'exiting':
      return state.leaving.confirming ? [askPosition(instance, at)] : finishedOrNext(instance, state, squareOffAt, at);
    default:
      return leaveUnwanted(instance, state, 'lateFill', at);
  }
}
