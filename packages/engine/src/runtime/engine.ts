import type { RunConfig } from '../config/run-config.js';
import { type DurableJournal, isDurable, type Snapshot } from '../journal/durable-journal.js';
import type { Journal, JournalRecord } from '../journal/journal.js';
import type { RuleBook } from '../market/rule-book.js';
import type { Feed } from '../plugins/feed.js';
import type { Registry } from '../plugins/registry.js';
import { DAY_MS, type EpochMs, istDay, startOfIstDay, type TradingDate, tradingDate } from '../primitives/time.js';
import { SimulatedExchange } from '../simulation/simulated-exchange.js';
import { Board } from './board.js';
import { BoardMarket } from './board-market.js';
import { ChartBook } from './chart-book.js';
import { closeAll } from './close-all.js';
import { DueThings } from './due-things.js';
import { FeedCursor } from './feed-cursor.js';
import { FeedCursors } from './feed-cursors.js';
import { FeedWatch } from './feed-watch.js';
import { Floor } from './floor.js';
import { MarketIntake } from './market-intake.js';
import type { Pacer } from './pacer.js';
import { type Remembered, recall, snapshotOf } from './recovery.js';
import type { RunClock } from './run-clock.js';
import type { RunControl } from './run-control.js';
import type { RunObserver } from './run-observer.js';
import { SetStart } from './set-start.js';

/** What a run is made of. The same parts, differently filled, make a backtest and a paper run. */
export interface EngineParts {
  readonly config: RunConfig;
  readonly registry: Registry;
  readonly rules: RuleBook;
  readonly feeds: readonly Feed[];
  readonly journal: Journal | DurableJournal;
  readonly observer: RunObserver;
  /** Waits until a moment of the market may come; `null` for a run as fast as it can. */
  readonly pacer: Pacer | null;
  /** Nothing is traded before this; what the market did until then warms the indicators. */
  readonly tradeFrom: EpochMs;
  /** The first date that feeds are asked for; `null` is as far back as they go. */
  readonly readFrom: TradingDate | null;
  /** Ends the run early: nothing more is decided, and what is open stays open. */
  readonly signal: AbortSignal | null;
  /** Brings what people command while it runs; `null`: nobody does. */
  readonly control: RunControl | null;
  /** What client order ids begin with. */
  readonly runId: string;
  /** Told of each decision before it is kept. */
  readonly onRecord: (record: JournalRecord) => void;
}

/** How a run ended. */
export interface RunEnd {
  readonly interrupted: boolean;
  /** The last moment of the market that was reached. */
  readonly at: EpochMs;
}

/**
 * The loop. It takes what comes next in time: a level that is reached, a candle that ends, something due on the floor or at the exchange, or the
 * next point of a feed; sets the clock to it; lets it happen; and empties the mailbox before it goes on. Nothing is decided anywhere else.
 */
export class Engine {
  readonly #parts: EngineParts;
  readonly #clock: RunClock = { now: -Infinity };
  readonly #board: Board;
  readonly #charts: ChartBook;
  readonly #market: BoardMarket;
  readonly #exchange: SimulatedExchange;
  readonly #floor: Floor;
  readonly #intake: MarketIntake;
  readonly #due: DueThings;
  readonly #watches: readonly FeedWatch[];
  readonly #sets: SetStart;
  #feeds = new FeedCursors([]);
  /** Settles when the run is to end early. */
  readonly #aborted: Promise<void>;
  #day = -Infinity;
  #dayEnds: EpochMs = -Infinity;
  #tradeDays = 0;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#aborted = abortOf(parts.signal);
    const { config, rules, journal, observer, runId } = parts;
    const clock = this.#clock;
    this.#board = new Board({ pessimistic: config.simulation.path === 'pessimistic' });
    this.#charts = new ChartBook(rules.calendar);
    this.#market = new BoardMarket({ clock, board: this.#board, rules });
    this.#exchange = new SimulatedExchange(config.simulation, this.#market);
    this.#market.serve(this.#exchange);
    const lastSequence = isDurable(journal) ? journal.lastSequence : 0;
    this.#floor = new Floor({
      config,
      rules,
      journal,
      observer,
      clock,
      board: this.#board,
      venue: this.#exchange,
      runId,
      lastSequence,
      onRecord: parts.onRecord,
    });
    this.#floor.lines.hold();
    this.#sets = new SetStart({
      clock,
      floor: this.#floor,
      exchange: this.#exchange,
      charts: this.#charts,
      registry: parts.registry,
      tradeFrom: parts.tradeFrom,
      control: parts.control,
      remembered: isDurable(journal) && lastSequence > 0 ? remembered(this.#floor, journal) : null,
    });
    this.#watches = parts.feeds.map(({ live }) => this.#feedWatch(live !== undefined));
    this.#due = new DueThings({
      clock,
      board: this.#board,
      charts: this.#charts,
      floor: this.#floor,
      exchange: this.#exchange,
      watches: this.#watches,
    });
    this.#intake = new MarketIntake({ board: this.#board, charts: this.#charts, rules, runners: this.#floor.runners, observer });
  }

  /** Runs to the end of the feeds. However it ends, its lines are closed. */
  async run(): Promise<RunEnd> {
    try {
      return await this.#run();
    } finally {
      this.#sets.stop();
      this.#parts.control?.detach();
      await Promise.allSettled(this.#floor.accounts.map(({ broker }) => broker.close()));
    }
  }

  async #run(): Promise<RunEnd> {
    const { config, feeds, readFrom, tradeFrom, observer, registry } = this.#parts;
    await this.#floor.lines.connect(registry);
    const range = { from: readFrom, to: config.to, tradedFrom: config.from };
    this.#feeds = new FeedCursors(feeds.map((feed, index) => new FeedCursor(feed, this.#intake, range, this.#watches[index])));
    await Promise.race([this.#feeds.firstBlocks(), this.#aborted]);
    const first = this.#feeds.firstTime(tradeFrom);
    if (Number.isFinite(first)) this.#sets.begin(first);
    await this.#floor.mailbox.drain();
    const interrupted = await this.#loop();
    if (interrupted) await this.#feeds.stop();
    else await this.#endOfData();
    this.#sets.stop();
    // A day that was interrupted may go on, and one on which the sets were not back yet is none of this run's: it has no note yet.
    if (!interrupted && this.#sets.at === Infinity) await this.#endDay();
    else if (this.#tradeDays > 0) this.#showDay();
    observer.ended(this.#clock.now, {
      dropped: this.#charts.dropped(),
      notes: this.#floor.charges.notes(),
      simulated: this.#exchange.notes(),
    });
    return { interrupted, at: this.#clock.now };
  }

  /** @returns whether it was interrupted. */
  async #loop(): Promise<boolean> {
    const { pacer, signal } = this.#parts;
    const { mailbox } = this.#floor;
    for (;;) {
      if (mailbox.busy) {
        const working = mailbox.drain();
        if (working !== undefined) await working;
      }
      if (signal?.aborted) return true;
      const cursor = this.#feeds.next();
      if (cursor === null) {
        await this.#waitForLife();
        continue;
      }
      if (cursor.time === -Infinity) {
        await Promise.race([cursor.load(), mailbox.posted(), this.#aborted]);
        continue;
      }
      if (cursor.time === Infinity) return false;
      if (pacer !== null && cursor.feed.live === undefined) {
        await Promise.race([pacer.until(Math.min(cursor.time, this.#due.next())), mailbox.posted()]);
        // What a person commands meanwhile does not wait for the market.
        if (mailbox.busy || signal?.aborted) continue;
      }
      if (this.#sets.at < Infinity) {
        // Before anything is decided of the moment at which the sets go on.
        const next = Math.min(cursor.time, this.#due.next());
        if (next >= this.#sets.at) {
          this.#sets.start(next);
          continue;
        }
      }
      const due = this.#due.next();
      if (due <= cursor.time) {
        this.#due.happen(due);
        continue;
      }
      if (cursor.time >= this.#dayEnds) {
        await this.#beginDay(cursor.time);
        continue;
      }
      // A point can come late: time has gone on without it.
      this.#clock.now = Math.max(this.#clock.now, cursor.time);
      const told = cursor.step(pacer === null ? Math.min(due, this.#feeds.timeAfter(cursor)) : -Infinity);
      this.#clock.now = Math.max(this.#clock.now, told);
    }
  }

  /** Waits for a point of a live feed, for mail, or until something is due by the clock: what happens first. */
  async #waitForLife(): Promise<void> {
    const silent = this.#feeds.silent();
    const due = Math.min(this.#due.next(), this.#sets.at);
    const over = new AbortController();
    let isDue = false;
    const clock = async (): Promise<void> => {
      await silent[0]?.feed.live?.until(due, over.signal);
      isDue = !over.signal.aborted;
    };
    const waits = [...silent.map((cursor) => cursor.load()), this.#floor.mailbox.posted(), this.#aborted];
    await Promise.race(due < Infinity ? [...waits, clock()] : waits);
    over.abort();
    if (!isDue) return;
    // Nobody's point has begun the date.
    if (due >= this.#dayEnds) await this.#beginDay(due);
    if (due >= this.#sets.at) this.#sets.start(due);
    // What is due first may be another thing by now.
    else if (this.#due.next() <= due) this.#due.happen(due);
  }

  /** A new date: yesterday is marked to its last prices, and today's times are set. */
  async #beginDay(now: EpochMs): Promise<void> {
    await this.#endDay();
    const { tradeFrom } = this.#parts;
    this.#clock.now = now;
    this.#day = istDay(now);
    this.#dayEnds = startOfIstDay(this.#day) + DAY_MS;
    const date = tradingDate(now);
    this.#board.newDay();
    this.#exchange.beginDay(date);
    const counts = this.#dayEnds > tradeFrom;
    if (counts) this.#tradeDays += 1;
    this.#floor.beginDay(date, { countsFrom: counts ? tradeFrom : null });
  }

  async #endDay(): Promise<void> {
    if (this.#tradeDays === 0) return;
    const { journal } = this.#parts;
    this.#floor.endDay(this.#date);
    await this.#floor.mailbox.drain();
    this.#showDay();
    if (isDurable(journal)) await journal.saveSnapshot(snapshotOf(this.#floor, this.#clock.now));
  }

  #showDay(): void {
    this.#parts.observer.dayEnded(this.#date, this.#floor.equityPaise(this.#clock.now));
  }

  get #date(): TradingDate {
    return tradingDate(startOfIstDay(this.#day));
  }

  /** The feeds have ended: what they told of is brought to its end, and what is still open is closed at the last price. */
  async #endOfData(): Promise<void> {
    for (let due = this.#due.next(); due <= this.#intake.toldUntil; due = this.#due.next()) {
      this.#due.happen(due);
      await this.#floor.mailbox.drain();
    }
    for (const { account, broker } of this.#floor.accounts) account.alwaysOpen = broker.isSimulated;
    this.#market.alwaysOpen = true;
    this.#floor.timers.stop();
    await closeAll({
      floor: this.#floor,
      clock: this.#clock,
      exchangeTime: () => this.#exchange.nextTime,
      exchangeActs: (now) => this.#exchange.happen(now),
    });
    this.#charts.complete();
  }

  #feedWatch(isLive: boolean): FeedWatch {
    const { config, rules, tradeFrom: from } = this.#parts;
    const { feedStaleMs: staleAfterMs, clockSkewMs: skewMaxMs } = config.risk;
    return new FeedWatch({ calendar: rules.calendar, from, isLive, staleAfterMs, skewMaxMs, found: this.#floor.found });
  }
}

/** Settles when a signal says so; without one, never. */
const abortOf = (signal: AbortSignal | null): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });

function remembered(floor: Floor, journal: DurableJournal): Remembered {
  const snapshot: Snapshot | null = journal.latestSnapshot();
  return recall(floor, journal.read({ after: snapshot?.sequence ?? 0 }), snapshot);
}
