import type { CandleColumns } from '../market/candle.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { TickColumns } from '../market/tick.js';
import type { DayBlock, Feed, FeedRange, MarketBlock } from '../plugins/feed.js';
import { EngineError } from '../primitives/errors.js';
import { type EpochMs, formatIst } from '../primitives/time.js';
import type { FeedWatch } from './feed-watch.js';
import type { CandlePoints, Slot } from './slot.js';

/** Where the points of the market go. */
export interface PointSink {
  slot(key: InstrumentKey): Slot;
  /** A feed's day begins. */
  dayOpened(block: DayBlock): void;
  /** A price, with what else a tick brings; `columns` and `row` say where it stands. */
  ticked(slot: Slot, at: EpochMs, columns: TickColumns, row: number): void;
  /** Takes a candle's points all at once, if nobody would notice any of them. */
  passes(slot: Slot, times: CandlePoints, prices: CandlePoints): boolean;
  candleOpened(slot: Slot, at: EpochMs, price: number): void;
  /** The price has come to a point of a candle's path. */
  arrived(slot: Slot, at: EpochMs): void;
  /** A candle's last point has come; what it was is known now. */
  candleDone(slot: Slot, at: EpochMs, columns: CandleColumns, row: number): void;
}

/** The last point of a candle comes so long before its end, at most. */
const CLOSE_BEFORE_END_MS = 1_000;

/** How much of a candle's volume has been traded at each of its points: it is spread evenly over its time. */
const ARRIVED = [0, 0.25, 0.5, 1] as const;

/**
 * Reads one feed point by point, in the order of their times.
 *
 * A candle has four: its open, the extreme nearer to the open after a quarter of its time, the other one after half, and its close a second
 * before its end. Its volume is spread evenly over them.
 */
export class FeedCursor {
  readonly feed: Feed;
  readonly #blocks: AsyncIterator<MarketBlock>;
  readonly #sink: PointSink;
  readonly #watch: FeedWatch | null;
  #loading: Promise<void> | null = null;
  #block: Exclude<MarketBlock, DayBlock> | null = null;
  #slots: readonly Slot[] = [];
  #row = 0;
  #phase = 0;
  #time: EpochMs = -Infinity;
  #lastTime: EpochMs = -Infinity;
  /** Of the candle that is looked at as a whole; nobody keeps them. */
  readonly #times: { -readonly [Point in keyof CandlePoints]: number } = { open: 0.5, first: 0.5, second: 0.5, close: 0.5 };
  readonly #prices: { -readonly [Point in keyof CandlePoints]: number } = { open: 0.5, first: 0.5, second: 0.5, close: 0.5 };

  /** @param watch is told of every point; absent where nobody minds silence. */
  constructor(feed: Feed, sink: PointSink, range: FeedRange, watch: FeedWatch | null = null) {
    this.feed = feed;
    this.#sink = sink;
    this.#watch = watch;
    this.#blocks = feed.blocks(range)[Symbol.asyncIterator]();
  }

  /** When the next point comes; `-Infinity` while the next block must be loaded first, `Infinity` when the feed has ended. */
  get time(): EpochMs {
    return this.#time;
  }

  /** Loads the next block that has a point in it; called again before it is there, it waits for the same one. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    for (;;) {
      const { value, done } = await this.#blocks.next();
      if (done === true) {
        this.#block = null;
        this.#time = Infinity;
        return;
      }
      if (value.kind === 'day') {
        this.#sink.dayOpened(value);
      } else if (value.columns.length > 0) {
        this.#begin(value);
        return;
      }
    }
  }

  /** Ends the feed before its time. */
  async stop(): Promise<void> {
    await this.#blocks.return?.();
  }

  /**
   * Gives out the point that is due.
   *
   * @param quietUntil nothing but this feed happens before: a candle that ends by then, and that nobody would notice, is given out as a whole.
   * @returns the time of the last point given out.
   */
  step(quietUntil: EpochMs = -Infinity): EpochMs {
    const block = this.#block;
    this.#lastTime = this.#time;
    if (block === null) return this.#time;
    if (block.kind === 'ticks') {
      this.#tick(block.columns);
      this.#watch?.point(this.#lastTime);
      return this.#lastTime;
    }
    // A candle tells of all its time, however far apart its points are.
    const toldUntil = block.columns.closeTime[this.#row] as number;
    if (this.#phase > 0 || !this.#wholeCandle(block.columns, quietUntil)) this.#candlePoint(block.columns);
    this.#watch?.point(toldUntil);
    return this.#lastTime;
  }

  #wholeCandle(columns: CandleColumns, quietUntil: EpochMs): boolean {
    const row = this.#row;
    const openTime = this.#time;
    const length = (columns.closeTime[row] as number) - openTime;
    const closeAt = openTime + length - Math.min(CLOSE_BEFORE_END_MS, length / 60);
    if (closeAt >= quietUntil) return false;
    const open = columns.open[row] as number;
    const high = columns.high[row] as number;
    const low = columns.low[row] as number;
    const first = nearer(open, high, low);
    const slot = this.#slots[0] as Slot;
    const times = this.#times;
    times.open = openTime;
    times.first = openTime + length / 4;
    times.second = openTime + length / 2;
    times.close = closeAt;
    const prices = this.#prices;
    prices.open = open;
    prices.first = first;
    prices.second = first === high ? low : high;
    prices.close = columns.close[row] as number;
    if (!this.#sink.passes(slot, times, prices)) return false;
    slot.traded(columns.volume[row] as number, 0, 1);
    this.#lastTime = closeAt;
    this.#row = row + 1;
    this.#time = this.#row < columns.length ? (columns.openTime[this.#row] as number) : -Infinity;
    this.#sink.candleDone(slot, closeAt, columns, row);
    return true;
  }

  #begin(block: Exclude<MarketBlock, DayBlock>): void {
    const first = (block.kind === 'ticks' ? block.columns.receivedTime[0] : block.columns.openTime[0]) as number;
    if (first < this.#lastTime) {
      throw new EngineError('feed/time-went-back', {
        message: `The feed "${this.feed.name}" gave a block that begins at "${formatIst(first)}" after a point of "${formatIst(this.#lastTime)}".`,
        remedy: 'Give blocks in the order of their times; in a CSV feed, write sort: true.',
        context: { feed: this.feed.name, first, last: this.#lastTime },
      });
    }
    this.#block = block;
    this.#row = 0;
    this.#phase = 0;
    this.#time = first;
    if (block.kind === 'ticks') {
      this.#slots = block.columns.instruments.map((key) => this.#sink.slot(key));
    } else this.#slots = [this.#sink.slot(block.instrument)];
  }

  #tick(columns: TickColumns): void {
    const row = this.#row;
    const slot = this.#slots[columns.instrument[row] as number] as Slot;
    const at = this.#time;
    this.#row = row + 1;
    this.#time = this.#row < columns.length ? (columns.receivedTime[this.#row] as number) : -Infinity;
    this.#watch?.stamped(columns.exchangeTime[row] as number, at);
    this.#sink.ticked(slot, at, columns, row);
  }

  #candlePoint(columns: CandleColumns): void {
    const row = this.#row;
    const slot = this.#slots[0] as Slot;
    const at = this.#time;
    const openTime = columns.openTime[row] as number;
    const length = (columns.closeTime[row] as number) - openTime;
    const high = columns.high[row] as number;
    const low = columns.low[row] as number;
    const volume = columns.volume[row] as number;
    if (this.#phase === 0) {
      const open = columns.open[row] as number;
      slot.traded(volume, 0, 0);
      this.#sink.candleOpened(slot, at, open);
      this.#phase = 1;
      this.#time = openTime + length / 4;
      if (slot.lines.length > 1) slot.glide(at, this.#time, low, high);
      else slot.glide(at, this.#time, nearer(open, high, low), NaN);
      return;
    }
    slot.traded(volume, ARRIVED[this.#phase - 1] as number, ARRIVED[this.#phase] as number);
    this.#sink.arrived(slot, at);
    if (this.#phase === 1) {
      this.#phase = 2;
      this.#time = openTime + length / 2;
      if (slot.lines.length > 1) slot.glide(at, this.#time, high, low);
      else slot.glide(at, this.#time, nearer(columns.open[row] as number, high, low) === high ? low : high, NaN);
    } else if (this.#phase === 2) {
      this.#phase = 3;
      this.#time = openTime + length - Math.min(CLOSE_BEFORE_END_MS, length / 60);
      const close = columns.close[row] as number;
      slot.glide(at, this.#time, close, close);
    } else {
      this.#phase = 0;
      this.#row = row + 1;
      this.#time = this.#row < columns.length ? (columns.openTime[this.#row] as number) : -Infinity;
      this.#sink.candleDone(slot, at, columns, row);
    }
  }
}

/** The extreme that is nearer to the open; the low where they are equally near. */
const nearer = (open: number, high: number, low: number): number => (high - open < open - low ? high : low);
