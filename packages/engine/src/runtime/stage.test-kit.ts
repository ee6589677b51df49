import { aRun } from '../config/plain-run.test-kit.js';
import type { RunConfig } from '../config/run-config.js';
import type { Snapshot } from '../journal/durable-journal.js';
import type { Journal, JournalEvent, JournalRecord } from '../journal/journal.js';
import { memoryJournal } from '../journal/memory-journal.js';
import { createRuleBook } from '../market/create-rule-book.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { PriceBand } from '../orders/protected-limit.js';
import { first } from '../primitives/ends-of-a-list.test-kit.js';
import { time } from '../primitives/mondays.test-kit.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetConfig } from '../sets/set-config.js';
import type { Direction, Signal } from '../sets/signal.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import type { Alert } from './alert.js';
import { Board } from './board.js';
import { Floor } from './floor.js';
import type { FloorAccount } from './floor-account.js';
import { type Remembered, recall, resume } from './recovery.js';
import type { RunClock } from './run-clock.js';
import type { RunObserver } from './run-observer.js';
import { aSet } from './runtime.test-kit.js';
import { outsideFill, type Script, ScriptedBroker } from './scripted-broker.test-kit.js';
import type { SetRunner } from './set-runner.js';

/** Many times more decisions than any test of a few minutes brings. */
const RECORDS_MAX = 20_000;

/** What a stage is made of, beside its configuration. */
export interface StageOptions {
  readonly now?: EpochMs;
  readonly script?: Partial<Script>;
  /** Whether the brokers' answers are waited for, as a simulated one's are. */
  readonly awaited?: boolean;
  readonly journal?: Journal;
  /** What was kept before the engine was started again; absent for a new one. */
  readonly kept?: readonly JournalRecord[];
  readonly snapshot?: Snapshot | null;
  readonly bandOf?: (instrument: InstrumentKey) => PriceBand | null;
  readonly pessimistic?: boolean;
}

/** The floor without a feed and without an exchange: a test moves prices and time, and plays the brokers. */
export class Stage {
  readonly clock: RunClock;
  readonly board: Board;
  readonly rules: RuleBook;
  readonly floor: Floor;
  readonly brokers: readonly ScriptedBroker[];
  readonly records: JournalRecord[] = [];
  readonly alerts: Alert[] = [];
  /** What became true, in order: `one setOpened`, `account:main lineLost`, `system switchChanged`; of orders their news. */
  readonly said: string[] = [];
  readonly #remembered: Remembered | null;
  #fills = 0;

  constructor(
    readonly config: RunConfig,
    {
      now = time('10:00'),
      script = {},
      awaited = true,
      journal = memoryJournal(),
      kept = [],
      snapshot = null,
      bandOf = () => null,
      pessimistic = false,
    }: StageOptions = {},
  ) {
    this.clock = { now };
    this.board = new Board({ pessimistic });
    this.rules = createRuleBook({ calendar: 'rules', instruments: config.instruments });
    this.floor = new Floor({
      config,
      rules: this.rules,
      journal,
      observer: this.#observer(),
      clock: this.clock,
      board: this.board,
      venue: {
        connect: () => {
          throw new Error('A stage has no exchange.');
        },
        bandOf,
      },
      runId: '',
      lastSequence: kept.at(-1)?.sequence ?? 0,
      onRecord: (record) => {
        if (this.records.length >= RECORDS_MAX) throw new Error(`It decides without end: ${JSON.stringify(record).slice(0, 500)}`);
        this.records.push(record);
      },
    });
    this.brokers = this.floor.accounts.map((place) => {
      const broker = new ScriptedBroker();
      broker.script = script;
      place.broker.connect(broker, awaited);
      return broker;
    });
    this.#remembered = kept.length > 0 ? recall(this.floor, kept.slice(snapshot?.sequence ?? 0), snapshot) : null;
  }

  /** The sets start, or go on from what was kept. */
  async start(): Promise<void> {
    if (this.#remembered !== null) resume(this.floor, this.#remembered, this.now);
    for (const runner of this.floor.runners)
      if (runner.state.phase === 'stopped') this.floor.post(runner, { kind: 'start', by: 'config', at: this.now });
    await this.settle();
  }

  get now(): EpochMs {
    return this.clock.now;
  }

  /** The first account, and its broker. */
  get place(): FloorAccount {
    return first(this.floor.accounts);
  }

  get broker(): ScriptedBroker {
    return first(this.brokers);
  }

  /** The runner of a set; on the first of its accounts unless another is named. */
  runner(set: string, account?: string): SetRunner {
    const found = this.floor.runners.find(
      ({ instance }) => instance.config.id === set && (account === undefined || instance.account === account),
    );
    if (found === undefined) throw new Error(`There is no set ${set}.`);
    return found;
  }

  get events(): readonly JournalEvent[] {
    return this.records.flatMap(({ events }) => events);
  }

  /** Events of a kind, in order. */
  ofKind<Kind extends JournalEvent['kind']>(kind: Kind): readonly Extract<JournalEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<JournalEvent, { kind: Kind }> => event.kind === kind);
  }

  /** Works until nothing is left to do at this moment. */
  async settle(): Promise<void> {
    for (let round = 0; round < 1_000; round += 1) {
      await this.floor.mailbox.drain();
      if (this.floor.mailbox.busy) continue;
      if (this.board.nextReached() <= this.now) {
        this.board.wakeReached(this.now);
      } else if (this.floor.nextTime <= this.now) this.floor.happen(this.now);
      else return;
    }
    throw new Error('It never comes to rest at one moment.');
  }

  /** Time goes on to a moment, and what is due on the way happens. */
  async until(end: EpochMs): Promise<void> {
    await this.settle();
    for (let next = this.#nextTime; next <= end; next = this.#nextTime) {
      this.clock.now = Math.max(this.now, next);
      await this.settle();
    }
    this.clock.now = end;
  }

  async pass(ms: number): Promise<void> {
    await this.until(this.now + ms);
  }

  /** A price comes of an instrument. */
  async price(price: Price, instrument: InstrumentKey = SHARE): Promise<void> {
    const slot = this.board.slot(instrument);
    slot.recordedAt = this.now;
    slot.jump(this.now, price);
    await this.settle();
  }

  /** A strategy speaks. */
  async signal(set: string, direction: Direction, account?: string): Promise<void> {
    const runner = this.runner(set, account);
    const signal: Signal = { kind: 'enter', direction, at: this.now, reason: 'A test says so.', values: {} };
    this.floor.post(runner, { kind: 'signal', signal, squareOffAt: null, barred: this.floor.barredBy(runner), at: this.now });
    await this.settle();
  }

  /** An order is filled, all of it or a part. */
  async fill(order: OrderRequest, price: Price, { quantity = order.quantity, fillId = this.#nextFill() } = {}): Promise<void> {
    const { orderId, instrument, side, account } = order;
    const fill = { fillId, orderId, instrument, side, quantity, price, time: this.now };
    this.tell({ kind: 'filled', orderId, fill, at: this.now }, account);
    await this.settle();
  }

  /** A set enters and is filled at a price, which becomes the market's. */
  async open(set: string, direction: Direction, price: Price, account?: string): Promise<void> {
    const broker = this.brokerOf(set, account);
    const { length } = broker.sent;
    await this.signal(set, direction, account);
    for (const order of broker.sent.slice(length)) await this.fill(order, price);
  }

  brokerOf(set: string, account?: string): ScriptedBroker {
    const runner = this.runner(set, account);
    const index = this.floor.accounts.findIndex((place) => place.account.name === runner.instance.account);
    const broker = this.brokers[index];
    if (broker === undefined) throw new Error(`There is no broker for ${set}.`);
    return broker;
  }

  /** A broker tells something. */
  tell(news: BrokerNews, account = 'main'): void {
    this.#listeners(account).onNews(news);
  }

  tellOutside(fill: Partial<OutsideFill>, account = 'main'): void {
    this.#listeners(account).onOutsideFill(outsideFill({ time: this.now, ...fill }));
  }

  line(state: 'up' | 'down', account = 'main'): void {
    this.#listeners(account).onLine(state, this.now);
  }

  #listeners(account: string) {
    const place = this.floor.accounts.find((one) => one.account.name === account);
    if (place === undefined) throw new Error(`There is no account ${account}.`);
    return this.floor.lines.listenersOf(place);
  }

  get #nextTime(): EpochMs {
    return Math.min(this.floor.nextTime, this.board.nextReached());
  }

  #nextFill(): string {
    this.#fills += 1;
    return `F${this.#fills}`;
  }

  #observer(): RunObserver {
    return {
      event: ({ instance }, event) =>
        this.said.push(`${instance.config.id} ${event.kind === 'orderChanged' ? event.news.kind : event.kind}`),
      accountEvent: ({ id }, event) => this.said.push(`${id} ${event.kind}`),
      systemEvent: (event) => this.said.push(`system ${event.kind}`),
      alert: (alert) => this.alerts.push(alert),
      point: () => undefined,
      range: () => undefined,
      dayEnded: () => undefined,
      ended: () => undefined,
    };
  }
}

/** A stage with one share at ₹1,000 and sets over it by their names, or as they are given. */
export async function stageWith(
  sets: readonly (string | SetConfig)[] = ['one'],
  options: StageOptions & { readonly run?: Parameters<typeof aRun>[1] } = {},
): Promise<Stage> {
  const configs = sets.map((set) => (typeof set === 'string' ? aSet({}, { id: set }) : set));
  const stage = new Stage(aRun(configs, options.run), options);
  await stage.start();
  await stage.price(1_000);
  return stage;
}

/** The same engine, started again from what the first one kept, at the price of then; its broker has what the first one had, if it is given. */
export async function restarted(
  stage: Stage,
  { config = stage.config, ...options }: StageOptions & { readonly config?: RunConfig } = {},
): Promise<Stage> {
  const next = new Stage(config, { now: stage.now, kept: stage.records, ...options });
  for (const [i, broker] of stage.brokers.entries()) {
    next.brokers[i]?.book.push(...broker.book);
    next.brokers[i]?.held.push(...broker.held);
  }
  for (const runner of next.floor.runners) {
    const { key } = runner.underlying;
    const price = stage.board.slot(key).price(stage.now);
    if (!Number.isNaN(price)) await next.price(price, key);
  }
  await next.start();
  return next;
}
