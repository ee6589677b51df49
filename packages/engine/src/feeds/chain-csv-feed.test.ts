import { afterAll, describe, expect, it } from 'vitest';

import { formatIst } from '../primitives/time.js';
import { chainCsvFeed } from './chain-csv-feed.js';
import { contextOf, issueWith, type Reading, readFeed, scratchFolder } from './feed.test-kit.js';

const folder = scratchFolder();
afterAll(() => folder.remove());

const LONG = {
  underlying: 'NSE_INDEX:NIFTY',
  files: 'chain.csv',
  timeZone: 'Asia/Kolkata',
  columns: {
    timestamp: 't',
    expiry: 'expiry',
    strike: 'strike',
    optionType: 'type',
    spot: 'spot',
    last: 'ltp',
    volume: 'vol',
    openInterest: 'oi',
    bid: 'bid',
    ask: 'ask',
  },
  formats: { timestamp: 'yyyyMMddHHmm', expiry: 'dd-MMM-yyyy' },
};
const HEADER = 't,symbol,expiry,strike,type,spot,ltp,vol,oi,bid,ask';

const read = (rows: readonly string[], config: object = {}, calendar: 'rules' | 'fromData' = 'rules'): Promise<Reading> => {
  folder.write('chain.csv', `${[HEADER, ...rows].join('\n')}\n`);
  return readFeed(chainCsvFeed.open(chainCsvFeed.config.parse({ ...LONG, ...config }), contextOf(folder.path, calendar)));
};

/** Ticks as text: time, instrument, price, volume, open interest, bid, ask. */
const lines = ({ ticks }: Reading): readonly string[] =>
  ticks.flatMap(({ columns }) =>
    Array.from({ length: columns.length }, (_, row) =>
      [
        formatIst(columns.receivedTime[row] ?? 0).slice(11, 16),
        columns.instruments[columns.instrument[row] ?? -1],
        ...[columns.price, columns.volume, columns.openInterest, columns.bid, columns.ask].map((column) => column[row]),
      ].join(' '),
    ),
  );

describe('chainCsvFeed', () => {
  it('gives a day with its contracts, then each snapshot with the underlying first', async () => {
    const reading = await read([
      '202602021000,NIFTY50,03-Feb-2026,25000,CE,24980.400390625,80.5,650,6500,80,81',
      '202602021000,NIFTY50,03-Feb-2026,25000,PE,24980.400390625,95,1300,13000,0,-',
      '202602021001,NIFTY50,03-Feb-2026,25000,CE,24991.05,85,715,6500,,',
    ]);
    expect(reading.days).toMatchObject([
      {
        date: '2026-02-02',
        sessions: null,
        instruments: [{ kind: 'option', strike: 25_000, optionType: 'CE', expiry: '2026-02-03', lotSize: 65 }, { optionType: 'PE' }],
      },
    ]);
    expect(lines(reading)).toEqual([
      '10:00 NSE_INDEX:NIFTY 24980.4 NaN NaN NaN NaN',
      '10:00 NFO:NIFTY03FEB2625000CE 80.5 650 6500 80 81',
      '10:00 NFO:NIFTY03FEB2625000PE 95 1300 13000 NaN NaN',
      '10:01 NSE_INDEX:NIFTY 24991.05 NaN NaN NaN NaN',
      '10:01 NFO:NIFTY03FEB2625000CE 85 715 6500 NaN NaN',
    ]);
    expect(reading.ticks[0]?.columns.exchangeTime[0]).toBeNaN();
    expect(reading.issues).toEqual([]);
  });

  it('makes units of contracts by the lot of the day', async () => {
    const reading = await read(['202602021000,N,03-Feb-2026,25000,CE,24980,80.5,10,100,,'], {
      units: { volume: 'contracts', openInterest: 'contracts' },
    });
    expect(lines(reading)[1]).toBe('10:00 NFO:NIFTY03FEB2625000CE 80.5 650 6500 NaN NaN');
  });

  it('keeps a snapshot that is the same as the one before', async () => {
    const rest = 'N,03-Feb-2026,25000,CE,24980,80.5,10,100,,';
    expect(lines(await read([`202602021000,${rest}`, `202602021001,${rest}`]))).toHaveLength(4);
  });

  it('drops, and counts, contracts without a price, impossible ones, repeated ones, and what lies outside trading hours', async () => {
    const { ticks, issues } = await read([
      '202602021000,N,03-Feb-2026,25000,CE,24980,80.5,10,100,,',
      '202602021000,N,03-Feb-2026,25000,CE,24980,81,10,100,,',
      '202602021000,N,03-Feb-2026,25000,CE,24980,80.5,10,100,,',
      '202602021000,N,03-Feb-2026,26000,CE,24980,0,0,100,,',
      '202602021000,N,03-Feb-2026,26050,CE,24980,-,0,100,,',
      '202602021000,N,27-Jan-2026,25000,CE,24980,80,10,100,,',
      '202602021000,N,03-Feb-2026,25000,XX,24980,80,10,100,,',
      '202602021545,N,03-Feb-2026,25000,CE,24980,80,10,100,,',
      '202602071000,N,10-Feb-2026,25000,CE,24980,80,10,100,,',
    ]);
    expect(ticks[0]?.columns.length).toBe(2);
    expect(issueWith('duplicate-minute-differs', issues)).toMatchObject({ lines: [3], count: 1 });
    expect(issueWith('duplicate-minute', issues)).toMatchObject({ lines: [4], count: 1 });
    expect(issueWith('no-price', issues)).toMatchObject({ lines: [5, 6], count: 2 });
    expect(issueWith('bad-row', issues)).toMatchObject({ lines: [7, 8], count: 2 });
    expect(issueWith('outside-session', issues)).toMatchObject({ lines: [9], count: 1 });
    expect(issueWith('non-trading-day', issues)).toMatchObject({ lines: [10], count: 1 });
  });

  it('reads calls and puts side by side, from one file an expiry', async () => {
    const header = 'snap,exp,C_OI,C_LTP,K,P_LTP,P_OI,S\n';
    folder.write(
      'near.csv',
      `${header}2019-05-17 10:00,2019-05-23,75,-,11300,40.5,150,11320.5\n2019-05-17 10:15,2019-05-23,75,60,11300,39,150,11325\n`,
    );
    folder.write('far.csv', `${header}2019-05-17 10:00,2019-05-30,300,120,11300,90,"1,500",11320.5\n`);
    const config = {
      layout: 'wide',
      underlying: 'NSE_INDEX:NIFTY',
      files: ['near.csv', 'far.csv'],
      timeZone: 'Asia/Kolkata',
      columns: { timestamp: 'snap', expiry: 'exp', strike: 'K', spot: 'S' },
      call: { last: 'C_LTP', openInterest: 'C_OI' },
      put: { last: 'P_LTP', openInterest: 'P_OI' },
    };
    const context = contextOf(folder.path, 'rules', { 'NSE_INDEX:NIFTY': { lotSize: 75 } });
    const reading = await readFeed(chainCsvFeed.open(chainCsvFeed.config.parse(config), context));
    expect(lines(reading)).toEqual([
      '10:00 NSE_INDEX:NIFTY 11320.5 NaN NaN NaN NaN',
      '10:00 NFO:NIFTY23MAY1911300PE 40.5 NaN 150 NaN NaN',
      '10:00 NFO:NIFTY30MAY1911300CE 120 NaN 300 NaN NaN',
      '10:00 NFO:NIFTY30MAY1911300PE 90 NaN 1500 NaN NaN',
      '10:15 NSE_INDEX:NIFTY 11325 NaN NaN NaN NaN',
      '10:15 NFO:NIFTY23MAY1911300CE 60 NaN 75 NaN NaN',
      '10:15 NFO:NIFTY23MAY1911300PE 39 NaN 150 NaN NaN',
    ]);
    expect(reading.issues).toMatchObject([{ code: 'no-price', file: 'near.csv', lines: [2] }]);
  });

  it('gives the ordinary session of derivatives where days come from the data', async () => {
    const { days } = await read(['202608191000,N,25-Aug-2026,24000,CE,24050,80.5,10,100,,'], {}, 'fromData');
    expect(days[0]?.sessions?.map(({ open, close }) => [formatIst(open), formatIst(close)])).toEqual([
      ['2026-08-19 09:15:00', '2026-08-19 15:40:00'],
    ]);
  });

  it.each([
    ['no option type', { columns: { ...LONG.columns, optionType: undefined } }, 'columns.optionType'],
    ['no last price of the put', { layout: 'wide', call: { last: 'C' } }, 'put.last'],
    ['no time zone', { timeZone: undefined }, 'timeZone'],
  ])('finds %s', (_, change, path) => {
    const { error } = chainCsvFeed.config.safeParse({ ...LONG, ...change });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });

  it('refuses columns that are not there', async () => {
    await expect(read([], { columns: { ...LONG.columns, last: 'LTP' } })).rejects.toMatchObject({
      code: 'feed/column-missing',
      message: expect.stringContaining('"LTP"'),
    });
  });
});
