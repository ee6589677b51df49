import { afterAll, describe, expect, it } from 'vitest';

import { csvFeed } from './csv-feed.js';
import { contextOf, scratchFolder } from './feed.test-kit.js';
import { inspectFeed } from './inspect-feed.js';
import { syntheticFeed } from './synthetic-feed.js';

const folder = scratchFolder();
afterAll(() => folder.remove());

const rows = (date: string): string[] =>
  Array.from(
    { length: 375 },
    (_, minute) => `${date}T${new Date((556 + minute) * 60_000).toISOString().slice(11, 16)},100,${101 + (minute % 3)},100,100`,
  );

describe('inspectFeed', () => {
  folder.write('a.csv', ['t,o,h,l,c', ...['2024-01-02', '2024-01-03', '2024-01-04'].flatMap(rows)].join('\n'));
  const config = csvFeed.config.parse({
    instrument: 'NSE_INDEX:NIFTY',
    files: 'a.csv',
    timeframe: '1m',
    barLabel: 'end',
    timeZone: 'Asia/Kolkata',
    columns: { timestamp: 't', open: 'o', high: 'h', low: 'l', close: 'c' },
  });

  it('sums up the first days', async () => {
    const { issues, summary } = await inspectFeed(csvFeed, config, contextOf(folder.path), { days: 2 });
    expect(summary).toEqual({
      rows: 750,
      days: 2,
      first: Date.parse('2024-01-02T09:15:00+05:30'),
      last: Date.parse('2024-01-03T15:29:00+05:30'),
      sessions: 2,
      medianRange: 2,
      firstBar: '09:15',
      lastBar: '15:29',
    });
    expect(issues).toEqual([]);
  });

  it('finds a wrong bar label in the first days alone', async () => {
    const { issues } = await inspectFeed(csvFeed, { ...config, barLabel: 'start' }, contextOf(folder.path), { days: 2 });
    expect(issues.map(({ code }) => code)).toContain('bar-label-contradicted');
  });

  it('reads all of it, or a stretch', async () => {
    expect((await inspectFeed(csvFeed, config, contextOf(folder.path), { days: null })).summary.days).toBe(3);
    expect(
      (await inspectFeed(csvFeed, config, contextOf(folder.path), { days: null, from: '2024-01-03', to: '2024-01-03' })).summary.rows,
    ).toBe(375);
  });

  it('has no bars to speak of where there are only ticks', async () => {
    const synthetic = syntheticFeed.config.parse({ start: '2026-11-23', tickEvery: '1m', chain: false, vix: false });
    const { summary } = await inspectFeed(syntheticFeed, synthetic, contextOf('.'), { days: 1 });
    expect(summary).toMatchObject({ rows: 375, days: 1, medianRange: null, firstBar: null, lastBar: null });
  });
});
