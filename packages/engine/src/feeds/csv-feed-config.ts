import { z } from 'zod';

import { minutesOf, type Timeframe } from '../market/timeframe.js';
import { MINUTE_MS } from '../primitives/time.js';
import { barLabelValue, columnValue, filesValue, instrumentKeyValue, percentValue, timeZoneValue, unitsValue } from './feed-values.js';

/** Candles of weeks and months are made from days, not read. */
const timeframeValue = z.enum(['1m', '2m', '3m', '5m', '10m', '15m', '30m', '1h', '2h', '3h', '4h', '1d'] satisfies readonly Timeframe[]);

const columnsValue = z.strictObject({
  timestamp: columnValue.optional(),
  date: columnValue.optional(),
  time: columnValue.optional(),
  open: columnValue.optional(),
  high: columnValue.optional(),
  low: columnValue.optional(),
  close: columnValue.optional(),
  price: columnValue.optional(),
  volume: columnValue.optional(),
  openInterest: columnValue.optional(),
  bid: columnValue.optional(),
  ask: columnValue.optional(),
});

/** The shape of a `use: csv` feed's configuration, as written. */
export const csvFeedConfig = z
  .strictObject({
    instrument: instrumentKeyValue,
    files: filesValue,
    /** Candles of this length; ticks where there is none. */
    timeframe: timeframeValue.optional(),
    barLabel: barLabelValue.optional(),
    timeZone: timeZoneValue.optional(),
    columns: columnsValue,
    formats: z.strictObject({ timestamp: z.string().optional(), date: z.string().optional(), time: z.string().optional() }).default({}),
    units: unitsValue,
    /** Rows count only where these columns have these values. */
    filter: z.record(z.string(), z.union([z.string(), z.number().transform(String)])).default({}),
    /** Read everything into memory and sort it first. */
    sort: z.boolean().default(false),
    /** How far a price may be from the one before; `off`: any move is believed. */
    maxMove: z.union([percentValue, z.literal('off').transform(() => null)]).optional(),
    header: z.boolean().default(true),
    delimiter: z.string().length(1).default(','),
  })
  .superRefine((config, context) => {
    const { columns, timeframe, formats } = config;
    const problem = (path: readonly string[], message: string): void => context.addIssue({ code: 'custom', path: [...path], message });
    if ((columns.timestamp === undefined) === (columns.date === undefined))
      problem(['columns'], 'Name either a timestamp column, or a date column with or without a time column.');
    if (columns.time !== undefined && columns.date === undefined) problem(['columns', 'date'], 'A time column needs a date column.');
    if (timeframe === undefined && columns.price === undefined)
      problem(['timeframe'], 'Write the timeframe of the candles, for instance 1m; for ticks name a price column.');
    if (timeframe !== undefined) {
      for (const name of ['open', 'high', 'low', 'close'] as const)
        if (columns[name] === undefined) problem(['columns', name], `Candles need a column for ${name}.`);
      if (config.barLabel === undefined && timeframe !== '1d')
        problem(['barLabel'], 'Write which edge of the candle its time names: start (09:15 is the candle 09:15–09:16) or end (09:16 is).');
      if (columns.time === undefined && columns.date !== undefined && timeframe !== '1d')
        problem(['columns', 'time'], `Candles of ${timeframe} need a time column beside the date.`);
    }
    if (config.timeZone === undefined && !namesZone(columns.timestamp === undefined ? undefined : formats.timestamp)) {
      problem(['timeZone'], 'Write the time zone of the times: Asia/Kolkata, UTC, or a fixed offset such as +05:30.');
    }
    if (!config.header && Object.values(columns).some((column) => typeof column === 'string'))
      problem(['columns'], 'Without a header columns are named by their place, counted from 1.');
  });

/** A `use: csv` feed's configuration, checked. */
export type CsvFeedConfig = z.output<typeof csvFeedConfig>;

/** Length of an intraday candle, `day` for daily ones, `null` for ticks. */
export function candleLengthMs(timeframe: Timeframe | undefined): number | 'day' | null {
  if (timeframe === undefined) return null;
  const minutes = minutesOf(timeframe);
  return minutes === null ? 'day' : minutes * MINUTE_MS;
}

/** Whether the times of a format say their own zone. */
const namesZone = (format: string | undefined): boolean =>
  format !== undefined && (format.startsWith('epoch') || /[xX]/.test(format.replaceAll(/'[^']*'/g, '')));
