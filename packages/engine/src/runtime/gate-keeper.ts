import type { InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import { segmentOf } from '../market/segment-of.js';
import { isSettled, isTerminal, remainingQuantity } from '../orders/order-life.js';
import { type OrderModification, type OrderRequest, signOf } from '../orders/order-request.js';
import { isContingent } from '../orders/order-timing.js';
import type { PriceBand } from '../orders/protected-limit.js';
import type { Price } from '../primitives/price.js';
import { type DurationMs, tradingDate } from '../primitives/time.js';
import { gate } from '../risk/gate.js';
import type { GateContext } from '../risk/gate-context.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import type { AccountDesk } from './account-desk.js';
import type { Board } from './board.js';
import type { OrderPricer } from './order-pricer.js';
import type { RunClock } from './run-clock.js';
import type { SetRunner } from './set-runner.js';

/** What is looked up for the gate. */
export interface GateKeeperParts {
  readonly clock: RunClock;
  readonly board: Board;
  readonly rules: RuleBook;
  readonly pricer: OrderPricer;
  readonly bandOf: (instrument: InstrumentKey) => PriceBand | null;
  /** The age above which a quote is no basis for an entry; `null`: any will do. */
  readonly maxQuoteAgeMs: DurationMs | null;
  readonly tradingSwitch: () => TradingSwitch;
}

/** Tells the gate what it must know of the moment, and brings its answer. */
export class GateKeeper {
  readonly #parts: GateKeeperParts;

  constructor(parts: GateKeeperParts) {
    this.#parts = parts;
  }

  /** The order as it would be sent, approved or refused. */
  check(runner: SetRunner, account: AccountDesk, order: OrderRequest): ReturnType<typeof gate.check> {
    return gate.check({ ...order, ...this.#parts.pricer.sentAs(order) }, this.#context(runner, account, order));
  }

  checkChange(
    runner: SetRunner,
    account: AccountDesk,
    order: OrderRequest,
    change: OrderModification,
  ): ReturnType<typeof gate.checkChange> {
    return gate.checkChange(change, this.#context(runner, account, order));
  }

  /** Whether the trading switch lets something be sent that a set wants by itself, or a person has asked for. */
  mayGo(runner: SetRunner): boolean {
    return this.#parts.tradingSwitch() !== 'halted' || byPerson(runner);
  }

  #context(runner: SetRunner, account: AccountDesk, order: OrderRequest): GateContext {
    const { clock, board, rules, pricer, bandOf, maxQuoteAgeMs, tradingSwitch } = this.#parts;
    const { now } = clock;
    const instrument = pricer.instrument(order.instrument);
    const slot = board.slot(order.instrument);
    const { state } = runner;
    const leaving = order.purpose !== 'entry';
    return {
      tradingSwitch: tradingSwitch(),
      byPerson: byPerson(runner),
      instrument,
      date: tradingDate(now),
      sessionOpen: (account.alwaysOpen && leaving) || rules.calendar.sessionAt(now, segmentOf(order.instrument)) !== undefined,
      priceBand: bandOf(order.instrument),
      ownResting: restingOf(account, order),
      quote: slot.hasPrice ? { price: slot.price(now), ageMs: now - (slot.underlying ?? slot).recordedAt } : null,
      maxQuoteAgeMs,
      lineUp: account.lineUp,
      reconciled: account.reconciled,
      disputed: account.disputed,
      brokerHolds: brokerHolds(account, order),
      account: leaving ? account.view(now) : account.viewFor(runner.id, now),
      limits: account.limits,
      sent: account.sentLately(now),
      entry: !leaving && state.phase === 'entering' ? account.needs(runner, order, instrument) : null,
    };
  }
}

/** A person's command to leave passes where the engine alone would not. */
const byPerson = ({ state }: SetRunner): boolean => state.phase === 'exiting' && state.leaving.rule === 'byHand';

/** What the broker will have of an instrument in dispute when all orders that go against it are filled. */
function brokerHolds(account: AccountDesk, { orderId, instrument }: OrderRequest): number | null {
  let holds = account.disputedHolding(instrument);
  if (holds === null) return null;
  const towardsFlat = -Math.sign(holds);
  for (const { state } of account.runners) {
    for (const order of state.orders) {
      const { request } = order;
      if (request.instrument !== instrument || request.orderId === orderId || order.status === 'requested' || isSettled(order)) continue;
      if (signOf(request.side) === towardsFlat) holds += towardsFlat * remainingQuantity(order);
    }
  }
  return holds;
}

const NOTHING_RESTS: GateContext['ownResting'] = { bid: null, ask: null };

/** The best limits of the account's other orders that rest in the instrument, whichever set's they are. */
function restingOf(account: AccountDesk, { orderId, instrument }: OrderRequest): GateContext['ownResting'] {
  let bid: Price | null = null;
  let ask: Price | null = null;
  for (const { state } of account.runners) {
    for (const order of state.orders) {
      if (order.price === null || order.request.instrument !== instrument || order.request.orderId === orderId) continue;
      if (isTerminal(order) || isContingent(order) || order.status === 'requested') continue;
      if (order.request.side === 'buy') bid = bid === null ? order.price : Math.max(bid, order.price);
      else ask = ask === null ? order.price : Math.min(ask, order.price);
    }
  }
  return bid === null && ask === null ? NOTHING_RESTS : { bid, ask };
}
