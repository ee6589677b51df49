import { newsFromBook } from '../orders/book.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import { isNews, type OrderState, withNews } from '../orders/order-life.js';
import type { Decider } from '../primitives/decider.js';
import type { InstanceId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import type { Price } from '../primitives/price.js';
import { type EpochMs, IST_OFFSET_MS, type TradingDate, tradingDate } from '../primitives/time.js';
import { orderOf } from '../sets/evolve-orders.js';
import { setDecider } from '../sets/set-decider.js';
import type { SetEvent } from '../sets/set-event.js';
import type { SetInput } from '../sets/set-input.js';
import type { SetInstance } from '../sets/set-instance.js';
import type { SetState } from '../sets/set-state.js';
import { ASLEEP, hasLevels, type Watch, watchOf } from '../sets/watch.js';
import type { Board } from './board.js';
import type { Actor } from './mailbox.js';
import type { RunClock } from './run-clock.js';
import type { Slot } from './slot.js';
import { newWatcher, type Watcher } from './watcher.js';

/** Where a runner's inputs go. */
export type Post = (runner: SetRunner, input: SetInput) => void;

/** What a runner works with. */
export interface SetRunnerParts {
  readonly board: Board;
  readonly clock: RunClock;
  readonly post: Post;
  /** What a fill costs after the order's earlier fills came to so much. */
  readonly chargesOf: (runner: SetRunner, fill: Fill, filledBefore: Paise) => Paise;
  /** Does what follows from events that have just become true. */
  readonly carryOut: (runner: SetRunner, events: readonly SetEvent[]) => void;
}

/** One set instance in a run: its decider, its present state, and what it waits for. */
export class SetRunner implements Actor<SetInput, SetEvent> {
  instance: SetInstance;
  decider: Decider<SetState, SetInput, SetEvent>;
  state: SetState;
  /** The underlying's slot. */
  readonly underlying: Slot;
  /** The slot of what is held, or about to be; `null` while nothing is. */
  slot: Slot | null = null;
  /** The moment of the present date from which the set holds nothing; `null` where it may hold overnight, or the date has no session. */
  squareOffAt: EpochMs | null = null;
  /** When the set looks at its positions on the present date. */
  lookAt: EpochMs | null = null;
  /** When a time it waits for has come. */
  dueAt: EpochMs = Infinity;
  readonly #parts: SetRunnerParts;
  readonly #leg: Watcher;
  readonly #under: Watcher;
  readonly #equity: Watcher;
  #watch: Watch = ASLEEP;

  /** @param onEquity called when a price has come to where the account wants to look at its equity. */
  constructor(
    instance: SetInstance,
    decider: Decider<SetState, SetInput, SetEvent>,
    parts: SetRunnerParts & { readonly onEquity: () => void },
  ) {
    this.instance = instance;
    this.decider = decider;
    this.state = decider.initial;
    this.underlying = parts.board.slot(instance.underlying);
    this.#parts = parts;
    const { clock } = parts;
    this.#leg = newWatcher(
      (price) => this.#tell({ kind: 'levelReached', price, at: clock.now }),
      (price) => this.#tell({ kind: 'priceImproved', price, at: clock.now }),
    );
    this.#under = newWatcher((price) => this.#tell({ kind: 'underlyingLeftRange', price, at: clock.now }));
    this.#equity = newWatcher(parts.onEquity);
  }

  get id(): InstanceId {
    return this.instance.id;
  }

  decide(input: SetInput): readonly SetEvent[] {
    return this.decider.decide(this.state, this.#withCharges(input));
  }

  carryOut(events: readonly SetEvent[]): void {
    for (const event of events) this.state = this.decider.evolve(this.state, event);
    this.#parts.carryOut(this, events);
  }

  /** Before anything is decided: ids of its orders begin with this from now on. */
  numberOrders(orderPrefix: string): void {
    if (this.instance.orderPrefix === orderPrefix) return;
    this.instance = { ...this.instance, orderPrefix };
    this.decider = setDecider(this.instance);
  }

  /** Units that are held, signed: the sum of the fills. */
  get quantity(): number {
    return this.state.holding.quantity;
  }

  /** When what the set is entering, holding or leaving expires. */
  get expiry(): TradingDate | null {
    const { state } = this;
    if (state.phase === 'entering') return state.leg?.expiry ?? null;
    return state.phase === 'open' || state.phase === 'exiting' ? state.position.expiry : null;
  }

  /** The moment of the present date from which what the set is at is held no more: what expires today is never held past its last day. */
  get leavesAt(): EpochMs | null {
    const { expiry } = this;
    return expiry !== null && expiry <= tradingDate(this.#parts.clock.now) ? this.lookAt : this.squareOffAt;
  }

  /** The instrument's price at present, on the line that a holder looks at. */
  get price(): Price {
    return this.slot === null ? Number.NaN : this.slot.price(this.#parts.clock.now, this.#leg.line);
  }

  /** What is held is worth this at a moment: the price on the line that goes against its holder first. */
  valuedAt(at: EpochMs): Price {
    return this.slot === null ? Number.NaN : this.slot.price(at, this.#heldLine(this.slot));
  }

  /** From now on this instrument is used. */
  take(slot: Slot): void {
    if (this.slot === slot) return;
    this.leave();
    this.slot = slot;
    this.#parts.board.use(slot, this.#parts.clock.now);
  }

  /** Nothing is held any more. */
  leave(): void {
    if (this.slot === null) return;
    const { now } = this.#parts.clock;
    this.slot.detach(this.#leg, now);
    this.slot.detach(this.#equity, now);
    this.#parts.board.release(this.slot);
    this.slot = null;
  }

  /** What the set waits for may have changed with its state. */
  renewWatch(): void {
    const watch = watchOf(this.state, this.instance.config);
    if (watch === ASLEEP && this.#watch === ASLEEP) return;
    const every = this.instance.config.checks.exitEveryMs;
    // While orders are worked nothing but times is waited for.
    if (hasLevels(watch) || hasLevels(this.#watch)) {
      this.#watchLeg(every === null ? watch : ASLEEP);
      this.#watchUnderlying(watch);
    }
    this.#watch = watch;
    const check = every !== null && this.state.phase === 'open' ? nextMultiple(this.#parts.clock.now, every) : Infinity;
    this.dueAt = Math.min(watch.time, check);
  }

  /** The prices at or beyond which the account wants to look at its equity. */
  watchEquity(low: Price, high: Price): void {
    const { slot } = this;
    if (slot === null) return;
    const { now } = this.#parts.clock;
    if (low === -Infinity && high === Infinity) {
      slot.detach(this.#equity, now);
      return;
    }
    this.#equity.low = low;
    this.#equity.high = high;
    this.#equity.line = this.#heldLine(slot);
    slot.attach(this.#equity, now);
  }

  /** A time has come: the prices are looked at if it is the hour for it, and the set is told of what it waited for. */
  due(): void {
    const { now } = this.#parts.clock;
    const { price } = this;
    const { time } = this.#watch;
    const every = this.instance.config.checks.exitEveryMs;
    this.dueAt = every !== null && this.state.phase === 'open' ? nextMultiple(now, every) : Infinity;
    if (time > now) this.dueAt = Math.min(this.dueAt, time);
    if (every !== null && this.state.phase === 'open' && (now + IST_OFFSET_MS) % every === 0) {
      if (price <= this.#watch.low || price >= this.#watch.high) this.#tell({ kind: 'levelReached', price, at: now });
      else if (price >= this.#watch.followAbove || price <= this.#watch.followBelow) this.#tell({ kind: 'priceImproved', price, at: now });
    }
    if (time <= now) this.#tell({ kind: 'due', price, at: now });
  }

  #watchLeg({ low, high, followBelow, followAbove }: Watch): void {
    const { slot } = this;
    if (slot === null) return;
    const leg = this.#leg;
    leg.low = low;
    leg.high = high;
    leg.followBelow = followBelow;
    leg.followAbove = followAbove;
    leg.line = this.#heldLine(slot);
    if (low > -Infinity || high < Infinity || followBelow > -Infinity || followAbove < Infinity) {
      slot.attach(leg, this.#parts.clock.now);
    } else slot.detach(leg, this.#parts.clock.now);
  }

  /** Holders look at the line that goes against them first. */
  #heldLine(slot: Slot): number {
    return this.state.holding.quantity >= 0 ? 0 : slot.lines.length - 1;
  }

  #watchUnderlying({ underlyingLow, underlyingHigh }: Watch): void {
    const wanted = underlyingLow > -Infinity || underlyingHigh < Infinity;
    const under = this.#under;
    const { board, clock } = this.#parts;
    const watches = this.underlying.watchers.includes(under);
    if (wanted) {
      under.low = underlyingLow;
      under.high = underlyingHigh;
      if (!watches) board.use(this.underlying, clock.now);
      this.underlying.attach(under, clock.now);
    } else if (watches) {
      this.underlying.detach(under, clock.now);
      board.release(this.underlying);
    }
  }

  /** What fills cost is worked out when they are decided on, after those before them. */
  #withCharges(input: SetInput): SetInput {
    if (input.kind === 'news' && input.news.kind === 'filled') {
      const { fill } = input.news;
      const order = orderOf(this.state, fill.orderId);
      if (order === undefined || !isNews(order, input.news)) return input;
      return { ...input, chargesPaise: this.#parts.chargesOf(this, fill, order.filledPaise) };
    }
    if (input.kind === 'outsideFill') return { ...input, chargesPaise: this.#parts.chargesOf(this, input.fill, 0) };
    if (input.kind !== 'looked' || typeof input.found === 'string') return input;
    const order = orderOf(this.state, input.orderId);
    if (order === undefined) return input;
    return { ...input, chargesPaise: this.#chargesOfAll(order, newsFromBook(order, input.found, input.at)) };
  }

  #chargesOfAll(order: OrderState, news: readonly BrokerNews[]): Readonly<Record<string, Paise>> {
    const charges: Record<string, Paise> = {};
    let state = order;
    for (const one of news) {
      if (one.kind === 'filled') charges[one.fill.fillId] = this.#parts.chargesOf(this, one.fill, state.filledPaise);
      state = withNews(state, one);
    }
    return charges;
  }

  #tell(input: SetInput): void {
    this.#parts.post(this, input);
  }
}

/** The next whole multiple of a length after a moment, counted from midnight in India: hours are those of the clock there. */
export const nextMultiple = (now: EpochMs, every: number): EpochMs =>
  (Math.floor((now + IST_OFFSET_MS) / every) + 1) * every - IST_OFFSET_MS;
