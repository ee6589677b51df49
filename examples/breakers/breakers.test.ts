import { readFileSync } from 'node:fs';

import { formatIst } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { runExample } from '../run-example.test-kit.js';
import { madeUpFiles } from './made-up-days.js';
import { copyOfFolder, linesOfRun, quotedIn } from './run-command.test-kit.js';

type Report = Awaited<ReturnType<typeof runExample>>;

const textOf = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');

/** What each signal came to, those of the same moment side by side. */
const outcomes = ({ signals }: Report): readonly string[] => signals.map(({ set, outcome }) => `${set}: ${outcome}`);

/** The trail of the one breaker that has tripped. */
function trailOf({ breakers, roundTrips }: Report) {
  expect(breakers).toHaveLength(1);
  const [breaker] = breakers;
  if (breaker === undefined) throw new Error('No breaker has tripped.');
  // What closed the positions are orders of the round trips, sent for that reason.
  const sent = roundTrips.flatMap(({ orders }) => orders).filter(({ rule }) => rule === 'breaker');
  expect(breaker.closedBy.map(({ orderId }) => orderId).toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
  return {
    ...breaker,
    time: formatIst(breaker.time),
    closedAt: breaker.closedAt === null ? null : formatIst(breaker.closedAt).slice(0, 19),
    rearmedAt: breaker.rearmedAt === null ? null : formatIst(breaker.rearmedAt),
    closedBy: breaker.closedBy.map(({ orderId, set, side, quantity }) => `${orderId} ${set}: ${side} ${quantity}`),
  };
}

/** The sold put is bought back before the one that hedges it is sold. */
const SOLD_FIRST = ['S1O2 sold-put: buy 130', 'S0O2 hedge: sell 130'];

/** Each of these stands in a line of its own, in this order, whatever stands between them. */
function expectInOrder(lines: readonly string[], words: readonly string[]): void {
  let from = 0;
  for (const wanted of words) {
    const at = lines.findIndex((line, index) => index >= from && line.includes(wanted));
    expect(at, `"${wanted}" after line ${from}`).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
}

it('the candles are what their program writes', () => {
  const files = madeUpFiles();
  expect(files.size).toBe(4);
  for (const [name, text] of files) expect(textOf(name)).toBe(text);
});

it('what the page beside it and the guide to risk quote is what the commands print', async () => {
  const folder = copyOfFolder();
  const printed = new Set(
    (await Promise.all(['daily-loss.yaml', 'rejection-streak.yaml', 'stale-feed.yaml'].map((config) => linesOfRun(folder, config)))).flat(),
  );
  for (const line of await linesOfRun(folder, 'drawdown.yaml')) printed.add(line);
  for (const line of await linesOfRun(folder, 'drawdown-next-day.yaml', ['rearm main'])) printed.add(line);
  const quoted = [...quotedIn(textOf('README.md')), ...quotedIn(textOf('../../docs/guides/risk.md'))];
  expect(quoted.length).toBeGreaterThan(25);
  expect(quoted.filter((line) => !printed.has(line))).toEqual([]);
});

describe('the loss of a day', () => {
  it('trips at its limit, closes what is sold first, and ends with the day', async () => {
    const report = await runExample('breakers/daily-loss.yaml');
    const trail = trailOf(report);
    expect(trail).toMatchObject({
      account: 'main',
      code: 'account/daily-loss',
      limit: 5_000_00,
      time: '2026-11-25 12:22:13',
      closedAt: '2026-11-25 12:22:13',
      closedBy: SOLD_FIRST,
      rearm: 'from 2026-11-26 by itself, or: rearm main',
      rearmedAt: '2026-11-26 09:15:00',
      rearmedBy: 'calendar',
    });
    expect(trail.value).toBeGreaterThanOrEqual(5_000_00);
    expect(trail.value).toBeLessThan(5_001_00);
    expect(outcomes(report)).toEqual([
      'hedge: entered',
      'sold-put: entered',
      'hedge: account/daily-loss',
      'sold-put: account/daily-loss',
      'hedge: entered',
      'sold-put: entered',
    ]);
  });

  it('is told in this order: what has happened and what can be done, what leaves, which orders closed it, what is refused', async () => {
    const lines = await linesOfRun(copyOfFolder(), 'daily-loss.yaml');
    expectInOrder(lines, [
      'CRITICAL Account main is stopped and its positions are closed: Loss of the day ₹5,000.00, limit ₹5,000.00. It trades again by itself from 2026-11-26, or: rearm main.',
      'closing sold-put|NSE_INDEX:NIFTY|main',
      'exit order S1O2: buy 130 NFO:NIFTY01DEC2624000PE',
      'closing hedge|NSE_INDEX:NIFTY|main',
      'exit order S0O2: sell 130 NFO:NIFTY01DEC2623800PE',
      'Account main holds nothing any more; closed by S1O2, S0O2.',
      '(account/daily-loss)',
      'enters again: the time of account/daily-loss is over',
      'entry order S1O3: sell 130',
      'breaker 2026-11-25 12:22:13  main  Loss of the day',
      'account/daily-loss: limit ₹5,000.00, found ₹5,000.00; flat 2026-11-25 12:22:13',
      'order S1O2',
      'order S0O2',
      're-armed 2026-11-26 09:15:00 by the calendar (from 2026-11-26 by itself, or: rearm main)',
    ]);
  });
});

describe('a fall from the peak', () => {
  it('adds up over days of which none loses so much, and waits for a person', async () => {
    const report = await runExample('breakers/drawdown.yaml');
    const trail = trailOf(report);
    expect(trail).toMatchObject({
      code: 'account/drawdown',
      limit: 5_000_00,
      time: '2026-11-26 10:57:13',
      closedAt: '2026-11-26 10:57:13',
      closedBy: SOLD_FIRST,
      rearm: 'rearm main',
      rearmedAt: null,
    });
    expect(trail.value).toBeGreaterThanOrEqual(5_000_00);
    expect(trail.value).toBeLessThan(5_001_00);
    const [first, second] = report.equity;
    expect(5_00_000_00 - (first?.equityPaise ?? 0)).toBeLessThan(5_000_00);
    expect((first?.equityPaise ?? 0) - (second?.equityPaise ?? 0)).toBeLessThan(5_000_00);
    expect(outcomes(report).slice(2)).toEqual(['hedge: account/drawdown', 'sold-put: account/drawdown']);
  });

  it('is remembered by the journal: the next run says so, is re-armed, and trades', async () => {
    const folder = copyOfFolder();
    const tripped = await linesOfRun(folder, 'drawdown.yaml');
    expectInOrder(tripped, [
      'CRITICAL Account main is stopped and its positions are closed: Fall from the peak ₹5,000.00, limit ₹5,000.00. When you have looked into it: rearm main.',
      'closed by S1O2, S0O2.',
      'account/drawdown: limit ₹5,000.00, found ₹5,000.00; flat 2026-11-26 10:57:13',
      're-armed not yet (rearm main)',
    ]);
    const typed = textOf('rearm.txt').trim().split('\n');
    const rearmed = await linesOfRun(folder, 'drawdown-next-day.yaml', typed);
    expectInOrder(rearmed, [
      'going on from 2026-11-26 15:30:00',
      'STOPPED since 2026-11-26 10:57:13: Fall from the peak ₹5,000.00, limit ₹5,000.00. (account/drawdown) To go on: rearm main',
      'rearm main: passed on, by asha.',
      're-armed by asha: limits count from ₹4,94,879.83',
      'entry order S0O3: buy 130',
      'entry order S1O3: sell 130',
      '2 signals: 2 entered.',
    ]);
  });

  it('stays where nobody re-arms the account, however often the engine is started', async () => {
    const folder = copyOfFolder();
    await linesOfRun(folder, 'drawdown.yaml');
    const lines = await linesOfRun(folder, 'drawdown-next-day.yaml');
    expect(lines.some((line) => line.startsWith('account:main  STOPPED since 2026-11-26 10:57:13'))).toBe(true);
    expect(lines.some((line) => line.includes('entry order'))).toBe(false);
    expect(lines).toContain('2 signals: 2 account/drawdown.');
  });

  it('is carried over by configurations that differ in nothing but their last day', () => {
    const settings = (name: string) => textOf(name).split('\n').slice(1);
    expect(settings('drawdown-next-day.yaml')).toEqual(
      settings('drawdown.yaml').map((line) => line.replace('to: 2026-11-26', 'to: 2026-11-27')),
    );
  });
});

describe('orders that are rejected one after the other', () => {
  it('trip at the third, and close what others hold', async () => {
    const report = await runExample('breakers/rejection-streak.yaml');
    expect(trailOf(report)).toMatchObject({
      code: 'account/rejections',
      limit: 3,
      value: 3,
      time: '2026-11-25 13:30:00',
      closedAt: '2026-11-25 13:30:00',
      closedBy: SOLD_FIRST,
      rearm: 'rearm main',
      rearmedAt: null,
    });
    expect(outcomes(report)).toEqual([
      'scalper: set/outside-window',
      'hedge: entered',
      'sold-put: entered',
      'scalper: broker/order-rejected',
      'scalper: broker/order-rejected',
      'scalper: broker/order-rejected',
      'scalper: account/rejections',
    ]);
    expect(report.assumptions).toContain('Things were made to go wrong: reject.');
  });

  it('are told with each rejection, the limit, the orders and the way back', async () => {
    const lines = await linesOfRun(copyOfFolder(), 'rejection-streak.yaml');
    expectInOrder(lines, [
      'order S2O1 was rejected (exchange/fault)',
      'order S2O2 was rejected (exchange/fault)',
      'order S2O3 was rejected (exchange/fault)',
      'CRITICAL Account main is stopped and its positions are closed: 3 orders in a row were rejected, limit 3. When you have looked into it: rearm main.',
      'closed by S1O2, S0O2.',
      'account/rejections: limit 3, found 3; flat 2026-11-25 13:30:00',
      're-armed not yet (rearm main)',
    ]);
  });
});

describe('a feed that falls silent', () => {
  it('trips after three minutes, and what is held is closed', async () => {
    const report = await runExample('breakers/stale-feed.yaml');
    expect(trailOf(report)).toMatchObject({
      code: 'system/feed-stale',
      limit: 180_000,
      value: 180_000,
      time: '2026-11-25 11:33:00',
      closedAt: '2026-11-25 11:33:00',
      closedBy: SOLD_FIRST,
      rearm: 'rearm main',
      rearmedAt: null,
    });
    expect(outcomes(report).slice(2)).toEqual(['hedge: system/feed-stale', 'sold-put: system/feed-stale']);
  });

  it('is told with since when, how long, the orders and the way back', async () => {
    const lines = await linesOfRun(copyOfFolder(), 'stale-feed.yaml');
    expectInOrder(lines, [
      'CRITICAL Account main is stopped and its positions are closed: No price has come since 2026-11-25 11:30:00: 180 seconds, limit 180. When you have looked into it: rearm main.',
      'closed by S1O2, S0O2.',
      'system/feed-stale: limit 180 s, found 180 s; flat 2026-11-25 11:33:00',
      're-armed not yet (rearm main)',
    ]);
  });
});
