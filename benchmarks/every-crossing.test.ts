import { randomWalkFeed, runConfig } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { everyCrossing, FAST, SLOW } from './every-crossing.js';
import { handLoop } from './hand-loop.js';
import { marketOf, passingWalk } from './market.js';
import { registry } from './read-config.js';
import { wholeRun } from './whole-run.js';

describe('the run that is measured', () => {
  it('gives as many signals as the loop by hand, and turns the position at nearly each', async () => {
    const market = await marketOf('walk', randomWalkFeed({ seed: 2, days: 20 }));
    const { report, events } = await wholeRun(everyCrossing(), market);
    expect(report.candles).toBe(20 * 375);
    expect(report.signals.length).toBe(handLoop(market.columns, FAST, SLOW, 4 * SLOW));
    expect(report.signals.length).toBeGreaterThan(200);
    expect(report.roundTrips.length).toBeGreaterThan(report.signals.length * 0.9);
    expect(events).toBeGreaterThan(report.roundTrips.length * 8);
  });

  it('is the same on an account with every limit, none of which refuses anything', async () => {
    const market = await marketOf('walk', randomWalkFeed({ seed: 2, days: 20 }));
    const [free, guarded] = [await wholeRun(everyCrossing(), market), await wholeRun(everyCrossing({ guarded: true }), market)];
    expect(guarded.report.roundTrips.length).toBeGreaterThan(200);
    expect(guarded.report.roundTrips.map(({ netPaise }) => netPaise)).toEqual(free.report.roundTrips.map(({ netPaise }) => netPaise));
    expect(guarded.report.breakers).toEqual([]);
  });

  it('does not make money on a random walk, where nobody can', async () => {
    const market = await marketOf('walk', randomWalkFeed({ seed: 2, days: 60 }));
    const { report } = await wholeRun(everyCrossing(), market);
    // Before charges the mean of a round trip is within what chance makes of 0, or below it for the slippage.
    const gross = report.roundTrips.map(({ grossPaise }) => grossPaise);
    const mean = gross.reduce((sum, paise) => sum + paise, 0) / gross.length;
    const deviation = Math.sqrt(gross.reduce((sum, paise) => sum + (paise - mean) ** 2, 0) / gross.length);
    expect(mean / (deviation / Math.sqrt(gross.length))).toBeLessThan(3);
    expect(report.figures.netPaise).toBeLessThan(0);
  });

  it('trades nothing where entries are switched off, and the strategy speaks all the same', async () => {
    const market = await marketOf('walk', randomWalkFeed({ seed: 2, days: 5 }));
    const { report } = await wholeRun(everyCrossing({ trades: false }), market);
    expect(report.roundTrips).toEqual([]);
    expect(new Set(report.signals.map(({ outcome }) => outcome))).toEqual(new Set(['set/outside-window']));
  });
});

it('a walk that is made day by day goes on where the day before ended', async () => {
  const feed = passingWalk({ days: 10, start: '2026-01-01', seed: 4 });
  const { columns, candles } = await marketOf(feed.name, feed);
  expect(candles).toBe(10 * 375);
  columns.slice(1).forEach(({ open }, day) => {
    const close = columns[day]?.close.at(-1) ?? Number.NaN;
    expect(Math.abs((open[0] ?? Number.NaN) / close - 1)).toBeLessThan(0.02);
  });
  const config = everyCrossing();
  const runs = [await runConfig(config, { registry, feeds: [feed] }), await runConfig(config, { registry, feeds: [feed] })];
  expect(runs[0]?.report.decisionHash).toBe(runs[1]?.report.decisionHash);
});
