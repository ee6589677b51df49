import type { OrderChangeKind, OrderTerms } from '../orders/broker-news.js';
import type { OrderKind } from '../orders/order-request.js';
import type { EpochMs } from '../primitives/time.js';
import { exchangeRefusal } from './exchange-checks.js';
import type { ExchangeMarket } from './exchange-market.js';
import { type ExchangeOrder, isLive, remainingOf, tell, waitsForTrigger } from './exchange-order.js';
import type { Matching } from './matching.js';
import { type OrderMargin, priceForMargin } from './order-margin.js';
import type { Refused } from './refused.js';

/** Terms that are asked for. */
export interface ChangedTerms extends OrderTerms {
  readonly kind: OrderKind;
}

/** Changes of orders where they take effect: at the exchange, in the market and after the fills that came before them. */
export class OrderChanges {
  readonly #market: ExchangeMarket;
  readonly #matching: Matching;
  readonly #margin: OrderMargin;

  constructor(market: ExchangeMarket, matching: Matching, margin: OrderMargin) {
    this.#market = market;
    this.#matching = matching;
    this.#margin = margin;
  }

  /** Ends an order, if it has not ended yet. */
  cancel(order: ExchangeOrder, reason: string, at: EpochMs): void {
    const refusal = endedRefusal(order);
    if (refusal !== null) {
      refuseChange(order, 'cancel', refusal, at);
      return;
    }
    this.end(order, 'cancelled', reason, at);
  }

  /** Ends a live order. */
  end(order: ExchangeOrder, status: 'cancelled' | 'expired', reason: string, at: EpochMs): void {
    order.account.ended(order, status, reason);
    this.#matching.left(order);
    const { filledQuantity } = order;
    tell(order, status === 'cancelled' ? { kind: 'cancelled', filledQuantity, reason } : { kind: 'expired', filledQuantity }, at);
  }

  /** Changes the terms of an order, or tells why not. */
  modify(order: ExchangeOrder, terms: ChangedTerms, at: EpochMs): void {
    const refusal = this.refusalOf(order, terms, at);
    if (refusal !== null) refuseChange(order, 'modify', refusal, at);
    else this.apply(order, terms, at);
  }

  /** Why terms cannot be changed: the order has ended, more of it is filled, or the market forbids it. */
  refusalOf(order: ExchangeOrder, terms: ChangedTerms, at: EpochMs): Refused | null {
    return endedRefusal(order) ?? filledRefusal(order, terms) ?? this.#marketRefusal(order, terms, at);
  }

  /** Changes the terms of an order for which there is no {@link refusalOf}. */
  apply(order: ExchangeOrder, terms: ChangedTerms, at: EpochMs): void {
    const { account, holding, request } = order;
    const losesPlace = terms.price !== order.price || terms.quantity > order.quantity;
    const market = this.#market.view(request.instrument, request.side, at).price;
    holding.pend(request.side, -remainingOf(order));
    order.triggered = triggeredUnder(order, terms);
    order.kind = terms.kind;
    order.quantity = terms.quantity;
    order.price = terms.price;
    order.triggerPrice = terms.triggerPrice;
    const left = remainingOf(order);
    const needed = this.#margin.neededPaise(
      account,
      holding,
      { side: request.side, quantity: left, price: priceForMargin(terms, market) },
      at,
    );
    account.accept(order, needed);
    this.#matching.changed(order, this.#market.view(request.instrument, request.side, at), at, losesPlace);
  }

  #marketRefusal(order: ExchangeOrder, terms: ChangedTerms, at: EpochMs): Refused | null {
    const { instrument, side } = order.request;
    const waits = waitsForTrigger({ kind: terms.kind, triggered: triggeredUnder(order, terms) });
    return exchangeRefusal(side, waits ? terms.triggerPrice : null, this.#market.view(instrument, side, at));
  }
}

/** What has ended cannot be changed. */
export const endedRefusal = (order: ExchangeOrder): Refused | null =>
  isLive(order)
    ? null
    : {
        code: 'exchange/order-complete',
        reason: `The order is ${order.status}, with ${order.filledQuantity} of ${order.quantity} filled.`,
      };

/** An order cannot become smaller than what is filled of it, nor end by a change. */
export const filledRefusal = ({ filledQuantity }: ExchangeOrder, { quantity }: OrderTerms): Refused | null =>
  quantity > filledQuantity
    ? null
    : { code: 'exchange/quantity-filled', reason: `A quantity of ${quantity} is not above the ${filledQuantity} that are filled.` };

/** Tells that a change was not made. */
function refuseChange(order: ExchangeOrder, change: OrderChangeKind, { code, reason }: Refused, at: EpochMs): void {
  tell(order, { kind: 'changeRejected', change, code, reason }, at);
}

/** A stop that was triggered stays so as long as it is one; what becomes a stop waits for its trigger. */
const triggeredUnder = (order: ExchangeOrder, { kind }: ChangedTerms): boolean =>
  order.triggered && (kind === 'SL' || kind === 'SL-M') && (order.kind === 'SL' || order.kind === 'SL-M');
