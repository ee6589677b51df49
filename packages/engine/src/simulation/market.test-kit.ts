import { plainSimulation } from '../config/plain-simulation.test-kit.js';
import { createCalendar } from '../market/calendar.js';
import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { SessionCalendar } from '../market/session.js';
import type { Approved } from '../orders/approved.js';
import type { BookOrder } from '../orders/book.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import type { OrderModification, OrderRequest, Side } from '../orders/order-request.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { Answer, ChangeAnswer } from '../plugins/broker.js';
import type { AccountId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import { atIst, type EpochMs, minuteOfDay, type TradingDate, tradingDate } from '../primitives/time.js';
import type { ExchangeMarket, MarketView } from './exchange-market.js';
import type { ExchangeModel } from './exchange-model.js';
import { DATE, future, index, option, put, share, stockFuture } from './instruments.test-kit.js';
import { type ExchangeLine, SimulatedExchange } from './simulated-exchange.js';

/** The plain exchange, whose broker closes what is held for the day at 15:25. */
export const plainModel: ExchangeModel = { ...plainSimulation, autoSquareOff: minuteOfDay('15:25') };

/** What the market shows of an instrument. */
type Shown = Pick<MarketView, 'price' | 'bid' | 'ask' | 'volume'>;

const NOTHING: Shown = { price: NaN, bid: NaN, ask: NaN, volume: NaN };

/** What an account was told, in order. */
interface Told {
  readonly account: AccountId;
  readonly line: ExchangeLine;
  readonly news: BrokerNews[];
  readonly outside: OutsideFill[];
  readonly lines: { readonly line: 'up' | 'down'; readonly at: EpochMs }[];
}

/** An order as a test describes it: one lot of the option at the market, unless other is said. */
export type Sent = Pick<OrderRequest, 'side'> & Partial<OrderRequest>;

/**
 * A market around a simulated exchange: a price is what it is until it is another. As a run does it, the exchange is told of a price only where its
 * band asks for that.
 */
export class Market implements ExchangeMarket {
  readonly calendar: SessionCalendar = createCalendar();
  readonly exchange: SimulatedExchange;
  readonly start: EpochMs;
  readonly orders: OrderRequest[] = [];
  readonly answers: Answer[] = [];
  /** Whether the market is open whatever the calendar says; `null`: as the calendar says. */
  open: boolean | null = null;
  readonly #instruments = new Map<InstrumentKey, Instrument>();
  readonly #shown = new Map<InstrumentKey, Shown>();
  readonly #accounts = new Map<AccountId, Told>();
  readonly #changedBands = new Set<InstrumentKey>();
  #now: EpochMs;
  /** The exchange reads a view at once and keeps nothing of it: there is only this one. */
  readonly #view = { ...NOTHING, instrument: option as Instrument, open: true };

  constructor(
    model: Partial<ExchangeModel> = {},
    options: {
      readonly accounts?: Readonly<Record<AccountId, Paise>>;
      readonly date?: TradingDate;
      readonly instruments?: readonly Instrument[];
    } = {},
  ) {
    const { accounts = { main: 100_00_00_000_00 }, date = DATE, instruments = [] } = options;
    for (const instrument of [option, put, future, share, stockFuture, index, ...instruments])
      this.#instruments.set(instrument.key, instrument);
    this.start = atIst(date, minuteOfDay('10:00'));
    this.#now = this.start;
    this.exchange = new SimulatedExchange({ ...plainModel, ...model }, this);
    for (const [account, capitalPaise] of Object.entries(accounts)) {
      const told: Omit<Told, 'line'> = { account, news: [], outside: [], lines: [] };
      const line = this.exchange.connect(
        { id: account, capitalPaise, broker: 'paper' },
        {
          onNews: (news) => told.news.push(news),
          onOutsideFill: (fill) => told.outside.push(fill),
          onLine: (up, at) => told.lines.push({ line: up, at }),
        },
      );
      this.#accounts.set(account, { ...told, line });
    }
    this.exchange.beginDay(date);
  }

  now(): EpochMs {
    return this.#now;
  }

  view(key: InstrumentKey, _side: Side, at: EpochMs): MarketView {
    const instrument = this.#instruments.get(key);
    if (instrument === undefined) throw new Error(`The test knows no instrument ${key}.`);
    const segment = instrument.kind === 'equity' ? 'equity' : 'fno';
    const open = this.open ?? this.calendar.sessionAt(at, segment) !== undefined;
    return Object.assign(this.#view, this.#shown.get(key) ?? NOTHING, { instrument, open });
  }

  bandChanged(key: InstrumentKey): void {
    this.#changedBands.add(key);
  }

  of(account: AccountId = 'main'): Told {
    const told = this.#accounts.get(account);
    if (told === undefined) throw new Error(`The test knows no account ${account}.`);
    return told;
  }

  get news(): readonly BrokerNews[] {
    return this.of().news;
  }

  /** What a feed brings of the option: from the next point on. */
  quote(bid: Price, ask: Price): void {
    this.show({ bid, ask });
  }

  /** What the market shows, without being a point at which anything happens. */
  show(shown: Partial<Shown>, key: InstrumentKey = option.key): void {
    this.#shown.set(key, { ...(this.#shown.get(key) ?? NOTHING), ...shown });
  }

  /** The price so many milliseconds after the start; what arrives until then meets the price before. */
  at(ms: number, price: Price, shown: Partial<Shown> & { readonly key?: InstrumentKey } = {}): void {
    this.until(this.start + ms);
    const { key = option.key, ...rest } = shown;
    this.show({ ...rest, price }, key);
    this.#pointOf(key);
    this.#wake();
  }

  /** Lets time pass; what is due happens. */
  until(time: EpochMs): void {
    this.#wake();
    while (this.exchange.nextTime <= time) {
      this.#now = Math.max(this.#now, this.exchange.nextTime);
      this.exchange.happen(this.#now);
      this.#wake();
    }
    this.#now = Math.max(this.#now, time);
  }

  /** Lets time pass until a time of day of a date, on which it begins if it has not yet. */
  untilTime(time: string, date: TradingDate = tradingDate(this.#now)): void {
    if (date !== tradingDate(this.#now)) {
      this.until(atIst(date, 0));
      this.exchange.beginDay(date);
    }
    this.until(atIst(date, minuteOfDay(time)));
  }

  /** Decides on an order and sends it. */
  send(order: Sent, account: AccountId = order.account ?? 'main'): Answer {
    const request: OrderRequest = {
      orderId: `o${this.orders.length + 1}`,
      instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
      account,
      instrument: option.key,
      purpose: 'entry',
      quantity: 50,
      kind: 'market',
      price: null,
      triggerPrice: null,
      validity: 'day',
      product: 'MIS',
      at: this.#now,
      ...order,
    };
    this.orders.push(request);
    const answer = this.of(account).line.submit(request as Approved<OrderRequest>);
    this.answers.push(answer);
    return answer;
  }

  /** Asks for other terms of an order; what is not said stays as it was sent. */
  modify(orderId: string, change: Partial<OrderModification>): ChangeAnswer {
    const order = this.orders.find((sent) => sent.orderId === orderId);
    const { quantity = 50, kind = 'limit', price = null, triggerPrice = null } = order ?? {};
    const modification: OrderModification = { orderId, quantity, kind, price, triggerPrice, at: this.#now, ...change };
    return this.of(order?.account).line.modify(modification as Approved<OrderModification>);
  }

  cancel(orderId: string): ChangeAnswer {
    return this.of(this.orders.find((sent) => sent.orderId === orderId)?.account).line.cancel(orderId);
  }

  book(account: AccountId = 'main'): readonly BookOrder[] {
    return this.of(account).line.orders()?.orders ?? [];
  }

  fills(account: AccountId = 'main'): readonly Omit<Fill, 'fillId' | 'instrument'>[] {
    return this.of(account).news.flatMap((news) => {
      if (news.kind !== 'filled') return [];
      const { orderId, side, quantity, price, time } = news.fill;
      return [{ orderId, side, quantity, price, time }];
    });
  }

  /** What became of the orders, as `o1 filled`. */
  kinds(account: AccountId = 'main'): readonly string[] {
    return this.of(account).news.map(({ kind, orderId }) => `${orderId} ${kind}`);
  }

  #pointOf(key: InstrumentKey): void {
    if (this.#isAsked(key)) this.exchange.priceMoved(key, this.#now);
  }

  /** Whoever runs an exchange looks whether the price is at or beyond a band that has changed. */
  #wake(): void {
    for (const key of this.#changedBands) {
      this.#changedBands.delete(key);
      const { low, high } = this.exchange.band(key);
      const price = this.#shown.get(key)?.price ?? NaN;
      if (price <= low || price >= high) this.exchange.priceMoved(key, this.#now);
    }
  }

  #isAsked(key: InstrumentKey): boolean {
    const { low, high, everyPoint } = this.exchange.band(key);
    const price = this.#shown.get(key)?.price ?? NaN;
    return everyPoint || price <= low || price >= high;
  }
}
