import type { Subscription } from 'rxjs';

import type { RunConfig } from '../config/run-config.js';
import type { Journal } from '../journal/journal.js';
import type { RuleBook } from '../market/rule-book.js';
import { segmentOf } from '../market/segment-of.js';
import type { Feed } from '../plugins/feed.js';
import type { Registry } from '../plugins/registry.js';
import { DAY_MS, type EpochMs, istDay, startOfIstDay, type TradingDate, tradingDate } from '../primitives/time.js';
import { SimulatedExchange } from '../simulation/simulated-exchange.js';
import { AccountDesk } from './account-desk.js';
import { Board } from './board.js';
import { ChargeBook } from './charge-book.js';
import { ChartBook } from './chart-book.js';
import { closeAll } from './close-all.js';
import { connectBrokers } from './connect-brokers.js';
import { createRunners } from './create-runners.js';
import { DayTimers } from './day-timers.js';
import { FeedCursor } from './feed-cursor.js';
import { LegChooser } from './leg-chooser.js';
import { MarketIntake } from './market-intake.js';
import type { Pacer } from './pacer.js';
import { PriceModels } from './price-models.js';
import type { RunClock } from './run-clock.js';
import type { RunObserver } from './run-observer.js';
import { SetDesk } from './set-desk.js';
import type { SetRunner } from './set-runner.js';
import { signalsInto } from './signal-intake.js';

/** What a run is made of. The same parts, differently filled, make a backtest and a paper run. */
export interface EngineParts {
  readonly config: RunConfig;
  readonly registry: Registry;
  readonly rules: RuleBook;
  readonly feeds: readonly Feed[];
  readonly journal: Journal;
  readonly observer: RunObserver;
  /** Waits until a moment of the market may come; `null` for a run as fast as it can. */
  readonly pacer: Pacer | null;
  /** Nothing is traded before this; what the market did until then warms the indicators. */
  readonly tradeFrom: EpochMs;
  /** The first date that feeds are asked for; `null` is as far back as they go. */
  readonly readFrom: TradingDate | null;
  /** Ends the run early: nothing more is decided, and what is open stays open. */
  readonly signal: AbortSignal | null;
}

/** How a run ended. */
export interface RunEnd {
  readonly interrupted: boolean;
  /** The last moment of the market that was reached. */
  readonly at: EpochMs;
}

/**
 * The loop. It takes what comes next in time: a level that is reached, a candle that ends, a time that has come, an order that arrives, or the
 * next point of a feed; sets the clock to it; lets it happen; and empties the mailbox before it goes on. Nothing is decided anywhere else.
 */
export class Engine {
  readonly #parts: EngineParts;
  readonly #clock: RunClock = { now: -Infinity };
  readonly #board: Board;
  readonly #charts: ChartBook;
  readonly #desk: SetDesk;
  readonly #exchange: SimulatedExchange;
  readonly #charges: ChargeBook;
  readonly #accounts: ReadonlyMap<string, AccountDesk>;
  readonly #runners: readonly SetRunner[];
  readonly #timers: DayTimers;
  readonly #intake: MarketIntake;
  readonly #subscriptions: Subscription[] = [];
  #cursors: FeedCursor[] = [];
  #day = -Infinity;
  #dayEnds: EpochMs = -Infinity;
  #tradeDays = 0;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    const { config, rules, journal, observer } = parts;
    this.#board = new Board({ pessimistic: config.simulation.path === 'pessimistic' });
    this.#charts = new ChartBook(rules.calendar);
    this.#charges = new ChargeBook(config);
    this.#accounts = new Map(config.accounts.map((account) => [account.id, new AccountDesk(account)]));
    this.#desk = new SetDesk({
      clock: this.#clock,
      board: this.#board,
      rules,
      journal,
      legs: new LegChooser(rules, this.#board, new PriceModels(config, rules, this.#board)),
      charges: this.#charges,
      accounts: this.#accounts,
      observe: (runner, event) => observer.event(runner, event),
    });
    const { latencyMs, slippage, fill, path } = config.simulation;
    this.#exchange = new SimulatedExchange(
      { latency: () => latencyMs, slippage, fill, pessimistic: path === 'pessimistic' },
      this.#desk.news,
    );
    this.#runners = createRunners(config, this.#accounts, { board: this.#board, clock: this.#clock, post: this.#desk.post });
    this.#timers = new DayTimers(this.#runners, rules.calendar);
    this.#intake = new MarketIntake({ board: this.#board, charts: this.#charts, rules, runners: this.#runners, observer });
  }

  /** Runs to the end of the feeds. */
  async run(): Promise<RunEnd> {
    const { config, feeds, readFrom, observer } = this.#parts;
    await connectBrokers(config, this.#parts.registry, {
      desk: this.#desk,
      exchange: this.#exchange,
      board: this.#board,
      clock: this.#clock,
    });
    this.#cursors = feeds.map((feed) => new FeedCursor(feed, this.#intake, { from: readFrom, to: config.to, tradedFrom: config.from }));
    for (const cursor of this.#cursors) await cursor.load();
    this.#startSets(Math.min(...this.#cursors.map(({ time }) => time)));
    await this.#desk.drain();
    const interrupted = await this.#loop();
    if (interrupted) for (const cursor of this.#cursors) await cursor.stop();
    else await this.#endOfData();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    this.#endDay();
    observer.ended(this.#clock.now, { dropped: this.#charts.dropped(), notes: this.#charges.notes() });
    return { interrupted, at: this.#clock.now };
  }

  /** @returns whether it was interrupted. */
  async #loop(): Promise<boolean> {
    const { pacer, signal } = this.#parts;
    for (;;) {
      if (this.#desk.busy) {
        const working = this.#desk.drain();
        if (working !== undefined) await working;
      }
      const cursor = this.#nextCursor();
      if (cursor.time === -Infinity) {
        if (signal?.aborted) return true;
        await cursor.load();
        continue;
      }
      if (cursor.time === Infinity) return false;
      if (pacer !== null) {
        await pacer.until(Math.min(cursor.time, this.#nextDue()));
        if (signal?.aborted) return true;
      }
      if (this.#happenNext(cursor.time)) continue;
      if (cursor.time >= this.#dayEnds) this.#beginDay(istDay(cursor.time));
      this.#clock.now = cursor.time;
      this.#clock.now = cursor.step(pacer === null ? Math.min(this.#nextDue(), this.#timeAfter(cursor)) : -Infinity);
    }
  }

  /** The feed whose point comes first; one that must load first before all others. */
  #nextCursor(): FeedCursor {
    const cursors = this.#cursors;
    let next = cursors[0] as FeedCursor;
    for (let i = 1; i < cursors.length; i += 1) {
      const cursor = cursors[i] as FeedCursor;
      if (cursor.time < next.time) next = cursor;
    }
    return next;
  }

  /** When a feed other than this one has its next point. */
  #timeAfter(cursor: FeedCursor): EpochMs {
    let next = Infinity;
    for (const other of this.#cursors) if (other !== cursor && other.time < next) next = other.time;
    return next;
  }

  #nextDue(): EpochMs {
    return Math.min(this.#board.nextReached(), this.#charts.nextClose, this.#timers.next, this.#exchange.nextArrival);
  }

  /** Lets one thing happen that is due at `until` or before; says whether there was one. */
  #happenNext(until: EpochMs): boolean {
    const reached = this.#board.nextReached();
    const close = this.#charts.nextClose;
    const timer = this.#timers.next;
    const arrival = this.#exchange.nextArrival;
    const first = Math.min(reached, close, timer, arrival);
    if (first > until) return false;
    if (first > this.#clock.now) this.#clock.now = first;
    if (reached <= first) this.#wakeReached();
    else if (close <= first) this.#charts.closeDue(first);
    else if (timer <= first) this.#timers.fire(first, this.#desk.post);
    else this.#arrive();
    return true;
  }

  #wakeReached(): void {
    const { now } = this.#clock;
    for (const slot of this.#board.watched.slice()) if (slot.reachedAt <= now) slot.wakeReached(now);
  }

  #arrive(): void {
    const order = this.#exchange.nextArrivalOrder;
    if (order === undefined) return;
    const { rules } = this.#parts;
    const { now } = this.#clock;
    const slot = this.#board.slot(order.instrument);
    slot.instrument ??= rules.instrument(order.instrument, tradingDate(now));
    const alwaysOpen = order.purpose === 'exit' && this.#accounts.get(order.account)?.alwaysOpen === true;
    const open = alwaysOpen || rules.calendar.sessionAt(now, segmentOf(order.instrument)) !== undefined;
    this.#exchange.arrive({
      instrument: slot.instrument,
      open,
      price: slot.price(now, slot.lineFor(order.side)),
      bid: slot.bid,
      ask: slot.ask,
    });
  }

  /** A new date: yesterday is marked to its last prices, and today's times are set. */
  #beginDay(day: number): void {
    this.#endDay();
    this.#day = day;
    const open = startOfIstDay(day);
    this.#dayEnds = open + DAY_MS;
    const date = tradingDate(open);
    this.#board.newDay();
    this.#timers.plan(date);
    if (this.#dayEnds <= this.#parts.tradeFrom) return;
    this.#tradeDays += 1;
    for (const account of this.#accounts.values()) account.dayStarted(date, this.#clock.now);
  }

  #endDay(): void {
    if (this.#tradeDays === 0) return;
    const date = tradingDate(startOfIstDay(this.#day));
    let equityPaise = 0;
    for (const account of this.#accounts.values()) equityPaise += account.equityPaise(this.#clock.now);
    this.#parts.observer.dayEnded(date, equityPaise);
  }

  /** The feeds have ended: what they told of is brought to its end, and what is still open is closed at the last price. */
  async #endOfData(): Promise<void> {
    while (this.#happenNext(this.#intake.toldUntil)) await this.#desk.drain();
    for (const account of this.#accounts.values()) account.alwaysOpen = true;
    this.#timers.stop();
    await closeAll({
      runners: this.#runners,
      desk: this.#desk,
      exchange: this.#exchange,
      clock: this.#clock,
      arrive: () => this.#arrive(),
    });
    this.#charts.complete();
  }

  #subscribe(): void {
    const { registry, tradeFrom } = this.#parts;
    for (const runner of this.#runners) {
      this.#subscriptions.push(
        ...signalsInto(runner, {
          registry,
          market: this.#charts,
          clock: this.#clock,
          tradeFrom,
          post: this.#desk.post,
          timers: this.#timers,
        }),
      );
    }
  }

  /** Sets start with the first point of the market, or when trading begins. */
  #startSets(first: EpochMs): void {
    if (first === Infinity) return;
    // A strategy can fail when it is asked for its signals, before the market's first moment: that is the time of its failure.
    this.#clock.now = first;
    const at = Math.max(first, this.#parts.tradeFrom);
    for (const runner of this.#runners) if (runner.instance.config.active) this.#desk.post(runner, { kind: 'start', by: 'config', at });
    this.#subscribe();
  }
}
