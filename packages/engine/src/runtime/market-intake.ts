import type { CandleColumns } from '../market/candle.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import type { TickColumns } from '../market/tick.js';
import type { DayBlock } from '../plugins/feed.js';
import type { EpochMs } from '../primitives/time.js';
import type { Board } from './board.js';
import type { ChartBook } from './chart-book.js';
import type { PointSink } from './feed-cursor.js';
import type { RunObserver } from './run-observer.js';
import type { SetRunner } from './set-runner.js';
import type { CandlePoints, Slot } from './slot.js';

/** Candle ranges that are measured for the report's warning of trailing stops that are too close. */
const RANGES_SAMPLED = 20_000;

/** What the intake passes the market on to. */
export interface MarketIntakeParts {
  readonly board: Board;
  readonly charts: ChartBook;
  readonly rules: RuleBook;
  readonly runners: readonly SetRunner[];
  readonly observer: RunObserver;
}

/** Takes in the points of the feeds: prices go to the board, what was traded to the charts. Nothing is decided here. */
export class MarketIntake implements PointSink {
  /** The end of what the feeds have told so far. */
  toldUntil: EpochMs = -Infinity;
  readonly #board: Board;
  readonly #charts: ChartBook;
  readonly #rules: RuleBook;
  readonly #runners: readonly SetRunner[];
  readonly #observer: RunObserver;
  #samples = RANGES_SAMPLED;

  constructor({ board, charts, rules, runners, observer }: MarketIntakeParts) {
    this.#board = board;
    this.#charts = charts;
    this.#rules = rules;
    this.#runners = runners;
    this.#observer = observer;
  }

  slot(key: InstrumentKey): Slot {
    return this.#board.slot(key);
  }

  dayOpened(block: DayBlock): void {
    if (block.sessions !== null) this.#rules.addSessions(block.sessions);
    if (block.instruments.length > 0) this.#rules.addInstruments(block.instruments);
  }

  ticked(slot: Slot, at: EpochMs, columns: TickColumns, row: number): void {
    slot.volume = columns.volume[row] as number;
    slot.openInterest = columns.openInterest[row] as number;
    slot.recordedAt = at;
    this.#charts.add(slot, at, columns, row);
    if (!slot.heldByModel) {
      slot.bid = columns.bid[row] as number;
      slot.ask = columns.ask[row] as number;
      slot.jump(at, columns.price[row] as number);
    }
    this.toldUntil = Math.max(this.toldUntil, at);
    this.#observer.point(at, false);
  }

  passes(slot: Slot, times: CandlePoints, prices: CandlePoints): boolean {
    return !this.#charts.showsTicks(slot) && slot.passes(times, prices);
  }

  candleOpened(slot: Slot, at: EpochMs, price: number): void {
    slot.recordedAt = at;
    slot.jump(at, price);
    this.#charts.pointed(slot, at);
  }

  arrived(slot: Slot, at: EpochMs): void {
    slot.arrived(at);
    this.#charts.pointed(slot, at);
  }

  candleDone(slot: Slot, at: EpochMs, columns: CandleColumns, row: number): void {
    slot.recordedAt = at;
    slot.candleEnded(at, columns.high[row] as number, columns.low[row] as number);
    this.#charts.merge(slot, columns, row);
    this.toldUntil = Math.max(this.toldUntil, columns.closeTime[row] as number);
    this.#observer.point(at, true);
    if (this.#samples > 0) this.#sampleRanges(slot, at, columns, row);
  }

  /** What a candle's range is worth in the instruments that sets hold: for the report, and not for every candle of a long run. */
  #sampleRanges(slot: Slot, at: EpochMs, columns: CandleColumns, row: number): void {
    const high = columns.high[row] as number;
    const low = columns.low[row] as number;
    for (const runner of this.#runners) {
      const held = runner.slot;
      if (runner.state.phase !== 'open' || held === null || runner.instance.config.exits.trailing === null) continue;
      if (held !== slot && held.underlying !== slot) continue;
      const range = held.model === null ? high - low : Math.abs(held.model(high, at, 0) - held.model(low, at, 0));
      this.#observer.range(runner, range);
      this.#samples -= 1;
    }
  }
}
