import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { BookOrder, BookPosition } from '../orders/book.js';
import type { Fill } from '../orders/fill.js';
import { type Product, signOf } from '../orders/order-request.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { Dealt } from '../portfolio/position.js';
import type { AccountId, ClientOrderId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import { AccountMargin } from './account-margin.js';
import type { NewsListeners } from './exchange-listeners.js';
import { bookOrderOf, type ExchangeOrder, isLive, type OrderOwner, remainingOf } from './exchange-order.js';
import { Holding } from './holding.js';

/** An account that is to be connected. */
export interface AccountOfExchange {
  readonly id: AccountId;
  readonly capitalPaise: Paise;
  /** The broker's name, for words. */
  readonly broker: string;
}

/** What was held before an exchange began: units, signed, and what they have cost, below 0 where they were sold. */
export interface HeldBefore {
  readonly instrument: InstrumentKey;
  readonly product: Product;
  readonly quantity: number;
  readonly costPaise: Paise;
}

/** One account as its broker has it: the day's orders, what is held, and the money. Charges are not its business. */
export class ExchangeAccount implements OrderOwner {
  readonly id: AccountId;
  readonly broker: string;
  readonly listeners: NewsListeners;
  readonly margin = new AccountMargin();
  /** Orders of the day that are not ours, with their fills. */
  #outsideOrders: BookOrder[] = [];
  #orders = new Map<ClientOrderId, ExchangeOrder>();
  readonly holdings = new Map<InstrumentKey, Holding>();
  readonly capitalPaise: Paise;
  /** Capital, less what was paid, and what was received. */
  cashPaise: Paise;
  realisedPaise: Paise = 0;
  /** Set aside for orders that would open something. */
  ordersPaise: Paise = 0;

  constructor({ id, capitalPaise, broker }: AccountOfExchange, listeners: NewsListeners) {
    this.id = id;
    this.capitalPaise = capitalPaise;
    this.cashPaise = capitalPaise;
    this.broker = broker;
    this.listeners = listeners;
  }

  holding(instrument: Instrument): Holding {
    let holding = this.holdings.get(instrument.key);
    if (holding === undefined) {
      holding = new Holding(instrument);
      this.holdings.set(instrument.key, holding);
    } else if (holding.instrument !== instrument) holding.instrument = instrument;
    return holding;
  }

  /** Orders of the day, and what is live. */
  get orders(): ReadonlyMap<ClientOrderId, ExchangeOrder> {
    return this.#orders;
  }

  /** Nothing is held, and nothing was asked for today. */
  get isIdle(): boolean {
    return this.#orders.size === 0 && this.holdings.size === 0;
  }

  /** The broker has an order: it is in the book, whatever becomes of it. */
  enter(order: ExchangeOrder): void {
    this.#orders.set(order.request.orderId, order);
  }

  /** A live order is in the book from now on, with so much set aside for it. */
  accept(order: ExchangeOrder, blockedPaise: Paise): void {
    order.holding.pend(order.request.side, remainingOf(order));
    this.block(order, blockedPaise);
  }

  block(order: ExchangeOrder, blockedPaise: Paise): void {
    this.ordersPaise += blockedPaise - order.blockedPaise;
    order.blockedPaise = blockedPaise;
  }

  /** A deal of an order. */
  filled(order: ExchangeOrder, fill: Fill): void {
    const { quantity, side } = fill;
    const left = remainingOf(order);
    if (order.blockedPaise !== 0) this.block(order, Math.round((order.blockedPaise * (left - quantity)) / left));
    order.holding.pend(side, -quantity);
    order.filledQuantity += quantity;
    order.fills = order.fills.length === 0 ? [fill] : [...order.fills, fill];
    if (order.filledQuantity === order.quantity) order.status = 'filled';
    this.#dealt(order.holding, order.request.product, fill);
    this.listeners.onNews({ kind: 'filled', orderId: fill.orderId, fill, ofQuantity: order.quantity, at: fill.time });
  }

  /** An order is over before all of it was filled. */
  ended(order: ExchangeOrder, status: 'cancelled' | 'rejected' | 'expired', reason: string): void {
    order.holding.pend(order.request.side, -remainingOf(order));
    this.block(order, 0);
    order.status = status;
    order.reason = reason;
  }

  /** Takes over what the account held before the exchange began. */
  takeOver(holding: Holding, { product, quantity, costPaise }: HeldBefore): void {
    holding.takeOver(product, { quantity, costPaise });
    this.cashPaise -= costPaise;
    this.margin.changed(holding);
  }

  /** What the account had earned before the exchange began. */
  earnedBefore(paise: Paise): void {
    this.realisedPaise += paise;
    this.cashPaise += paise;
  }

  /** A deal that no order of ours made; with its order where the book has one. */
  outsideFilled(holding: Holding, fill: OutsideFill, order: BookOrder | null): void {
    if (order !== null) this.#outsideOrders.push(order);
    this.#dealt(holding, fill.product, fill);
    this.listeners.onOutsideFill(fill);
  }

  /** Capital and results so far; what is blocked has to be taken off. */
  get equityPaise(): Paise {
    return this.capitalPaise + this.realisedPaise;
  }

  /** @param upTo orders that came after this are not in it; of the others it has everything. */
  book(upTo: EpochMs): readonly BookOrder[] {
    const orders: BookOrder[] = [];
    for (const order of this.#orders.values()) if (order.request.at <= upTo) orders.push(bookOrderOf(order));
    return [...orders, ...this.#outsideOrders.filter(({ fills }) => fills.every(({ time }) => time <= upTo))];
  }

  positions(): readonly BookPosition[] {
    const positions: BookPosition[] = [];
    for (const holding of this.holdings.values()) positions.push(...holding.positions());
    return positions;
  }

  /** Yesterday's book is closed. What is still live stays in it, and what is held stays held. */
  newDay(): void {
    this.#orders = new Map([...this.#orders].filter(([, order]) => isLive(order)));
    for (const [key, holding] of this.holdings) if (holding.isIdle) this.holdings.delete(key);
    this.#outsideOrders = [];
    this.margin.newDay();
  }

  #dealt(holding: Holding, product: Product, deal: Dealt): void {
    this.cashPaise -= signOf(deal.side) * turnoverPaise(deal.price, deal.quantity);
    this.realisedPaise += holding.dealt(product, deal);
    this.margin.changed(holding);
  }
}
