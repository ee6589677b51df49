import { isSettled, isTerminal, type OrderState } from '../orders/order-life.js';
import { signOf } from '../orders/order-request.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import { afterEntryOrder, type EntryEnd, refused } from './entering.js';
import { entryRefusal } from './entry-filters.js';
import { evolveSet } from './evolve-set.js';
import { exitWholePosition, keptQuantity, nextExitOrders, postponedExit } from './leaving.js';
import { levelsOfRest, unwantedPosition } from './opening.js';
import { lostProtection, makesWay, protectionFor } from './protecting.js';
import type { SetEvent } from './set-event.js';
import type { SetInstance } from './set-instance.js';
import type { ExitRule, In, Leaving, OpenPosition, SetState } from './set-state.js';

const NOTHING: readonly SetEvent[] = [];

/** What has just happened to an order, as far as it matters to its set. */
export interface OrderChange extends EntryEnd {
  readonly before: OrderState;
  readonly now: OrderState;
  /** Before this an order like it would be refused again; `null` where nobody can say. */
  readonly retryAt: EpochMs | null;
}

/** What follows for a set from something that happened to one of its orders; `state` reflects it already. */
export function afterOrder(instance: SetInstance, state: SetState, change: OrderChange): readonly SetEvent[] {
  switch (state.phase) {
    case 'entering':
      return afterEntryOrder(instance, state, change);
    case 'open':
      return afterStopOrder(instance, state, change);
    case 'exiting':
      return afterExitOrder(instance, state, change);
    default:
      return leaveUnwanted(instance, state, 'lateFill', change.at);
  }
}

/** While a set is open only its stops are at the exchange; a fill of any other order comes late. */
function afterStopOrder(instance: SetInstance, state: In<'open'>, change: OrderChange): readonly SetEvent[] {
  const { before, now, reason, retryAt, at } = change;
  const { position } = state;
  const rule = stopRule(position);
  const isStop = now.request.purpose === 'protect';
  const uneven = afterUnevenHolding(instance, state, { fewer: isStop ? rule : 'lateFill', more: 'lateFill', at });
  if (uneven !== null) return uneven;
  if (!isStop) return NOTHING;
  // It leaves by itself now.
  if (isTriggered(before, now)) return exitWholePosition(instance, state, { rule, price: now.triggerPrice, at });
  if (isTerminal(now) && !isTerminal(before)) {
    if (makesWay(before, state.protection)) return protectionFor(instance, state, at);
    return lostProtection(state, { order: now, reason, byHand: now.status === 'cancelled', retryAt, at });
  }
  const { triggerPrice } = now;
  if (instance.config.protection === 'exchange' && triggerPrice !== null && isMovedByHand(before, triggerPrice, position)) {
    const moved: SetEvent = { kind: 'stopMoved', stop: triggerPrice, best: position.best, at };
    return [moved, ...protectionFor(instance, evolveSet(state, moved) as In<'open'>, at)];
  }
  return protectionFor(instance, state, at);
}

/**
 * Somebody moved a stop in the broker's app: the set's stop is where the person wants it. Between where it was and where the set wants it, it is a
 * move of ours of which the answer was lost.
 */
function isMovedByHand({ triggerPrice: from, status, change }: OrderState, to: Price, { stop }: OpenPosition): boolean {
  if (from === null || from === to || status !== 'triggerPending' || change?.kind === 'modify') return false;
  return stop === null || Math.sign(to - from) !== Math.sign(stop - from) || Math.abs(to - from) > Math.abs(stop - from);
}

/** More or less is held than is meant to be: what is too much leaves; what is missing has left already, and the rest goes with it or stays. */
export function afterUnevenHolding(
  instance: SetInstance,
  state: In<'open'>,
  { fewer, more, at }: { readonly fewer: ExitRule; readonly more: ExitRule; readonly at: EpochMs },
): readonly SetEvent[] | null {
  const { position, holding } = state;
  const held = signOf(position.side) * holding.quantity;
  if (held === position.quantity) return null;
  const keep = held > position.quantity ? position.quantity : isOutside(fewer) ? Math.max(0, held) : 0;
  const rule = held > position.quantity ? more : fewer;
  const quantity = Math.max(position.quantity, held) - keep;
  const triggered: SetEvent = { kind: 'exitTriggered', rule, price: null, quantity, keep, reverse: null, at };
  const leaving = evolveSet(state, triggered) as In<'exiting'>;
  return [triggered, ...finishedOrNext(instance, leaving, null, at)];
}

const OUTSIDE: readonly ExitRule[] = ['autoSquareOff', 'settlement', 'byHandAtBroker'] satisfies readonly OutsideDealer[];

const isOutside = (rule: ExitRule): boolean => OUTSIDE.includes(rule);

function afterExitOrder(
  instance: SetInstance,
  state: In<'exiting'>,
  { before, now, reason, retryAt, squareOffAt, at }: OrderChange,
): readonly SetEvent[] {
  if (
    state.leaving.keep > 0 &&
    now.request.purpose === 'protect' &&
    (isTriggered(before, now) || now.filledQuantity > before.filledQuantity)
  )
    return leaveWithStop(instance, state, now, at);
  const endedShort = isTerminal(now) && !isTerminal(before) && now.status !== 'filled';
  // What we cancelled ourselves made way for something; any other end of an exit order is a failure of the exit.
  if (endedShort && now.request.purpose === 'exit' && before.change?.kind !== 'cancel') {
    const finished = finishedExit(instance, state, squareOffAt, at);
    if (finished !== null) return finished;
    return waitsAlready(state.leaving, retryAt, at) ? NOTHING : [postponedExit(state.leaving, reason, { at, retryAt })];
  }
  return finishedOrNext(instance, state, squareOffAt, at);
}

/** The trigger of a stop was hit. */
const isTriggered = (before: OrderState, now: OrderState): boolean => now.status === 'open' && before.status !== 'open';

/** The stop of all that is held was hit while a part was leaving: the rest leaves, too, and the stop is let go on. */
function leaveWithStop(instance: SetInstance, state: In<'exiting'>, { triggerPrice }: OrderState, at: EpochMs): readonly SetEvent[] {
  const { position } = state;
  const rule = stopRule(position);
  const triggered: SetEvent = { kind: 'exitTriggered', rule, price: triggerPrice, quantity: position.quantity, keep: 0, reverse: null, at };
  return [triggered, ...finishedOrNext(instance, evolveSet(state, triggered) as In<'exiting'>, null, at)];
}

const stopRule = ({ trailing }: OpenPosition): ExitRule => (trailing ? 'trailingStop' : 'stopLoss');

/** Slices that fail together are one failure: the next try is as near as after a single order. */
const waitsAlready = (leaving: Leaving, retryAt: EpochMs | null, at: EpochMs): boolean =>
  leaving.retryAt !== null && at < leaving.retryAt && (retryAt ?? at) <= leaving.retryAt;

/** An exit is over, or what it has to ask for next. */
export function finishedOrNext(instance: SetInstance, state: In<'exiting'>, squareOffAt: EpochMs | null, at: EpochMs): readonly SetEvent[] {
  return finishedExit(instance, state, squareOffAt, at) ?? nextExitOrders(instance, state, at);
}

/** What follows when all has left that was to leave, and no order can change that any more; `null` before. */
function finishedExit(instance: SetInstance, state: In<'exiting'>, squareOffAt: EpochMs | null, at: EpochMs): readonly SetEvent[] | null {
  const { leaving, position, holding, orders } = state;
  const keep = keptQuantity(state);
  if (holding.quantity !== signOf(position.side) * keep || !orders.every(isSettled)) return null;
  if (keep > 0) return keptPart(instance, state, keep, squareOffAt, at);
  const closed: SetEvent = {
    kind: 'setClosed',
    rule: leaving.rule,
    grossPaise: holding.realisedPaise,
    chargesPaise: holding.chargesPaise,
    coolUntil: at + instance.config.reentry.coolDownMs,
    at,
  };
  return leaving.reverse === null ? [closed] : [closed, reversed(instance, evolveSet(state, closed), leaving.reverse, at, squareOffAt)];
}

/** A part has left and the rest goes on, unless the square-off time came while the part was leaving. */
function keptPart(
  instance: SetInstance,
  state: In<'exiting'>,
  quantity: number,
  squareOffAt: EpochMs | null,
  at: EpochMs,
): readonly SetEvent[] {
  const { leaving, position } = state;
  const partialsLeft = leaving.rule === 'partialTarget' ? Math.max(0, position.partials.length - 1) : position.partials.length;
  const levels = levelsOfRest(instance.config, state, quantity, at);
  const reduced: SetEvent = { kind: 'positionReduced', quantity, rule: leaving.rule, partialsLeft, ...levels, at };
  const open = evolveSet(state, reduced) as In<'open'>;
  const late = squareOffAt !== null && at >= squareOffAt;
  return [
    reduced,
    ...(late ? exitWholePosition(instance, open, { rule: 'squareOff', price: null, at }) : protectionFor(instance, open, at)),
  ];
}

/** The other way round, if the set's filters let it. */
function reversed(
  instance: SetInstance,
  state: SetState,
  signal: NonNullable<In<'exiting'>['leaving']['reverse']>,
  at: number,
  squareOffAt: number | null,
): SetEvent {
  const refusal = entryRefusal({ config: instance.config, state, signal, at, squareOffAt });
  return refusal === null ? { kind: 'preparationStarted', signal, at } : refused(signal, at, refusal);
}

/** What a set holds that is not meant to hold anything, it leaves. */
export function leaveUnwanted(
  instance: SetInstance,
  state: In<'stopped' | 'waiting' | 'preparing'>,
  rule: ExitRule,
  at: EpochMs,
): readonly SetEvent[] {
  if (state.holding.quantity === 0) return NOTHING;
  const reason = 'Something is held that has to be left first.';
  const given: readonly SetEvent[] =
    state.phase === 'preparing' ? [{ ...refused(state.signal, at, { code: 'set/late-fill', reason }), by: 'broker' }] : NOTHING;
  const opened: SetEvent = { kind: 'setOpened', position: unwantedPosition(state, at), at };
  const open = [...given, opened].reduce<SetState>(evolveSet, state) as In<'open'>;
  return [...given, opened, ...exitWholePosition(instance, open, { rule, price: null, at })];
}
