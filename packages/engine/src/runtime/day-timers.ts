import type { SessionCalendar } from '../market/session.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';
import { tradingDate } from '../primitives/time.js';
import type { SetInput } from '../sets/set-input.js';
import { dayPlan } from './day-plan.js';
import type { Post, SetRunner } from './set-runner.js';

/** Something that happens at a time. */
interface Timer {
  readonly at: EpochMs;
  readonly ring: (at: EpochMs, post: Post) => void;
}

/** The times of day that sets wait for: square-offs, times in trade, looks at prices every so often, and signals that wait for the next look. */
export class DayTimers {
  readonly #runners: readonly SetRunner[];
  readonly #calendar: SessionCalendar;
  /** By time; what comes first is last. */
  #timers: Timer[] = [];

  constructor(runners: readonly SetRunner[], calendar: SessionCalendar) {
    this.#runners = runners;
    this.#calendar = calendar;
  }

  /** When the next time comes; `Infinity` while none is set. */
  get next(): EpochMs {
    const { length } = this.#timers;
    let next = length === 0 ? Infinity : (this.#timers[length - 1] as Timer).at;
    for (let i = 0; i < this.#runners.length; i += 1) {
      const { dueAt } = this.#runners[i] as SetRunner;
      if (dueAt < next) next = dueAt;
    }
    return next;
  }

  /** Sets the times of a date. */
  plan(date: TradingDate): void {
    for (const runner of this.#runners) {
      const { config, underlying } = runner.instance;
      const { lookAt, squareOffAt } = dayPlan(config, underlying, date, this.#calendar);
      runner.squareOffAt = squareOffAt;
      runner.lookAt = lookAt;
      if (lookAt !== null) this.at(lookAt, runner, (at) => this.#squareOffDue(runner, at));
    }
  }

  /** Sets that go on from a journal may have missed the hour at which they look at their positions: they look now. */
  catchUp(now: EpochMs, post: Post): void {
    for (const runner of this.#runners) this.lookAgain(runner, now, post);
  }

  /** A set whose hour has come while it could not look, or could only give up a part, looks now. */
  lookAgain(runner: SetRunner, now: EpochMs, post: Post): void {
    if (runner.lookAt !== null && runner.lookAt <= now) post(runner, this.#squareOffDue(runner, now));
  }

  #squareOffDue(runner: SetRunner, at: EpochMs): SetInput {
    return { kind: 'squareOffDue', price: runner.price, tradingDaysToExpiry: this.#daysToExpiry(runner, at), at };
  }

  /** An input for a set at a later time. */
  at(at: EpochMs, runner: SetRunner, input: (at: EpochMs) => SetInput): void {
    this.#add({ at, ring: (now, post) => post(runner, input(now)) });
  }

  /** Calls back at a later time. */
  call(at: EpochMs, back: (at: EpochMs) => void): void {
    this.#add({ at, ring: back });
  }

  #add(timer: Timer): void {
    const { at } = timer;
    let place = this.#timers.length;
    while (place > 0 && (this.#timers[place - 1] as Timer).at <= at) place -= 1;
    this.#timers.splice(place, 0, timer);
  }

  /** Tells everybody whose time has come. */
  fire(now: EpochMs, post: Post): void {
    for (let timer = this.#timers.at(-1); timer !== undefined && timer.at <= now; timer = this.#timers.at(-1)) {
      this.#timers.pop();
      timer.ring(now, post);
    }
    for (const runner of this.#runners) if (runner.dueAt <= now) runner.due();
  }

  /** The times of the day come no more; what sets wait for does. */
  stop(): void {
    this.#timers = [];
  }

  #daysToExpiry({ state }: SetRunner, at: EpochMs): number | null {
    if (state.phase !== 'open' || state.position.expiry === null) return null;
    return this.#calendar.tradingDaysBetween(tradingDate(at), state.position.expiry);
  }
}
