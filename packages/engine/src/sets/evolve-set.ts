import type { OrderState } from '../orders/order-life.js';
import { InvariantError } from '../primitives/assert.js';
import { type EpochMs, istDay } from '../primitives/time.js';
import { ordersAfter } from './evolve-orders.js';
import { FLAT_HOLDING, type Holding, withBooking } from './holding.js';
import type { SetEvent } from './set-event.js';
import type { DayCounters, In, Leaving, OpenPosition, Protection, SetCommon, SetState } from './set-state.js';
import type { Signal } from './signal.js';

const NEW_DAY: DayCounters = { day: 0, entries: 0, netPaise: 0, bullishEntries: 0, bearishEntries: 0 };

const NO_ORDERS: readonly OrderState[] = [];

const UNPROTECTED: Protection = { retryAt: null, failures: 0, givenUp: false };

/** A stopped set that has to leave what came in unasked enters nothing afterwards, before somebody starts it. */
const WAS_STOPPED: NonNullable<SetCommon['halted']> = { by: 'set', reason: 'It was stopped.' };

/** A set instance that nobody has started yet. */
export const initialSetState: SetState = {
  phase: 'stopped',
  lastOrder: 0,
  day: NEW_DAY,
  coolUntil: 0,
  lastTrip: null,
  halted: null,
  leg: null,
  orders: NO_ORDERS,
  holding: FLAT_HOLDING,
};

/** Today's counters: those of an earlier date count no more. */
export function countersAt({ day }: Pick<SetState, 'day'>, at: EpochMs): DayCounters {
  const today = istDay(at);
  return day.day === today ? day : { ...NEW_DAY, day: today };
}

/**
 * What is true of a set instance after an event.
 *
 * A new state that comes with every round trip is written out field by field rather than spread: this runs for every event of a backtest, and a
 * literal of one shape is several times as quick as a copy of several.
 */
export function evolveSet(state: SetState, event: SetEvent): SetState {
  switch (event.kind) {
    case 'signalSeen':
    case 'heldOvernight':
      return state;
    case 'setStarted':
      return { ...waiting(state), halted: null };
    case 'setStopped':
      return stopped(state, event);
    case 'setHalted': {
      const halted = { by: event.by, reason: event.reason };
      // An entry that is only being prepared is not made any more.
      return state.phase === 'preparing' ? { ...waiting(state), halted } : { ...state, halted };
    }
    case 'preparationStarted':
      return preparing(state, event.signal);
    case 'legsChosen':
      return { ...state, leg: event.leg };
    case 'entryPlanned':
      return entering(state, event);
    case 'entryTimedOut':
      return state.phase === 'entering' ? { ...state, giveUpAt: null } : state;
    case 'entryAbandoned':
      return state.phase === 'entering' ? { ...state, abandoned: event.rule } : state;
    case 'entryRefused':
      // What the set itself refuses is another signal: the entry under way goes on.
      return event.by !== 'set' && (state.phase === 'preparing' || state.phase === 'entering') ? waiting(state) : state;
    case 'legOrderRequested':
      return withOrders(state, ordersAfter(state.orders, event), state.holding, state.lastOrder + 1);
    case 'orderRefused':
    case 'orderWithdrawn':
    case 'orderSubmitted':
    case 'orderChanged':
    case 'orderChangeRequested':
    case 'bookLookRequested':
    case 'bookLooked':
      return withOrders(state, ordersAfter(state.orders, event), state.holding, state.lastOrder);
    case 'orderNeverReached':
      return withLeaving(withOrders(state, ordersAfter(state.orders, event), state.holding, state.lastOrder), confirming);
    case 'legFilled':
      return withOrders(state, ordersAfter(state.orders, event), withBooking(state.holding, event.fill, event), state.lastOrder);
    case 'setOpened':
      return opened(state, event.position, event.at);
    case 'stopMoved':
      return state.phase === 'open' ? held(state, followed(state.position, event), state.protection) : state;
    case 'protectionLost':
      return state.phase === 'open'
        ? { ...state, protection: { retryAt: event.retryAt, failures: event.failures, givenUp: event.retryAt === null } }
        : state;
    case 'exitTriggered':
      return triggered(state, event);
    case 'exitPostponed':
      return withLeaving(state, (leaving) => ({ ...leaving, retryAt: event.retryAt, failures: leaving.failures + 1 }));
    case 'exitStuck':
      return withLeaving(state, (leaving) => ({ ...leaving, stuck: true }));
    case 'positionAsked':
      return withLeaving(state, (leaving) => ({ ...leaving, confirming: true, retryAt: event.retryAt }));
    case 'positionTold':
      return withLeaving(state, (leaving) => ({ ...leaving, confirming: event.expected !== event.found, retryAt: null }));
    case 'positionReduced':
      return reduced(state, event);
    case 'setClosed':
      return closed(state, event);
  }
}

function waiting({ lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding }: SetCommon): SetState {
  return { phase: 'waiting', lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding };
}

function preparing({ lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding }: SetCommon, signal: Signal): SetState {
  return { phase: 'preparing', lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding, signal };
}

/** Orders of the last round trip are forgotten here, and what it earned. */
function entering(state: SetState, { quantity, giveUpAt }: Extract<SetEvent, { kind: 'entryPlanned' }>): SetState {
  if (state.phase !== 'preparing') throw new InvariantError(`An entry was planned while the set is ${state.phase}.`);
  const { lastOrder, day, coolUntil, lastTrip, halted, leg, signal } = state;
  return {
    phase: 'entering',
    lastOrder,
    day,
    coolUntil,
    lastTrip,
    halted,
    leg,
    orders: NO_ORDERS,
    holding: FLAT_HOLDING,
    signal,
    quantity,
    giveUpAt,
    abandoned: null,
  };
}

function exiting(
  { lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding }: SetCommon,
  position: OpenPosition,
  leaving: Leaving,
): SetState {
  return { phase: 'exiting', lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding, position, leaving };
}

/** Who holds something goes on holding it, and leaves by its rules; only entries end. */
function stopped(state: SetState, { by, reason }: Extract<SetEvent, { kind: 'setStopped' }>): SetState {
  if (state.phase === 'open' || state.phase === 'exiting' || state.phase === 'entering') return { ...state, halted: { by, reason } };
  const { lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding } = state;
  return { phase: 'stopped', lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding };
}

/** The same phase with other orders and another holding. */
function withOrders(state: SetState, orders: readonly OrderState[], holding: Holding, lastOrder: number): SetState {
  const { day, coolUntil, lastTrip, halted, leg } = state;
  switch (state.phase) {
    case 'entering': {
      const { signal, quantity, giveUpAt, abandoned } = state;
      return {
        phase: 'entering',
        lastOrder,
        day,
        coolUntil,
        lastTrip,
        halted,
        leg,
        orders,
        holding,
        signal,
        quantity,
        giveUpAt,
        abandoned,
      };
    }
    case 'exiting': {
      const { position, leaving } = state;
      return { phase: 'exiting', lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding, position, leaving };
    }
    default:
      return { ...state, orders, holding, lastOrder };
  }
}

const confirming = (leaving: Leaving): Leaving => ({ ...leaving, confirming: true });

const withLeaving = (state: SetState, change: (leaving: Leaving) => Leaving): SetState =>
  state.phase === 'exiting' ? exiting(state, state.position, change(state.leaving)) : state;

function triggered(state: SetState, { rule, keep, reverse }: Extract<SetEvent, { kind: 'exitTriggered' }>): SetState {
  if (state.phase !== 'open' && state.phase !== 'exiting')
    throw new InvariantError(`An exit was triggered while the set is ${state.phase}.`);
  // An answer about what is held is waited for, however much is to leave.
  const confirming = state.phase === 'exiting' && state.leaving.confirming;
  const retryAt = confirming ? state.leaving.retryAt : null;
  return exiting(state, state.position, { rule, keep, retryAt, failures: 0, confirming, stuck: false, reverse });
}

/** A set that holds a position. */
const held = (
  { lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding }: SetCommon,
  position: OpenPosition,
  protection: Protection,
): SetState => ({ phase: 'open', lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding, position, protection });

/** A position whose stop has followed the price, again and again: of a copy by spread of a copy by spread engines know the shape no more. */
const followed = (position: OpenPosition, { stop, best }: Extract<SetEvent, { kind: 'stopMoved' }>): OpenPosition => ({
  instrument: position.instrument,
  side: position.side,
  direction: position.direction,
  quantity: position.quantity,
  entryQuantity: position.entryQuantity,
  lotSize: position.lotSize,
  tickSize: position.tickSize,
  entryPrice: position.entryPrice,
  entryTime: position.entryTime,
  premium: position.premium,
  stop,
  trailing: true,
  target: position.target,
  trailFrom: position.trailFrom,
  best,
  partials: position.partials,
  setStop: position.setStop,
  setTarget: position.setTarget,
  dayLossStop: position.dayLossStop,
  underlyingBelow: position.underlyingBelow,
  underlyingAbove: position.underlyingAbove,
  leaveAt: position.leaveAt,
  expiry: position.expiry,
});

function opened(state: SetState, position: OpenPosition, at: EpochMs): SetState {
  if (state.phase === 'open' || state.phase === 'exiting')
    throw new InvariantError(`A position was opened while the set is ${state.phase}.`);
  const { lastOrder, coolUntil, lastTrip, leg, orders, holding } = state;
  const halted = state.phase === 'stopped' ? (state.halted ?? WAS_STOPPED) : state.halted;
  const today = countersAt(state, at);
  const bearish = position.direction === 'bearish' ? 1 : 0;
  const day: DayCounters = {
    day: today.day,
    entries: today.entries + 1,
    netPaise: today.netPaise,
    bullishEntries: today.bullishEntries + 1 - bearish,
    bearishEntries: today.bearishEntries + bearish,
  };
  return { phase: 'open', lastOrder, day, coolUntil, lastTrip, halted, leg, orders, holding, position, protection: UNPROTECTED };
}

function reduced(state: SetState, event: Extract<SetEvent, { kind: 'positionReduced' }>): SetState {
  const { quantity, partialsLeft, setStop, setTarget, dayLossStop } = event;
  const { position: before } = leavingOf(state);
  const { partials } = before;
  const left = partialsLeft === 0 ? [] : partials.slice(-partialsLeft);
  const position = { ...before, quantity, partials: left, setStop, setTarget, dayLossStop };
  return held(state, position, UNPROTECTED);
}

function closed(state: SetState, { at, grossPaise, chargesPaise, coolUntil }: Extract<SetEvent, { kind: 'setClosed' }>): SetState {
  const { lastOrder, halted, leg, orders } = state;
  const { direction, entryPrice } = leavingOf(state).position;
  const { day, entries, netPaise, bullishEntries, bearishEntries } = countersAt(state, at);
  return {
    phase: 'waiting',
    lastOrder,
    day: { day, entries, netPaise: netPaise + grossPaise - chargesPaise, bullishEntries, bearishEntries },
    coolUntil,
    lastTrip: { direction, entryPrice },
    halted,
    leg,
    orders,
    holding: FLAT_HOLDING,
  };
}

function leavingOf(state: SetState): In<'exiting'> {
  if (state.phase !== 'exiting') throw new InvariantError(`A position was left while the set is ${state.phase}.`);
  return state;
}
