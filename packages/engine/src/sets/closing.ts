import { isTerminal, type OrderState } from '../orders/order-life.js';
import type { EpochMs } from '../primitives/time.js';
import { entryRefusal } from './entry-filters.js';
import { evolveSet } from './evolve-set.js';
import { exitWholePosition, postponedExit } from './leaving.js';
import { bookedFill } from './ledger.js';
import type { SetEvent } from './set-event.js';
import type { SetInput } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { SetState } from './set-state.js';
import type { Signal } from './signal.js';

type Exiting = Extract<SetState, { phase: 'exiting' }>;

/** What follows from news of an exit order, which `after` already reflects. */
export function afterExitNews(
  instance: SetInstance,
  state: Exiting,
  after: OrderState,
  { news, chargesPaise, squareOffAt, at }: Extract<SetInput, { kind: 'news' }>,
): readonly SetEvent[] {
  const { leaving, position } = state;
  const told =
    news.kind === 'filled' ? bookedFill(state, news.fill, 'exit', chargesPaise, at) : ({ kind: 'orderChanged', news, at } as const);
  if (!isTerminal(after)) return [told];
  const left = position.quantity - after.filledQuantity;
  if (after.filledQuantity < leaving.quantity)
    return [told, ...incomplete(state, after, 'reason' in news ? news.reason : `The order is ${after.status}.`, at)];
  const booked = evolveSet(state, told) as Exiting;
  if (left > 0) return [told, ...rest(instance, booked, left, { squareOffAt, at })];
  const closed: SetEvent = {
    kind: 'setClosed',
    rule: leaving.rule,
    grossPaise: booked.ledger.realisedPaise,
    chargesPaise: booked.ledger.chargesPaise,
    coolUntil: at + instance.config.reentry.coolDownMs,
    at,
  };
  return leaving.reverse === null
    ? [told, closed]
    : [told, closed, reversed(instance, evolveSet(booked, closed), leaving.reverse, at, squareOffAt)];
}

/** A part has left and the rest goes on, unless the square-off time came while the part was leaving. */
function rest(
  instance: SetInstance,
  state: Exiting,
  quantity: number,
  { squareOffAt, at }: { readonly squareOffAt: EpochMs | null; readonly at: EpochMs },
): readonly SetEvent[] {
  const { leaving, position } = state;
  const partialsLeft = Math.max(0, position.partials.length - 1);
  const reduced: SetEvent = { kind: 'positionReduced', quantity, rule: leaving.rule, partialsLeft, at };
  if (squareOffAt === null || at < squareOffAt) return [reduced];
  const holding = { lastOrder: state.lastOrder, position: { ...position, quantity } };
  return [reduced, ...exitWholePosition(instance, holding, { rule: 'squareOff', price: null, at })];
}

/** An exit order that ended before all had left: what is left leaves with the next order. */
function incomplete(state: Exiting, after: OrderState, reason: string, at: number): readonly SetEvent[] {
  const postponed = postponedExit(state.leaving, reason, { at, retryAt: null });
  if (after.filledQuantity === 0) return postponed;
  return [{ kind: 'exitReduced', quantity: after.filledQuantity, at }, ...postponed];
}

/** The other way round, if the set's filters let it. */
function reversed(instance: SetInstance, state: SetState, signal: Signal, at: number, squareOffAt: number | null): SetEvent {
  const refusal = entryRefusal({ config: instance.config, state, signal, at, squareOffAt });
  if (refusal === null) return { kind: 'preparationStarted', signal, at };
  return { kind: 'entryRefused', by: 'set', ...refusal, signalAt: signal.at, at };
}
