import type { InstrumentKey } from '../market/instrument.js';
import type { MarketBlock } from '../plugins/feed.js';
import { time as at, MONDAY } from '../primitives/mondays.test-kit.js';
import { MINUTE_MS, type TradingDate } from '../primitives/time.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';

/** Open, high, low, close. */
export type Bar = readonly [open: number, high: number, low: number, close: number];

/** A candle at a level. */
export const flat = (price: number): Bar => [price, price, price, price];

/** A day with its sessions, then its one-minute candles by the time at which they open. */
export function dayOf(
  bars: Readonly<Record<string, Bar>>,
  {
    date = MONDAY,
    instrument = SHARE,
    hours = ['09:15', '15:30'],
  }: { readonly date?: TradingDate; readonly instrument?: InstrumentKey; readonly hours?: readonly [string, string] } = {},
): readonly MarketBlock[] {
  const times = Object.keys(bars).sort();
  const column = (value: (time: string, bar: Bar) => number): Float64Array =>
    Float64Array.from(times, (time) => value(time, bars[time] ?? flat(Number.NaN)));
  return [
    { kind: 'day', date, sessions: [{ date, open: at(hours[0], date), close: at(hours[1], date) }], instruments: [] },
    {
      kind: 'candles',
      instrument,
      timeframe: '1m',
      columns: {
        length: times.length,
        openTime: column((time) => at(time, date)),
        closeTime: column((time) => at(time, date) + MINUTE_MS),
        open: column((_, [open]) => open),
        high: column((_, [, high]) => high),
        low: column((_, [, , low]) => low),
        close: column((_, [, , , close]) => close),
        volume: column(() => 0),
      },
    },
  ];
}
