import type { InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import { segmentOf } from '../market/segment-of.js';
import { chaseBound } from '../orders/chase-bound.js';
import { isSettled, isTerminal, type OrderState, remainingQuantity } from '../orders/order-life.js';
import { type OrderModification, type OrderRequest, type Side, signOf } from '../orders/order-request.js';
import { isContingent } from '../orders/order-timing.js';
import type { PriceBand } from '../orders/protected-limit.js';
import { roundHalfEven } from '../primitives/money.js';
import { gridAbove, gridBelow, type Price } from '../primitives/price.js';
import { type DurationMs, tradingDate } from '../primitives/time.js';
import { gate } from '../risk/gate.js';
import type { GateContext } from '../risk/gate-context.js';
import { wouldMeet } from '../risk/order-checks.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import type { AccountDesk } from './account-desk.js';
import type { Board } from './board.js';
import type { OrderPricer, OrderTermsSent } from './order-pricer.js';
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

  /**
   * The order as it would be sent, approved or refused.
   *
   * @param aside whether it is priced so that it does not meet what rests of the account's own.
   */
  check(runner: SetRunner, account: AccountDesk, order: OrderRequest, aside = false): ReturnType<typeof gate.check> {
    const terms = this.#parts.pricer.sentAs(order);
    return gate.check(sent(order, aside ? this.aside(account, order, terms) : terms), this.#context(runner, account, order));
  }

  checkChange(runner: SetRunner, account: AccountDesk, order: OrderState, change: OrderModification): ReturnType<typeof gate.checkChange> {
    return gate.checkChange(change, order, followed(this.#context(runner, account, order.request), runner));
  }

  /** Whether the trading switch lets something be sent that a set wants by itself, or a person has asked for. */
  mayGo(runner: SetRunner): boolean {
    return this.#parts.tradingSwitch() !== 'halted' || byPerson(runner);
  }

  /** Whether an order, as it would be sent now, would meet one of the account's own that rests. */
  meetsOwn(account: AccountDesk, order: OrderRequest): boolean {
    const resting = otherSide(restingOf(account, order), order.side);
    return resting !== null && wouldMeet(sent(order, this.#parts.pricer.sentAs(order)), resting);
  }

  /** Terms that would meet an order of the account's own that rests, as a limit one tick beside it; others as they are. */
  aside<Terms extends OrderTermsSent>(account: AccountDesk, order: OrderRequest, terms: Terms): Terms {
    const { side, instrument } = order;
    const resting = otherSide(restingOf(account, order), side);
    if (resting === null || !wouldMeet({ side, ...terms }, resting)) return terms;
    const { tickSize } = this.#parts.pricer.instrument(instrument);
    const price = side === 'buy' ? gridBelow(resting - tickSize, tickSize) : gridAbove(resting + tickSize, tickSize);
    return { ...terms, kind: 'limit', price, triggerPrice: null };
  }

  /** The account's sets whose entries rest where an order would meet them. @param terms those of now, unless others are meant. */
  entriesMet(account: AccountDesk, order: OrderRequest, terms = this.#parts.pricer.sentAs(order)): readonly SetRunner[] {
    const sent = { side: order.side, ...terms };
    return account.runners.filter(({ state }) =>
      state.orders.some(
        (other) =>
          other.request.purpose === 'entry' &&
          other.request.side !== order.side &&
          rests(other, order) &&
          other.price !== null &&
          wouldMeet(sent, other.price),
      ),
    );
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
      askedKind: order.kind,
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
      account: leaving ? null : account.viewFor(runner.id, now),
      limits: account.limits,
      sent: account.sentLately(now),
      entry: !leaving && state.phase === 'entering' ? account.needs(runner, order, instrument) : null,
    };
  }
}

/** The order with the terms that it is sent with. Field by field, as everything that is frozen: a copy by spread takes ten times as long to freeze. */
const sent = (
  { orderId, instance, account, instrument, purpose, side, quantity, validity, product, at }: OrderRequest,
  { kind, price, triggerPrice }: OrderTermsSent,
): OrderRequest => ({
  orderId,
  instance,
  account,
  instrument,
  purpose,
  side,
  quantity,
  kind,
  price,
  triggerPrice,
  validity,
  product,
  at,
});

/** What an entry needs at the price of the moment: what is bought costs more where the market has risen since the decision. */
function followed(context: GateContext, { state, instance }: SetRunner): GateContext {
  const { account, entry, instrument, quote } = context;
  const { leg } = state;
  if (entry === null || account === null || leg === null) return context;
  const { side, price } = leg;
  const risen = side === 'buy' && quote !== null && quote.price > price ? quote.price / price - 1 : 0;
  const morePaise = roundHalfEven(entry.requiredPaise * risen);
  return {
    ...context,
    account: {
      ...account,
      availablePaise: account.availablePaise - morePaise,
      marginInUsePaise: account.marginInUsePaise + morePaise,
    },
    entry: {
      ...entry,
      requiredPaise: entry.requiredPaise + morePaise,
      chaseTo: chaseBound(price, { side, instrument, within: instance.config.execution.chaseWithin }),
    },
  };
}

/** A person's command to leave passes where the engine alone would not, whether the set holds something already or is about to. */
const byPerson = ({ state }: SetRunner): boolean =>
  (state.phase === 'exiting' && state.leaving.rule === 'byHand') || (state.phase === 'entering' && state.abandoned === 'byHand');

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

/** Whether an order is in the book of an instrument, or may be, beside the one that is looked at. */
function rests(order: OrderState, { orderId, instrument }: OrderRequest): boolean {
  if (order.request.instrument !== instrument || order.request.orderId === orderId) return false;
  return !isTerminal(order) && !isContingent(order) && order.status !== 'requested';
}

const otherSide = ({ bid, ask }: GateContext['ownResting'], side: Side): Price | null => (side === 'buy' ? ask : bid);

const NOTHING_RESTS: GateContext['ownResting'] = { bid: null, ask: null };

/** The best limits of the account's other orders that rest in the instrument, whichever set's they are. */
function restingOf(account: AccountDesk, than: OrderRequest): GateContext['ownResting'] {
  let bid: Price | null = null;
  let ask: Price | null = null;
  for (const { state } of account.runners) {
    for (const order of state.orders) {
      if (order.price === null || !rests(order, than)) continue;
      if (order.request.side === 'buy') bid = bid === null ? order.price : Math.max(bid, order.price);
      else ask = ask === null ? order.price : Math.min(ask, order.price);
    }
  }
  return bid === null && ask === null ? NOTHING_RESTS : { bid, ask };
}
