import type { BookOrder } from '../orders/book.js';
import type { BrokerNews, OrderTerms } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import type { OrderKind, OrderRequest } from '../orders/order-request.js';
import type { BrokerOrderId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { MarginedAccount } from './account-margin.js';
import type { NewsListeners } from './exchange-listeners.js';
import type { Holding } from './holding.js';
import type { Refused } from './refused.js';

/** An order as the broker and the exchange have it: the truth that the book tells. */
export interface ExchangeOrder {
  readonly request: OrderRequest;
  readonly brokerOrderId: BrokerOrderId;
  readonly account: OrderOwner;
  readonly holding: Holding;
  /** What the exchange will refuse it for when it arrives, whatever the market: a fault. */
  readonly doom: Refused | null;
  status: BookOrder['status'];
  reason: string;
  /** The terms that count now, after changes. */
  kind: OrderKind;
  quantity: number;
  price: Price | null;
  triggerPrice: Price | null;
  filledQuantity: number;
  fills: readonly Fill[];
  /** Changes that were asked for; brokers take a limited number of them. */
  modifications: number;
  /** What the account has set aside for what is left of it. */
  blockedPaise: Paise;
  /** The market at the decision. */
  readonly decidedAtPrice: Price;
  readonly decidedAtVolume: number;
  /** A stop order whose trigger was reached: it waits for its limit, or is at the market. */
  triggered: boolean;
  /** It takes what the market offers, and waits only for more of it. */
  takes: boolean;
  /** Its place while it rests; `null` before. Most orders never rest. */
  place: Place | null;
}

/** The place of an order that rests. */
export interface Place {
  /** Units that wait at its price before it; below 0, what was traded there beyond them and is its own. */
  ahead: number;
  /** The point of the market at which it was last looked at. */
  seenAt: EpochMs;
  seenPrice: Price;
  seenVolume: number;
}

/** The account that an order belongs to, as far as the order is concerned. */
export interface OrderOwner extends MarginedAccount {
  readonly listeners: NewsListeners;
  accept(order: ExchangeOrder, blockedPaise: Paise): void;
  filled(order: ExchangeOrder, fill: Fill): void;
  ended(order: ExchangeOrder, status: 'cancelled' | 'rejected' | 'expired', reason: string): void;
}

/** News of an order, but for which and when. */
type NewsBody = BrokerNews extends infer News ? (News extends BrokerNews ? Omit<News, 'orderId' | 'at'> : never) : never;

/** Whether an order waits at the exchange. */
export const rests = ({ status }: Pick<ExchangeOrder, 'status'>): boolean => status === 'open' || status === 'triggerPending';

/** Whether an order may still be filled: it is on its way, or rests. */
export const isLive = ({ status }: Pick<ExchangeOrder, 'status'>): boolean =>
  status === 'acknowledged' || status === 'open' || status === 'triggerPending';

/** Whether it waits for a trigger. */
export const waitsForTrigger = ({ kind, triggered }: Pick<ExchangeOrder, 'kind' | 'triggered'>): boolean =>
  !triggered && (kind === 'SL' || kind === 'SL-M');

/** The limit that binds it; `null`: none, it is at the market. The price of a stop order at the market is none either. */
export const limitOf = ({ kind, price }: Pick<ExchangeOrder, 'kind' | 'price'>): Price | null =>
  kind === 'limit' || kind === 'SL' ? price : null;

export const remainingOf = ({ quantity, filledQuantity }: Pick<ExchangeOrder, 'quantity' | 'filledQuantity'>): number =>
  quantity - filledQuantity;

/** The terms of an order, as news tells them. */
export const termsOf = ({ quantity, price, triggerPrice }: OrderTerms): OrderTerms => ({ quantity, price, triggerPrice });

/** Tells the account of an order what has become of it. */
export function tell(order: ExchangeOrder, news: NewsBody, at: EpochMs): void {
  order.account.listeners.onNews({ ...news, orderId: order.request.orderId, at });
}

/** The order as the book shows it. */
export const bookOrderOf = (order: ExchangeOrder): BookOrder => ({
  orderId: order.request.orderId,
  brokerOrderId: order.brokerOrderId,
  instrument: order.request.instrument,
  side: order.request.side,
  kind: order.kind,
  product: order.request.product,
  status: order.status,
  reason: order.reason,
  quantity: order.quantity,
  price: order.price,
  triggerPrice: order.triggerPrice,
  filledQuantity: order.filledQuantity,
  fills: order.fills.map(({ fillId, quantity, price, time }) => ({ fillId, quantity, price, time })),
});
