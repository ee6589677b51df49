import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';

/** What binary fractions may add to a whole number of milliseconds. */
const DUST_MS = 1e-6;

/**
 * The price of an instrument between two points of the market: a straight line from one to the next, level after the last.
 *
 * Between the points of a candle the price passes every level on its way, at the time it takes to get there; between candles it jumps.
 */
export class Line {
  #fromTime = -Infinity;
  #fromPrice = NaN;
  #toTime = -Infinity;
  #toPrice = NaN;

  /** When the present stretch ends. */
  get endTime(): EpochMs {
    return this.#toTime;
  }

  /** `NaN` before the first point. */
  get endPrice(): Price {
    return this.#toPrice;
  }

  /** The price changes at once. */
  jump(time: EpochMs, price: Price): void {
    this.#fromTime = this.#toTime = time;
    this.#fromPrice = this.#toPrice = price;
  }

  /** From where it is at `now`, the price goes to `price` until `time`. */
  glide(now: EpochMs, time: EpochMs, price: Price): void {
    this.#fromPrice = this.at(now);
    this.#fromTime = now;
    this.#toTime = time;
    this.#toPrice = price;
  }

  at(time: EpochMs): Price {
    if (time >= this.#toTime) return this.#toPrice;
    const length = this.#toTime - this.#fromTime;
    return this.#fromPrice + ((this.#toPrice - this.#fromPrice) * (time - this.#fromTime)) / length;
  }

  /** When, from `now` on, the line is at or beyond one of two levels: a whole millisecond, `now` itself if it is there already, `Infinity` if it does not get there. */
  reaches(now: EpochMs, low: Price, high: Price, price: Price = this.at(now)): EpochMs {
    if (price <= low || price >= high) return now;
    const level = this.#toPrice <= low ? low : this.#toPrice >= high ? high : NaN;
    if (Number.isNaN(level)) return Infinity;
    const share = (level - this.#fromPrice) / (this.#toPrice - this.#fromPrice);
    // Counted from where the stretch begins: a moment since 1970 leaves no room for fractions of a millisecond, and dust would cost a whole one.
    const time = Math.ceil(this.#fromTime + Math.ceil((this.#toTime - this.#fromTime) * share - DUST_MS));
    return Math.max(now, Math.min(time, this.#toTime));
  }
}
