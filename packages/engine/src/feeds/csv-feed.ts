import type { Instrument, InstrumentKey } from '../market/instrument.js';
import { defineFeed, type Feed, type FeedContext, type FeedRange, type MarketBlock } from '../plugins/feed.js';
import { dateOfDay, dayOfDate } from '../primitives/time.js';
import { dayCleaner } from './clean-day.js';
import { coverage } from './coverage.js';
import { candleBlock, tickBlock } from './csv-blocks.js';
import { fieldNumber } from './csv-columns.js';
import { type CsvSource, csvDays, type DayRange, type RowLayout } from './csv-days.js';
import { type CsvFeedConfig, candleLengthMs, csvFeedConfig } from './csv-feed-config.js';
import { issueLog } from './issue-log.js';
import { rowTime } from './time-layout.js';

/** Prices further than this from the one before are not believed, unless the configuration says otherwise. */
const MAX_MOVE = 0.2;

/** Days before the range that are read, so that its first price is held against one before it. */
const LEAD_IN_DAYS = 10;

const CANDLE_VALUES = ['open', 'high', 'low', 'close', 'volume', 'openInterest'] as const;
const TICK_VALUES = ['price', 'price', 'price', 'price', 'volume', 'openInterest', 'bid', 'ask'] as const;

/**
 * Recorded candles or ticks of one instrument from CSV files, plain or gzip: `use: csv`.
 *
 * Reads a trading day at a time and hands on what is left after cleaning; what was cleaned is in `issues()`. Files may overlap and come in any order.
 */
export const csvFeed = defineFeed<CsvFeedConfig>({ name: 'csv', config: csvFeedConfig, open: openCsvFeed });

function openCsvFeed(config: CsvFeedConfig, { rules, baseDir, calendar }: FeedContext): Feed {
  const { instrument, timeframe } = config;
  const lengthMs = candleLengthMs(timeframe);
  const source: CsvSource = { ...config, baseDir, layout: rowLayout(config, lengthMs) };
  let log = issueLog();

  async function* blocks({ from, to, tradedFrom = from }: FeedRange): AsyncGenerator<MarketBlock> {
    log = issueLog();
    const range: DayRange = {
      from: from === null ? Number.NEGATIVE_INFINITY : dayOfDate(from) - LEAD_IN_DAYS,
      to: to === null ? Number.POSITIVE_INFINITY : dayOfDate(to),
    };
    // What is found before the range serves the first price of the range only: nobody asked about it, and the calendar may not reach it.
    const leadIn = dayCleaner({ ...cleaning(), calendar: 'fromData', log: issueLog() });
    const clean = dayCleaner(cleaning());
    const covered = coverage({
      calendar: calendar === 'rules' ? rules.calendar : null,
      from: tradedFrom,
      to,
      file: config.files[0] ?? '',
      log,
    });
    let previousClose: number | undefined;
    for await (const raw of csvDays(source, range, log)) {
      const date = dateOfDay(raw.day);
      if (from !== null && date < from) {
        previousClose = leadIn(raw, previousClose)?.lastClose ?? previousClose;
        continue;
      }
      covered.day(date);
      const day = clean(raw, previousClose);
      if (day === null) continue;
      previousClose = day.lastClose;
      const instruments = listed(instrument, date);
      yield { kind: 'day', date, sessions: calendar === 'fromData' ? day.sessions : null, instruments };
      const lots = { ...config.units, lotSize: () => rules.instrument(instrument, date).lotSize };
      yield timeframe === undefined ? tickBlock(instrument, day, lots) : candleBlock(instrument, timeframe, day, { lengthMs, ...lots });
    }
    covered.end();
  }

  const cleaning = (): Parameters<typeof dayCleaner>[0] => ({
    rules,
    calendar,
    instrument,
    lengthMs,
    barLabel: config.barLabel ?? 'start',
    maxMove: config.maxMove === undefined ? defaultMaxMove(instrument) : config.maxMove,
    files: config.files,
    log,
  });

  const listed = (key: InstrumentKey, date: string): readonly Instrument[] => (isContract(key) ? [rules.instrument(key, date)] : []);

  return { name: `csv:${instrument}`, instruments: [instrument], blocks, issues: () => log.issues() };
}

/** An option's premium, or India VIX, moves by any share within a minute; nothing else does. */
const defaultMaxMove = (key: InstrumentKey): number | null => (/\d(CE|PE)$/.test(key) || key.endsWith('VIX') ? null : MAX_MOVE);

/** A future or an option of a stated expiry. */
const isContract = (key: InstrumentKey): boolean => /\d{2}[A-Z]{3}\d{2}(FUT|\d+(\.\d+)?(CE|PE))$/.test(key);

function rowLayout({ columns, formats, timeZone, barLabel }: CsvFeedConfig, lengthMs: number | 'day' | null): RowLayout {
  const names = lengthMs === null ? TICK_VALUES : CANDLE_VALUES;
  // A candle is placed by when it opens, whatever its time names.
  const backMs = barLabel === 'end' && typeof lengthMs === 'number' ? lengthMs : 0;
  return {
    columns,
    width: names.length,
    bind: (index) => {
      const timeOf = rowTime({ formats, zoneOffset: timeZone ?? 0 }, index);
      const places = names.map((name) => index[name] ?? -1);
      return {
        timeOf: (fields) => timeOf(fields) - backMs,
        append: (fields, values) => {
          for (let column = 0; column < places.length; column += 1) {
            const place = places[column] ?? -1;
            values[column]?.push(place < 0 ? Number.NaN : fieldNumber(fields[place]));
          }
          return 1;
        },
      };
    },
  };
}
