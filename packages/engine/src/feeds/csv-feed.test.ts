import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';

import { csvFeed } from './csv-feed.js';
import { CLOSE, CSV_CONFIG, CSV_HEADER, csvBench, minutes, OPEN } from './csv-feed.test-kit.js';
import { readFeed } from './feed.test-kit.js';
import { randomWalkFeed } from './random-walk.js';

const { folder, open, read } = csvBench();
afterAll(() => folder.remove());

describe('csvFeed', () => {
  it('brings each day, then its candles, placed by when they open', async () => {
    const { days, candles, issues } = await read(minutes('2024-01-02', OPEN, CLOSE));
    expect(days).toEqual([{ kind: 'day', date: '2024-01-02', sessions: null, instruments: [] }]);
    expect(candles).toHaveLength(375);
    expect(candles[0]).toEqual({
      at: '2024-01-02 09:15',
      closeAt: '2024-01-02 09:16',
      open: 100,
      high: 101,
      low: 99,
      close: 100,
      volume: 10,
    });
    expect(candles.at(-1)).toMatchObject({ at: '2024-01-02 15:29', closeAt: '2024-01-02 15:30' });
    expect(issues).toEqual([]);
  });

  it('reads a candle stamped 09:16 at its end as the one that opens at 09:15', async () => {
    const { candles, issues } = await read(minutes('2024-01-02', OPEN + 1, CLOSE + 1), { barLabel: 'end' });
    expect([candles[0]?.at, candles.at(-1)?.at, candles.length]).toEqual(['2024-01-02 09:15', '2024-01-02 15:29', 375]);
    expect(issues).toEqual([]);
  });

  it('ends a candle with its session at the latest', async () => {
    const rows = ['2024-01-02,14:15,100,101,99,100,1', '2024-01-02,15:15,100,101,99,100,1'];
    const { candles } = await read(rows, { timeframe: '1h' });
    expect(candles.map(({ closeAt }) => closeAt)).toEqual(['2024-01-02 15:15', '2024-01-02 15:30']);
  });

  it('reads one trading day at a time, between two dates both included', async () => {
    await read([
      ...minutes('2024-01-02', OPEN, OPEN + 400 - 25),
      ...minutes('2024-01-03', OPEN, CLOSE),
      ...minutes('2024-01-04', OPEN, CLOSE),
    ]);
    const { days } = await readFeed(open(), { from: '2024-01-03', to: '2024-01-03' });
    expect(days.map(({ date }) => date)).toEqual(['2024-01-03']);
  });

  it('reads columns by place where there is no header, and another delimiter', async () => {
    folder.write('bare.csv', '2024-01-02 09:15:00;100;102;99;101\n');
    const { candles } = await readFeed(
      open({
        files: 'bare.csv',
        header: false,
        delimiter: ';',
        columns: { timestamp: 1, open: 2, high: 3, low: 4, close: 5 },
        formats: {},
      }),
    );
    expect(candles).toMatchObject([{ at: '2024-01-02 09:15', open: 100, high: 102, low: 99, close: 101, volume: 0 }]);
  });

  it('picks the rows of one symbol', async () => {
    folder.write('two.csv', 'symbol,t,o,h,l,c\nITC,2024-01-02 09:15,400,401,399,400\nTCS,2024-01-02 09:15,3700,3701,3699,3700\n');
    const config = {
      files: 'two.csv',
      instrument: 'NSE:TCS',
      filter: { symbol: 'TCS' },
      columns: { timestamp: 't', open: 'o', high: 'h', low: 'l', close: 'c' },
      formats: {},
    };
    expect((await readFeed(open(config))).candles).toMatchObject([{ open: 3700 }]);
  });

  it('puts files in the order of their first rows, and joins the days that they share', async () => {
    folder.write('b.csv', [CSV_HEADER, ...minutes('2024-01-03', 700, CLOSE), ...minutes('2024-01-04', OPEN, CLOSE)].join('\n'));
    folder.write('a.csv', [CSV_HEADER, ...minutes('2024-01-02', OPEN, CLOSE), ...minutes('2024-01-03', OPEN, 710)].join('\n'));
    const { days, candles, issues } = await readFeed(open({ files: ['b.csv', 'a.csv'] }));
    expect(days.map(({ date }) => date)).toEqual(['2024-01-02', '2024-01-03', '2024-01-04']);
    expect(candles).toHaveLength(3 * 375);
    expect(issues).toMatchObject([{ code: 'duplicate-minute', count: 10, file: 'b.csv' }]);
  });

  it('multiplies contracts by the lot of the day', async () => {
    const { candles } = await read(minutes('2026-02-03', OPEN, CLOSE, 25_000), {
      instrument: 'NFO:NIFTY24FEB26FUT',
      units: { volume: 'contracts' },
    });
    expect(candles[0]?.volume).toBe(10 * 65);
  });

  it('gives a listed contract with its day', async () => {
    const { days } = await read(minutes('2026-02-03', OPEN, CLOSE, 25_000), { instrument: 'NFO:NIFTY24FEB26FUT' });
    expect(days[0]?.instruments).toMatchObject([{ kind: 'future', expiry: '2026-02-24', lotSize: 65 }]);
  });

  it('reads ticks where a price column is named and no timeframe', async () => {
    folder.write('ticks.csv', 't,ltp,v,oi,b,a\n1704167100250,100.05,75,1500,100,100.1\n1704167101000,100.1,150,1575,0,100.15\n');
    const config = { files: 'ticks.csv', timeframe: undefined, barLabel: undefined, timeZone: undefined };
    const { ticks, issues } = await readFeed(
      open({
        ...config,
        columns: { timestamp: 't', price: 'ltp', volume: 'v', openInterest: 'oi', bid: 'b', ask: 'a' },
        formats: { timestamp: 'epochMs' },
      }),
    );
    const columns = ticks[0]?.columns;
    expect(columns).toMatchObject({ length: 2, instruments: ['NSE_INDEX:NIFTY'] });
    expect([...(columns?.receivedTime ?? [])]).toEqual([1704167100250, 1704167101000]);
    expect([...(columns?.price ?? [])]).toEqual([100.05, 100.1]);
    expect([...(columns?.volume ?? [])]).toEqual([75, 150]);
    expect([...(columns?.bid ?? [])]).toEqual([100, Number.NaN]);
    expect(issues).toEqual([]);
  });

  it('places daily candles on their date and in its session, from midnights in UTC', async () => {
    folder.write('daily.csv', 't,o,h,l,c\n2024-01-01 18:30:00,100,101,99,100\n2024-01-02 18:30:00,100,101,99,100\n');
    const config = {
      files: 'daily.csv',
      timeframe: '1d',
      timeZone: 'UTC',
      columns: { timestamp: 't', open: 'o', high: 'h', low: 'l', close: 'c' },
      formats: {},
    };
    const { candles } = await readFeed(open(config));
    expect(candles.map(({ at, closeAt }) => [at, closeAt])).toEqual([
      ['2024-01-02 09:15', '2024-01-02 15:30'],
      ['2024-01-03 09:15', '2024-01-03 15:30'],
    ]);
    await expect(readFeed(open({ ...config, timeZone: 'Asia/Kolkata' }))).rejects.toMatchObject({
      code: 'feed/time-zone-wrong',
      remedy: 'Write timeZone: UTC.',
    });
  });

  it('reads back what was written, under either label, in any order of rows', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('start', 'end'), fc.boolean(), async (seed, barLabel, shuffled) => {
        const written = await readFeed(randomWalkFeed({ seed, days: 3, candlesPerDay: 40, start: '2024-01-02' }));
        const rows = written.candles.map(({ at, closeAt, ...prices }) => {
          const [date, time] = (barLabel === 'start' ? at : closeAt).split(' ');
          return [date, time, prices.open, prices.high, prices.low, prices.close, 0].join(',');
        });
        const ordered = shuffled ? rows.toSorted((a, b) => a.slice(12).localeCompare(b.slice(12)) || b.localeCompare(a)) : rows;
        expect((await read(ordered, { barLabel, sort: shuffled })).candles).toEqual(written.candles);
      }),
      { numRuns: 12 },
    ));
});

describe('csvFeed, what is refused', () => {
  it('names missing columns and those that there are', async () => {
    await expect(read([], { columns: { ...CSV_CONFIG.columns, close: 'Close', volume: 'vol' } })).rejects.toMatchObject({
      code: 'feed/column-missing',
      message: expect.stringMatching(/"Close", "vol"; it has "date", "time", "open"/),
    });
  });

  it('shows a row whose time is not in the format', async () => {
    const error = { code: 'feed/time-unreadable', message: expect.stringContaining('2024-01-02,09:34') };
    await expect(read(minutes('2024-01-02', OPEN, CLOSE), { formats: { date: 'yyyyMMdd' } })).rejects.toMatchObject(error);
  });

  it.each([
    ['no bar label', { barLabel: undefined }, 'barLabel'],
    ['no time zone', { timeZone: undefined }, 'timeZone'],
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['a plain number for a percentage', { maxMove: 20 }, 'maxMove'],
    ['an unknown exchange', { instrument: 'NIFTY' }, 'instrument'],
    ['no close column', { columns: { ...CSV_CONFIG.columns, close: undefined } }, 'columns.close'],
    ['a time without a date', { columns: { ...CSV_CONFIG.columns, date: undefined } }, 'columns'],
    ['neither a timeframe nor a price', { timeframe: undefined }, 'timeframe'],
    ['a misspelt option', { barlabel: 'start' }, ''],
    ['column names without a header', { header: false }, 'columns'],
  ])('finds %s', (_, change, path) => {
    const { error } = csvFeed.config.safeParse({ ...CSV_CONFIG, ...change });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});
