import { afterAll, describe, expect, it } from 'vitest';

import type { DataIssue } from '../plugins/feed.js';
import { CLOSE, clock, csvBench, minutes, OPEN } from './csv-feed.test-kit.js';
import { issueWith, type Reading, readFeed } from './feed.test-kit.js';

const codes = (issues: readonly DataIssue[]): readonly string[] => issues.map(({ code }) => code);

const { folder, open, read } = csvBench();
afterAll(() => folder.remove());

describe('dayCleaner', () => {
  it('drops rows that cannot be, naming their lines', async () => {
    const good = minutes('2024-01-02', OPEN, CLOSE);
    good[1] = '2024-01-02,09:16,100,99,101,100,10';
    good[2] = '2024-01-02,09:17,100,x,99,100,10';
    good[3] = '2024-01-02,09:18,105,101,99,100,10';
    good[4] = '2024-01-02,09:19,0,101,0,100,10';
    good[5] = '2024-01-02,25:20,100,101,99,100,10';
    const { candles, issues } = await read(good);
    expect(candles).toHaveLength(370);
    expect(issueWith('bad-row', issues)).toMatchObject({ file: 'a.csv', lines: [7, 3, 4, 5, 6], count: 5, action: 'dropped' });
  });

  it('keeps the first of two candles of one minute', async () => {
    const rows = minutes('2024-01-02', OPEN, CLOSE);
    rows.splice(1, 0, rows[0] ?? '', '2024-01-02,09:15,100,102,99,101.5,10');
    const { candles, issues } = await read(rows);
    expect(candles).toHaveLength(375);
    expect(candles[0]?.close).toBe(100);
    expect(issueWith('duplicate-minute', issues)).toMatchObject({ lines: [3], count: 1 });
    expect(issueWith('duplicate-minute-differs', issues)).toMatchObject({
      lines: [4],
      count: 1,
      message: expect.stringContaining('2024-01-02 09:15'),
    });
  });

  it('sorts rows inside a day', async () => {
    const rows = minutes('2024-01-02', OPEN, CLOSE);
    [rows[3], rows[4]] = [rows[4] ?? '', rows[3] ?? ''];
    const { candles, issues } = await read(rows);
    expect(candles.slice(3, 5).map(({ at }) => at)).toEqual(['2024-01-02 09:18', '2024-01-02 09:19']);
    expect(issues).toMatchObject([{ code: 'unsorted-row', lines: [6], count: 1, action: 'sorted' }]);
  });

  it('refuses a row of an earlier day after a later one, and sorts the whole file where asked', async () => {
    const rows = [...minutes('2024-01-03', OPEN, CLOSE), ...minutes('2024-01-02', OPEN, CLOSE)];
    await expect(read(rows)).rejects.toMatchObject({
      code: 'feed/rows-unsorted',
      message: expect.stringContaining('a.csv:377'),
      remedy: expect.stringContaining('sort: true'),
    });
    const { days, candles, issues } = await read(rows, { sort: true });
    expect(days.map(({ date }) => date)).toEqual(['2024-01-02', '2024-01-03']);
    expect(candles).toHaveLength(750);
    expect(codes(issues)).toEqual(['unsorted-row']);
  });

  it('drops what lies outside the sessions, and days without trading', async () => {
    const rows = [
      '2024-01-02,09:08,100,100,100,100,0',
      ...minutes('2024-01-02', OPEN, CLOSE),
      '2024-01-02,15:30,100,100,100,100,0',
      ...minutes('2024-01-06', OPEN, OPEN + 3),
    ];
    const { days, candles, issues } = await read(rows);
    expect([days.length, candles.length]).toEqual([1, 375]);
    expect(issueWith('outside-session', issues)).toMatchObject({ lines: [2, 378], count: 2 });
    expect(issueWith('non-trading-day', issues)).toMatchObject({ lines: [379], count: 3, message: expect.stringContaining('2024-01-06') });
  });

  it('names missing days, short days and missing minutes', async () => {
    const holed = minutes('2024-01-02', OPEN, CLOSE);
    holed.splice(10, 2);
    const { issues } = await read([...holed, ...minutes('2024-01-04', OPEN, 700)]);
    expect(issueWith('missing-minute', issues)).toMatchObject({ count: 2 });
    expect(issueWith('missing-day', issues)).toMatchObject({ count: 1, message: expect.stringContaining('2024-01-03') });
    expect(issueWith('short-day', issues)).toMatchObject({ count: 1, message: expect.stringContaining('2024-01-04: 145 of 375') });
  });

  it('says where the data does not cover the range asked for', async () => {
    await read(minutes('2024-01-03', OPEN, CLOSE));
    const { issues } = await readFeed(open(), { from: '2024-01-01', to: '2024-01-05' });
    expect(issueWith('range-not-covered', issues)?.message).toMatch(/begins on 2024-01-03.*ends on 2024-01-03/);
    expect((await readFeed(open(), { from: '2023-01-02', to: '2023-01-05' })).issues).toMatchObject([{ code: 'range-not-covered' }]);
  });

  it('drops prices that are off by a factor until they are back, with the rest of the day', async () => {
    const spike = minutes('2024-01-02', OPEN, CLOSE);
    for (let row = 10; row < 13; row += 1) spike[row] = minutes('2024-01-02', OPEN + row, OPEN + row + 1, 1_200)[0] ?? '';
    const broken = [...minutes('2024-01-03', OPEN, 600), ...minutes('2024-01-03', 600, CLOSE, 8)];
    const { candles, issues } = await read([...spike, ...broken, ...minutes('2024-01-04', OPEN, CLOSE)]);
    expect(candles).toHaveLength(372 + 45 + 375);
    expect(candles.every(({ close }) => close === 100)).toBe(true);
    expect(issueWith('off-by-factor', issues)).toMatchObject({ count: 3 + 330, lines: [12, 422], action: 'dropped' });
    expect(issueWith('off-by-factor', issues)?.message).toMatch(
      /2024-01-02 09:25 to 09:27 by ×12\.0.*2024-01-03 10:00 to 15:29 by ×0\.0800/,
    );
  });

  it('does not believe a wild first candle of a day that comes back, and keeps an overnight jump that stays', async () => {
    const wild = minutes('2024-01-03', OPEN, CLOSE);
    wild[0] = '2024-01-03,09:15,900,901,899,900,10';
    const { candles, issues } = await read([...minutes('2024-01-02', OPEN, CLOSE), ...wild, ...minutes('2024-01-04', OPEN, CLOSE, 50)]);
    expect(candles).toHaveLength(375 * 3 - 1);
    expect(issueWith('off-by-factor', issues)).toMatchObject({ count: 1, lines: [377] });
    expect(issueWith('overnight-jump', issues)).toMatchObject({
      count: 1,
      action: 'kept',
      message: expect.stringContaining('2024-01-04 by ×0.500'),
    });
  });

  it('measures the first day of a range from the day before it', async () => {
    await read([...minutes('2024-01-02', OPEN, CLOSE), ...minutes('2024-01-03', OPEN, CLOSE, 50)]);
    expect(codes((await readFeed(open(), { from: '2024-01-03' })).issues)).toEqual(['overnight-jump']);
  });

  it('believes any move where maxMove is off, and of an option', async () => {
    const rows = [...minutes('2024-01-02', OPEN, 600), ...minutes('2024-01-02', 600, CLOSE, 200)];
    expect((await read(rows, { maxMove: 'off' })).candles).toHaveLength(375);
    expect((await read(rows, { maxMove: '150%' })).candles).toHaveLength(375);
    expect((await read(rows, { maxMove: '50%' })).candles).toHaveLength(45);
    const option = [...minutes('2026-02-02', OPEN, 600), ...minutes('2026-02-02', 600, CLOSE, 200)];
    expect((await read(option, { instrument: 'NFO:NIFTY03FEB2625000CE' })).candles).toHaveLength(375);
  });

  it('refuses a wrong time zone, naming the right one', async () => {
    await expect(read(minutes('2024-01-02', 225, 600))).rejects.toMatchObject({
      code: 'feed/time-zone-wrong',
      remedy: 'Write timeZone: UTC.',
    });
    await expect(read(minutes('2024-01-02', OPEN, CLOSE), { timeZone: 'UTC' })).rejects.toMatchObject({
      remedy: 'Write timeZone: Asia/Kolkata.',
    });
    expect((await read(minutes('2024-01-02', 225, 600), { timeZone: 'UTC' })).candles).toHaveLength(375);
  });

  it('finds a bar label that the first and last candles contradict', async () => {
    const days = ['2024-01-02', '2024-01-03', '2024-01-04'];
    const ending = days.flatMap((date) => minutes(date, OPEN + 1, CLOSE + 1));
    const starting = days.flatMap((date) => minutes(date, OPEN, CLOSE));
    expect(codes((await read(ending, { barLabel: 'start' })).issues)).toContain('bar-label-contradicted');
    expect(codes((await read(starting, { barLabel: 'end' })).issues)).toContain('bar-label-contradicted');
    expect((await read(ending, { barLabel: 'start' }, 'fromData')).issues).toContainEqual(
      expect.objectContaining({ code: 'bar-label-contradicted', count: 3 }),
    );
  });

  it('blames no label for one odd day', async () => {
    const { issues } = await read([
      ...minutes('2024-01-02', OPEN, CLOSE),
      ...minutes('2024-01-03', OPEN, CLOSE),
      ...minutes('2024-01-04', OPEN + 1, CLOSE + 1),
    ]);
    expect(codes(issues)).not.toContain('bar-label-contradicted');
  });

  it('counts bytes of trouble, not rows: a broken file of any length makes a short list', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `2024-01-02,${clock(OPEN + (index % 375))},x,x,x,x,x`);
    const { issues } = await read([...minutes('2024-01-02', OPEN, CLOSE), ...rows]);
    expect(issueWith('bad-row', issues)).toMatchObject({ count: 500, lines: [377, 378, 379, 380, 381] });
  });
});

describe('dataSessions', () => {
  const sessions = ({ days }: Reading) =>
    days
      .flatMap((day) => day.sessions ?? [])
      .map(({ open: from, close }) => [clock(((from / 60_000) % 1440) + 330), clock(((close / 60_000) % 1440) + 330)]);

  it('takes a weekend with data as a trading day, and dates before the tables', async () => {
    const reading = await read([...minutes('2013-05-11', 675, 770), ...minutes('2013-05-13', OPEN, CLOSE)], {}, 'fromData');
    expect(sessions(reading)).toEqual([
      ['11:15', '12:50'],
      ['09:15', '15:30'],
    ]);
  });

  it('leaves out the pre-open print and prints after the close', async () => {
    const rows = ['2013-05-13,09:07,100,100,100,100,0', ...minutes('2013-05-13', OPEN, CLOSE), '2013-05-13,15:31,100,100,100,100,0'];
    const reading = await read(rows, {}, 'fromData');
    expect(sessions(reading)).toEqual([['09:15', '15:30']]);
    expect(issueWith('outside-session', reading.issues)).toMatchObject({ lines: [2, 378] });
  });

  it('takes an evening on its own as a session: Muhurat trading', async () => {
    const rows = ['2014-10-23,18:07,100,100,100,100,0', ...minutes('2014-10-23', 1095, 1155)];
    expect(sessions(await read(rows, {}, 'fromData'))).toEqual([['18:15', '19:15']]);
  });

  it('separates two sessions at a pause of more than an hour', async () => {
    const reading = await read([...minutes('2013-10-14', OPEN, 612), ...minutes('2013-10-14', 685, CLOSE)], {}, 'fromData');
    expect(sessions(reading)).toEqual([
      ['09:15', '10:12'],
      ['11:25', '15:30'],
    ]);
  });

  it('counts candles from the ordinary open where the first minutes were lost', async () => {
    expect(sessions(await read(minutes('2014-11-05', 574, CLOSE), {}, 'fromData'))).toEqual([['09:15', '15:30']]);
  });

  it('keeps an evening extension that moves, and drops one that stands still', async () => {
    const day = minutes('2014-02-24', OPEN, 608);
    const still = Array.from({ length: 60 }, (_, index) => `2014-02-24,${clock(945 + index)},100,100,100,100,0`);
    expect(sessions(await read([...day, ...minutes('2014-02-24', 945, 1020)], {}, 'fromData'))).toEqual([
      ['09:15', '10:08'],
      ['15:45', '17:00'],
    ]);
    expect(sessions(await read([...day, ...still], {}, 'fromData'))).toEqual([['09:15', '10:08']]);
  });
});
