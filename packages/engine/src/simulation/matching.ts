import type { InstrumentKey } from '../market/instrument.js';
import { type Side, signOf } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { ExchangeMarket, MarketView } from './exchange-market.js';
import type { ExchangeModel } from './exchange-model.js';
import { type ExchangeOrder, limitOf, remainingOf, rests, tell, termsOf, waitsForTrigger } from './exchange-order.js';
import type { Ids } from './ids.js';
import { moveOn, ownShare } from './queue-place.js';
import { NO_BAND, type RestingBand, RestingBook } from './resting-book.js';
import { marketPrice, type Prevailing } from './slippage.js';

/** What is read of a {@link MarketView}, which does not last. */
interface Seen extends Prevailing {
  readonly volume: number;
}

/** An order comes to the market. */
interface Meeting {
  /** The market that it finds. */
  readonly seen: Seen;
  /** The prices that it gets, if it can take them. */
  readonly price: Prevailing;
  readonly at: EpochMs;
}

/** Where orders meet the market: what can be filled is, what cannot rests, and what rests is filled when the market comes to it. */
export class Matching {
  readonly #market: ExchangeMarket;
  readonly #model: ExchangeModel;
  readonly #ids: Ids;
  readonly #books = new Map<InstrumentKey, RestingBook>();

  constructor(market: ExchangeMarket, model: ExchangeModel, ids: Ids) {
    this.#market = market;
    this.#model = model;
    this.#ids = ids;
  }

  /** An order that the exchange has taken meets the market that it finds. */
  arrived(order: ExchangeOrder, view: MarketView, at: EpochMs): void {
    const book = this.#book(view);
    const seen = seenOf(view);
    book.size.look(seen, { at, isPoint: false, sinceVolume: book.orders.length === 0 ? order.decidedAtVolume : null });
    if (waitsForTrigger(order)) this.#rest(book, order, seen, at);
    else this.#meet(book, order, { seen, price: this.#askedAtMarket(book, order, seen), at });
    this.#settle(book);
  }

  /** The terms of an order that rests have been changed. */
  changed(order: ExchangeOrder, view: MarketView, at: EpochMs, losesPlace: boolean): void {
    const book = this.#book(view);
    const seen = seenOf(view);
    book.size.look(seen, { at, isPoint: false, sinceVolume: null });
    if (!losesPlace) this.#moveOn(book, order, seen);
    else if (order.place !== null) order.place.ahead = this.#queueAhead();
    order.takes = false;
    order.status = waitsForTrigger(order) ? 'triggerPending' : 'open';
    tell(order, { kind: 'working', status: order.status, since: at, ...termsOf(order) }, at);
    if (!waitsForTrigger(order) && rests(order)) this.#meet(book, order, { seen, price: seen, at });
    this.#settle(book);
  }

  /** An order that may have rested does so no more. */
  left(order: ExchangeOrder): void {
    const book = this.#books.get(order.request.instrument);
    if (book !== undefined) this.#settle(book);
  }

  /** The price has come to a point at which something is due, or at which deals have to be counted. */
  priceMoved(instrument: InstrumentKey, at: EpochMs): void {
    const book = this.#books.get(instrument);
    if (book === undefined || book.orders.length === 0) return;
    const view = this.#market.view(instrument, 'buy', at);
    // Between two sessions of a day, and in a halt, orders wait; whatever a feed brings meanwhile is no deal.
    if (!view.open) return;
    const buyers = seenOf(view);
    const sellers = seenOf(this.#market.view(instrument, 'sell', at));
    book.size.look(buyers, { at, isPoint: true, sinceVolume: null });
    for (const order of inPriority(book.orders)) {
      if (rests(order)) this.#come(book, order, order.request.side === 'buy' ? buyers : sellers, at);
    }
    this.#settle(book);
  }

  band(instrument: InstrumentKey): RestingBand {
    return this.#books.get(instrument)?.band ?? NO_BAND;
  }

  /** The market has come to a point: what does that mean to an order that rests? */
  #come(book: RestingBook, order: ExchangeOrder, seen: Seen, at: EpochMs): void {
    if (Number.isNaN(seen.price)) return;
    const isSame = order.place?.seenAt === at && order.place.seenPrice === seen.price;
    this.#moveOn(book, order, seen);
    see(order, seen, at);
    if (isSame) return;
    if (!book.isDue(order, seen.price)) this.#takeOwnShare(book, order, at);
    else if (waitsForTrigger(order)) {
      order.triggered = true;
      this.#meet(book, order, { seen, price: seen, at });
    } else if (order.takes) this.#takeMore(book, order, seen, at);
    // A limit that rested is filled at its own price, by whoever comes to it.
    else this.#deal(book, order, remainingOf(order), limitOf(order) ?? seen.price, at);
  }

  /** What was traded at the price of an order that waits in the queue brings it forward. */
  #moveOn(book: RestingBook, order: ExchangeOrder, { price, volume }: Seen): void {
    const limit = limitOf(order);
    if (this.#model.fill.kind !== 'queue' || limit === null || order.place === null || order.takes || waitsForTrigger(order)) return;
    moveOn(order.place, limit, price, volume, book.tickSize);
  }

  #takeOwnShare(book: RestingBook, order: ExchangeOrder, at: EpochMs): void {
    const limit = limitOf(order);
    if (limit === null || order.place === null || waitsForTrigger(order)) return;
    const own = ownShare(order.place, remainingOf(order), order.holding.instrument.lotSize);
    if (own > 0) order.place.ahead += this.#deal(book, order, own, limit, at);
  }

  /** Takes what the market offers within the limit; the rest waits for more, or for the market to come back. */
  #meet(book: RestingBook, order: ExchangeOrder, { seen, price, at }: Meeting): void {
    order.takes = this.#isMarketable(book, order, seen);
    if (order.takes) this.#deal(book, order, remainingOf(order), this.#takersPrice(book, order, price), at);
    if (order.status === 'filled') return;
    if (order.request.validity === 'IOC') {
      order.account.ended(order, 'cancelled', 'Nobody took the rest of it at once.');
      tell(order, { kind: 'cancelled', filledQuantity: order.filledQuantity, reason: order.reason }, at);
      return;
    }
    this.#rest(book, order, seen, at);
  }

  #takeMore(book: RestingBook, order: ExchangeOrder, seen: Seen, at: EpochMs): void {
    if (this.#isMarketable(book, order, seen)) this.#deal(book, order, remainingOf(order), this.#takersPrice(book, order, seen), at);
    else {
      // The market went through its price and took all that waited there: it is the first in the queue.
      order.takes = false;
      if (order.place !== null) order.place.ahead = 0;
    }
  }

  #rest(book: RestingBook, order: ExchangeOrder, seen: Seen, at: EpochMs): void {
    const status = waitsForTrigger(order) ? 'triggerPending' : 'open';
    const isNews = order.status !== status;
    order.status = status;
    see(order, seen, at);
    if (isNews && order.place !== null) order.place.ahead = order.takes ? 0 : this.#queueAhead();
    book.add(order);
    if (isNews) tell(order, { kind: 'working', status, since: at, ...termsOf(order) }, at);
  }

  /** Fills as much of an order as can be had; says how much that was. */
  #deal(book: RestingBook, order: ExchangeOrder, wanted: number, price: Price, at: EpochMs): number {
    const quantity = book.size.take(wanted, order.holding.instrument.lotSize);
    if (quantity === 0) return 0;
    const { orderId, instrument, side } = order.request;
    order.account.filled(order, { fillId: this.#ids.nextFill(), orderId, instrument, side, quantity, price, time: at });
    return quantity;
  }

  /** An order can take what the market offers: a quote within its limit, or, without quotes, a price at which it would be due. */
  #isMarketable(book: RestingBook, order: ExchangeOrder, { price, bid, ask }: Prevailing): boolean {
    const limit = limitOf(order);
    if (limit === null) return true;
    const quote = order.request.side === 'buy' ? ask : bid;
    if (Number.isNaN(quote)) return book.isReached(order, price);
    return order.request.side === 'buy' ? quote <= limit : quote >= limit;
  }

  #takersPrice(book: RestingBook, order: ExchangeOrder, prevailing: Prevailing): Price {
    const { side } = order.request;
    const price = marketPrice(side, prevailing, this.#model.slippage, book.tickSize);
    const limit = limitOf(order);
    if (limit === null) return price;
    return side === 'buy' ? Math.min(price, limit) : Math.max(price, limit);
  }

  /** A pessimist gives an order that was asked for at the market the worse of the prices at its decision and at its arrival. */
  #askedAtMarket(book: RestingBook, order: ExchangeOrder, seen: Seen): Prevailing {
    if (this.#model.path !== 'pessimistic' || Number.isNaN(order.decidedAtPrice)) return seen;
    const then = { price: order.decidedAtPrice, bid: NaN, ask: NaN };
    return this.#isMarketable(book, order, then) ? worse(order.request.side, seen, then.price) : seen;
  }

  #queueAhead(): number {
    return this.#model.fill.kind === 'queue' ? this.#model.fill.ahead : 0;
  }

  #book({ instrument: { key, tickSize } }: MarketView): RestingBook {
    let book = this.#books.get(key);
    if (book === undefined) {
      book = new RestingBook(key, { tickSize, fill: this.#model.fill, size: this.#model.size });
      this.#books.set(key, book);
    }
    book.tickSize = tickSize;
    return book;
  }

  #settle(book: RestingBook): void {
    if (book.orders.length === 0 && book.band === NO_BAND) return;
    book.tidy();
    if (book.updateBand()) this.#market.bandChanged(book.instrument);
  }
}

/** What is read of a view. */
const seenOf = ({ price, bid, ask, volume }: MarketView): Seen => ({ price, bid, ask, volume });

/** The worse of the price at the decision and the price now; a quote is not second-guessed. */
const worse = (side: Side, { price, bid, ask }: Prevailing, decidedAt: Price): Prevailing => ({
  price: side === 'buy' ? Math.max(price, decidedAt) : Math.min(price, decidedAt),
  bid,
  ask,
});

/** The point of the market at which an order was looked at. */
function see(order: ExchangeOrder, { price, volume }: Seen, at: EpochMs): void {
  const { place } = order;
  if (place === null) order.place = { ahead: 0, seenAt: at, seenPrice: price, seenVolume: volume };
  else {
    place.seenAt = at;
    place.seenPrice = price;
    place.seenVolume = volume;
  }
}

/** Better prices come first, and among equals who came first: it matters where not everybody can be filled. */
const inPriority = (orders: readonly ExchangeOrder[]): readonly ExchangeOrder[] =>
  orders.length < 2 ? orders : orders.toSorted((one, other) => rank(one) - rank(other) || eagerness(other) - eagerness(one));

const rank = ({ request: { side } }: ExchangeOrder): number => (side === 'buy' ? 0 : 1);

function eagerness(order: ExchangeOrder): number {
  if (waitsForTrigger(order)) return -Number.MAX_VALUE;
  const limit = limitOf(order);
  return limit === null ? Number.MAX_VALUE : signOf(order.request.side) * limit;
}
