import type { BrokerNews, ClientOrderId, Fill, OrderPurpose, OrderRequest, SetEvent } from '@sauda/engine';

import type { Style } from './style.js';

/** An order as far as its events have told. */
interface ToldOrder {
  readonly request: OrderRequest;
  /** The terms that it was sent with, or rests with. */
  price: number | null;
  triggerPrice: number | null;
  quantity: number;
  filled: number;
  rests: boolean;
  /** A change that was asked for and not answered. */
  asked: AskedChange | null;
  unknown: boolean;
}

type AskedChange = Extract<SetEvent, { kind: 'orderChangeRequested' }>['change'];
type Working = Extract<BrokerNews, { kind: 'working' }>;
type OrderNews = Extract<SetEvent, { kind: 'orderChanged' }>['news'];

/** How much is told. */
export interface OrderWordsView {
  readonly style: Style;
  /** Also of every stop that moves. */
  readonly stops: boolean;
}

/**
 * Tells an order's life in sentences: what it was sent as, that it rests, follows the market, is cancelled, was filled in parts. It remembers the
 * orders that have not ended, since events name them by their ids alone. What an alert tells is left to the alert.
 */
export class OrderWords {
  readonly #orders = new Map<ClientOrderId, ToldOrder>();
  readonly #view: OrderWordsView;

  constructor(view: OrderWordsView) {
    this.#view = view;
  }

  /** What happened to an order, or `null` for what only programs care about and for what is no order's. */
  of(event: SetEvent): string | null {
    switch (event.kind) {
      case 'legOrderRequested':
        this.#requested(event.order);
        return null;
      case 'orderSubmitted':
        return this.#submitted(event);
      case 'orderChangeRequested':
        this.#change(event.orderId, { asked: event.change });
        return null;
      case 'orderChanged':
        return this.#changed(event.news);
      case 'bookLooked':
        return this.#looked(event);
      case 'orderWithdrawn':
        this.#orders.delete(event.orderId);
        return `order ${event.orderId} is not sent: ${event.reason}`;
      case 'orderRefused':
      case 'orderNeverReached':
        this.#orders.delete(event.orderId);
        return null;
      case 'legFilled':
        return this.#filled(event);
      default:
        return null;
    }
  }

  #requested(request: OrderRequest): void {
    const { orderId, price, triggerPrice, quantity } = request;
    this.#orders.set(orderId, { request, price, triggerPrice, quantity, filled: 0, rests: false, asked: null, unknown: false });
  }

  #submitted({ orderId, orderKind, price, triggerPrice }: Extract<SetEvent, { kind: 'orderSubmitted' }>): string {
    this.#change(orderId, { price, triggerPrice });
    const order = this.#orders.get(orderId);
    // Asked for at the market, sent with the limit that the exchange's rules want.
    const isProtected = order !== undefined && (order.request.kind === 'market' || order.request.kind === 'SL-M') && price !== null;
    const limit = price === null ? '' : `${isProtected ? 'protected limit' : 'limit'} ${price.toFixed(2)}`;
    const trigger = triggerPrice === null ? '' : `trigger ${triggerPrice.toFixed(2)}`;
    const terms = orderKind === 'market' ? [' at the market'] : [trigger, limit].filter((term) => term !== '').map((term) => `, ${term}`);
    return subject(orderId, order) + terms.join('');
  }

  #changed(news: OrderNews): string | null {
    const { orderId } = news;
    const order = this.#orders.get(orderId);
    const { style } = this.#view;
    switch (news.kind) {
      case 'working':
        return this.#working(news, order);
      case 'cancelled': {
        this.#orders.delete(orderId);
        const own = order?.asked?.kind === 'cancel' ? order.asked.reason : null;
        const words = `order ${orderId} is cancelled${partOf(order)}: ${own ?? news.reason}`;
        return own === null ? style.warn(words) : words;
      }
      case 'expired':
        this.#orders.delete(orderId);
        return style.warn(`order ${orderId} has expired${partOf(order)}`);
      case 'changeRejected':
        this.#change(orderId, { asked: null });
        return style.warn(`order ${orderId} was not changed: ${news.reason} (${news.code})`);
      case 'changeUnknown':
        this.#change(orderId, { asked: null });
        return style.warn(`nobody can say whether order ${orderId} was changed: ${news.reason}`);
      case 'rejected':
        this.#orders.delete(orderId);
        return null;
      case 'unknown':
        this.#change(orderId, { unknown: true });
        return null;
      case 'acknowledged':
        return null;
    }
  }

  /** It rests for the first time, or with other terms than before: by our wish, or by somebody's hand. */
  #working({ orderId, status, quantity, price, triggerPrice }: Working, order: ToldOrder | undefined): string | null {
    const terms = termsOf({ quantity, price, triggerPrice });
    const name = nameOf(orderId, order);
    if (order === undefined) return `${name} rests: ${terms}`;
    const { asked, rests } = order;
    const same = order.quantity === quantity && order.price === price && order.triggerPrice === triggerPrice;
    this.#change(orderId, { quantity, price, triggerPrice, rests: true, asked: asked?.kind === 'cancel' ? asked : null });
    if (asked?.kind === 'chase') return `${name} follows the market: ${terms}`;
    if (asked?.kind === 'moveStop') return this.#view.stops ? `${name} is moved: ${terms}` : null;
    if (!rests) return `${name} rests${status === 'triggerPending' ? ' at the exchange' : ''}: ${terms}`;
    return same ? null : this.#view.style.warn(`${name} was changed in the broker's app: ${terms}`);
  }

  /** After an order of which nobody could say anything, that it is found is worth a line. */
  #looked({ orderId, outcome }: Extract<SetEvent, { kind: 'bookLooked' }>): string | null {
    if (this.#orders.get(orderId)?.unknown !== true || outcome === 'absent' || outcome === 'unanswered') return null;
    this.#change(orderId, { unknown: false });
    return `order ${orderId} is found in the broker's book`;
  }

  /** An entry that is filled at once is told when the set opens. What somebody else dealt is an alert. */
  #filled({ fill, purpose, by }: Extract<SetEvent, { kind: 'legFilled' }>): string | null {
    const order = this.#orders.get(fill.orderId);
    const filled = (order?.filled ?? 0) + fill.quantity;
    const isPart = order !== undefined && (filled < order.quantity || order.filled > 0);
    if (order !== undefined && filled >= order.quantity) this.#orders.delete(fill.orderId);
    else this.#change(fill.orderId, { filled });
    if (by !== null || (purpose === 'entry' && order !== undefined && !isPart)) return null;
    return `${dealt(fill)}${isPart ? `, ${filled} of ${order.quantity} by now` : ''} (order ${fill.orderId})`;
  }

  #change(orderId: ClientOrderId, change: Partial<ToldOrder>): void {
    const order = this.#orders.get(orderId);
    if (order !== undefined) Object.assign(order, change);
  }
}

const PURPOSES: Readonly<Record<OrderPurpose, string>> = { entry: 'entry', exit: 'exit', protect: 'stop' };

const nameOf = (orderId: ClientOrderId, order: ToldOrder | undefined): string =>
  `${order === undefined ? '' : `${PURPOSES[order.request.purpose]} `}order ${orderId}`;

function subject(orderId: ClientOrderId, order: ToldOrder | undefined): string {
  if (order === undefined) return `order ${orderId} is sent`;
  const { side, instrument } = order.request;
  return `${nameOf(orderId, order)}: ${side} ${order.quantity} ${instrument}`;
}

function termsOf({ quantity, price, triggerPrice }: Pick<Working, 'quantity' | 'price' | 'triggerPrice'>): string {
  const trigger = triggerPrice === null ? '' : `, trigger ${triggerPrice.toFixed(2)}`;
  return `${quantity}${trigger}${price === null ? '' : `, limit ${price.toFixed(2)}`}`;
}

const partOf = (order: ToldOrder | undefined): string => (order === undefined ? '' : `, ${order.filled} of ${order.quantity} filled`);

const dealt = ({ side, quantity, instrument, price }: Fill): string =>
  `${side === 'buy' ? 'bought' : 'sold'} ${quantity} ${instrument} at ${price.toFixed(2)}`;
