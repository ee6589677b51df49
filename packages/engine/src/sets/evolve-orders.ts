import { absentLook, askedLook, startLook, unansweredLook } from '../orders/look.js';
import { foundOrder, isSettled, type OrderState, requestedOrder, submittedOrder, withNews } from '../orders/order-life.js';
import { unreachable } from '../primitives/assert.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { SetEvent } from './set-event.js';

/** Events that are about one order. */
export type OrderEvent = Extract<
  SetEvent,
  {
    kind:
      | 'legOrderRequested'
      | 'orderRefused'
      | 'orderWithdrawn'
      | 'orderSubmitted'
      | 'orderChanged'
      | 'orderChangeRequested'
      | 'bookLookRequested'
      | 'bookLooked'
      | 'orderNeverReached'
      | 'legFilled';
  }
>;

/** Orders that are over are remembered for news that comes late; of a long exit, the last so many. */
const REMEMBERED_MAX = 32;

/** A set's orders after an event about one of them. An order that nobody remembers changes nothing. */
export function ordersAfter(orders: readonly OrderState[], event: OrderEvent): readonly OrderState[] {
  if (event.kind === 'legOrderRequested') {
    return orders.length === 0 ? [requestedOrder(event.order)] : remembered([...orders, requestedOrder(event.order)]);
  }
  const order = orderOf({ orders }, orderIdOf(event));
  if (order === undefined) return orders;
  const now = changed(order, event);
  return orders.length === 1 ? [now] : orders.map((one) => (one === order ? now : one));
}

/** One of a set's orders, if it is remembered. Mostly it is the last. */
export function orderOf({ orders }: { readonly orders: readonly OrderState[] }, orderId: ClientOrderId): OrderState | undefined {
  for (let index = orders.length - 1; index >= 0; index -= 1) if (orders[index]!.request.orderId === orderId) return orders[index];
  return undefined;
}

function orderIdOf(event: Exclude<OrderEvent, { kind: 'legOrderRequested' }>): string {
  if (event.kind === 'orderChanged') return event.news.orderId;
  return event.kind === 'legFilled' ? event.fill.orderId : event.orderId;
}

function changed(order: OrderState, event: Exclude<OrderEvent, { kind: 'legOrderRequested' }>): OrderState {
  const { at } = event;
  switch (event.kind) {
    case 'orderSubmitted':
      return submittedOrder(order, { kind: event.orderKind, price: event.price, triggerPrice: event.triggerPrice }, at);
    case 'orderRefused':
    case 'orderNeverReached':
      return { ...order, status: 'rejected', toldFilled: 0, change: null, look: null, heardAt: at };
    case 'orderWithdrawn':
      return { ...order, status: 'cancelled', toldFilled: 0, heardAt: at };
    case 'orderChanged':
      return withNews(order, event.news);
    case 'legFilled':
      return withNews(order, { kind: 'filled', orderId: event.fill.orderId, fill: event.fill, at });
    case 'orderChangeRequested': {
      if (event.change.kind === 'cancel') return { ...order, change: { kind: 'cancel', at } };
      const chases = order.chases + (event.change.kind === 'chase' ? 1 : 0);
      return { ...order, change: { kind: 'modify', at }, chases, modifications: order.modifications + 1 };
    }
    case 'bookLookRequested':
      return { ...order, look: askedLook(order.look ?? startLook(at), at) };
    case 'bookLooked':
      return looked(order, event);
    default:
      return unreachable(event);
  }
}

function looked(order: OrderState, { outcome, at }: Extract<SetEvent, { kind: 'bookLooked' }>): OrderState {
  const { look } = order;
  if (outcome === 'found' || outcome === 'foundEnded') return foundOrder(order, outcome === 'foundEnded', at);
  if (look === null) return order;
  return { ...order, look: outcome === 'absent' ? absentLook(look, at) : unansweredLook(look, at) };
}

function remembered(orders: readonly OrderState[]): readonly OrderState[] {
  if (orders.length <= REMEMBERED_MAX) return orders;
  const first = orders.findIndex(isSettled);
  return first < 0 ? orders : orders.toSpliced(first, 1);
}
