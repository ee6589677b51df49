import type { BrokerNews } from '../orders/broker-news.js';
import { isSettled, type OrderState } from '../orders/order-life.js';
import type { OrderRequest } from '../orders/order-request.js';
import { InvariantError } from '../primitives/assert.js';
import type { Price } from '../primitives/price.js';
import { atIst, type EpochMs, minuteOfDay } from '../primitives/time.js';
import { atTheMoney } from './at-the-money.test-kit.js';
import { noExits } from './no-exits.test-kit.js';
import type { ExitsConfig, ReentryConfig, SetConfig, SizeRule } from './set-config.js';
import { setDecider } from './set-decider.js';
import type { SetEvent } from './set-event.js';
import type { SetInput } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { ChosenLeg, OpenPosition, SetState } from './set-state.js';
import type { Direction, Signal } from './signal.js';
import { tenShares } from './ten-shares.test-kit.js';
import { type Watch, watchOf } from './watch.js';

/** A Monday. */
const MONDAY = '2026-11-23';

/** A time of day on the Monday, or on another date. */
export const ist = (time: string, date = MONDAY): EpochMs => atIst(date, minuteOfDay(time));

/** What a test says of a set; the rest is usual. */
export interface SetWords {
  readonly exits?: Partial<ExitsConfig>;
  readonly reentry?: Partial<ReentryConfig>;
  readonly size?: readonly SizeRule[];
  readonly rest?: Partial<Pick<SetConfig, 'window' | 'weekdays' | 'product' | 'staleAfterMs' | 'protection' | 'execution'>>;
}

/** A set that buys or sells one lot of an option on every signal, at any time of the entry window, with no cool-down. */
export const setConfig = ({ exits = {}, reentry = {}, size = [{ kind: 'lots', lots: 1 }], rest = {} }: SetWords = {}): SetConfig => ({
  ...tenShares,
  id: 'nifty-ema',
  name: 'NIFTY crossover',
  strategy: { use: 'ema-crossover', params: {} },
  underlyings: ['NSE_INDEX:NIFTY'],
  chart: { type: 'candlestick', timeframe: '5m' },
  window: { from: minuteOfDay('09:20'), to: minuteOfDay('15:15') },
  weekdays: [1, 2, 3, 4, 5],
  legs: [{ ...atTheMoney, size }],
  exits: { ...noExits, ...exits },
  reentry: { ...tenShares.reentry, ...reentry },
  ...rest,
});

export const setInstance = (config: SetConfig): SetInstance => ({
  id: 'nifty-ema|NSE_INDEX:NIFTY|main',
  account: 'main',
  underlying: 'NSE_INDEX:NIFTY',
  capitalPaise: 1_00_000_00,
  orderPrefix: 'ne-',
  config,
});

/** 26,000 call at 100 on a grid of 0.05, in lots of 50. */
export const LEG: ChosenLeg = {
  instrument: 'NFO:NIFTY24NOV2626000CE',
  side: 'buy',
  price: 100,
  premium: 'recorded',
  lotSize: 50,
  tickSize: 0.05,
  freezeQuantity: null,
  costPerLotPaise: 5_000_00,
  expiry: '2026-11-24',
  strike: 26_000,
  optionType: 'CE',
  spot: 26_010,
};

export const signalAt = (at: EpochMs, direction: Direction, more: Partial<Signal> = {}): Signal => ({
  kind: 'enter',
  direction,
  at,
  reason: `EMA 9 crossed ${direction === 'bullish' ? 'above' : 'below'} EMA 15`,
  values: { fast: 101.5, slow: 101.25 },
  ...more,
});

/** Everything within a value can no longer be changed. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

/** A set instance on a stage: a test tells it what happens, in the words of the field, and reads what it journals. */
export class SetPlay {
  readonly instance: SetInstance;
  readonly events: SetEvent[] = [];
  now: EpochMs = ist('09:30');
  squareOffAt: EpochMs | null = null;
  /** What a fill costs. */
  chargesPaise = 0;
  /** Whether the gate lets every order pass at once. */
  approves = true;
  /** What the gate makes of an order: what was asked for, unless a test says otherwise. */
  sentAs: (order: OrderRequest) => Pick<OrderState, 'kind' | 'price' | 'triggerPrice'> = (order) => order;
  readonly #decider: ReturnType<typeof setDecider>;
  #state: SetState;
  #fills = 0;

  constructor(words: SetWords = {}) {
    this.instance = setInstance(setConfig(words));
    this.#decider = setDecider(this.instance);
    this.#state = this.#decider.initial;
    this.tell({ kind: 'start', by: 'config', at: this.now });
  }

  get state(): SetState {
    return this.#state;
  }

  get position(): OpenPosition {
    if (this.#state.phase !== 'open' && this.#state.phase !== 'exiting') throw new InvariantError(`The set is ${this.#state.phase}.`);
    return this.#state.position;
  }

  /** The order under way: the last one that is not over. */
  get order(): OrderState {
    const order = orderUnderWay(this.#state);
    if (order === undefined) throw new InvariantError(`The set is ${this.#state.phase} and has no order.`);
    return order;
  }

  get watch(): Watch {
    return watchOf(this.#state, this.instance.config);
  }

  /**
   * Tells it something; neither the state nor the input may be changed by the decision. The gate lets every order pass at once, unless a test wants
   * to have that in its own hands.
   */
  tell(input: SetInput): readonly SetEvent[] {
    const events = this.#decide(input);
    if (!this.approves) return events;
    for (const event of events) {
      if (event.kind !== 'legOrderRequested') continue;
      this.#approve(event.order, input.at);
    }
    return events;
  }

  #approve(order: OrderRequest, at: EpochMs): void {
    const { kind: orderKind, price, triggerPrice } = this.sentAs(order);
    this.#decide({ kind: 'approved', orderId: order.orderId, orderKind, price, triggerPrice, at });
  }

  #decide(input: SetInput): readonly SetEvent[] {
    const events = deepFreeze(this.#decider.decide(deepFreeze(this.#state), deepFreeze(input)));
    for (const event of events) this.#state = this.#decider.evolve(this.#state, event);
    this.events.push(...events);
    return events;
  }

  signal(direction: Direction, more: Partial<Signal> = {}): readonly SetEvent[] {
    return this.tell({
      kind: 'signal',
      signal: signalAt(this.now, direction, more),
      squareOffAt: this.squareOffAt,
      barred: null,
      at: this.now,
    });
  }

  legs(leg: Partial<ChosenLeg> = {}, availablePaise = 1_00_000_00): readonly SetEvent[] {
    return this.tell({ kind: 'legs', leg: { ...LEG, ...leg }, availablePaise, sizeScale: 1, at: this.now });
  }

  news(news: BrokerNews): readonly SetEvent[] {
    const chargesPaise = news.kind === 'filled' ? this.chargesPaise : 0;
    return this.tell({ kind: 'news', news, chargesPaise, squareOffAt: this.squareOffAt, at: news.at });
  }

  /** News of the order under way: all that is left of it is filled, or a part. */
  fill(price: Price, quantity?: number): readonly SetEvent[] {
    const { request, filledQuantity } = this.order;
    const { orderId, instrument, side } = request;
    this.#fills += 1;
    const fill = { fillId: `F${this.#fills}`, orderId, instrument, side, quantity: quantity ?? request.quantity - filledQuantity, price };
    return this.news({ kind: 'filled', orderId, fill: { ...fill, time: this.now }, at: this.now });
  }

  /** News of the order under way that ends it. */
  ended(kind: 'rejected' | 'cancelled' | 'expired'): readonly SetEvent[] {
    const { filledQuantity, request } = this.order;
    const { orderId } = request;
    const { now: at } = this;
    if (kind === 'rejected') return this.news({ kind, orderId, code: 'margin', reason: 'Margin is short.', at });
    if (kind === 'expired') return this.news({ kind, orderId, filledQuantity, at });
    return this.news({ kind, orderId, filledQuantity, reason: 'Cancelled by the broker.', at });
  }

  refused(retryAt: EpochMs | null = null): readonly SetEvent[] {
    const { orderId } = this.order.request;
    return this.tell({ kind: 'refused', orderId, code: 'risk/open-sets', reason: 'Two sets are open.', retryAt, atMost: 0, at: this.now });
  }

  /** From waiting to open, at a price. */
  enter(side: 'buy' | 'sell', price: Price, more: { readonly signal?: Partial<Signal>; readonly leg?: Partial<ChosenLeg> } = {}): void {
    this.signal(side === 'buy' ? 'bullish' : 'bearish', more.signal);
    this.legs({ side, price, ...more.leg });
    this.fill(price);
  }

  /** A price of what is held: the set is woken only if it waits for it. */
  tick(price: Price): readonly SetEvent[] {
    const { low, high, followBelow, followAbove } = this.watch;
    if (price <= low || price >= high) return this.tell({ kind: 'levelReached', price, at: this.now });
    if (price >= followAbove || price <= followBelow) return this.tell({ kind: 'priceImproved', price, at: this.now });
    return [];
  }

  /** The square-off time has come. */
  squareOff(price: Price, tradingDaysToExpiry: number | null = 5): readonly SetEvent[] {
    return this.tell({ kind: 'squareOffDue', price, tradingDaysToExpiry, at: this.now });
  }

  due(price: Price): readonly SetEvent[] {
    return this.tell({ kind: 'due', price, at: this.now });
  }
}

/** The last order of a set that is not over; `undefined` while there is none. */
export const orderUnderWay = ({ orders }: SetState): OrderState | undefined => orders.findLast((order) => !isSettled(order));

/** The kinds of a list of events, in order. */
export const kindsOf = (events: readonly SetEvent[]): readonly string[] => events.map(({ kind }) => kind);

/** The event of a kind among others. */
export function find<Kind extends SetEvent['kind']>(events: readonly SetEvent[], kind: Kind): Extract<SetEvent, { kind: Kind }> {
  const found = events.find((event): event is Extract<SetEvent, { kind: Kind }> => event.kind === kind);
  if (found === undefined) throw new InvariantError(`There is no ${kind} among: ${kindsOf(events).join(', ') || 'nothing'}.`);
  return found;
}
