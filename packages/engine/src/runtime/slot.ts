import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { Side } from '../orders/order-request.js';
import { InvariantError } from '../primitives/assert.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import { Line } from './line.js';
import type { Watcher } from './watcher.js';

/** How an instrument without a price of its own is priced from its underlying. */
export type PriceModel = (spot: Price, at: EpochMs, line: number) => Price;

/** A number for each point of a candle's path: its open, the extreme nearer to it, the other extreme, its close. */
export interface CandlePoints {
  readonly open: number;
  readonly first: number;
  readonly second: number;
  readonly close: number;
}

/** Whether none of these would notice prices between two bounds. */
function sleepsThrough(watchers: readonly Watcher[], low: Price, high: Price): boolean {
  for (let i = 0; i < watchers.length; i += 1) {
    const watcher = watchers[i] as Watcher;
    if (low <= watcher.low || high >= watcher.high || low <= watcher.followBelow || high >= watcher.followAbove) return false;
  }
  return true;
}

/**
 * What the runtime knows of one instrument at present: the line its price moves on, its quote, and who waits for it.
 *
 * With the pessimistic path there are two lines, one for each order of a candle's extremes: the first goes to the low first and is what
 * holders of the instrument look at, the second to the high.
 */
export class Slot {
  readonly key: InstrumentKey;
  readonly lines: readonly Line[];
  /** As of the present day; `null` until somebody needs it. */
  instrument: Instrument | null = null;
  bid: Price = NaN;
  ask: Price = NaN;
  openInterest = NaN;
  /** Units traded today so far; `NaN` while no feed has told any. */
  volume = NaN;
  /** When a feed last brought a price; `-Infinity` where none ever did. */
  recordedAt: EpochMs = -Infinity;
  readonly watchers: Watcher[] = [];
  /** When the first watcher's level is reached on the present lines. */
  reachedAt: EpochMs = Infinity;
  /** Slots priced from this one that somebody uses. */
  readonly modelled: Slot[] = [];
  model: PriceModel | null = null;
  underlying: Slot | null = null;
  /** Sets that hold it or are about to. */
  users = 0;
  #modelledClose: Price = NaN;

  constructor(key: InstrumentKey, lines: number) {
    this.key = key;
    this.lines = Array.from({ length: lines }, () => new Line());
  }

  line(index: number): Line {
    const line = this.lines[index];
    if (line === undefined) throw new InvariantError(`There is no line ${index} of ${this.key}.`);
    return line;
  }

  /** The line an order is filled on: sellers look at the one that falls first, buyers at the one that rises first. */
  lineFor(side: Side): number {
    return side === 'sell' ? 0 : this.lines.length - 1;
  }

  price(at: EpochMs, line = 0): Price {
    return this.line(line).at(at);
  }

  get hasPrice(): boolean {
    const price = this.line(0).endPrice;
    return !Number.isNaN(price);
  }

  /** It is held at modelled prices, and is left at them: what a feed brings of it meanwhile is a change of source, no move of the market. */
  get heldByModel(): boolean {
    return this.model !== null && this.users > 0;
  }

  /** A point of the market at which the price is what it is, whatever it was. */
  jump(now: EpochMs, price: Price): void {
    if (this.heldByModel) return;
    this.model = null;
    for (const line of this.lines) line.jump(now, price);
    for (const slot of this.modelled) slot.jumpByModel(now);
    this.#pointPassed(now, true);
  }

  /**
   * A part of a candle's volume has been traded: from one share of it to another. A candle without a volume tells nothing of it.
   *
   * Shares are cut to whole units, so that all of a candle's come to its volume.
   */
  traded(volume: number, from: number, to: number): void {
    if (!(volume > 0)) return;
    const before = Number.isNaN(this.volume) ? 0 : this.volume;
    this.volume = before + Math.floor(volume * to) - Math.floor(volume * from);
  }

  /** The price begins to move on a straight line, to one end on each of the slot's lines. */
  glide(now: EpochMs, until: EpochMs, first: Price, second: Price): void {
    if (this.heldByModel) return;
    this.line(0).glide(now, until, first);
    if (this.lines.length > 1) this.line(1).glide(now, until, second);
    for (const slot of this.modelled) slot.glideByModel(now, until, first, second);
    this.#lookAhead(now);
  }

  /** A glide has come to its end. On the pessimistic path nobody follows before the candle's end. */
  arrived(now: EpochMs): void {
    if (this.heldByModel) return;
    const follows = this.lines.length === 1;
    for (const slot of this.modelled) slot.#pointPassed(now, follows);
    this.#pointPassed(now, follows);
  }

  /** A candle is over: on the pessimistic path, those who follow learn of its extremes only now. */
  candleEnded(now: EpochMs, high: Price, low: Price): void {
    if (this.lines.length === 1 || this.heldByModel) return;
    this.#extremesKnown(now, high, low);
    for (const slot of this.modelled) {
      const { model } = slot;
      if (model === null) continue;
      const one = model(high, now, 0);
      const other = model(low, now, 0);
      slot.#extremesKnown(now, Math.max(one, other), Math.min(one, other));
    }
  }

  /**
   * Takes a whole candle at once if nobody would notice: on none of its points is anybody woken or told. What the points would have led to is
   * the same, in a third of the time; most candles of most runs pass like this.
   *
   * @param times of the candle's points.
   * @param prices at them: open, the nearer extreme, the other one, close.
   * @returns whether it did; otherwise nothing has changed.
   */
  passes(times: CandlePoints, prices: CandlePoints): boolean {
    if (this.lines.length > 1 || this.model !== null) return false;
    const low = Math.min(prices.first, prices.second);
    const high = Math.max(prices.first, prices.second);
    if (!sleepsThrough(this.watchers, low, high)) return false;
    for (const slot of this.modelled) if (!slot.#sleepsThroughModel(times, prices)) return false;
    this.line(0).jump(times.close, prices.close);
    for (const slot of this.modelled) if (slot.model !== null) slot.line(0).jump(times.close, slot.#modelledClose);
    return true;
  }

  #sleepsThroughModel(times: CandlePoints, prices: CandlePoints): boolean {
    const { model } = this;
    if (model === null) return true;
    const open = model(prices.open, times.open, 0);
    const first = model(prices.first, times.first, 0);
    const second = model(prices.second, times.second, 0);
    const close = model(prices.close, times.close, 0);
    this.#modelledClose = close;
    return sleepsThrough(this.watchers, Math.min(open, first, second, close), Math.max(open, first, second, close));
  }

  attach(watcher: Watcher, now: EpochMs): void {
    if (!this.watchers.includes(watcher)) this.watchers.push(watcher);
    watcher.since = this.price(now, watcher.line);
    watcher.muted = false;
    this.#lookAhead(now);
  }

  detach(watcher: Watcher, now: EpochMs): void {
    const place = this.watchers.indexOf(watcher);
    if (place >= 0) this.watchers.splice(place, 1);
    this.#lookAhead(now);
  }

  /** Wakes those whose level is reached now. */
  wakeReached(now: EpochMs): void {
    for (const watcher of this.watchers.slice()) {
      if (watcher.muted) continue;
      const { low, high, since } = watcher;
      const price = this.price(now, watcher.line);
      if (this.line(watcher.line).reaches(now, low, high) > now) continue;
      watcher.muted = true;
      const onTheWay = since > low && since < high;
      watcher.wake(!onTheWay ? price : Math.abs(price - low) <= Math.abs(price - high) ? low : high);
    }
    this.#lookAhead(now);
  }

  /** Begins to follow the underlying's price. */
  jumpByModel(now: EpochMs): void {
    const { model, underlying } = this;
    if (model === null || underlying === null) return;
    for (let i = 0; i < this.lines.length; i += 1) this.line(i).jump(now, model(underlying.price(now, i), now, i));
    this.#pointPassed(now, true);
  }

  /** A modelled slot that joins in the middle of a glide goes along to its end. */
  continueModel(slot: Slot, now: EpochMs): void {
    const { endTime, endPrice } = this.line(0);
    if (endTime > now) slot.glideByModel(now, endTime, endPrice, this.line(this.lines.length - 1).endPrice);
  }

  glideByModel(now: EpochMs, until: EpochMs, first: Price, second: Price): void {
    const { model } = this;
    if (model === null) return;
    this.line(0).glide(now, until, model(first, until, 0));
    if (this.lines.length > 1) this.line(1).glide(now, until, model(second, until, 1));
    this.#lookAhead(now);
  }

  /** After a jump, or at the end of a glide: who is past a bound is woken, and who follows is told. */
  #pointPassed(now: EpochMs, follows: boolean): void {
    for (let i = 0; i < this.watchers.length; i += 1) {
      const watcher = this.watchers[i] as Watcher;
      const price = this.price(now, watcher.line);
      watcher.muted = false;
      if (price <= watcher.low || price >= watcher.high) {
        watcher.muted = true;
        watcher.wake(price);
      } else if (follows && (price >= watcher.followAbove || price <= watcher.followBelow)) watcher.follow(price);
    }
    // The lines are level here: whoever is between its bounds has nothing to reach before the next glide.
    this.reachedAt = Infinity;
  }

  #extremesKnown(now: EpochMs, high: Price, low: Price): void {
    for (const watcher of this.watchers) {
      if (high >= watcher.followAbove) watcher.follow(high);
      else if (low <= watcher.followBelow) watcher.follow(low);
    }
    if (this.watchers.length > 0) this.#lookAhead(now);
  }

  #lookAhead(now: EpochMs): void {
    let first = Infinity;
    for (let i = 0; i < this.watchers.length; i += 1) {
      const watcher = this.watchers[i] as Watcher;
      if (watcher.muted) continue;
      const line = this.line(watcher.line);
      watcher.since = line.at(now);
      const time = line.reaches(now, watcher.low, watcher.high, watcher.since);
      if (time < first) first = time;
    }
    this.reachedAt = first;
  }
}
