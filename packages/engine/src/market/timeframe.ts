/** The lengths a chart's candles can have, as they are written in a configuration. */
export const TIMEFRAMES = ['1m', '2m', '3m', '5m', '10m', '15m', '30m', '1h', '2h', '3h', '4h', '1d', '1w', '1M'] as const;

/** The length of a candle; intraday ones are counted from the session's open, days, weeks and months follow trading dates. */
export type Timeframe = (typeof TIMEFRAMES)[number];

/** Minutes of an intraday timeframe; `null` for days, weeks and months, whose length in hours depends on the calendar. */
export function minutesOf(timeframe: Timeframe): number | null {
  const count = Number(timeframe.slice(0, -1));
  if (timeframe.endsWith('m')) return count;
  return timeframe.endsWith('h') ? count * 60 : null;
}
