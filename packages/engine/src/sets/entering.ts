import { isTerminal, type OrderState } from '../orders/order-life.js';
import type { OrderRequest } from '../orders/order-request.js';
import { type EntryRefusal, entryRefusal } from './entry-filters.js';
import { exitWholePosition } from './leaving.js';
import { bookedFill } from './ledger.js';
import { openPosition } from './opening.js';
import type { SetEvent } from './set-event.js';
import type { SetInput } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { ChosenLeg, OpenPosition, SetState } from './set-state.js';
import type { Signal } from './signal.js';
import { sizeOf } from './sizing.js';

type Input<Kind extends SetInput['kind']> = Extract<SetInput, { kind: Kind }>;
type In<Phase extends SetState['phase']> = Extract<SetState, { phase: Phase }>;

/** What follows from a strategy's signal. */
export function decideSignal(instance: SetInstance, state: SetState, { signal, at, squareOffAt }: Input<'signal'>): readonly SetEvent[] {
  const seen: SetEvent = { kind: 'signalSeen', signal, at };
  if (state.phase === 'open') return [seen, ...onSignalWhileOpen(instance, state, signal, at)];
  if (signal.kind !== 'enter')
    return [seen, refused(signal, at, { code: 'set/nothing-open', reason: 'Nothing is open that could be left.' })];
  if (signal.direction === 'neutral')
    return [seen, refused(signal, at, { code: 'set/neutral', reason: 'A neutral signal opens nothing.' })];
  if (state.phase !== 'waiting') return [seen, refused(signal, at, { code: `set/${state.phase}`, reason: `The set is ${state.phase}.` })];
  const refusal = entryRefusal({ config: instance.config, state, signal, at, squareOffAt });
  return [seen, refusal === null ? { kind: 'preparationStarted', signal, at } : refused(signal, at, refusal)];
}

/** A signal against the position leaves it where the configuration says so; one that agrees with it adds nothing. */
function onSignalWhileOpen(instance: SetInstance, state: In<'open'>, signal: Signal, at: number): readonly SetEvent[] {
  const { direction } = state.position;
  if (signal.kind === 'exit' && (signal.direction === 'neutral' || signal.direction === direction)) {
    return exitWholePosition(instance, state, { rule: 'strategyExit', price: null, at });
  }
  const { oppositeSignal } = instance.config.exits;
  if (signal.kind === 'enter' && signal.direction !== 'neutral' && signal.direction !== direction && oppositeSignal !== null) {
    return exitWholePosition(instance, state, {
      rule: 'oppositeSignal',
      price: null,
      at,
      reverse: oppositeSignal === 'reverse' ? signal : null,
    });
  }
  return [refused(signal, at, { code: 'set/already-open', reason: `A ${direction} position is open.` })];
}

/** What follows when the legs are known: how much, and the order for it. */
export function decideLegs(instance: SetInstance, state: In<'preparing'>, { leg, availablePaise, at }: Input<'legs'>): readonly SetEvent[] {
  const chosen: SetEvent = { kind: 'legsChosen', leg, availablePaise, at };
  const rules = instance.config.legs[0]?.size ?? [];
  const { stop } = state.signal;
  const stopLoss = stop === undefined ? instance.config.exits.stopLoss : ({ kind: 'price', price: stop } as const);
  const size = sizeOf(rules, { leg, stopLoss, availablePaise });
  if ('code' in size) return [chosen, { ...refused(state.signal, at, size), by: 'sizing' }];
  const quantity = size.lots * leg.lotSize;
  const costPaise = size.lots * leg.costPerLotPaise;
  return [
    chosen,
    { kind: 'entryPlanned', instrument: leg.instrument, lots: size.lots, quantity, costPaise, at },
    { kind: 'legOrderRequested', purpose: 'entry', order: entryOrder(instance, state, leg, quantity, at), at },
  ];
}

export const decideNoLegs = (state: In<'preparing'>, { code, reason, at }: Input<'noLegs'>): readonly SetEvent[] => [
  { ...refused(state.signal, at, { code, reason }), by: 'legs' },
];

export const decideRefused = (state: In<'entering'>, { code, reason, at }: Input<'refused'>): readonly SetEvent[] => [
  { ...refused(state.signal, at, { code, reason }), by: 'risk' },
];

/** What follows from news of the entry order, which `after` already reflects. */
export function afterEntryNews(
  instance: SetInstance,
  state: In<'entering'>,
  after: OrderState,
  { news, chargesPaise, squareOffAt, at }: Input<'news'>,
): readonly SetEvent[] {
  const told =
    news.kind === 'filled' ? bookedFill(state, news.fill, 'entry', chargesPaise, at) : ({ kind: 'orderChanged', news, at } as const);
  if (!isTerminal(after)) return [told];
  if (after.filledQuantity === 0) {
    const reason = 'reason' in news ? news.reason : `The order is ${after.status}.`;
    return [told, { ...refused(state.signal, at, { code: `broker/order-${after.status}`, reason }), by: 'broker' }];
  }
  const position = openPosition(instance.config, state, after, at);
  const opened: SetEvent = { kind: 'setOpened', position, at };
  return squareOffAt !== null && at >= squareOffAt ? [told, opened, ...lateEntry(instance, state, position, at)] : [told, opened];
}

/** An entry that was filled after the square-off time is left at once. */
function lateEntry(instance: SetInstance, { lastOrder }: In<'entering'>, position: OpenPosition, at: number): readonly SetEvent[] {
  return exitWholePosition(instance, { lastOrder, position }, { rule: 'squareOff', price: null, at });
}

function entryOrder(instance: SetInstance, { lastOrder }: SetState, leg: ChosenLeg, quantity: number, at: number): OrderRequest {
  return {
    orderId: instance.orderPrefix + (lastOrder + 1).toString(36),
    instance: instance.id,
    account: instance.account,
    instrument: leg.instrument,
    purpose: 'entry',
    side: leg.side,
    quantity,
    kind: 'market',
    price: null,
    triggerPrice: null,
    validity: 'day',
    product: instance.config.product,
    at,
  };
}

function refused(signal: Signal, at: number, { code, reason }: EntryRefusal): Extract<SetEvent, { kind: 'entryRefused' }> {
  return { kind: 'entryRefused', by: 'set', code, reason, signalAt: signal.at, at };
}
