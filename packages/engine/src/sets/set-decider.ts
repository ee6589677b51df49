import { isNews, withNews } from '../orders/order-life.js';
import { unreachable } from '../primitives/assert.js';
import type { Decider } from '../primitives/decider.js';
import { afterExitNews } from './closing.js';
import { afterEntryNews, decideLegs, decideNoLegs, decideRefused, decideSignal } from './entering.js';
import { evolveSet, initialSetState } from './evolve-set.js';
import { decideDue, decideExitNow, decideLevel, decideSquareOff, decideUnderlying, improvedStop, postponedExit } from './leaving.js';
import type { SetEvent } from './set-event.js';
import type { SetInput } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import { orderUnderWay, type SetState } from './set-state.js';

const NOTHING: readonly SetEvent[] = [];

/** A set instance: enters on its strategy's signals by its configuration, holds one position at a time, leaves by its exit rules. */
export function setDecider(instance: SetInstance): Decider<SetState, SetInput, SetEvent> {
  return { initial: initialSetState, decide: (state, input) => decide(instance, state, input), evolve: evolveSet };
}

function decide(instance: SetInstance, state: SetState, input: SetInput): readonly SetEvent[] {
  const { at } = input;
  switch (input.kind) {
    case 'levelReached':
      return state.phase === 'open' ? decideLevel(instance, state, input.price, at) : NOTHING;
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
    case 'refused':
      return decideGateRefusal(state, input);
    case 'underlyingLeftRange':
      return state.phase === 'open' ? decideUnderlying(instance, state, input.price, at) : NOTHING;
    case 'due':
      return decideDue(instance, state, input.price, at);
    case 'squareOffDue':
      return state.phase === 'open' ? decideSquareOff(instance, state, input) : NOTHING;
    case 'exitNow':
      return state.phase === 'open' ? decideExitNow(instance, state, input) : NOTHING;
    case 'start':
      return state.phase === 'stopped' ? [{ kind: 'setStarted', by: input.by, at }] : NOTHING;
    case 'stop':
      return state.phase === 'stopped' ? NOTHING : [{ kind: 'setStopped', by: input.by, reason: input.reason, at }];
    case 'halt':
      return state.halted === null ? [{ kind: 'setHalted', by: input.by, reason: input.reason, at }] : NOTHING;
    default:
      return unreachable(input);
  }
}

/** News of the order under way, once; news of any other order, or the same news again, changes nothing. */
function decideNews(instance: SetInstance, state: SetState, input: Extract<SetInput, { kind: 'news' }>): readonly SetEvent[] {
  const order = orderUnderWay(state);
  if (order === null || !isNews(order, input.news)) return NOTHING;
  const after = withNews(order, input.news);
  if (state.phase === 'entering') return afterEntryNews(instance, state, after, input);
  if (state.phase === 'exiting') return afterExitNews(instance, state, after, input);
  return NOTHING;
}

/** The gate refuses entries for many reasons and exits for few (a closed market); a refused exit is asked for again. */
function decideGateRefusal(state: SetState, input: Extract<SetInput, { kind: 'refused' }>): readonly SetEvent[] {
  const order = orderUnderWay(state);
  if (order === null || order.request.orderId !== input.orderId || order.status !== 'requested') return NOTHING;
  if (state.phase === 'entering') return decideRefused(state, input);
  return state.phase === 'exiting' ? postponedExit(state.leaving, input.reason, { at: input.at, retryAt: input.retryAt }) : NOTHING;
}
