import type { Decider } from '../primitives/decider.js';
import type { ClientOrderId } from '../primitives/ids.js';
import { type EpochMs, IST_OFFSET_MS, type TradingDate, tradingDate } from '../primitives/time.js';
import { initialSetState } from '../sets/evolve-set.js';
import type { SetEvent } from '../sets/set-event.js';
import type { SetInput } from '../sets/set-input.js';
import type { SetInstance } from '../sets/set-instance.js';
import type { SetState } from '../sets/set-state.js';
import { ASLEEP, type Watch, watchOf } from '../sets/watch.js';
import type { Board } from './board.js';
import type { RunClock } from './run-clock.js';
import type { Slot, Watcher } from './slot.js';

/** Where a runner's inputs go. */
export type Post = (runner: SetRunner, input: SetInput) => void;

/** One set instance in a run: its decider, its present state, and what it waits for. */
export class SetRunner {
  readonly instance: SetInstance;
  readonly decider: Decider<SetState, SetInput, SetEvent>;
  state: SetState = initialSetState;
  /** The underlying's slot. */
  readonly underlying: Slot;
  /** The slot of what is held, or about to be; `null` while nothing is. */
  slot: Slot | null = null;
  /** The moment of the present date from which the set holds nothing; `null` where it may hold overnight, or the date has no session. */
  squareOffAt: EpochMs | null = null;
  /** When the set looks at its positions on the present date. */
  lookAt: EpochMs | null = null;
  /** Its last order. */
  orderId: ClientOrderId | null = null;
  /** When a time it waits for has come. */
  dueAt: EpochMs = Infinity;
  readonly #board: Board;
  readonly #clock: RunClock;
  readonly #post: Post;
  readonly #leg: Watcher;
  readonly #under: Watcher;
  #watch: Watch = ASLEEP;

  constructor(
    instance: SetInstance,
    decider: Decider<SetState, SetInput, SetEvent>,
    { board, clock, post }: { readonly board: Board; readonly clock: RunClock; readonly post: Post },
  ) {
    this.instance = instance;
    this.decider = decider;
    this.underlying = board.slot(instance.underlying);
    this.#board = board;
    this.#clock = clock;
    this.#post = post;
    this.#leg = watcher(
      (price) => this.#tell({ kind: 'levelReached', price, at: clock.now }),
      (price) => this.#tell({ kind: 'priceImproved', price, at: clock.now }),
    );
    this.#under = watcher(
      (price) => this.#tell({ kind: 'underlyingLeftRange', price, at: clock.now }),
      () => undefined,
    );
  }

  /** The moment of the present date from which what expires on `expiry` is held no more: it is never held past its last day. */
  leavesAt(expiry: TradingDate | null): EpochMs | null {
    return expiry !== null && expiry <= tradingDate(this.#clock.now) ? this.lookAt : this.squareOffAt;
  }

  /** The instrument's price at present, on the line that a holder looks at. */
  get price(): number {
    return this.slot === null ? Number.NaN : this.slot.price(this.#clock.now, this.#leg.line);
  }

  /** From now on this instrument is used. */
  take(slot: Slot): void {
    if (this.slot === slot) return;
    this.leave();
    this.slot = slot;
    this.#board.use(slot, this.#clock.now);
  }

  /** Nothing is held any more. */
  leave(): void {
    if (this.slot === null) return;
    this.slot.detach(this.#leg, this.#clock.now);
    this.#board.release(this.slot);
    this.slot = null;
  }

  /** What the set waits for may have changed with its state. */
  renewWatch(): void {
    const { trailing } = this.instance.config.exits;
    const watch = watchOf(this.state, trailing);
    if (watch === ASLEEP && this.#watch === ASLEEP) return;
    this.#watch = watch;
    const every = this.instance.config.checks.exitEveryMs;
    this.#watchLeg(every === null ? watch : ASLEEP);
    this.#watchUnderlying(watch);
    const check = every !== null && this.state.phase === 'open' ? nextMultiple(this.#clock.now, every) : Infinity;
    this.dueAt = Math.min(watch.time, check);
  }

  /** A time has come: the prices are looked at if it is the hour for it, and the set is told of what it waited for. */
  due(): void {
    const { now } = this.#clock;
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
    if (this.state.phase === 'open') {
      leg.line = this.state.position.side === 'buy' ? 0 : slot.lines.length - 1;
      slot.attach(leg, this.#clock.now);
    } else slot.detach(leg, this.#clock.now);
  }

  #watchUnderlying({ underlyingLow, underlyingHigh }: Watch): void {
    const wanted = underlyingLow > -Infinity || underlyingHigh < Infinity;
    const under = this.#under;
    const watches = this.underlying.watchers.includes(under);
    if (wanted) {
      under.low = underlyingLow;
      under.high = underlyingHigh;
      if (!watches) this.#board.use(this.underlying, this.#clock.now);
      this.underlying.attach(under, this.#clock.now);
    } else if (watches) {
      this.underlying.detach(under, this.#clock.now);
      this.#board.release(this.underlying);
    }
  }

  #tell(input: SetInput): void {
    this.#post(this, input);
  }
}

function watcher(wake: Watcher['wake'], follow: Watcher['follow']): Watcher {
  return {
    low: -Infinity,
    high: Infinity,
    followBelow: -Infinity,
    followAbove: Infinity,
    line: 0,
    since: Number.NaN,
    muted: false,
    wake,
    follow,
  };
}

/** The next whole multiple of a length after a moment, counted from midnight in India: hours are those of the clock there. */
export const nextMultiple = (now: EpochMs, every: number): EpochMs =>
  (Math.floor((now + IST_OFFSET_MS) / every) + 1) * every - IST_OFFSET_MS;
