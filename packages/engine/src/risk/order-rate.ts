import { type EpochMs, MINUTE_MS, SECOND_MS } from '../primitives/time.js';

/**
 * How many orders, changes and cancellations an account sent lately: brokers and exchanges count them together. Not part of any state; after a
 * restart it is filled from the journal.
 */
export class OrderRate {
  /** Times of the orders of the last minute, oldest first from `#first` on. */
  #times: EpochMs[] = [];
  #first = 0;

  /** An order, a change or a cancellation is sent now. Times never go back. */
  record(at: EpochMs): void {
    this.#forget(at);
    this.#times.push(at);
  }

  /** Orders within the second and the minute up to now; one sent exactly that long ago no longer counts. */
  count(at: EpochMs): { readonly lastSecond: number; readonly lastMinute: number } {
    this.#forget(at);
    let lastSecond = 0;
    for (let index = this.#times.length - 1; index >= this.#first; index -= 1) {
      if (at - this.#times[index]! >= SECOND_MS) break;
      lastSecond += 1;
    }
    return { lastSecond, lastMinute: this.#times.length - this.#first };
  }

  /** When fewer than so many orders will have been sent within a second: now, or as soon as the oldest that counts is a second old. */
  freeAt(limit: number, at: EpochMs): EpochMs {
    const place = this.#times.length - limit;
    return place < this.#first ? at : Math.max(at, this.#times[place]! + SECOND_MS);
  }

  /** Memory is bounded by the orders of a minute, twice. */
  #forget(at: EpochMs): void {
    while (this.#first < this.#times.length && at - this.#times[this.#first]! >= MINUTE_MS) this.#first += 1;
    if (this.#first * 2 <= this.#times.length) return;
    this.#times = this.#times.slice(this.#first);
    this.#first = 0;
  }
}
