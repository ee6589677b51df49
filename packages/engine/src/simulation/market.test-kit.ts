import type { OptionInstrument } from '../market/instrument.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import { atIst, type EpochMs, minuteOfDay } from '../primitives/time.js';
import { type ExchangeModel, SimulatedExchange } from './simulated-exchange.js';

/** A call in lots of 50, on a grid of 0.05. */
export const option: OptionInstrument = {
  kind: 'option',
  key: 'NFO:NIFTY24NOV2626000CE',
  exchange: 'NFO',
  symbol: 'NIFTY24NOV2626000CE',
  tickSize: 0.05,
  lotSize: 50,
  freezeQuantity: 1_800,
  underlying: 'NSE_INDEX:NIFTY',
  expiry: '2026-11-24',
  strike: 26_000,
  optionType: 'CE',
};

/** A market of one instrument around a simulated exchange: its price is what it is until it is another. */
export class Market {
  readonly exchange: SimulatedExchange;
  readonly news: BrokerNews[] = [];
  readonly start: EpochMs = atIst('2026-11-23', minuteOfDay('10:00'));
  readonly orders: OrderRequest[] = [];
  now: EpochMs = this.start;
  open = true;
  #price: Price = NaN;
  #bid: Price = NaN;
  #ask: Price = NaN;

  constructor(model: Partial<ExchangeModel> = {}) {
    this.exchange = new SimulatedExchange(
      { latency: () => 100, slippage: { kind: 'none' }, fill: 'touch', pessimistic: false, ...model },
      (news) => {
        this.news.push(news);
      },
    );
  }

  quote(bid: Price, ask: Price): void {
    this.#bid = bid;
    this.#ask = ask;
  }

  /** The price so many milliseconds after the start; what arrives until then meets the price before. */
  at(ms: number, price: Price): void {
    while (this.exchange.nextArrival <= this.start + ms) {
      this.now = this.exchange.nextArrival;
      this.exchange.arrive({ instrument: option, open: this.open, price: this.#price, bid: this.#bid, ask: this.#ask });
    }
    this.now = this.start + ms;
    this.#price = price;
    this.exchange.priceMoved(option.key, { price, bid: this.#bid, ask: this.#ask }, this.now);
  }

  /** Decides on an order and sends it. One lot at the market, unless other is said. */
  send(order: Pick<OrderRequest, 'side'> & Partial<OrderRequest>): ReturnType<SimulatedExchange['submit']> {
    const request: OrderRequest = {
      orderId: `o${this.orders.length + 1}`,
      instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
      account: 'main',
      instrument: option.key,
      purpose: 'entry',
      quantity: 50,
      kind: 'market',
      price: null,
      triggerPrice: null,
      validity: 'day',
      product: 'MIS',
      at: this.now,
      ...order,
    };
    this.orders.push(request);
    return this.exchange.submit(request, this.#price);
  }

  fills(): readonly Omit<Fill, 'fillId' | 'instrument'>[] {
    return this.news.flatMap((news) => {
      if (news.kind !== 'filled') return [];
      const { orderId, side, quantity, price, time } = news.fill;
      return [{ orderId, side, quantity, price, time }];
    });
  }

  /** What became of the orders, as `o1 filled`. */
  kinds(): readonly string[] {
    return this.news.map(({ kind, orderId }) => `${orderId} ${kind}`);
  }
}
