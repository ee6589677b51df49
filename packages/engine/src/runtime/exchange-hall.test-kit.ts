import { anAccount, aRun } from '../config/plain-run.test-kit.js';
import { FAULT_KINDS, type FaultConfig, type FaultKind, type RunConfig, type SimulationConfig } from '../config/run-config.js';
import type { Snapshot } from '../journal/durable-journal.js';
import type { Journal, JournalRecord } from '../journal/journal.js';
import { createRuleBook } from '../market/create-rule-book.js';
import type { RuleBook } from '../market/rule-book.js';
import { createRegistry } from '../plugins/registry.js';
import { MONDAY, time } from '../primitives/mondays.test-kit.js';
import { type SeededRandom, seededRandom } from '../primitives/seeded-random.js';
import { atIst, MINUTE_MS, SECOND_MS, type TradingDate } from '../primitives/time.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { type ExchangeLine, SimulatedExchange } from '../simulation/simulated-exchange.js';
import type { Alert } from './alert.js';
import { Board } from './board.js';
import { BoardMarket } from './board-market.js';
import { busySets, INDEX } from './busy-sets.test-kit.js';
import { Floor } from './floor.js';
import { paper } from './paper.test-kit.js';
import { recall, resume, snapshotOf } from './recovery.js';
import type { RunClock } from './run-clock.js';

/** Until this minute of the day, from ten on, everything that can go wrong does now and then. */
const BUSY_UNTIL = 640;

const FAULT_CHANCE = 0.03;

/** Many times more decisions than a busy half hour brings. */
const RECORDS_MAX = 20_000;

/** Whatever can go wrong on the way, and what a person may do to an order in the broker's app. */
export const ON_THE_WAY: readonly FaultKind[] = FAULT_KINDS.filter((kind) => kind !== 'squareOffByHand');

const faultsOf = (kinds: readonly FaultKind[], chance: number): readonly FaultConfig[] =>
  kinds.map((kind) => ({ kind, chance, from: null, to: BUSY_UNTIL, times: null, account: null }));

/** The engine is gone, at once. */
export class Killed extends Error {}

/** What may happen at a record: it is kept and nothing more, or not even that. */
export type Death = 'afterKeeping' | 'beforeKeeping';

export interface HallOptions {
  readonly seed: number;
  /** What goes wrong, three times in a hundred opportunities; nothing unless given. */
  readonly faults?: readonly FaultKind[];
  /** A Monday on which exchanges took plain market orders, unless another is given. */
  readonly date?: TradingDate;
  /** What can be had at one point of the market, in units; all that is asked for unless given. */
  readonly units?: number | null;
}

/**
 * A market and an exchange that go on whatever becomes of the engine, and an engine's floor that can be killed at any record and started again
 * from what was kept. News that comes while it is gone is lost.
 */
export class Hall {
  readonly date: TradingDate;
  readonly clock: RunClock;
  readonly board = new Board({ pessimistic: false });
  readonly rules: RuleBook = createRuleBook({ calendar: 'rules' });
  readonly records: JournalRecord[] = [];
  readonly alerts: Alert[] = [];
  readonly config: RunConfig;
  readonly exchange: SimulatedExchange;
  readonly random: SeededRandom;
  /** The floor that works at present; the last one while the engine is gone. */
  floor: Floor;
  alive = false;
  /** When the engine dies, by the number of records kept; `Infinity`: not. */
  dies: { readonly at: number; readonly how: Death } = { at: Infinity, how: 'afterKeeping' };
  readonly #lines = new Map<string, ExchangeLine>();
  readonly #market: BoardMarket;
  #prices: Record<string, number> = { [SHARE]: 1_000, [INDEX]: 24_000 };

  constructor({ seed, faults = [], date = MONDAY, units = null }: HallOptions) {
    this.date = date;
    this.clock = { now: time('10:00', date) };
    this.random = seededRandom(seed);
    this.config = aRun(busySets, {
      accounts: [anAccount('main'), anAccount('second')],
      risk: { reconcileEveryMs: MINUTE_MS },
    });
    const simulation: SimulationConfig = {
      ...this.config.simulation,
      latency: { kind: 'uniform', fromMs: 20, toMs: 900 },
      seed,
      size: units === null ? null : { kind: 'units', units },
      faults: faultsOf(faults, FAULT_CHANCE),
    };
    this.#market = new BoardMarket({ clock: this.clock, board: this.board, rules: this.rules });
    this.exchange = new SimulatedExchange(simulation, this.#market);
    this.#market.serve(this.exchange);
    this.#point(SHARE);
    this.#point(INDEX);
    this.exchange.beginDay(date);
    this.floor = this.#newFloor();
  }

  /** Starts the engine: from nothing, or from what was kept, a snapshot and the records after it. */
  async start(snapshot: Snapshot | null = null): Promise<void> {
    this.floor = this.#newFloor();
    const { floor } = this;
    const goesOn = this.records.length > 0;
    const remembered = goesOn ? recall(floor, this.records.slice(snapshot?.sequence ?? 0), snapshot) : null;
    await floor.lines.connect(createRegistry([paper()]));
    this.alive = true;
    await this.#mortal(async () => {
      if (remembered !== null) resume(floor, remembered, this.clock.now);
      for (const runner of floor.runners)
        if (runner.state.phase === 'stopped') floor.post(runner, { kind: 'start', by: 'config', at: this.clock.now });
      floor.beginDay(this.date, { countsFrom: this.clock.now });
      await this.#settle();
    });
  }

  snapshot(): Snapshot {
    return snapshotOf(this.floor, this.clock.now);
  }

  /** A while of a busy day: prices move, strategies speak, orders arrive. */
  async busy(ms: number): Promise<void> {
    const end = this.clock.now + ms;
    while (this.clock.now < end) {
      await this.pass(1 + this.random.below(8 * SECOND_MS));
      await this.#mortal(async () => {
        this.#move(SHARE, 12);
        this.#move(INDEX, 60);
        if (this.alive && this.random.below(3) === 0) this.#speak();
        await this.#settle();
      });
    }
  }

  /** Nothing goes wrong any more, every set leaves, and what was unclear becomes clear. */
  async calm(): Promise<void> {
    await this.pass(Math.max(0, atIst(this.date, BUSY_UNTIL) - this.clock.now) + MINUTE_MS);
    for (let round = 0; round < 6; round += 1) {
      for (const runner of this.floor.runners)
        this.floor.post(runner, { kind: 'exitNow', by: 'byHand', price: runner.price, at: this.clock.now });
      for (let minute = 0; minute < 3; minute += 1) {
        this.#point(SHARE);
        this.#point(INDEX);
        await this.pass(MINUTE_MS);
      }
    }
  }

  /** Time goes on, and everything that is due on the way happens, with an engine or without. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now + ms;
    await this.#mortal(() => this.#settle());
    for (let events = 0; events < 100_000; events += 1) {
      const next = Math.min(this.board.nextReached(), this.exchange.nextTime, this.alive ? this.floor.nextTime : Infinity);
      if (next > end) {
        this.clock.now = end;
        return;
      }
      this.clock.now = Math.max(this.clock.now, next);
      await this.#mortal(() => this.#settle());
    }
    throw new Error('Time does not go on.');
  }

  line(account: string): ExchangeLine {
    const line = this.#lines.get(account);
    if (line === undefined) throw new Error(`There is no line of ${account}.`);
    return line;
  }

  async #settle(): Promise<void> {
    for (let round = 0; round < 10_000; round += 1) {
      if (this.alive) await this.floor.mailbox.drain();
      const { now } = this.clock;
      if (this.board.nextReached() <= now) {
        this.board.wakeReached(now);
      } else if (this.alive && this.floor.nextTime <= now) this.floor.happen(now);
      else if (this.exchange.nextTime <= now) this.exchange.happen(now);
      else if (!this.alive || !this.floor.mailbox.busy) return;
    }
    throw new Error('It never comes to rest at one moment.');
  }

  /** Does something, and notes the engine's death if it comes of it. */
  async #mortal(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      this.#die();
    }
  }

  /** What the engine knew is gone with it; the exchange goes on. */
  #die(): void {
    this.alive = false;
    this.dies = { at: Infinity, how: 'afterKeeping' };
    for (const runner of this.floor.runners) runner.leave();
  }

  #move(instrument: string, ticks: number): void {
    const price = (this.#prices[instrument] ?? 0) + (this.random.below(2 * ticks + 1) - ticks) * 0.05;
    this.#prices[instrument] = Math.round(price * 20) / 20;
    this.#point(instrument);
  }

  #point(instrument: string): void {
    const slot = this.board.slot(instrument);
    slot.recordedAt = this.clock.now;
    slot.jump(this.clock.now, this.#prices[instrument] ?? Number.NaN);
  }

  #speak(): void {
    const { floor, random } = this;
    const runner = floor.runners[random.below(floor.runners.length)];
    if (runner === undefined) return;
    const { now } = this.clock;
    const direction = random.below(2) === 0 ? 'bullish' : 'bearish';
    const signal = { kind: random.below(5) === 0 ? 'exit' : 'enter', direction, at: now, reason: '', values: {} } as const;
    floor.post(runner, { kind: 'signal', signal, squareOffAt: null, barred: floor.barredBy(runner), at: now });
  }

  #newFloor(): Floor {
    const nothing = (): void => undefined;
    return new Floor({
      config: this.config,
      rules: this.rules,
      journal: this.#journal(),
      observer: {
        event: nothing,
        accountEvent: nothing,
        systemEvent: nothing,
        alert: (alert) => this.alerts.push(alert),
        point: nothing,
        range: nothing,
        dayEnded: nothing,
        ended: nothing,
      },
      clock: this.clock,
      board: this.board,
      venue: {
        connect: (account, listeners) => {
          const floor = this.floor;
          // What is told to an engine that is gone is told to nobody.
          const heard =
            <Args extends readonly unknown[]>(tell: (...args: Args) => void) =>
            (...args: Args): void => {
              if (this.alive && this.floor === floor) tell(...args);
            };
          const line = this.exchange.connect(account, {
            onNews: heard(listeners.onNews),
            onOutsideFill: heard(listeners.onOutsideFill),
            onLine: heard(listeners.onLine),
          });
          this.#lines.set(account.id, line);
          return line;
        },
        bandOf: () => null,
      },
      runId: '',
      lastSequence: this.records.length,
      onRecord: nothing,
    });
  }

  #journal(): Journal {
    return {
      append: (record) => {
        if (this.records.length >= RECORDS_MAX) throw new Error(`It decides without end: ${JSON.stringify(record).slice(0, 500)}`);
        const dies = this.records.length + 1 >= this.dies.at;
        if (dies && this.dies.how === 'beforeKeeping') throw new Killed();
        // A journal keeps what it is given as it is: whoever changes it later has not changed what was kept.
        this.records.push(structuredClone(record));
        if (dies) throw new Killed();
      },
      hash: () => '',
      close: () => undefined,
    };
  }
}
