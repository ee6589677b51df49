import type { SizeConfig } from '../config/run-config.js';
import type { Price } from '../primitives/price.js';
import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import type { MarketView } from './exchange-market.js';

/** What a look at the market was for. */
export interface LookAtPoint {
  readonly at: EpochMs;
  /** The market has come to a new point; otherwise an order has come to the market. */
  readonly isPoint: boolean;
  /** Volume of the day from which to count, where the last look may have been long ago; `null`: from the last look. */
  readonly sinceVolume: number | null;
}

/** Forgives what binary fractions add to a share of a volume. In lots. */
const EPSILON = 1e-9;

/**
 * How many units of an instrument can be had at the present point of the market, by all orders together.
 *
 * An order that arrives between two points finds what the last one has left, as long as the market shows the same, but not for longer than a
 * second. Where the size follows the volume and no feed tells it, everything can be had.
 */
export class SizeAtPoint {
  readonly #size: SizeConfig | null;
  #left = Infinity;
  /** When the market was looked at last, and when it first showed what it shows. */
  #at: EpochMs = -Infinity;
  #since: EpochMs = -Infinity;
  #price: Price = NaN;
  #bid: Price = NaN;
  #ask: Price = NaN;
  #volume = NaN;
  /** The lot of an order that found too little at the last point; 0 if none did. */
  #wantedLot = 0;

  constructor(size: SizeConfig | null) {
    this.#size = size;
  }

  look(view: Pick<MarketView, 'price' | 'bid' | 'ask' | 'volume'>, look: LookAtPoint): void {
    if (this.#size === null) return;
    if (this.#size.kind === 'volume') this.#lookAtVolume(this.#size.share, view.volume, look);
    else if (!this.#isSamePoint(view, look)) {
      this.#left = this.#size.units;
      this.#since = look.at;
    }
    this.#at = look.at;
    this.#price = view.price;
    this.#bid = view.bid;
    this.#ask = view.ask;
    this.#volume = view.volume;
  }

  /** Takes up to so many units, in whole lots unless all of it can be had. */
  take(wanted: number, lotSize: number): number {
    if (this.#left >= wanted) {
      this.#left -= wanted;
      return wanted;
    }
    const taken = Math.floor(this.#left / lotSize + EPSILON) * lotSize;
    this.#left = Math.max(0, this.#left - taken);
    this.#wantedLot = lotSize;
    return taken;
  }

  #isSamePoint({ price, bid, ask }: Pick<MarketView, 'price' | 'bid' | 'ask'>, { at, isPoint }: LookAtPoint): boolean {
    if (at === this.#at) return true;
    const unchanged = Object.is(price, this.#price) && Object.is(bid, this.#bid) && Object.is(ask, this.#ask);
    return !isPoint && unchanged && at - this.#since < SECOND_MS;
  }

  /** Up to which volume everything has been shared out, or nobody was there to have a share. */
  #shared(sinceVolume: number | null, volume: number): number {
    if (sinceVolume === null) return this.#volume;
    return this.#volume > sinceVolume && this.#volume <= volume ? this.#volume : sinceVolume;
  }

  #lookAtVolume(share: number, volume: number, { at, sinceVolume }: LookAtPoint): void {
    const traded = tradedSince(this.#shared(sinceVolume, volume), volume);
    // Shares of small volumes add up until they are a lot; what nobody wanted is gone.
    const kept = at === this.#at || this.#left < this.#wantedLot ? this.#left : 0;
    this.#left = Number.isNaN(traded) ? Infinity : (Number.isFinite(kept) ? kept : 0) + share * traded;
    if (at !== this.#at) this.#wantedLot = 0;
  }
}

/** Units traded between two volumes of a day, of which the later may be another day's; `NaN` where one is not known. */
export function tradedSince(before: number, volume: number): number {
  return volume < before ? volume : volume - before;
}
