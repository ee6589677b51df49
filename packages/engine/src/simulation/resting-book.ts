import type { FillConfig, SizeConfig } from '../config/run-config.js';
import type { InstrumentKey } from '../market/instrument.js';
import { gridAbove, gridBelow, type Price } from '../primitives/price.js';
import { type ExchangeOrder, limitOf, rests, waitsForTrigger } from './exchange-order.js';
import { SizeAtPoint } from './size-at-point.js';

/** When the exchange has to be told of an instrument's price. */
export interface RestingBand {
  /** At this price or below it. `Infinity`: at each point of the market. */
  readonly low: Price;
  /** At this price or above it. */
  readonly high: Price;
  /** At each point of the market as well, wherever the price is: what is traded there has to be counted. */
  readonly everyPoint: boolean;
}

/** The band of an instrument in which nothing rests. */
export const NO_BAND: RestingBand = { low: -Infinity, high: Infinity, everyPoint: false };

/** Forgives what binary fractions add to a price on its way between two points. In ticks. */
const EPSILON = 1e-6;

/** What a {@link RestingBook} goes by. */
export interface RestingBookTerms {
  readonly tickSize: number;
  readonly fill: FillConfig;
  readonly size: SizeConfig | null;
}

/** What rests in one instrument, in the order in which it came to rest. */
export class RestingBook {
  readonly instrument: InstrumentKey;
  readonly size: SizeAtPoint;
  tickSize: number;
  orders: readonly ExchangeOrder[] = [];
  /** The band that was told last. */
  band: RestingBand = NO_BAND;
  readonly #fill: FillConfig;
  readonly #counts: boolean;

  constructor(instrument: InstrumentKey, { tickSize, fill, size }: RestingBookTerms) {
    this.instrument = instrument;
    this.tickSize = tickSize;
    this.#fill = fill;
    this.size = new SizeAtPoint(size);
    this.#counts = fill.kind === 'queue' || size?.kind === 'volume';
  }

  add(order: ExchangeOrder): void {
    if (!this.orders.includes(order)) this.orders = [...this.orders, order];
  }

  /** Forgets what rests no more. */
  tidy(): void {
    if (!this.orders.every(rests)) this.orders = this.orders.filter(rests);
  }

  /** Prices at which something is due. Says whether that has changed since it was asked last. */
  updateBand(): boolean {
    const { low, high, everyPoint } = this.band;
    this.band = this.orders.length === 0 ? NO_BAND : this.#bandNow();
    return this.band.low !== low || this.band.high !== high || this.band.everyPoint !== everyPoint;
  }

  /** Whether the market's price has come to what an order waits for. */
  isDue(order: ExchangeOrder, price: Price): boolean {
    return order.takes || this.isReached(order, price);
  }

  /** Whether a price is at the one that an order waits for, or beyond it. */
  isReached(order: ExchangeOrder, price: Price): boolean {
    const slack = this.tickSize * EPSILON;
    return waitsBelow(order) ? price <= this.#levelOf(order) + slack : price >= this.#levelOf(order) - slack;
  }

  /** The price that an order waits for: its trigger, its limit, or where deals must go through its limit the next price beyond. */
  #levelOf(order: ExchangeOrder): Price {
    if (waitsForTrigger(order)) return order.triggerPrice ?? NaN;
    const limit = limitOf(order) ?? NaN;
    if (this.#fill.kind === 'touch') return limit;
    return order.request.side === 'buy' ? gridBelow(limit - this.tickSize, this.tickSize) : gridAbove(limit + this.tickSize, this.tickSize);
  }

  #bandNow(): RestingBand {
    let low = -Infinity;
    let high = Infinity;
    for (const order of this.orders) {
      if (order.takes) low = Infinity;
      else if (waitsBelow(order)) low = Math.max(low, this.#levelOf(order));
      else high = Math.min(high, this.#levelOf(order));
    }
    return { low, high, everyPoint: this.#counts };
  }
}

/** A buyer's limit and a seller's stop wait for lower prices; a seller's limit and a buyer's stop for higher ones. */
const waitsBelow = (order: ExchangeOrder): boolean => (order.request.side === 'buy') !== waitsForTrigger(order);
