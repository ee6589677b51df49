import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import type { Answer, BookAnswer, ChangeAnswer, PositionsAnswer, Venue } from '../plugins/broker.js';
import { assert } from '../primitives/assert.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { EpochMs } from '../primitives/time.js';
import { type BrokerView, brokerRefusal, deliveryRefusal } from './broker-checks.js';
import type { ExchangeAccount } from './exchange-account.js';
import type { MarketView } from './exchange-market.js';
import { type ExchangeOrder, remainingOf } from './exchange-order.js';
import type { ExchangeParts } from './exchange-parts.js';
import { endedRefusal, filledRefusal } from './order-changes.js';
import { priceForMargin } from './order-margin.js';
import type { Refused } from './refused.js';
import { RequestRate } from './request-rate.js';
import { takersPrice } from './slippage.js';

/** Kite and Dhan take so many changes of one order. */
const MODIFICATIONS_MAX = 25;

/** An account's money as its broker has it. Charges are not in it. */
export interface AccountFunds {
  /** Capital, less what was paid, and what was received. */
  readonly cashPaise: Paise;
  /** Earned by what was closed. */
  readonly realisedPaise: Paise;
  /** Capital and results so far, less what positions and orders block. */
  readonly availablePaise: Paise;
}

/**
 * The broker's end of an account's line: what its risk management refuses is refused at once; the rest is acknowledged and goes on to the
 * exchange, one request after the other.
 */
export class AccountLine implements Venue {
  readonly #account: ExchangeAccount;
  readonly #parts: ExchangeParts;
  readonly #rate = new RequestRate();
  #lastArrival: EpochMs = -Infinity;

  constructor(account: ExchangeAccount, parts: ExchangeParts) {
    this.#account = account;
    this.#parts = parts;
  }

  /** @param doom what the exchange refuses the order for when it arrives. */
  submit(request: OrderRequest, doom: Refused | null = null): Exclude<Answer, null> {
    const at = Math.max(request.at, this.#parts.market.now());
    const { orderId } = request;
    const tooMany = this.#rate.refusal(at);
    // Whoever asks too often is not even looked at: the book has no such order.
    if (tooMany !== null) return { kind: 'rejected', orderId, ...tooMany, at };
    const view = this.#parts.market.view(request.instrument, request.side, at);
    const order = this.#newOrder(request, view, doom);
    const price = priceForMargin(request, takersPrice(request.side, view));
    const refusal = brokerRefusal(request, this.#brokerView(view, at)) ?? deliveryRefusal(request, order.holding);
    if (refusal !== null) return this.#refused(order, refusal, at);
    const { side, quantity } = request;
    const needed = this.#parts.margin.neededPaise(this.#account, order.holding, { side, quantity, price }, at);
    const short = this.#parts.margin.refusal(this.#account, needed, 0, at);
    if (short !== null) return this.#refused(order, short, at);
    this.#account.accept(order, needed);
    this.#send(order, null, at);
    return { kind: 'acknowledged', orderId, brokerOrderId: order.brokerOrderId, at };
  }

  /** Refuses an order at the door, whatever it asks for. */
  refuse(request: OrderRequest, refusal: Refused): Exclude<Answer, null> {
    const at = Math.max(request.at, this.#parts.market.now());
    return this.#refused(this.#newOrder(request, this.#parts.market.view(request.instrument, request.side, at), null), refusal, at);
  }

  modify(change: OrderModification): ChangeAnswer {
    const at = Math.max(change.at, this.#parts.market.now());
    const order = this.#account.orders.get(change.orderId);
    const refusal =
      this.#rate.refusal(at) ?? (order === undefined ? unknownRefusal(change.orderId) : this.#modifyRefusal(order, change, at));
    if (refusal !== null || order === undefined) return refusedChange(change.orderId, 'modify', refusal, at);
    order.modifications += 1;
    this.#send(order, change, at);
    return null;
  }

  cancel(orderId: ClientOrderId): ChangeAnswer {
    const at = this.#parts.market.now();
    const order = this.#account.orders.get(orderId);
    const refusal = this.#rate.refusal(at) ?? (order === undefined ? unknownRefusal(orderId) : endedRefusal(order));
    if (refusal !== null || order === undefined) return refusedChange(orderId, 'cancel', refusal, at);
    this.#send(order, 'cancel', at);
    return null;
  }

  /** @param upTo orders that came after this are not in it yet; all are in it if absent. */
  orders(upTo: EpochMs = Infinity): Exclude<BookAnswer, null> {
    return { orders: this.#account.book(upTo), at: this.#parts.market.now() };
  }

  positions(): Exclude<PositionsAnswer, null> {
    return { positions: this.#account.positions(), at: this.#parts.market.now() };
  }

  funds(): AccountFunds {
    const { cashPaise, realisedPaise } = this.#account;
    return { cashPaise, realisedPaise, availablePaise: this.#parts.margin.availablePaise(this.#account, this.#parts.market.now()) };
  }

  #newOrder(request: OrderRequest, view: MarketView, doom: Refused | null): ExchangeOrder {
    const { orderId, kind, quantity, price, triggerPrice } = request;
    assert(!this.#account.orders.has(orderId), 'An order id is given once.');
    const order: ExchangeOrder = {
      request,
      brokerOrderId: this.#parts.ids.nextOrder(),
      account: this.#account,
      holding: this.#account.holding(view.instrument),
      doom,
      status: 'acknowledged',
      reason: '',
      kind,
      quantity,
      price,
      triggerPrice,
      filledQuantity: 0,
      fills: NO_FILLS,
      modifications: 0,
      blockedPaise: 0,
      decidedAtPrice: view.price,
      decidedAtVolume: view.volume,
      triggered: false,
      takes: false,
      place: null,
    };
    this.#account.enter(order);
    return order;
  }

  #refused(order: ExchangeOrder, { code, reason }: Refused, at: EpochMs): Exclude<Answer, null> {
    order.status = 'rejected';
    order.reason = reason;
    return { kind: 'rejected', orderId: order.request.orderId, code, reason, at };
  }

  #modifyRefusal(order: ExchangeOrder, change: OrderModification, at: EpochMs): Refused | null {
    const ended = endedRefusal(order) ?? filledRefusal(order, change);
    if (ended !== null) return ended;
    if (order.modifications >= MODIFICATIONS_MAX) {
      return {
        code: 'exchange/modifications',
        reason: `The order was changed ${order.modifications} times; brokers take ${MODIFICATIONS_MAX} changes of an order.`,
      };
    }
    const { request, holding } = order;
    const { side, product } = request;
    const view = this.#parts.market.view(request.instrument, side, at);
    const price = priceForMargin(change, takersPrice(side, view));
    const refusal = brokerRefusal({ ...change, side, product }, this.#brokerView(view, at));
    if (refusal !== null) return refusal;
    // What is left of it counts once: as it would be, not as it is.
    const [before, after] = [remainingOf(order), change.quantity - order.filledQuantity];
    holding.pend(side, -before);
    const short = deliveryRefusal({ side, product, quantity: after }, holding);
    const needed = this.#parts.margin.neededPaise(this.#account, holding, { side, quantity: after, price }, at);
    holding.pend(side, before);
    return short ?? this.#parts.margin.refusal(this.#account, needed, order.blockedPaise, at);
  }

  #brokerView({ instrument, price }: MarketView, at: EpochMs): BrokerView {
    const { day, bands } = this.#parts;
    return {
      instrument,
      date: day.dateAt(at),
      band: bands.of(instrument, price),
      marketBarred: day.marketBarredAt(at),
      squareOffAt: day.squareOffOf(instrument.key, at),
      at,
    };
  }

  /** Requests of an account do not overtake each other. */
  #send(order: ExchangeOrder, change: OrderModification | 'cancel' | null, at: EpochMs): void {
    this.#lastArrival = Math.max(this.#lastArrival, at + this.#parts.latency());
    this.#parts.lane.add({ arrival: this.#lastArrival, order, change });
  }
}

const NO_FILLS: ExchangeOrder['fills'] = [];

const unknownRefusal = (orderId: ClientOrderId): Refused => ({
  code: 'exchange/order-unknown',
  reason: `The day's book has no order "${orderId}".`,
});

const refusedChange = (orderId: ClientOrderId, change: 'modify' | 'cancel', refusal: Refused | null, at: EpochMs): ChangeAnswer => {
  const { code, reason } = refusal ?? unknownRefusal(orderId);
  return { kind: 'changeRejected', orderId, change, code, reason, at };
};
