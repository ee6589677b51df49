import { unreachable } from '../primitives/assert.js';
import type { Decider } from '../primitives/decider.js';
import { afterOrder, finishedOrNext } from './after-order.js';
import {
  abandonEntry,
  afterEntryOrder,
  decideEntryAtSquareOff,
  decideLegs,
  decideNoLegs,
  decideSignal,
  giveUpEntry,
  refused,
} from './entering.js';
import { orderOf } from './evolve-orders.js';
import { evolveSet, initialSetState } from './evolve-set.js';
import { decideLevel, decideSquareOff, decideUnderlying, exitWholePosition, improvedStop, postponedExit } from './leaving.js';
import { decideDue } from './order-due.js';
import { decideLooked, decideNews } from './order-news.js';
import { decideAdopt, decideOutsideFill } from './outside.js';
import { decideRecovered } from './recovering.js';
import type { SetEvent } from './set-event.js';
import type { SetInput, SetInputOf } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { In, SetState } from './set-state.js';
import { exits } from './towards.js';

const NOTHING: readonly SetEvent[] = [];

/** A set instance: enters on its strategy's signals by its configuration, holds one position at a time, leaves by its exit rules. */
export function setDecider(instance: SetInstance): Decider<SetState, SetInput, SetEvent> {
  return { initial: initialSetState, decide: (state, input) => decide(instance, state, input), evolve: evolveSet };
}

function decide(instance: SetInstance, state: SetState, input: SetInput): readonly SetEvent[] {
  const events = react(instance, state, input);
  for (const event of events) {
    // No news will come of an order that was never sent: what follows from its end follows now.
    if (event.kind === 'orderWithdrawn') return [...events, ...afterWithdrawal(instance, events.reduce(evolveSet, state), event)];
  }
  return events;
}

function afterWithdrawal(
  instance: SetInstance,
  state: SetState,
  { reason, at }: Extract<SetEvent, { kind: 'orderWithdrawn' }>,
): readonly SetEvent[] {
  switch (state.phase) {
    case 'entering':
      return afterEntryOrder(instance, state, { by: 'risk', code: 'order/withdrawn', reason, squareOffAt: null, at });
    case 'exiting':
      return finishedOrNext(instance, state, null, at);
    default:
      return NOTHING;
  }
}

function react(instance: SetInstance, state: SetState, input: SetInput): readonly SetEvent[] {
  const { at } = input;
  switch (input.kind) {
    case 'levelReached':
      return state.phase === 'open' || state.phase === 'exiting' ? decideLevel(instance, state, input.price, at) : NOTHING;
    case 'priceImproved':
      return state.phase === 'open' ? improvedStop(instance, state, input.price, at) : NOTHING;
    case 'signal':
      return decideSignal(instance, state, input);
    case 'news':
      return decideNews(instance, state, input);
    case 'legs':
      return state.phase === 'preparing' ? decideLegs(instance, state, input) : NOTHING;
    case 'noLegs':
      return state.phase === 'preparing' ? decideNoLegs(state, input) : NOTHING;
    case 'approved':
      return decideApproved(state, input);
    case 'refused':
      return decideRefused(instance, state, input);
    case 'looked':
      return decideLooked(instance, state, input);
    case 'positionTold':
      return state.phase === 'exiting' ? decidePosition(instance, state, input) : NOTHING;
    case 'outsideFill':
      return decideOutsideFill(instance, state, input);
    case 'adopt':
      return decideAdopt(instance, state, input);
    case 'underlyingLeftRange':
      return state.phase === 'open' ? decideUnderlying(instance, state, input.price, at) : NOTHING;
    case 'due':
      return decideDue(instance, state, input.price, at);
    case 'giveUpEntry':
      return state.phase === 'entering' ? giveUpEntry(state, input.reason, at) : NOTHING;
    case 'squareOffDue':
      if (state.phase === 'entering') return decideEntryAtSquareOff(instance, state, at);
      return state.phase === 'open' ? decideSquareOff(instance, state, input) : NOTHING;
    case 'exitNow':
      return decideExitNow(instance, state, input);
    case 'recovered':
      return decideRecovered(instance, state, input.squareOffAt, at);
    case 'start':
      return state.phase === 'stopped' ? [{ kind: 'setStarted', by: input.by, at }] : NOTHING;
    case 'stop':
      return decideStop(state, input);
    case 'halt':
      return state.halted === null ? [{ kind: 'setHalted', by: input.by, reason: input.reason, at }] : NOTHING;
    default:
      return unreachable(input);
  }
}

/** A set that is stopped enters no more: of an entry under way no more is filled either, and what was goes on as configured. */
function decideStop(state: SetState, { by, reason, at }: SetInputOf<'stop'>): readonly SetEvent[] {
  if (state.phase === 'stopped') return NOTHING;
  const stopped: SetEvent = { kind: 'setStopped', by, reason, at };
  return state.phase === 'entering' ? [stopped, ...giveUpEntry(state, 'The set was stopped.', at)] : [stopped];
}

/** Only what is still wanted is sent: an order that was withdrawn meanwhile is not. */
function decideApproved(state: SetState, { orderId, orderKind, price, triggerPrice, at }: SetInputOf<'approved'>): readonly SetEvent[] {
  return orderOf(state, orderId)?.status === 'requested'
    ? [{ kind: 'orderSubmitted', orderId, orderKind, price, triggerPrice, at }]
    : NOTHING;
}

/**
 * The gate refuses entries for many reasons and exits for few: a closed market, or less at the broker than we have. As much as may leave leaves;
 * the rest is asked for again.
 */
function decideRefused(
  instance: SetInstance,
  state: SetState,
  { orderId, code, reason, retryAt, atMost, at }: SetInputOf<'refused'>,
): readonly SetEvent[] {
  const before = orderOf(state, orderId);
  if (before?.status !== 'requested') return NOTHING;
  const told: SetEvent = { kind: 'orderRefused', orderId, code, reason, at };
  const after = evolveSet(state, told);
  if (after.phase === 'exiting' && atMost > 0 && atMost < before.quantity) {
    return [told, ...exits(instance, after, { side: before.request.side, quantity: atMost, at })];
  }
  const now = orderOf(after, orderId) ?? before;
  return [told, ...afterOrder(instance, after, { before, now, by: 'risk', code, reason, retryAt, squareOffAt: null, at })];
}

/** The broker has said what is held. An exit goes on where that is what we have, too; else a person has to decide. */
function decidePosition(
  instance: SetInstance,
  state: In<'exiting'>,
  { expected, found, at }: SetInputOf<'positionTold'>,
): readonly SetEvent[] {
  if (!state.leaving.confirming) return NOTHING;
  if (found === null) return [postponedExit(state.leaving, 'The broker could not say what is held.', { at, retryAt: null })];
  const told: SetEvent = { kind: 'positionTold', expected, found, at };
  if (found !== expected) {
    return [told, postponedExit(state.leaving, `The broker holds ${found}, we have ${expected}.`, { at, retryAt: null })];
  }
  return [told, ...finishedOrNext(instance, evolveSet(state, told) as In<'exiting'>, null, at)];
}

function decideExitNow(instance: SetInstance, state: SetState, { by, price, at }: SetInputOf<'exitNow'>): readonly SetEvent[] {
  switch (state.phase) {
    case 'preparing':
      return [{ ...refused(state.signal, at, { code: `set/${by}`, reason: 'The set is to hold nothing.' }), by: 'legs' }];
    case 'entering':
      return abandonEntry(instance, state, by, at);
    case 'open':
    case 'exiting':
      return exitWholePosition(instance, state, { rule: by, price, at });
    default:
      return NOTHING;
  }
}
