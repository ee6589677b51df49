import { describe, expect, it } from 'vitest';

import type { DataIssue, FeedContext } from '../plugins/feed.js';
import { chainCsvFeed } from './chain-csv-feed.js';
import { csvFeed } from './csv-feed.js';
import { contextOf, hasRecordings, issueWith, RECORDINGS, readFeed } from './feed.test-kit.js';

// Files and their faults are told in shared/data/README.md, which lies beside the repository.
const PLAIN = {
  timeframe: '1m',
  timeZone: 'Asia/Kolkata',
  columns: { date: 'date', time: 'time', open: 'open', high: 'high', low: 'low', close: 'close' },
  formats: { date: 'yyyyMMdd', time: 'HH:mm' },
};
const CAPITAL = {
  ...PLAIN,
  barLabel: 'start',
  columns: { date: 'Date', time: 'Time', open: 'Open', high: 'High', low: 'Low', close: 'Close' },
};
const STAMPED = {
  timeframe: '3m',
  barLabel: 'start',
  timeZone: 'Asia/Kolkata',
  columns: { timestamp: 'datetime', open: 'open', high: 'high', low: 'low', close: 'close', volume: 'volume' },
};

const recorded = (config: object, calendar: FeedContext['calendar'] = 'rules', range: Parameters<typeof readFeed>[1] = {}) =>
  readFeed(csvFeed.open(csvFeed.config.parse({ instrument: 'NSE_INDEX:NIFTY', ...config }), contextOf(RECORDINGS, calendar)), range);

const summary = (issues: readonly DataIssue[]): Record<string, number> =>
  Object.fromEntries(issues.map(({ code, count }) => [code, count]));

describe.skipIf(!hasRecordings)('recordings beside the repository', () => {
  it('A: drops the afternoons on which BANKNIFTY is wrong by a factor of twelve, and no other price', async () => {
    const config = {
      ...PLAIN,
      instrument: 'NSE_INDEX:BANKNIFTY',
      barLabel: 'end',
      files: 'index-intraday/banknifty_1min_2013-2015.csv.gz',
    };
    const { days, candles, issues } = await recorded(config, 'fromData');
    const wrong = issueWith('off-by-factor', issues);
    expect(wrong).toMatchObject({ count: 664, action: 'dropped' });
    expect(wrong?.message).toContain('2015-03-30 09:56 to 15:30 by ×0.0869, 2015-06-24 09:19 to 15:30 by ×0.0792');
    expect(candles.every(({ low }) => low > 8_000)).toBe(true);
    expect(candles.filter(({ at }) => at.startsWith('2015-06-24')).map(({ at }) => at.slice(11))).toEqual(['09:15', '09:16', '09:17']);
    expect(summary(issues)).toMatchObject({ 'short-day': 6, 'outside-session': 2 });
    expect([days.length, candles.length]).toEqual([740, 276_451 - 664 - 2]);
  });

  it('A: has the short days and the Muhurat evening of NIFTY as sessions of their own', async () => {
    const { days, issues } = await recorded(
      { ...PLAIN, barLabel: 'end', files: 'index-intraday/nifty_1min_2013-2015.csv.gz' },
      'fromData',
      { to: '2014-11-07' },
    );
    const minutesOf = (date: string) => days.find((day) => day.date === date)?.sessions?.map(({ open, close }) => (close - open) / 60_000);
    expect([
      minutesOf('2013-05-11'),
      minutesOf('2013-10-14'),
      minutesOf('2014-03-22'),
      minutesOf('2014-10-23'),
      minutesOf('2014-11-05'),
    ]).toEqual([[95], [57, 245], [92], [60], [375]]);
    expect(issueWith('short-day', issues)?.message).toContain('2014-11-05: 356 of 375');
    expect(summary(issues)).not.toHaveProperty('off-by-factor');
  });

  it('B: drops pre-open and closing prints, and keeps both halves of the day of the halt', async () => {
    const { candles, issues } = await recorded({ ...PLAIN, barLabel: 'end', files: 'index-intraday/nifty_1min_2021.csv.gz' });
    const halt = candles.filter(({ at }) => at.startsWith('2021-02-24')).map(({ at }) => at.slice(11));
    expect([halt[0], halt.findLast((at) => at < '12:00'), halt.find((at) => at > '12:00'), halt.at(-1)]).toEqual([
      '09:15',
      '10:07',
      '15:45',
      '16:59',
    ]);
    expect(candles.filter(({ at }) => at.startsWith('2021-11-04')).map(({ at }) => at.slice(11))).toSatisfy(
      (times: string[]) => times[0] === '18:15' && times.at(-1) === '19:14' && times.length === 60,
    );
    expect(candles.length).toBe(93_116 - (issueWith('outside-session', issues)?.count ?? 0));
    expect(issueWith('short-day', issues)?.message).toContain('2021-07-23');
  });

  it('C: has 36,960 candles inside sessions, and names the missing days', async () => {
    const { candles, days, issues } = await recorded({ ...CAPITAL, files: 'index-intraday/nifty_1min_2024-01_2024-05.csv.gz' });
    expect([candles.length, days.length]).toEqual([36_960, 100]);
    expect(issueWith('missing-day', issues)?.message).toContain('2024-02-01, 2024-03-04, 2024-04-05, 2024-05-07');
    expect(issueWith('outside-session', issues)).toMatchObject({ count: 167, message: expect.stringContaining('2024-01-20') });
    expect(candles.filter(({ at }) => at.startsWith('2024-03-02'))).toHaveLength(105);
    expect(Object.keys(summary(issues)).sort()).toEqual(['missing-day', 'outside-session']);
  });

  it('C: reads BANKNIFTY, whatever its Instrument column says', async () => {
    const files = 'index-intraday/banknifty_1min_2024-01_2024-05.csv.gz';
    expect((await recorded({ ...CAPITAL, instrument: 'NSE_INDEX:BANKNIFTY', files })).candles).toHaveLength(36_960);
  });

  it('D: reads quoted fields and drops the print at 09:07 and those after the close', async () => {
    const formats = { date: 'yyyy-MM-dd', time: 'HH:mm' };
    const { candles, issues } = await recorded({ ...CAPITAL, formats, files: 'index-intraday/nifty_1min_2025-01_2025-02.csv.gz' });
    expect([candles.length, candles.length % 375]).toEqual([15_375, 0]);
    expect(issueWith('outside-session', issues)?.count).toBe(15_483 - 15_375);
  });

  it('E: drops the stray prints of the Muhurat day, trades on Sunday 1 February 2026, and names the gap', async () => {
    const { candles, days, issues } = await recorded({
      ...STAMPED,
      files: 'index-intraday/nifty_3min_2025-07_2026-04_plus_2026-08-03_04.csv.gz',
    });
    expect(candles.filter(({ at }) => at.startsWith('2025-10-21')).map(({ at }) => at.slice(11))).toSatisfy(
      (times: string[]) => times[0] === '13:45' && times.at(-1) === '14:42' && times.length === 20,
    );
    expect(days.map(({ date }) => date)).toContain('2026-02-01');
    expect(issueWith('missing-day', issues)?.count).toBe(63);
  });

  it('E: believes every candle of India VIX', async () => {
    const files = 'index-intraday/indiavix_3min_2025-07_2026-04_plus_2026-08-03_04.csv.gz';
    const { candles, issues } = await recorded({ ...STAMPED, instrument: 'NSE_INDEX:INDIAVIX', files });
    expect(candles.length).toBeGreaterThan(23_000);
    expect(summary(issues)).not.toHaveProperty('off-by-factor');
  });

  it('F: reads stamps in UTC, and refuses them as Indian time', async () => {
    const config = {
      ...STAMPED,
      timeframe: '5m',
      columns: { ...STAMPED.columns, timestamp: 'timestamp' },
      files: 'index-intraday/nifty_5min_2026-07-13_17.csv',
    };
    expect((await recorded({ ...config, timeZone: 'UTC' })).candles).toHaveLength(375);
    await expect(recorded(config)).rejects.toMatchObject({ code: 'feed/time-zone-wrong', remedy: 'Write timeZone: UTC.' });
  });

  it('T: drops the 15:30 closing bar of NIFTY futures, and the second of two prints of one minute', async () => {
    const columns = { ...PLAIN.columns, volume: 'volume', openInterest: 'open_interest' };
    const config = { ...PLAIN, columns, instrument: 'NFO:NIFTY-I', barLabel: 'start', files: 'futures/nifty_near_1min_2013-2015.csv.gz' };
    const { candles, issues } = await recorded(config, 'fromData');
    expect(summary(issues)).toMatchObject({ 'duplicate-minute-differs': 44, 'outside-session': 534 });
    expect(candles.length).toBe(274_324 - 44 - 534);
    expect(candles.every(({ at }) => at.slice(11) !== '15:30')).toBe(true);
    expect(summary(issues)).not.toHaveProperty('bar-label-contradicted');
  });

  it('keeps a bonus issue and warns of it: FEDERALBNK in July 2015', async () => {
    const config = { ...PLAIN, formats: { date: 'yyyyMMdd', time: 'HH:mm:ss' }, instrument: 'NSE:FEDERALBNK', barLabel: 'end' };
    const { issues } = await recorded({ ...config, files: 'stock-intraday/federalbnk_1min_2014-12_2015-10.csv.gz' }, 'fromData');
    expect(issueWith('overnight-jump', issues)?.message).toContain('by ×0.51');
  });

  it('reads ticks of one of two symbols, stamped to the microsecond', async () => {
    const { ticks, issues } = await recorded({
      instrument: 'NFO:RELIANCE25NOV25FUT',
      files: 'ticks/stock_futures_ticks_2025-11-17_RELIND_MCX.csv.gz',
      timeZone: 'Asia/Kolkata',
      filter: { Symbol: 'RELIND' },
      columns: {
        timestamp: 'exchange_timestamp',
        price: 'last_price',
        volume: 'volume_traded',
        openInterest: 'open_interest',
        bid: 'bid_price_1',
        ask: 'ask_price_1',
      },
    });
    const [columns] = ticks.map((block) => block.columns);
    expect([columns?.price[0], columns?.volume[0], columns?.openInterest[0], columns?.bid[0]]).toEqual([
      1_518.9, 3_363_500, 100_700_000, 1_518.5,
    ]);
    expect(columns?.receivedTime[0]).toBe(Date.parse('2025-11-17T12:07:57.652+05:30'));
    expect(issues).toMatchObject([{ code: 'unsorted-row', count: 19, lines: [66, 97, 155, 301, 360] }]);
  });

  it('I: reads 102 snapshots of four expiries, the index first in each, contracts made units', async () => {
    const feed = chainCsvFeed.open(
      chainCsvFeed.config.parse({
        underlying: 'NSE_INDEX:NIFTY',
        files: ['option-chain-2026/nifty_chain_1min_20260819.csv.gz'],
        timeZone: 'Asia/Kolkata',
        columns: {
          timestamp: 'timestamp',
          expiry: 'expiry',
          strike: 'strike',
          optionType: 'option_type',
          spot: 'spot',
          last: 'ltp',
          volume: 'volume',
          openInterest: 'oi',
        },
        formats: { timestamp: 'yyyyMMddHHmm', expiry: 'dd-MMM-yyyy' },
        units: { openInterest: 'contracts', volume: 'contracts' },
      }),
      contextOf(RECORDINGS),
    );
    const { days, ticks, issues } = await readFeed(feed);
    expect([...new Set(days[0]?.instruments.map((one) => ('expiry' in one ? one.expiry : '')))].toSorted()).toEqual([
      '2026-08-25',
      '2026-09-01',
      '2026-09-08',
      '2026-09-15',
    ]);
    const times = ticks.flatMap(({ columns }) => [...columns.receivedTime]);
    const places = ticks.flatMap(({ columns }) => [...columns.instrument]);
    expect(places.filter((place) => place === 0)).toHaveLength(102);
    expect(places.every((place, tick) => (place === 0) === (times[tick] !== times[tick - 1]))).toBe(true);
    expect(places).toHaveLength(46_502 + 102);
    const [first] = ticks;
    expect([first?.columns.price[0], first?.columns.price[1], first?.columns.openInterest[1], first?.columns.volume[1]]).toEqual([
      24_052.4,
      2_872.35,
      153 * 65,
      3 * 65,
    ]);
    expect(first?.columns.instruments[1]).toBe('NFO:NIFTY25AUG2621200CE');
    expect(issues).toEqual([]);
  });
});
