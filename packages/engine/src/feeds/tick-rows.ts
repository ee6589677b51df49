import type { InstrumentKey } from '../market/instrument.js';
import type { TickColumns } from '../market/tick.js';
import type { EpochMs } from '../primitives/time.js';

/** Ticks on their way into columns. `NaN` stands for what is not known. */
export interface TickRows {
  readonly length: number;
  add(instrument: number, time: EpochMs, price: number, volume: number, openInterest: number, bid: number, ask: number): void;
  /** What was added since the last time, as columns. */
  take(): TickColumns;
}

/**
 * Collects ticks for a block.
 *
 * @param instruments what the numbers given to `add` mean; may grow at its end while ticks are added.
 * @param options.exchangeTime whether the times are the exchange's too, or only those of a snapshot.
 */
export function tickRows(instruments: readonly InstrumentKey[], { exchangeTime }: { readonly exchangeTime: boolean }): TickRows {
  let rows = emptyRows();
  return {
    get length() {
      return rows.time.length;
    },
    add(instrument, time, price, volume, openInterest, bid, ask) {
      rows.instrument.push(instrument);
      rows.time.push(time);
      rows.price.push(price);
      rows.volume.push(volume);
      rows.openInterest.push(openInterest);
      rows.bid.push(bid);
      rows.ask.push(ask);
    },
    take() {
      const taken = rows;
      rows = emptyRows();
      return {
        length: taken.time.length,
        instruments: [...instruments],
        instrument: Uint32Array.from(taken.instrument),
        receivedTime: Float64Array.from(taken.time),
        exchangeTime: exchangeTime ? Float64Array.from(taken.time) : new Float64Array(taken.time.length).fill(Number.NaN),
        price: Float64Array.from(taken.price),
        volume: Float64Array.from(taken.volume),
        openInterest: Float64Array.from(taken.openInterest),
        bid: Float64Array.from(taken.bid),
        ask: Float64Array.from(taken.ask),
      };
    },
  };
}

interface Rows {
  readonly instrument: number[];
  readonly time: number[];
  readonly price: number[];
  readonly volume: number[];
  readonly openInterest: number[];
  readonly bid: number[];
  readonly ask: number[];
}

const emptyRows = (): Rows => ({ instrument: [], time: [], price: [], volume: [], openInterest: [], bid: [], ask: [] });
