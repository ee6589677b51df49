import type { Subscription } from 'rxjs';

import type { RunConfig } from '../config/run-config.js';
import type { DurableJournal, Snapshot } from '../journal/durable-journal.js';
import type { Journal, JournalRecord } from '../journal/journal.js';
import type { RuleBook } from '../market/rule-book.js';
import type { Feed } from '../plugins/feed.js';
import type { Registry } from '../plugins/registry.js';
import { unreachable } from '../primitives/assert.js';
import { DAY_MS, type EpochMs, istDay, SECOND_MS, startOfIstDay, type TradingDate, tradingDate } from '../primitives/time.js';
import { SimulatedExchange } from '../simulation/simulated-exchange.js';
import { Board } from './board.js';
import { BoardMarket } from './board-market.js';
import { ChartBook } from './chart-book.js';
import { closeAll } from './close-all.js';
import { FeedCursor } from './feed-cursor.js';
import { FeedWatch } from './feed-watch.js';
import { Floor } from './floor.js';
import { MarketIntake } from './market-intake.js';
import type { Pacer } from './pacer.js';
import { compareFirst, heldBefore, type Remembered, recall, resume, snapshotOf } from './recovery.js';
import type { RunClock } from './run-clock.js';
import type { RunControl } from './run-control.js';
import type { RunObserver } from './run-observer.js';
import { signalsInto } from './signal-intake.js';

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
  readonly #watches: readonly FeedWatch[];
  readonly #subscriptions: Subscription[] = [];
  readonly #remembered: Remembered | null;
  #cursors: FeedCursor[] = [];
  /** What is due next, as it was found last. */
  #due: 'level' | 'close' | 'floor' | 'exchange' | 'silence' = 'level';
  /** When the sets begin, or go on; `Infinity` once they have. */
  #startAt: EpochMs = Infinity;
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
    this.#floor.hold();
    this.#remembered = isDurable(journal) && lastSequence > 0 ? remembered(this.#floor, journal) : null;
    this.#watches = parts.feeds.map(({ live }) => this.#feedWatch(live !== undefined));
    this.#intake = new MarketIntake({ board: this.#board, charts: this.#charts, rules, runners: this.#floor.runners, observer });
  }

  /** Runs to the end of the feeds. However it ends, its lines are closed. */
  async run(): Promise<RunEnd> {
    try {
      return await this.#run();
    } finally {
      for (const subscription of this.#subscriptions) subscription.unsubscribe();
      this.#parts.control?.detach();
      await Promise.allSettled(this.#floor.accounts.map(({ orders }) => orders.close()));
    }
  }

  async #run(): Promise<RunEnd> {
    const { config, feeds, readFrom, observer, registry } = this.#parts;
    await this.#floor.connect(registry);
    this.#cursors = feeds.map(
      (feed, index) => new FeedCursor(feed, this.#intake, { from: readFrom, to: config.to, tradedFrom: config.from }, this.#watches[index]),
    );
    await Promise.race([this.#firstBlocks(), this.#aborted]);
    this.#begin(Math.min(...this.#cursors.map(({ time }) => time)));
    await this.#floor.mailbox.drain();
    const interrupted = await this.#loop();
    if (interrupted) for (const cursor of this.#cursors) await cursor.stop();
    else await this.#endOfData();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    // A day that was interrupted may go on, and one on which the sets were not back yet is none of this run's: it has no note yet.
    if (!interrupted && this.#startAt === Infinity) await this.#endDay();
    else if (this.#tradeDays > 0) this.#showDay();
    observer.ended(this.#clock.now, {
      dropped: this.#charts.dropped(),
      notes: this.#floor.charges.notes(),
      simulated: this.#exchange.notes(),
    });
    return { interrupted, at: this.#clock.now };
  }

  /** Waits until every feed has something to tell, but for a live one not for long: what is held, and what is on its way, cannot wait for prices. */
  async #firstBlocks(): Promise<void> {
    const over = new AbortController();
    await Promise.all(
      this.#cursors.map((cursor) => {
        const { live } = cursor.feed;
        return live === undefined ? cursor.load() : Promise.race([cursor.load(), live.until(live.since + FIRST_BLOCK_MS, over.signal)]);
      }),
    );
    over.abort();
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
      const cursor = this.#nextCursor();
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
        await Promise.race([pacer.until(Math.min(cursor.time, this.#nextDue())), mailbox.posted()]);
        // What a person commands meanwhile does not wait for the market.
        if (mailbox.busy || signal?.aborted) continue;
      }
      if (this.#startAt < Infinity) {
        // Before anything is decided of the moment at which the sets go on.
        const next = Math.min(cursor.time, this.#nextDue());
        if (next >= this.#startAt) {
          this.#start(next);
          continue;
        }
      }
      const due = this.#nextDue();
      if (due <= cursor.time) {
        this.#happen(due);
        continue;
      }
      if (cursor.time >= this.#dayEnds) {
        await this.#beginDay(cursor.time);
        continue;
      }
      // A point can come late: time has gone on without it.
      this.#clock.now = Math.max(this.#clock.now, cursor.time);
      const told = cursor.step(pacer === null ? Math.min(due, this.#timeAfter(cursor)) : -Infinity);
      this.#clock.now = Math.max(this.#clock.now, told);
    }
  }

  /** Waits for a point of a live feed, for mail, or until something is due by the clock: what happens first. */
  async #waitForLife(): Promise<void> {
    const silent = this.#cursors.filter(isSilent);
    const due = Math.min(this.#nextDue(), this.#startAt);
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
    if (due >= this.#startAt) this.#start(due);
    // What is due first may be another thing by now.
    else if (this.#nextDue() <= due) this.#happen(due);
  }

  /**
   * The feed whose point comes first; one that must load first before all others. A live one that has nothing to tell holds nobody up; `null`:
   * there is nothing but such.
   */
  #nextCursor(): FeedCursor | null {
    const cursors = this.#cursors;
    let next: FeedCursor | null = null;
    let silent = false;
    for (let i = 0; i < cursors.length; i += 1) {
      const cursor = cursors[i] as FeedCursor;
      if (isSilent(cursor)) silent = true;
      else if (next === null || cursor.time < next.time) next = cursor;
    }
    return silent && (next === null || next.time === Infinity) ? null : next;
  }

  /** When a feed other than this one has its next point. */
  #timeAfter(cursor: FeedCursor): EpochMs {
    let next = Infinity;
    for (const other of this.#cursors) if (other !== cursor && other.time < next) next = other.time;
    return next;
  }

  /** When anything but a point of the market is due next; what that is, is kept. Of one moment, what stands first here comes first. */
  #nextDue(): EpochMs {
    let next = this.#board.nextReached();
    this.#due = 'level';
    const close = this.#charts.nextClose;
    if (close < next) {
      next = close;
      this.#due = 'close';
    }
    const floor = this.#floor.nextTime;
    if (floor < next) {
      next = floor;
      this.#due = 'floor';
    }
    const exchange = this.#exchange.nextTime;
    if (exchange < next) {
      next = exchange;
      this.#due = 'exchange';
    }
    for (let i = 0; i < this.#watches.length; i += 1) {
      const { nextTime } = this.#watches[i] as FeedWatch;
      if (nextTime >= next) continue;
      next = nextTime;
      this.#due = 'silence';
    }
    return next;
  }

  /** Lets one thing happen: what was found to be due next, at that moment. */
  #happen(due: EpochMs): void {
    if (due > this.#clock.now) this.#clock.now = due;
    switch (this.#due) {
      case 'level':
        this.#wakeReached();
        return;
      case 'close':
        this.#charts.closeDue(due);
        return;
      case 'floor':
        this.#floor.happen(due);
        return;
      case 'exchange':
        this.#exchange.happen(due);
        return;
      case 'silence':
        for (const watch of this.#watches) if (watch.nextTime <= due) watch.look(due);
        return;
      default:
        unreachable(this.#due);
    }
  }

  #wakeReached(): void {
    const { now } = this.#clock;
    for (const slot of this.#board.watched.slice()) if (slot.reachedAt <= now) slot.wakeReached(now);
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
    for (let due = this.#nextDue(); due <= this.#intake.toldUntil; due = this.#nextDue()) {
      this.#happen(due);
      await this.#floor.mailbox.drain();
    }
    for (const { account, orders } of this.#floor.accounts) account.alwaysOpen = orders.isSimulated;
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

  /**
   * Sets start with the first point of the market, or when trading begins. Those that were running before go on when it has come to where they
   * were; and where brokers of the world are concerned, nothing begins before history is over.
   */
  #begin(firstPoint: EpochMs): void {
    const first = firstPoint === -Infinity && this.#cursors.some(isSilent) ? this.#parts.tradeFrom : firstPoint;
    if (!Number.isFinite(first)) return;
    // A strategy can fail when it is asked for its signals, before the market's first moment: that is the time of its failure.
    this.#clock.now = first;
    if (this.#remembered !== null || this.#floor.isReal) this.#startAt = this.#parts.tradeFrom;
    else {
      this.#open(first);
      this.#startSets(Math.max(first, this.#parts.tradeFrom));
    }
    this.#subscribe();
  }

  #start(now: EpochMs): void {
    this.#startAt = Infinity;
    this.#clock.now = Math.max(this.#clock.now, now);
    if (this.#remembered !== null) this.#goOn(this.#remembered, now);
    for (const place of this.#floor.accounts) if (!place.orders.isSimulated) compareFirst(place);
    this.#open(now);
    this.#startSets(now);
  }

  /** What was remembered is put in place, also in an exchange that died with the engine. */
  #goOn(remembered: Remembered, now: EpochMs): void {
    for (const { account, orders } of this.#floor.accounts) {
      const { realisedPaise } = account.money;
      if (orders.isSimulated) this.#exchange.takeOver(account.name, heldBefore(account, remembered), realisedPaise);
    }
    resume(this.#floor, remembered, now);
  }

  /** Brokers and people are heard from now on. */
  #open(now: EpochMs): void {
    this.#floor.open(now);
    this.#parts.control?.attach(this.#floor, this.#clock);
  }

  /** Sets that were running before are as they were: also those that a person has stopped. */
  #startSets(at: EpochMs): void {
    for (const runner of this.#floor.runners) {
      const isNew = this.#remembered?.sets.has(runner.id) !== true;
      if (runner.instance.config.active && isNew) this.#floor.post(runner, { kind: 'start', by: 'config', at });
    }
  }

  #subscribe(): void {
    const { registry, tradeFrom } = this.#parts;
    for (const runner of this.#floor.runners) {
      this.#subscriptions.push(
        ...signalsInto(runner, {
          registry,
          market: this.#charts,
          clock: this.#clock,
          tradeFrom,
          post: this.#floor.post,
          timers: this.#floor.timers,
          barredBy: this.#floor.barredBy,
        }),
      );
    }
  }

  #feedWatch(isLive: boolean): FeedWatch {
    const { config, rules, tradeFrom: from } = this.#parts;
    const { feedStaleMs: staleAfterMs, clockSkewMs: skewMaxMs } = config.risk;
    return new FeedWatch({ calendar: rules.calendar, from, isLive, staleAfterMs, skewMaxMs, found: this.#floor.found });
  }
}

/** So long a live feed is waited for at first: its history comes at once where it comes at all. */
const FIRST_BLOCK_MS = 10 * SECOND_MS;

/** A live feed that has nothing to tell at present. */
const isSilent = ({ feed, time }: FeedCursor): boolean => time === -Infinity && feed.live !== undefined;

/** Settles when a signal says so; without one, never. */
const abortOf = (signal: AbortSignal | null): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });

const isDurable = (journal: Journal | DurableJournal): journal is DurableJournal => 'latestSnapshot' in journal;

function remembered(floor: Floor, journal: DurableJournal): Remembered {
  const snapshot: Snapshot | null = journal.latestSnapshot();
  return recall(floor, journal.read({ after: snapshot?.sequence ?? 0 }), snapshot);
}
