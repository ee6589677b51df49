import { isSettled } from '../orders/order-life.js';
import { type EpochMs, tradingDate } from '../primitives/time.js';
import { type EntryRefusal, entryRefusal } from './entry-filters.js';
import { evolveSet } from './evolve-set.js';
import { exitWholePosition, leavesAtSquareOff } from './leaving.js';
import { openPosition, unwantedPosition } from './opening.js';
import { protectionFor } from './protecting.js';
import type { SetEvent } from './set-event.js';
import type { SetInputOf } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { ExitRule, In, OpenPosition, SetState } from './set-state.js';
import type { Signal } from './signal.js';
import { sizeOf, stopOfEntry } from './sizing.js';
import { endOfAll, requestsOf } from './towards.js';

const NOTHING: readonly SetEvent[] = [];

/** What follows from a strategy's signal. */
export function decideSignal(
  instance: SetInstance,
  state: SetState,
  { signal, at, squareOffAt, barred }: SetInputOf<'signal'>,
): readonly SetEvent[] {
  const seen: SetEvent = { kind: 'signalSeen', signal, at };
  if (state.phase === 'open') return [seen, ...onSignalWhileOpen(instance, state, signal, at)];
  if (signal.kind !== 'enter')
    return [seen, refused(signal, at, { code: 'set/nothing-open', reason: 'Nothing is open that could be left.' })];
  if (signal.direction === 'neutral')
    return [seen, refused(signal, at, { code: 'set/neutral', reason: 'A neutral signal opens nothing.' })];
  if (state.phase !== 'waiting') return [seen, refused(signal, at, { code: `set/${state.phase}`, reason: `The set is ${state.phase}.` })];
  const refusal = entryRefusal({ config: instance.config, state, signal, at, squareOffAt });
  // The account's own word comes before any work on an entry that the gate would not let pass.
  if (refusal === null && barred !== null) return [seen, { ...refused(signal, at, barred), by: 'risk' }];
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

/** What follows when the legs are known: how much, and the orders for it. */
export function decideLegs(
  instance: SetInstance,
  state: In<'preparing'>,
  { leg, availablePaise, sizeScale, at }: SetInputOf<'legs'>,
): readonly SetEvent[] {
  const chosen: SetEvent = { kind: 'legsChosen', leg, availablePaise, sizeScale, at };
  const { config } = instance;
  const stopLoss = stopOfEntry(config, state.signal);
  const size = sizeOf(config.legs[0]?.size ?? [], { leg, stopLoss, availablePaise, capitalPaise: instance.capitalPaise, sizeScale });
  if ('code' in size) return [chosen, { ...refused(state.signal, at, size), by: 'sizing' }];
  const { lots } = size;
  const quantity = lots * leg.lotSize;
  return [
    chosen,
    {
      kind: 'entryPlanned',
      instrument: leg.instrument,
      lots,
      quantity,
      costPaise: lots * leg.costPerLotPaise,
      giveUpAt: at + config.execution.entryWithinMs,
      at,
    },
    ...requestsOf(instance, state.lastOrder, { leg, purpose: 'entry', side: leg.side, quantity, triggerPrice: null, at }),
  ];
}

export const decideNoLegs = (state: In<'preparing'>, { code, reason, at }: SetInputOf<'noLegs'>): readonly SetEvent[] => [
  { ...refused(state.signal, at, { code, reason }), by: 'legs' },
];

/** Where an entry stands after something happened to one of its orders: it goes on, it has failed, or what was filled is a position now. */
export function afterEntryOrder(
  instance: SetInstance,
  state: In<'entering'>,
  { by, code, reason, squareOffAt, at }: EntryEnd,
): readonly SetEvent[] {
  const { holding, abandoned } = state;
  if (abandoned !== null && holding.quantity !== 0) return leaveEntry(instance, state, abandoned, at);
  if (!state.orders.every(isSettled)) {
    // One that was searched for when all of them were cancelled, and has been found alive, is cancelled now.
    if (abandoned !== null) return endOfAll(state.orders, ABANDONED, at);
    return state.giveUpAt === null ? endOfAll(state.orders, TIMED_OUT, at) : NOTHING;
  }
  if (holding.quantity === 0) return [{ ...refused(state.signal, at, { code, reason }), by }];
  const position = openPosition(instance.config, state, at);
  const opened: SetEvent = { kind: 'setOpened', position, at };
  // An entry that was filled after the square-off time is left at once.
  const late = squareOffAt !== null && at >= squareOffAt;
  if (!late && instance.config.protection === 'engine') return [opened];
  const open = evolveSet(state, opened) as In<'open'>;
  return [
    opened,
    ...(late ? exitWholePosition(instance, open, { rule: 'squareOff', price: null, at }) : protectionFor(instance, open, at)),
  ];
}

/** How an entry order ended, for the case that it was the last and nothing was filled. */
export interface EntryEnd {
  readonly by: 'risk' | 'broker';
  readonly code: string;
  readonly reason: string;
  readonly squareOffAt: EpochMs | null;
  readonly at: EpochMs;
}

const TIMED_OUT = 'It was not filled in time.';
const ABANDONED = 'The entry was abandoned.';

/** The time for an entry is over: no more of it is filled, what was stays. */
export function giveUpEntryInTime(state: In<'entering'>, at: EpochMs): readonly SetEvent[] {
  return state.giveUpAt === null || at < state.giveUpAt ? NOTHING : giveUpEntry(state, TIMED_OUT, at);
}

/** No more of an entry is filled, for a reason; what was stays. */
export function giveUpEntry({ orders, giveUpAt }: In<'entering'>, reason: string, at: EpochMs): readonly SetEvent[] {
  return giveUpAt === null ? NOTHING : [{ kind: 'entryTimedOut', at }, ...endOfAll(orders, reason, at)];
}

/** An entry under way is not wanted any more: what is held of it is left, and no more of it is filled. */
export function abandonEntry(instance: SetInstance, state: In<'entering'>, rule: ExitRule, at: EpochMs): readonly SetEvent[] {
  if (state.holding.quantity !== 0) return leaveEntry(instance, state, rule, at);
  if (state.abandoned !== null) return NOTHING;
  return [{ kind: 'entryAbandoned', rule, at }, ...endOfAll(state.orders, ABANDONED, at)];
}

/** The date's square-off time comes during an entry: where nothing is held beyond it, no more is filled, and what was is left. */
export function decideEntryAtSquareOff(instance: SetInstance, state: In<'entering'>, at: EpochMs): readonly SetEvent[] {
  if (leavesAtSquareOff(instance.config)) return abandonEntry(instance, state, 'squareOff', at);
  const expiry = state.leg?.expiry ?? null;
  return expiry !== null && expiry <= tradingDate(at) ? abandonEntry(instance, state, 'expiry', at) : NOTHING;
}

function leaveEntry(instance: SetInstance, state: In<'entering'>, rule: ExitRule, at: EpochMs): readonly SetEvent[] {
  const opened: SetEvent = { kind: 'setOpened', position: partOfEntry(state, at), at };
  return [opened, ...exitWholePosition(instance, evolveSet(state, opened) as In<'open'>, { rule, price: null, at })];
}

/** What has been filled of an entry that is not to be made, as a position that is only to be left. */
const partOfEntry = (state: In<'entering'>, at: EpochMs): OpenPosition => ({
  ...unwantedPosition(state, at),
  direction: state.signal.direction,
});

export function refused(signal: Signal, at: number, { code, reason }: EntryRefusal): Extract<SetEvent, { kind: 'entryRefused' }> {
  return { kind: 'entryRefused', by: 'set', code, reason, signalAt: signal.at, at };
}
