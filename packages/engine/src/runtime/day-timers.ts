import type { SessionCalendar } from '../market/session.js';
import type { EpochMs, TradingDate } from '../primitives/time.js';
import { tradingDate } from '../primitives/time.js';
import type { SetInput } from '../sets/set-input.js';
import { dayPlan } from './day-plan.js';
import type { Post, SetRunner } from './set-runner.js';

/** Something that happens to a set instance at a time. */
interface Timer {
  readonly at: EpochMs;
  readonly runner: SetRunner;
  readonly input: (at: EpochMs) => SetInput;
}

/** The times of day that sets wait for: square-offs, times in trade, looks at prices every so often, and signals that wait for the next look. */
export class DayTimers {
  readonly #runners: readonly SetRunner[];
  readonly #calendar: SessionCalendar;
  /** By time; what comes first is last. */
  #timers: Timer[] = [];
  #stopped = false;

  constructor(runners: readonly SetRunner[], calendar: SessionCalendar) {
    this.#runners = runners;
    this.#calendar = calendar;
  }

  /** When the next time comes; `Infinity` while none is set. */
  get next(): EpochMs {
    if (this.#stopped) return Infinity;
    let next = this.#timers.at(-1)?.at ?? Infinity;
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
      if (lookAt !== null)
        this.at(lookAt, runner, (at) => ({
          kind: 'squareOffDue',
          price: runner.price,
          tradingDaysToExpiry: this.#daysToExpiry(runner, at),
          at,
        }));
    }
  }

  /** An input for a set at a later time. */
  at(at: EpochMs, runner: SetRunner, input: (at: EpochMs) => SetInput): void {
    let place = this.#timers.length;
    while (place > 0 && (this.#timers[place - 1] as Timer).at <= at) place -= 1;
    this.#timers.splice(place, 0, { at, runner, input });
  }

  /** Tells everybody whose time has come. */
  fire(now: EpochMs, post: Post): void {
    for (let timer = this.#timers.at(-1); timer !== undefined && timer.at <= now; timer = this.#timers.at(-1)) {
      this.#timers.pop();
      post(timer.runner, timer.input(now));
    }
    for (const runner of this.#runners) if (runner.dueAt <= now) runner.due();
  }

  /** No time comes any more. */
  stop(): void {
    this.#stopped = true;
  }

  #daysToExpiry({ state }: SetRunner, at: EpochMs): number | null {
    if (state.phase !== 'open' || state.position.expiry === null) return null;
    return this.#calendar.tradingDaysBetween(tradingDate(at), state.position.expiry);
  }
}
