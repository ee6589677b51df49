import type { BookOrder, BookPosition } from '../orders/book.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { Answer, BookAnswer, Broker, ChangeAnswer, PositionsAnswer, Soon } from '../plugins/broker.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';

/** What a broker answers. */
export interface Script {
  readonly submit: (order: OrderRequest) => Soon<Answer>;
  readonly modify: (change: OrderModification) => Soon<ChangeAnswer>;
  readonly cancel: (orderId: string) => Soon<ChangeAnswer>;
  readonly orders: () => Soon<BookAnswer>;
  readonly positions: () => Soon<PositionsAnswer>;
}

/** The answer of a broker that takes an order. */
export const acknowledged = ({ orderId, at }: Pick<OrderRequest, 'orderId' | 'at'>): NonNullable<Answer> => ({
  kind: 'acknowledged',
  orderId,
  brokerOrderId: `B-${orderId}`,
  at,
});

/** A broker of which the test says what it answers. It takes every order, hands on every change, and has an empty book unless told otherwise. */
export class ScriptedBroker implements Broker {
  /** What was asked of it, in order: `submit 1`, `cancel 1`, `orders`, … */
  readonly calls: string[] = [];
  readonly sent: OrderRequest[] = [];
  readonly changes: OrderModification[] = [];
  readonly book: BookOrder[] = [];
  readonly held: BookPosition[] = [];
  script: Partial<Script> = {};
  closed = false;

  submit(order: OrderRequest): Soon<Answer> {
    this.calls.push(`submit ${order.orderId}`);
    this.sent.push(order);
    return this.script.submit === undefined ? acknowledged(order) : this.script.submit(order);
  }

  modify(change: OrderModification): Soon<ChangeAnswer> {
    this.calls.push(`modify ${change.orderId}`);
    this.changes.push(change);
    return this.script.modify?.(change) ?? null;
  }

  cancel(orderId: string): Soon<ChangeAnswer> {
    this.calls.push(`cancel ${orderId}`);
    return this.script.cancel?.(orderId) ?? null;
  }

  orders(): Soon<BookAnswer> {
    this.calls.push('orders');
    return this.script.orders === undefined ? { orders: [...this.book], at: 0 } : this.script.orders();
  }

  positions(): Soon<PositionsAnswer> {
    this.calls.push('positions');
    return this.script.positions === undefined ? { positions: [...this.held], at: 0 } : this.script.positions();
  }

  close(): void {
    this.closed = true;
  }

  /** How often something was asked. */
  count(call: string): number {
    return this.calls.filter((one) => one === call).length;
  }
}

/** A sale of ten shares by hand in the broker's app. */
export const outsideFill = (changes: Partial<OutsideFill> = {}): OutsideFill => ({
  fillId: 'H1',
  brokerOrderId: 'BH1',
  instrument: SHARE,
  product: 'MIS',
  side: 'sell',
  quantity: 10,
  price: 1_000,
  time: 0,
  by: 'byHandAtBroker',
  ...changes,
});

/** An order as it stands in the broker's book, resting there unless other is said. */
export const inBook = (order: OrderRequest, changes: Partial<BookOrder> = {}): BookOrder => ({
  orderId: order.orderId,
  brokerOrderId: `B-${order.orderId}`,
  instrument: order.instrument,
  side: order.side,
  kind: order.kind,
  product: order.product,
  status: 'open',
  reason: '',
  quantity: order.quantity,
  price: order.price,
  triggerPrice: order.triggerPrice,
  filledQuantity: 0,
  fills: [],
  ...changes,
});
