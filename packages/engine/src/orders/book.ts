import type { InstrumentKey } from '../market/instrument.js';
import type { BrokerOrderId, ClientOrderId, FillId } from '../primitives/ids.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { BrokerNews, OrderTerms } from './broker-news.js';
import type { Fill } from './fill.js';
import { isNews, type OrderState, withNews } from './order-life.js';
import type { OrderKind, Product, Side } from './order-request.js';

/** An order in the broker's book of the day, with its fills. */
export interface BookOrder extends OrderTerms {
  /** Our id, from the broker's tag field; `null` for an order that is not ours: placed by hand, or by the broker itself. */
  readonly orderId: ClientOrderId | null;
  readonly brokerOrderId: BrokerOrderId;
  readonly instrument: InstrumentKey;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly product: Product;
  readonly status: 'acknowledged' | 'open' | 'triggerPending' | 'filled' | 'cancelled' | 'rejected' | 'expired';
  /** Why it was rejected or cancelled; empty where nobody says. */
  readonly reason: string;
  readonly filledQuantity: number;
  /** What is known of its fills; they may lag behind `filledQuantity`. */
  readonly fills: readonly { readonly fillId: FillId; readonly quantity: number; readonly price: Price; readonly time: EpochMs }[];
}

/** Units of an instrument as the broker has them: above 0 bought, below 0 sold. */
export interface BookPosition {
  readonly instrument: InstrumentKey;
  readonly product: Product;
  readonly quantity: number;
}

/** What the book says of an order that is news to us, in the order in which it must have happened. */
export function newsFromBook(order: OrderState, entry: BookOrder, at: EpochMs): readonly BrokerNews[] {
  const news: BrokerNews[] = [];
  let state = order;
  for (const one of tellings(order, entry, at)) {
    if (!isNews(state, one)) continue;
    news.push(one);
    state = withNews(state, one);
  }
  return news;
}

function tellings(order: OrderState, entry: BookOrder, at: EpochMs): readonly BrokerNews[] {
  const { orderId, instrument, side } = order.request;
  const { brokerOrderId } = entry;
  const fills = entry.fills.map((fill): BrokerNews => ({ kind: 'filled', orderId, fill: fillOf(fill, { orderId, instrument, side }), at }));
  // The terms come before the fills: an order that was made larger by hand has not ended with the quantity that we know of.
  return [{ kind: 'acknowledged', orderId, brokerOrderId, at }, ...termsOf(order, entry, at), ...fills, ...endOf(order, entry, at)];
}

/** Where an order rests, or rested with another quantity than the one that we know of. */
function termsOf(order: OrderState, { status, quantity, price, triggerPrice }: BookOrder, at: EpochMs): readonly BrokerNews[] {
  const { orderId } = order.request;
  const rests = status === 'open' || status === 'triggerPending';
  if (!rests && (status === 'acknowledged' || quantity === order.quantity)) return [];
  return [{ kind: 'working', orderId, status: rests ? status : 'open', quantity, price, triggerPrice, since: at, at }];
}

function endOf({ request: { orderId } }: OrderState, { status, filledQuantity, reason }: BookOrder, at: EpochMs): readonly BrokerNews[] {
  // Some brokers call an order rejected of which only the rest was: what has been filled stays so.
  if (status === 'rejected' && filledQuantity === 0) return [{ kind: 'rejected', orderId, code: 'broker/rejected', reason, at }];
  if (status === 'cancelled' || status === 'rejected') return [{ kind: 'cancelled', orderId, filledQuantity, reason, at }];
  return status === 'expired' ? [{ kind: 'expired', orderId, filledQuantity, at }] : [];
}

const fillOf = (fill: BookOrder['fills'][number], of: Pick<Fill, 'orderId' | 'instrument' | 'side'>): Fill => ({
  fillId: fill.fillId,
  orderId: of.orderId,
  instrument: of.instrument,
  side: of.side,
  quantity: fill.quantity,
  price: fill.price,
  time: fill.time,
});
