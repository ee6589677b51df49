import type { SimulationConfig } from '../config/run-config.js';
import type { RuleBook } from '../market/rule-book.js';
import type { Tick } from '../market/tick.js';
import type { Feed, MarketBlock } from '../plugins/feed.js';
import {
  addDays,
  DAY_MS,
  dayOfDate,
  type EpochMs,
  istDay,
  MINUTE_MS,
  startOfIstDay,
  type TradingDate,
  tradingDate,
} from '../primitives/time.js';
import type { AccountOfExchange } from '../simulation/exchange-account.js';
import type { ExchangeListeners } from '../simulation/exchange-listeners.js';
import { type ExchangeLine, SimulatedExchange } from '../simulation/simulated-exchange.js';
import { Board } from './board.js';
import { BoardMarket } from './board-market.js';
import { FeedCursor } from './feed-cursor.js';
import { HostIntake } from './host-intake.js';
import type { MarketClock } from './market-clock.js';
import type { RunClock } from './run-clock.js';

/** What an exchange of its own is made of. */
export interface ExchangeHostParts {
  readonly simulation: SimulationConfig;
  readonly rules: RuleBook;
  readonly feeds: readonly Feed[];
  /** The first date on which it is open; what the feeds bring of earlier ones is history. `null`: the feeds' first. */
  readonly opensOn: TradingDate | null;
  /** Feeds are read from so many days before that date; where it is not known, as far back as they go. */
  readonly historyDays: number;
  readonly to: TradingDate | null;
  /** The market's time; it is told to jump over nights. */
  readonly clock: MarketClock & { jump(to: EpochMs): void };
  readonly signal: AbortSignal;
  /** A stretch of the market before it opens, whole, or what is known of a day. */
  readonly onHistory: (block: MarketBlock) => void;
  /** A point of the market, at its time. */
  readonly onTick: (tick: Tick) => void;
}

/** Longer than this without anything to do is a night, and is not waited for. */
const NIGHT_MS_MIN = 30 * MINUTE_MS;

/**
 * An exchange that runs by itself, whoever is connected: its market's time passes, its prices move, what rests with it is filled. Whoever loses the
 * line, or dies, finds everything as it is by then.
 */
export class ExchangeHost {
  readonly #parts: ExchangeHostParts;
  readonly #clock: RunClock = { now: -Infinity };
  readonly #board: Board;
  readonly #exchange: SimulatedExchange;
  readonly #cursors: readonly FeedCursor[];
  readonly #opensAt: EpochMs;
  /** Ends the present wait: somebody has asked for something, which may be due before anything else. */
  #waiting = new AbortController();
  #dayEnds: EpochMs = -Infinity;

  constructor(parts: ExchangeHostParts) {
    const { simulation, rules, feeds, historyDays, to } = parts;
    this.#parts = parts;
    this.#board = new Board({ pessimistic: simulation.path === 'pessimistic' });
    const market = new BoardMarket({ clock: this.#clock, board: this.#board, rules });
    this.#exchange = new SimulatedExchange(simulation, market);
    market.serve(this.#exchange);
    const opensOn = openingDate(parts);
    this.#opensAt = opensOn === null ? -Infinity : startOfIstDay(dayOfDate(opensOn));
    const readFrom = opensOn === null ? null : addDays(opensOn, -historyDays);
    const intake = new HostIntake({ board: this.#board, rules, onTick: (tick) => this.#ticked(tick) });
    this.#cursors = feeds.map((feed) => new FeedCursor(this.#overheard(feed), intake, { from: readFrom, to, tradedFrom: opensOn }));
  }

  /** The market's present time; `-Infinity` before it has begun. */
  get now(): EpochMs {
    return this.#clock.now;
  }

  /** Whether history is over and orders are taken. */
  get isOpen(): boolean {
    return this.#clock.now >= this.#opensAt;
  }

  /** Opens an account's line, or takes it over from whoever had it. Whatever is asked for on it happens at the market's present time. */
  connect(account: AccountOfExchange, listeners: ExchangeListeners): ExchangeLine {
    const line = this.#exchange.connect(account, listeners);
    const now = <Value>(ask: () => Value): Value => {
      this.#catchUp();
      const value = ask();
      this.#waiting.abort();
      return value;
    };
    return {
      submit: (order) => now(() => line.submit(order)),
      modify: (change) => now(() => line.modify(change)),
      cancel: (orderId) => now(() => line.cancel(orderId)),
      orders: () => now(() => line.orders()),
      positions: () => now(() => line.positions()),
      funds: () => now(() => line.funds()),
    };
  }

  /** Runs to the end of the feeds, and of the last day. */
  async run(): Promise<void> {
    const { signal } = this.#parts;
    while (!signal.aborted) {
      const cursor = this.#nextCursor();
      if (cursor.time === -Infinity) {
        await cursor.load();
        continue;
      }
      const next = Math.min(cursor.time, this.#nextDue());
      // After the feeds' end the day goes on to its own: what expires is settled.
      if (next >= this.#dayEnds && cursor.time === Infinity) break;
      await this.#until(next);
      if (this.#parts.clock.now() >= next || next < this.#opensAt) this.#happen(next);
    }
    for (const cursor of this.#cursors) await cursor.stop();
  }

  async #until(time: EpochMs): Promise<void> {
    const { clock, signal } = this.#parts;
    if (time < this.#opensAt) return;
    if (time - Math.max(this.#clock.now, this.#opensAt) > NIGHT_MS_MIN || this.#clock.now < this.#opensAt) clock.jump(time);
    if (clock.now() >= time) return;
    this.#waiting = new AbortController();
    await clock.until(time, AbortSignal.any([this.#waiting.signal, signal]));
  }

  /** Brings everything to the present moment, as far as the feeds are at hand. */
  #catchUp(): void {
    if (!this.isOpen) return;
    const now = this.#parts.clock.now();
    this.#happen(now);
    this.#clock.now = Math.max(this.#clock.now, now);
  }

  /** Lets everything happen that is due by a moment and can. */
  #happen(until: EpochMs): void {
    for (;;) {
      const cursor = this.#nextCursor();
      const due = this.#nextDue();
      const next = Math.min(cursor.time, due);
      if (next > until || cursor.time === -Infinity) return;
      if (next >= this.#dayEnds) this.#beginDay(next);
      this.#clock.now = Math.max(this.#clock.now, next);
      if (due <= cursor.time) this.#letDueHappen(due);
      else cursor.step();
    }
  }

  #letDueHappen(due: EpochMs): void {
    if (this.#exchange.nextTime <= due) this.#exchange.happen(due);
    else this.#board.wakeReached(due);
  }

  #beginDay(now: EpochMs): void {
    this.#clock.now = now;
    this.#dayEnds = startOfIstDay(istDay(now)) + DAY_MS;
    this.#board.newDay();
    if (now >= this.#opensAt) this.#exchange.beginDay(tradingDate(now));
  }

  #nextDue(): EpochMs {
    return Math.min(this.#exchange.nextTime, this.#board.nextReached());
  }

  /** The feed whose point comes first; one that must load first before all others. */
  #nextCursor(): FeedCursor {
    return this.#cursors.reduce((first, cursor) => (cursor.time < first.time ? cursor : first));
  }

  #ticked(tick: Tick): void {
    if (tick.receivedTime >= this.#opensAt) this.#parts.onTick(tick);
  }

  /** The same feed, of which whoever comes later can be told what it has brought before the exchange was open. */
  #overheard(feed: Feed): Feed {
    const { onHistory } = this.#parts;
    const opensAt = this.#opensAt;
    return {
      ...feed,
      async *blocks(range) {
        for await (const block of feed.blocks(range)) {
          if (block.kind === 'day' || firstTime(block) < opensAt) onHistory(block);
          yield block;
        }
      },
    };
  }
}

function openingDate({ opensOn, feeds }: ExchangeHostParts): TradingDate | null {
  if (opensOn !== null) return opensOn;
  const starts = feeds.flatMap(({ startsOn }) => startsOn ?? []).sort();
  return starts[0] ?? null;
}

const firstTime = (block: Exclude<MarketBlock, { kind: 'day' }>): EpochMs =>
  (block.kind === 'ticks' ? block.columns.receivedTime[0] : block.columns.openTime[0]) ?? Infinity;
