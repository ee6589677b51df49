import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { PriceBand } from '../orders/protected-limit.js';
import { gridAbove, gridBelow, type Price } from '../primitives/price.js';

/** Between which prices the exchange takes orders on a day: a share around the first price that it saw of the instrument. */
export class PriceBands {
  readonly #share: number | null;
  readonly #bands = new Map<InstrumentKey, PriceBand>();

  constructor(share: number | null) {
    this.#share = share;
  }

  /** The band of an instrument whose price is known; the first price of a day makes it. `null` where there is none. */
  of({ key, tickSize }: Instrument, price: Price): PriceBand | null {
    if (this.#share === null) return null;
    const known = this.#bands.get(key);
    if (known !== undefined) return known;
    if (Number.isNaN(price)) return null;
    const band = {
      low: Math.max(tickSize, gridAbove(price * (1 - this.#share), tickSize)),
      high: gridBelow(price * (1 + this.#share), tickSize),
    };
    this.#bands.set(key, band);
    return band;
  }

  get areOff(): boolean {
    return this.#share === null;
  }

  newDay(): void {
    this.#bands.clear();
  }
}
