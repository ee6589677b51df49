import { type OrderState, requestedOrder, withNews } from '../orders/order-life.js';
import { InvariantError } from '../primitives/assert.js';
import { type EpochMs, istDay } from '../primitives/time.js';
import type { SetEvent } from './set-event.js';
import type { DayCounters, Leaving, Ledger, OpenPosition, SetState } from './set-state.js';

const EMPTY_LEDGER: Ledger = { costPaise: 0, realisedPaise: 0, chargesPaise: 0 };

const NEW_DAY: DayCounters = { day: 0, entries: 0, netPaise: 0, bullishEntries: 0, bearishEntries: 0 };

/** A set instance that nobody has started yet. */
export const initialSetState: SetState = { phase: 'stopped', lastOrder: 0, day: NEW_DAY, coolUntil: 0, lastTrip: null, halted: null };

/** Today's counters: those of an earlier date count no more. */
export function countersAt({ day }: Pick<SetState, 'day'>, at: EpochMs): DayCounters {
  const today = istDay(at);
  return day.day === today ? day : { ...NEW_DAY, day: today };
}

/**
 * What is true of a set instance after an event.
 *
 * A new state is written out field by field rather than spread: this runs for every event of a backtest, and a literal of one shape is several
 * times as quick as a copy of several.
 */
export function evolveSet(state: SetState, event: SetEvent): SetState {
  switch (event.kind) {
    case 'signalSeen':
    case 'heldOvernight':
    case 'entryPlanned':
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
    case 'preparationStarted': {
      const { lastOrder, day, coolUntil, lastTrip, halted } = state;
      return { phase: 'preparing', lastOrder, day, coolUntil, lastTrip, halted, signal: event.signal, leg: null };
    }
    case 'legsChosen':
      return state.phase === 'preparing' ? { ...state, leg: event.leg } : state;
    case 'entryRefused':
      // What the set itself refuses is another signal: the entry under way goes on.
      return event.by !== 'set' && (state.phase === 'preparing' || state.phase === 'entering') ? waiting(state) : state;
    case 'legOrderRequested':
      return withRequest(state, event);
    case 'orderChanged':
      return withOrder(state, event);
    case 'legFilled':
      return withFill(state, event);
    case 'setOpened':
      return opened(state, event.position, event.at);
    case 'stopMoved':
      return state.phase === 'open'
        ? { ...state, position: { ...state.position, stop: event.stop, best: event.best, trailing: true } }
        : state;
    case 'exitTriggered': {
      if (state.phase !== 'open') return state;
      const leaving: Leaving = {
        rule: event.rule,
        quantity: event.quantity,
        order: null,
        retryAt: event.at,
        failures: 0,
        reverse: event.reverse,
      };
      return exiting(state, leaving, state.position, state.ledger);
    }
    case 'exitPostponed':
      return state.phase === 'exiting'
        ? { ...state, leaving: { ...state.leaving, order: null, retryAt: event.retryAt, failures: state.leaving.failures + 1 } }
        : state;
    case 'exitReduced': {
      if (state.phase !== 'exiting') return state;
      const position = { ...state.position, quantity: state.position.quantity - event.quantity };
      return exiting(state, { ...state.leaving, order: null, quantity: state.leaving.quantity - event.quantity }, position, state.ledger);
    }
    case 'positionReduced':
      return reduced(state, event);
    case 'setClosed':
      return closed(state, event);
  }
}

function waiting({ lastOrder, day, coolUntil, lastTrip, halted }: SetState): SetState {
  return { phase: 'waiting', lastOrder, day, coolUntil, lastTrip, halted };
}

function exiting(
  { lastOrder, day, coolUntil, lastTrip, halted }: SetState,
  leaving: Leaving,
  position: OpenPosition,
  ledger: Ledger,
): Extract<SetState, { phase: 'exiting' }> {
  return { phase: 'exiting', lastOrder, day, coolUntil, lastTrip, halted, position, ledger, leaving };
}

/** Who holds something goes on holding it, and leaves by its rules; only entries end. */
function stopped(state: SetState, { by, reason }: Extract<SetEvent, { kind: 'setStopped' }>): SetState {
  if (state.phase === 'open' || state.phase === 'exiting' || state.phase === 'entering') return { ...state, halted: { by, reason } };
  const { lastOrder, day, coolUntil, lastTrip, halted } = state;
  return { phase: 'stopped', lastOrder, day, coolUntil, lastTrip, halted };
}

function withRequest(state: SetState, { purpose, order }: Extract<SetEvent, { kind: 'legOrderRequested' }>): SetState {
  const { day, coolUntil, lastTrip, halted } = state;
  const lastOrder = state.lastOrder + 1;
  if (purpose === 'entry') {
    if (state.phase !== 'preparing' || state.leg === null)
      throw new InvariantError(`An entry was asked for while the set is ${state.phase}.`);
    const { signal, leg } = state;
    return {
      phase: 'entering',
      lastOrder,
      day,
      coolUntil,
      lastTrip,
      halted,
      signal,
      leg,
      order: requestedOrder(order),
      ledger: EMPTY_LEDGER,
    };
  }
  if (state.phase !== 'exiting') throw new InvariantError(`An exit was asked for while the set is ${state.phase}.`);
  const { rule, quantity, failures, reverse } = state.leaving;
  const leaving: Leaving = { rule, quantity, order: requestedOrder(order), retryAt: null, failures, reverse };
  return { phase: 'exiting', lastOrder, day, coolUntil, lastTrip, halted, position: state.position, ledger: state.ledger, leaving };
}

function withOrder(state: SetState, { news }: Extract<SetEvent, { kind: 'orderChanged' }>): SetState {
  if (state.phase === 'entering') return entering(state, withNews(state.order, news), state.ledger);
  if (state.phase !== 'exiting' || state.leaving.order === null) return state;
  return exiting(state, leavingBy(state.leaving, withNews(state.leaving.order, news)), state.position, state.ledger);
}

function withFill(state: SetState, { fill, costPaise, realisedPaise, chargesPaise }: Extract<SetEvent, { kind: 'legFilled' }>): SetState {
  if (state.phase !== 'entering' && state.phase !== 'exiting') return state;
  const news = { kind: 'filled', orderId: fill.orderId, fill, at: fill.time } as const;
  const { ledger } = state;
  const booked: Ledger = {
    costPaise,
    realisedPaise: ledger.realisedPaise + realisedPaise,
    chargesPaise: ledger.chargesPaise + chargesPaise,
  };
  if (state.phase === 'entering') return entering(state, withNews(state.order, news), booked);
  if (state.leaving.order === null) return state;
  return exiting(state, leavingBy(state.leaving, withNews(state.leaving.order, news)), state.position, booked);
}

function entering(
  { lastOrder, day, coolUntil, lastTrip, halted, signal, leg }: Extract<SetState, { phase: 'entering' }>,
  order: OrderState,
  ledger: Ledger,
): Extract<SetState, { phase: 'entering' }> {
  return { phase: 'entering', lastOrder, day, coolUntil, lastTrip, halted, signal, leg, order, ledger };
}

const leavingBy = ({ rule, quantity, retryAt, failures, reverse }: Leaving, order: OrderState): Leaving => ({
  rule,
  quantity,
  order,
  retryAt,
  failures,
  reverse,
});

function opened(state: SetState, position: OpenPosition, at: EpochMs): SetState {
  if (state.phase !== 'entering') throw new InvariantError(`A position was opened while the set is ${state.phase}.`);
  const { lastOrder, coolUntil, lastTrip, halted, ledger } = state;
  const today = countersAt(state, at);
  const bearish = position.direction === 'bearish' ? 1 : 0;
  const day: DayCounters = {
    day: today.day,
    entries: today.entries + 1,
    netPaise: today.netPaise,
    bullishEntries: today.bullishEntries + 1 - bearish,
    bearishEntries: today.bearishEntries + bearish,
  };
  return { phase: 'open', lastOrder, day, coolUntil, lastTrip, halted, position, ledger };
}

function reduced(state: SetState, { quantity, partialsLeft }: Extract<SetEvent, { kind: 'positionReduced' }>): SetState {
  if (state.phase !== 'exiting') throw new InvariantError(`A position was reduced while the set is ${state.phase}.`);
  const { lastOrder, day, coolUntil, lastTrip, halted, ledger } = state;
  const { partials } = state.position;
  const position = { ...state.position, quantity, partials: partialsLeft === 0 ? [] : partials.slice(-partialsLeft) };
  return { phase: 'open', lastOrder, day, coolUntil, lastTrip, halted, position, ledger };
}

function closed(state: SetState, { at, grossPaise, chargesPaise, coolUntil }: Extract<SetEvent, { kind: 'setClosed' }>): SetState {
  if (state.phase !== 'exiting') throw new InvariantError(`A set was closed while it is ${state.phase}.`);
  const { lastOrder, halted } = state;
  const { day, entries, netPaise, bullishEntries, bearishEntries } = countersAt(state, at);
  const { direction, entryPrice } = state.position;
  return {
    phase: 'waiting',
    lastOrder,
    day: { day, entries, netPaise: netPaise + grossPaise - chargesPaise, bullishEntries, bearishEntries },
    coolUntil,
    lastTrip: { direction, entryPrice },
    halted,
  };
}
