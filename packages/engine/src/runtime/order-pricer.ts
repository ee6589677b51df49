import { plainMarketOrdersBarred } from '../market/algo-rules.js';
import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import type { OrderState } from '../orders/order-life.js';
import type { OrderKind, OrderModification, OrderRequest, Side } from '../orders/order-request.js';
import { type PriceBand, protectedLimit } from '../orders/protected-limit.js';
import type { Price } from '../primitives/price.js';
import { tradingDate } from '../primitives/time.js';
import type { RequestedChange } from '../sets/set-event.js';
import type { Board } from './board.js';
import type { RunClock } from './run-clock.js';

/** What a pricer looks at. */
export interface OrderPricerParts {
  readonly clock: RunClock;
  readonly board: Board;
  readonly rules: RuleBook;
  /** The prices between which the exchange takes orders today; `null`: none are known. */
  readonly bandOf: (instrument: InstrumentKey) => PriceBand | null;
}

/** What an order is sent as. */
export interface OrderTermsSent {
  readonly kind: OrderKind;
  readonly price: Price | null;
  readonly triggerPrice: Price | null;
}

/**
 * Makes of what a set asks for what the exchange takes: since plain market orders are barred for algorithms, a limit that the market meets at once,
 * within the exchange's protection; and for a stop at the market a limit beyond its trigger.
 */
export class OrderPricer {
  readonly #parts: OrderPricerParts;

  constructor(parts: OrderPricerParts) {
    this.#parts = parts;
  }

  /** The instrument as of today. */
  instrument(key: InstrumentKey): Instrument {
    const { board, rules, clock } = this.#parts;
    const slot = board.slot(key);
    slot.instrument ??= rules.instrument(key, tradingDate(clock.now));
    return slot.instrument;
  }

  sentAs(order: OrderRequest): OrderTermsSent {
    const { kind, price, triggerPrice } = order;
    if ((kind !== 'market' && kind !== 'SL-M') || !plainMarketOrdersBarred(tradingDate(this.#parts.clock.now)))
      return { kind, price, triggerPrice };
    if (kind === 'SL-M') return { kind: 'SL', price: this.#limit(triggerPrice ?? Number.NaN, order.instrument, order.side), triggerPrice };
    const market = this.#market(order.instrument, order.side);
    // Without a price there is nothing to protect: the gate refuses such an entry, and for an exit the exchange has the last word.
    if (Number.isNaN(market)) return { kind, price, triggerPrice };
    return { kind: 'limit', price: this.#limit(market, order.instrument, order.side), triggerPrice: null };
  }

  /** The terms with which an order is to follow the market, or a stop its new trigger. */
  changed(order: OrderState, change: Exclude<RequestedChange, { kind: 'cancel' }>): OrderModification {
    const { orderId, instrument, side } = order.request;
    const about = { orderId, quantity: order.quantity, at: this.#parts.clock.now };
    if (change.kind === 'chase') {
      return { ...about, kind: 'limit', price: this.#limit(this.#market(instrument, side), instrument, side), triggerPrice: null };
    }
    const price = order.kind === 'SL' ? this.#limit(change.triggerPrice, instrument, side) : null;
    return { ...about, kind: order.kind, price, triggerPrice: change.triggerPrice };
  }

  /** What the other side asks for or gives, where a feed tells; else the last price. */
  #market(key: InstrumentKey, side: Side): Price {
    const slot = this.#parts.board.slot(key);
    const quote = side === 'buy' ? slot.ask : slot.bid;
    return Number.isNaN(quote) ? slot.price(this.#parts.clock.now, slot.lineFor(side)) : quote;
  }

  #limit(price: Price, key: InstrumentKey, side: Side): Price {
    return protectedLimit(price, { side, instrument: this.instrument(key), band: this.#parts.bandOf(key) });
  }
}
