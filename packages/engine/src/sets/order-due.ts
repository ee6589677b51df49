import type { OrderState } from '../orders/order-life.js';
import { MODIFICATIONS_MAX, nextDue } from '../orders/order-timing.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import { giveUpEntryInTime } from './entering.js';
import { evolveSet } from './evolve-set.js';
import { decideRetry, decideTimeInTrade } from './leaving.js';
import { protectionFor } from './protecting.js';
import type { SetEvent } from './set-event.js';
import type { SetInstance } from './set-instance.js';
import type { SetState } from './set-state.js';
import { replacing } from './towards.js';

const NOTHING: readonly SetEvent[] = [];

/** A time has come that the watch named: of an order, or of what the set is at. */
export function decideDue(instance: SetInstance, state: SetState, price: Price, at: EpochMs): readonly SetEvent[] {
  const ofOrders: SetEvent[] = [];
  let after = state;
  for (const order of state.orders) {
    const due = dueOf(instance, after, order, at);
    ofOrders.push(...due);
    after = due.reduce(evolveSet, after);
  }
  return [...ofOrders, ...duePhase(instance, after, price, at)];
}

function duePhase(instance: SetInstance, state: SetState, price: Price, at: EpochMs): readonly SetEvent[] {
  switch (state.phase) {
    case 'entering':
      return giveUpEntryInTime(state, at);
    case 'open': {
      const exit = decideTimeInTrade(instance, state, price, at);
      return exit.length > 0 ? exit : protectionFor(instance, state, at);
    }
    case 'exiting':
      return decideRetry(instance, state, at);
    default:
      return NOTHING;
  }
}

function dueOf(instance: SetInstance, state: SetState, order: OrderState, at: EpochMs): readonly SetEvent[] {
  const { execution } = instance.config;
  const next = nextDue(order, execution);
  if (next === null || next.at > at) return NOTHING;
  const { orderId } = order.request;
  const reason = `No answer within ${execution.answerWithinMs / 1000} seconds.`;
  switch (next.due) {
    case 'unanswered':
      return [{ kind: 'orderChanged', news: { kind: 'unknown', orderId, reason, at }, at }];
    case 'changeUnanswered':
      return order.change === null
        ? NOTHING
        : [{ kind: 'orderChanged', news: { kind: 'changeUnknown', orderId, change: order.change.kind, reason, at }, at }];
    case 'look':
    case 'silent':
      return [lookFor(order, at)];
    case 'lookUnanswered':
      return [{ kind: 'bookLooked', orderId, outcome: 'unanswered', at }];
    case 'chase':
      return chased(instance, state, order, at);
  }
}

const lookFor = ({ request: { orderId }, look }: OrderState, at: EpochMs): SetEvent => ({
  kind: 'bookLookRequested',
  orderId,
  count: (look?.count ?? 0) + 1,
  at,
});

/** A limit follows the market. An entry is chased so often, then looked for until its time is over; an exit goes on, and a person is told. */
function chased(instance: SetInstance, state: SetState, order: OrderState, at: EpochMs): readonly SetEvent[] {
  const { orderId } = order.request;
  const { chases } = instance.config.execution;
  const chase: SetEvent = { kind: 'orderChangeRequested', orderId, change: { kind: 'chase' }, at };
  if (state.phase === 'entering') {
    if (state.giveUpAt === null || at >= state.giveUpAt) return NOTHING;
    return [order.chases < chases ? chase : lookFor(order, at)];
  }
  if (state.phase !== 'exiting') return NOTHING;
  const next = order.modifications < MODIFICATIONS_MAX ? chase : replacing(orderId, at);
  return order.chases >= chases && !state.leaving.stuck ? [{ kind: 'exitStuck', orderId, price: order.price, at }, next] : [next];
}
