import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderRequest, Side } from '../orders/order-request.js';
import type { ClientOrderId } from '../primitives/ids.js';
import { isOnTickGrid, type Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import { marketPrice, type Prevailing, type Slippage } from './slippage.js';

/** What the exchange is told about an instrument at the moment an order arrives. */
export interface ArrivalView extends Prevailing {
  readonly instrument: Instrument;
  /** Whether the segment trades at this time. */
  readonly open: boolean;
}

/** How the exchange is simulated. */
export interface ExchangeModel {
  /** From a decision to its arrival at the exchange. */
  readonly latency: () => number;
  readonly slippage: Slippage;
  /** Whether a resting limit order is filled when the market touches its price, or only when it trades through it. */
  readonly fill: 'touch' | 'through';
  /** A market order gets the worse of the price at its decision and the price at its arrival. */
  readonly pessimistic: boolean;
}

/** An order at the exchange that waits for a price. */
interface Resting {
  readonly order: OrderRequest;
  readonly tickSize: number;
  /** It waits for its trigger; afterwards, if it is an `SL`, for its limit. */
  readonly triggered: boolean;
}

interface OnTheWay {
  readonly order: OrderRequest;
  readonly decidedAtPrice: Price;
  readonly arrival: EpochMs;
}

/** Prices at which something that rests would be filled or triggered. */
export interface RestingBand {
  readonly low: Price;
  readonly high: Price;
}

const NO_BAND: RestingBand = { low: -Infinity, high: Infinity };

/**
 * An exchange in memory. An order arrives a latency after its decision and is filled at the price that prevails then: not at the price it was
 * decided on, and not at one that only came later. Limit and stop orders rest until the market comes to them.
 */
export class SimulatedExchange {
  readonly #model: ExchangeModel;
  readonly #onNews: (news: BrokerNews) => void;
  /** Ordered by arrival; orders of one moment stay in the order in which they were sent. */
  readonly #onTheWay: OnTheWay[] = [];
  readonly #resting = new Map<InstrumentKey, Resting[]>();
  #orders = 0;
  #fills = 0;
  #nextArrival = Infinity;

  constructor(model: ExchangeModel, onNews: (news: BrokerNews) => void) {
    this.#model = model;
    this.#onNews = onNews;
  }

  /** When the next order arrives; `Infinity` while none is on its way. */
  get nextArrival(): EpochMs {
    return this.#nextArrival;
  }

  /** The instrument of the order that arrives next. */
  get nextArrivalOrder(): OrderRequest | undefined {
    return this.#onTheWay[0]?.order;
  }

  /** Takes an order; it is at the exchange a latency after its decision. `decidedAtPrice` matters to the pessimistic model alone. */
  submit(order: OrderRequest, decidedAtPrice: Price): Extract<BrokerNews, { kind: 'acknowledged' }> {
    const arrival = order.at + this.#model.latency();
    let place = this.#onTheWay.length;
    while (place > 0 && (this.#onTheWay[place - 1] as OnTheWay).arrival > arrival) place -= 1;
    this.#onTheWay.splice(place, 0, { order, decidedAtPrice, arrival });
    this.#nextArrival = (this.#onTheWay[0] as OnTheWay).arrival;
    this.#orders += 1;
    return { kind: 'acknowledged', orderId: order.orderId, brokerOrderId: `P${this.#orders}`, at: order.at };
  }

  /** Takes back an order that has not been filled yet; news tells. */
  cancel(orderId: ClientOrderId, at: EpochMs): boolean {
    const waiting = this.#onTheWay.findIndex(({ order }) => order.orderId === orderId);
    if (waiting >= 0) {
      this.#onTheWay.splice(waiting, 1);
      this.#nextArrival = this.#onTheWay[0]?.arrival ?? Infinity;
      this.#onNews({ kind: 'cancelled', orderId, reason: 'Cancelled on request.', at });
      return true;
    }
    for (const [key, resting] of this.#resting) {
      const place = resting.findIndex(({ order }) => order.orderId === orderId);
      if (place < 0) continue;
      this.#resting.set(key, resting.toSpliced(place, 1));
      this.#onNews({ kind: 'cancelled', orderId, reason: 'Cancelled on request.', at });
      return true;
    }
    return false;
  }

  /** Lets the next order arrive in the market that prevails. */
  arrive(view: ArrivalView): void {
    const next = this.#onTheWay.shift();
    if (next === undefined) return;
    this.#nextArrival = this.#onTheWay[0]?.arrival ?? Infinity;
    const { order, arrival, decidedAtPrice } = next;
    const refusal = refusalOf(order, view);
    if (refusal !== null) {
      this.#onNews({ kind: 'rejected', orderId: order.orderId, ...refusal, at: arrival });
      return;
    }
    const { tickSize } = view.instrument;
    if (order.kind === 'market') {
      const price = marketPrice(
        order.side,
        this.#model.pessimistic ? worse(order.side, view, decidedAtPrice) : view,
        this.#model.slippage,
        tickSize,
      );
      this.#fill(order, price, arrival);
      return;
    }
    const resting: Resting = { order, tickSize, triggered: order.kind === 'limit' };
    if (resting.triggered && this.#isDue(resting, view.price)) {
      // It finds the market there already, and pays the market's price, not its own.
      const price = marketPrice(order.side, view, this.#model.slippage, tickSize);
      const limit = order.price ?? price;
      this.#fill(order, order.side === 'buy' ? Math.min(price, limit) : Math.max(price, limit), arrival);
      return;
    }
    if (resting.triggered && order.validity === 'IOC') {
      this.#onNews({ kind: 'cancelled', orderId: order.orderId, reason: 'Nobody took it at once.', at: arrival });
      return;
    }
    const list = this.#resting.get(order.instrument);
    if (list === undefined) this.#resting.set(order.instrument, [resting]);
    else list.push(resting);
    this.priceMoved(order.instrument, view, arrival);
  }

  /** Prices at which something of this instrument that rests here is due. */
  band(instrument: InstrumentKey): RestingBand {
    const resting = this.#resting.get(instrument);
    if (resting === undefined || resting.length === 0) return NO_BAND;
    let low = -Infinity;
    let high = Infinity;
    for (const one of resting) {
      const level = this.#levelOf(one);
      if (waitsBelow(one)) low = Math.max(low, level);
      else high = Math.min(high, level);
    }
    return { low, high };
  }

  /** Fills and triggers what the market's price has come to. */
  priceMoved(instrument: InstrumentKey, prevailing: Prevailing, at: EpochMs): void {
    const resting = this.#resting.get(instrument);
    if (resting === undefined || resting.length === 0) return;
    const left: Resting[] = [];
    const due: Resting[] = [];
    for (const one of resting) (this.#isDue(one, prevailing.price) ? due : left).push(one);
    if (due.length === 0) return;
    this.#resting.set(instrument, left);
    for (const one of due) this.#come(one, prevailing, at);
  }

  /** The day is over: what rests for the day expires. */
  expireDay(at: EpochMs): void {
    for (const [key, resting] of this.#resting) {
      this.#resting.delete(key);
      for (const { order } of resting) this.#onNews({ kind: 'expired', orderId: order.orderId, at });
    }
  }

  #come(one: Resting, prevailing: Prevailing, at: EpochMs): void {
    const { order, tickSize, triggered } = one;
    const price = marketPrice(order.side, prevailing, this.#model.slippage, tickSize);
    const limit = order.price ?? price;
    const within = order.side === 'buy' ? price <= limit : price >= limit;
    if (order.kind === 'SL-M') this.#fill(order, price, at);
    // A limit that rested is filled at its own price, by whoever comes to it.
    else if (triggered) this.#fill(order, limit, at);
    else if (within) this.#fill(order, price, at);
    else this.#resting.get(order.instrument)?.push({ ...one, triggered: true });
  }

  #isDue(one: Resting, price: Price): boolean {
    const level = this.#levelOf(one);
    return waitsBelow(one) ? price <= level : price >= level;
  }

  #levelOf({ order, triggered, tickSize }: Resting): Price {
    if (!triggered) return order.triggerPrice ?? Number.NaN;
    const limit = order.price ?? Number.NaN;
    if (this.#model.fill === 'touch') return limit;
    return order.side === 'buy' ? limit - tickSize : limit + tickSize;
  }

  #fill(order: OrderRequest, price: Price, time: EpochMs): void {
    this.#fills += 1;
    const { orderId, instrument, side, quantity } = order;
    const fill = { fillId: `F${this.#fills}`, orderId, instrument, side, quantity, price, time };
    this.#onNews({ kind: 'filled', orderId, fill, at: time });
  }
}

/** A buyer's limit and a seller's stop wait for lower prices; a seller's limit and a buyer's stop for higher ones. */
const waitsBelow = ({ order, triggered }: Resting): boolean => (order.side === 'buy') === triggered;

/** The worse of the price at the decision and the price now; a quote is not second-guessed. */
function worse(side: Side, now: Prevailing, decidedAt: Price): Prevailing {
  return { price: side === 'buy' ? Math.max(now.price, decidedAt) : Math.min(now.price, decidedAt), bid: now.bid, ask: now.ask };
}

function refusalOf(
  order: OrderRequest,
  { instrument, open, price }: ArrivalView,
): { readonly code: string; readonly reason: string } | null {
  if (!open) return { code: 'exchange/closed', reason: 'The market is closed.' };
  if (Number.isNaN(price)) return { code: 'exchange/no-price', reason: `Nothing has traded in ${instrument.key}.` };
  if (order.quantity % instrument.lotSize !== 0) {
    return { code: 'exchange/lot', reason: `Quantity ${order.quantity} is not a whole number of lots of ${instrument.lotSize}.` };
  }
  if (instrument.freezeQuantity !== null && order.quantity > instrument.freezeQuantity) {
    return { code: 'exchange/freeze', reason: `Quantity ${order.quantity} is above the freeze quantity of ${instrument.freezeQuantity}.` };
  }
  for (const level of [order.price, order.triggerPrice]) {
    if (level !== null && !isOnTickGrid(level, instrument.tickSize)) {
      return { code: 'exchange/grid', reason: `Price ${level} is not on the ${instrument.tickSize} grid of ${instrument.key}.` };
    }
  }
  return null;
}
