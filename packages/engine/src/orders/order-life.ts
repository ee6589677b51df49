import type { BrokerOrderId, FillId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import { turnoverPaise } from '../primitives/price.js';
import type { BrokerNews } from './broker-news.js';
import type { OrderRequest } from './order-request.js';

/** Where an order is in its life. `requested` may or may not have reached the broker; `unknown` is what nobody can say at present. */
export type OrderStatus = 'requested' | 'acknowledged' | 'partiallyFilled' | 'filled' | 'cancelled' | 'rejected' | 'expired' | 'unknown';

/** An order and what became of it so far. */
export interface OrderState {
  readonly request: OrderRequest;
  readonly status: OrderStatus;
  readonly brokerOrderId: BrokerOrderId | null;
  /** Units. Never falls. */
  readonly filledQuantity: number;
  /** What the filled units cost, or brought. */
  readonly filledPaise: Paise;
  /** Fills that have been counted, so that none is counted twice. */
  readonly fillIds: readonly FillId[];
}

const NO_FILLS: readonly FillId[] = [];

/** An order at its request. */
export const requestedOrder = (request: OrderRequest): OrderState => ({
  request,
  status: 'requested',
  brokerOrderId: null,
  filledQuantity: 0,
  filledPaise: 0,
  fillIds: NO_FILLS,
});

/** Whether nothing more can become of an order. */
export const isTerminal = ({ status }: Pick<OrderState, 'status'>): boolean =>
  status === 'filled' || status === 'cancelled' || status === 'rejected' || status === 'expired';

/**
 * Whether news changes anything about an order: not if it is about another one, repeated, late, or against a state that is final.
 *
 * A fill counts in every state but `filled`: money has moved, whatever was said before.
 */
export function isNews(order: OrderState, news: BrokerNews): boolean {
  if (news.orderId !== order.request.orderId) return false;
  switch (news.kind) {
    case 'filled':
      return news.fill.quantity <= order.request.quantity - order.filledQuantity && !order.fillIds.includes(news.fill.fillId);
    case 'acknowledged':
      // A fill can be quicker than the answer to the request; the broker's id is still needed then.
      return (
        order.status === 'requested' || order.status === 'unknown' || (order.status === 'partiallyFilled' && order.brokerOrderId === null)
      );
    case 'unknown':
      return order.status === 'requested';
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return !isTerminal(order);
  }
}

/** An order after news of it. The caller has asked {@link isNews} first. */
export function withNews(order: OrderState, news: BrokerNews): OrderState {
  switch (news.kind) {
    case 'acknowledged':
      return { ...order, status: order.filledQuantity > 0 ? 'partiallyFilled' : 'acknowledged', brokerOrderId: news.brokerOrderId };
    case 'filled': {
      const filledQuantity = order.filledQuantity + news.fill.quantity;
      const whole = filledQuantity === order.request.quantity;
      return {
        ...order,
        status: whole ? 'filled' : isTerminal(order) ? order.status : 'partiallyFilled',
        filledQuantity,
        filledPaise: order.filledPaise + turnoverPaise(news.fill.price, news.fill.quantity),
        fillIds: [...order.fillIds, news.fill.fillId],
      };
    }
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'unknown':
      return { ...order, status: news.kind };
  }
}
