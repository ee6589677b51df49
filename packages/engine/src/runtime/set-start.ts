import type { Subscription } from 'rxjs';

import type { Registry } from '../plugins/registry.js';
import type { EpochMs } from '../primitives/time.js';
import type { SimulatedExchange } from '../simulation/simulated-exchange.js';
import type { ChartBook } from './chart-book.js';
import type { Floor } from './floor.js';
import { compareFirst, heldBefore, type Remembered, resume } from './recovery.js';
import type { RunClock } from './run-clock.js';
import type { RunControl } from './run-control.js';
import { signalsInto } from './signal-intake.js';

/** What the sets of a run begin with. */
export interface SetStartParts {
  readonly clock: RunClock;
  readonly floor: Floor;
  readonly exchange: SimulatedExchange;
  readonly charts: ChartBook;
  readonly registry: Registry;
  /** Nothing is traded before this. */
  readonly tradeFrom: EpochMs;
  readonly control: RunControl | null;
  /** What a journal says was true when the engine stopped; `null`: it is a new run. */
  readonly remembered: Remembered | null;
}

/**
 * The moment at which sets begin, or go on. They start with the first point of the market, or when trading begins. Those that were running before
 * go on when the market has come to where they were; and where brokers of the world are concerned, nothing begins before history is over.
 */
export class SetStart {
  readonly #parts: SetStartParts;
  readonly #subscriptions: Subscription[] = [];
  #at: EpochMs = Infinity;

  constructor(parts: SetStartParts) {
    this.#parts = parts;
  }

  /** When the sets begin, or go on; `Infinity` once they have. */
  get at(): EpochMs {
    return this.#at;
  }

  /** The market is about to begin: strategies listen from now on, and sets that have nothing to wait for start. */
  begin(first: EpochMs): void {
    const { clock, floor, tradeFrom, remembered } = this.#parts;
    // A strategy can fail when it is asked for its signals, before the market's first moment: that is the time of its failure.
    clock.now = first;
    if (remembered !== null || floor.isReal) this.#at = tradeFrom;
    else {
      this.#open(first);
      this.#startSets(Math.max(first, tradeFrom));
    }
    this.#subscribe();
  }

  /** The moment has come. */
  start(now: EpochMs): void {
    const { clock, floor, remembered } = this.#parts;
    this.#at = Infinity;
    clock.now = Math.max(clock.now, now);
    if (remembered !== null) this.#goOn(remembered, now);
    for (const place of floor.accounts) if (!place.broker.isSimulated) compareFirst(place);
    this.#open(now);
    this.#startSets(now);
  }

  /** Strategies are not heard any more. */
  stop(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }

  /** What was remembered is put in place, also in an exchange that died with the engine. */
  #goOn(remembered: Remembered, now: EpochMs): void {
    const { floor, exchange } = this.#parts;
    for (const { account, broker } of floor.accounts) {
      if (broker.isSimulated) exchange.takeOver(account.name, heldBefore(account, remembered), account.money.realisedPaise);
    }
    resume(floor, remembered, now);
  }

  /** Brokers and people are heard from now on. */
  #open(now: EpochMs): void {
    const { clock, floor, control } = this.#parts;
    floor.lines.open(now);
    control?.attach(floor, clock);
  }

  /** Sets that were running before are as they were: also those that a person has stopped. */
  #startSets(at: EpochMs): void {
    const { floor, remembered } = this.#parts;
    for (const runner of floor.runners) {
      const isNew = remembered?.sets.has(runner.id) !== true;
      if (runner.instance.config.active && isNew) floor.post(runner, { kind: 'start', by: 'config', at });
    }
  }

  #subscribe(): void {
    const { clock, floor, charts, registry, tradeFrom } = this.#parts;
    const { post, timers, barredBy } = floor;
    for (const runner of floor.runners) {
      this.#subscriptions.push(...signalsInto(runner, { registry, market: charts, clock, tradeFrom, post, timers, barredBy }));
    }
  }
}
