import type { CandleColumns } from '../market/candle.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { Timeframe } from '../market/timeframe.js';
import type { CandleBlock, TickBlock } from '../plugins/feed.js';
import type { CleanDay } from './clean-day.js';

/** How a source counts, and the lot that makes units of contracts; it is asked for only where it is needed. */
export interface SourceUnits {
  readonly volume: 'units' | 'contracts';
  readonly openInterest: 'units' | 'contracts';
  readonly lotSize: () => number;
}

/** Recorded candles; `openInterest` in units where the recording has it, `NaN` where a row has none, `null` where no column was named. */
export interface RecordedCandleColumns extends CandleColumns {
  readonly openInterest: Float64Array | null;
}

/** A day's candles as a block. A candle ends with its session at the latest. */
export function candleBlock(
  instrument: InstrumentKey,
  timeframe: Timeframe,
  { rows, sessions }: CleanDay,
  units: SourceUnits & { readonly lengthMs: number | 'day' | null },
): CandleBlock & { readonly columns: RecordedCandleColumns } {
  const [open = [], high = [], low = [], close = [], volume = [], openInterest = []] = rows.values;
  const openTime = Float64Array.from(rows.time);
  const dayClose = sessions.at(-1)?.close ?? 0;
  const closeTime = openTime.map((time) => {
    if (typeof units.lengthMs !== 'number') return dayClose;
    const session = sessions.find((one) => time >= one.open && time < one.close);
    return Math.min(time + units.lengthMs, session?.close ?? dayClose);
  });
  return {
    kind: 'candles',
    instrument,
    timeframe,
    columns: {
      length: openTime.length,
      openTime,
      closeTime,
      open: Float64Array.from(open),
      high: Float64Array.from(high),
      low: Float64Array.from(low),
      close: Float64Array.from(close),
      // A source without volume, as of an index, has traded nothing.
      volume: inUnits(volume, units.volume, units.lotSize).map((value) => (Number.isNaN(value) ? 0 : value)),
      openInterest: openInterest.every(Number.isNaN) ? null : inUnits(openInterest, units.openInterest, units.lotSize),
    },
  };
}

/** A day's ticks of one instrument as a block. A recording knows one time: it is both the exchange's and ours. */
export function tickBlock(instrument: InstrumentKey, { rows }: CleanDay, units: SourceUnits): TickBlock {
  const [price = [], , , , volume = [], openInterest = [], bid = [], ask = []] = rows.values;
  const time = Float64Array.from(rows.time);
  return {
    kind: 'ticks',
    columns: {
      length: time.length,
      instruments: [instrument],
      instrument: new Uint32Array(time.length),
      receivedTime: time,
      exchangeTime: time.slice(),
      price: Float64Array.from(price),
      volume: inUnits(volume, units.volume, units.lotSize),
      openInterest: inUnits(openInterest, units.openInterest, units.lotSize),
      bid: Float64Array.from(bid, quote),
      ask: Float64Array.from(ask, quote),
    },
  };
}

/** A quote of nought is no quote. */
const quote = (price: number): number => (price > 0 ? price : Number.NaN);

function inUnits(values: readonly number[], counted: 'units' | 'contracts', lotSize: () => number): Float64Array {
  const factor = counted === 'contracts' && !values.every(Number.isNaN) ? lotSize() : 1;
  return Float64Array.from(values, (value) => value * factor);
}
