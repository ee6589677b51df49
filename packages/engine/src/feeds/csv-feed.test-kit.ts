import type { FeedContext } from '../plugins/feed.js';
import { csvFeed } from './csv-feed.js';
import { contextOf, type Reading, readFeed, scratchFolder } from './feed.test-kit.js';

/** Minutes after midnight at which trading begins and ends. */
export const OPEN = 555;
export const CLOSE = 930;

/** A configuration for files with the header that {@link csvBench} writes. */
export const CSV_CONFIG = {
  instrument: 'NSE_INDEX:NIFTY',
  files: ['a.csv'],
  timeframe: '1m',
  barLabel: 'start',
  timeZone: 'Asia/Kolkata',
  columns: { date: 'date', time: 'time', open: 'open', high: 'high', low: 'low', close: 'close', volume: 'volume' },
  formats: { date: 'yyyy-MM-dd', time: 'HH:mm' },
};

export const CSV_HEADER = 'date,time,open,high,low,close,volume';

/** A folder for CSV files with feeds over them. */
export function csvBench() {
  const folder = scratchFolder();
  const open = (config: object = {}, calendar: FeedContext['calendar'] = 'rules') =>
    csvFeed.open(csvFeed.config.parse({ ...CSV_CONFIG, ...config }), contextOf(folder.path, calendar));
  return {
    folder,
    open,
    /** Reads rows written under the usual header. */
    read(rows: readonly string[], config: object = {}, calendar: FeedContext['calendar'] = 'rules'): Promise<Reading> {
      folder.write('a.csv', `${[CSV_HEADER, ...rows].join('\n')}\n`);
      return readFeed(open(config, calendar));
    },
  };
}

export const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Quiet minutes of a day: the same candle every minute. */
export const minutes = (date: string, from: number, to: number, price = 100): string[] =>
  Array.from({ length: to - from }, (_, index) => `${date},${clock(from + index)},${price},${price + 1},${price - 1},${price},10`);
