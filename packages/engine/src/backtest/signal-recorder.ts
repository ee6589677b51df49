import type { EpochMs } from '../primitives/time.js';
import type { SetInstance } from '../sets/set-instance.js';
import type { Signal } from '../sets/signal.js';
import type { Mutable } from './mutable.js';
import type { ReportedSignal } from './report.js';

/** A signal has not been decided on yet. */
const PENDING = 'pending';

/** Writes the signals of one set instance into a report, and what became of each. */
export class SignalRecorder {
  /** Of all sets together, in the order in which they came. */
  readonly #all: Mutable<ReportedSignal>[];
  /** Signals of this set that were not decided on yet, by their place in the report. */
  readonly #undecided: number[] = [];
  #entry: number | null = null;

  constructor(all: Mutable<ReportedSignal>[]) {
    this.#all = all;
  }

  /** The place of the signal that the position, or what is to become one, goes back to. */
  get entry(): number | null {
    return this.#entry;
  }

  seen({ config, account, underlying }: SetInstance, { at: time, kind, direction, reason, values }: Signal): void {
    const signal = { set: config.id, account, underlying, time, kind, direction, reason, values, outcome: PENDING };
    this.#undecided.push(this.#all.push(signal) - 1);
  }

  /** Something refused a signal. */
  refused(signalAt: EpochMs, code: string): void {
    const place = this.#lastOf(signalAt);
    if (place === null) return;
    this.#outcome(place, code);
    this.#undecided.splice(this.#undecided.lastIndexOf(place), 1);
    if (place === this.#entry) this.#entry = null;
  }

  entering(signalAt: EpochMs): void {
    this.#entry = this.#lastOf(signalAt);
  }

  entered(): void {
    for (const place of this.#undecided) this.#outcome(place, 'entered');
    this.#undecided.length = 0;
  }

  /** The last signal closed what was held, and did no more. */
  exited(): void {
    const last = this.#undecided.pop();
    if (last !== undefined) this.#outcome(last, 'exited');
  }

  /** The position is closed. */
  closed(): void {
    this.#entry = null;
  }

  #outcome(place: number, outcome: string): void {
    const signal = this.#all[place];
    if (signal !== undefined) signal.outcome = outcome;
  }

  /** The last signal of this time that was not decided on: what is refused at once was seen after what is being entered. */
  #lastOf(signalAt: EpochMs): number | null {
    return this.#undecided.findLast((place) => this.#all[place]?.time === signalAt) ?? null;
  }
}
