import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { runExample } from '../run-example.test-kit.js';
import { madeUpCandles } from './made-up-candles.js';

it('candles.csv is what its program writes', async () => {
  expect(readFileSync(new URL('./candles.csv', import.meta.url), 'utf8')).toBe(await madeUpCandles());
});

it('the backtest reads every candle, trades, and says that its premiums are modelled', async () => {
  const { candles, roundTrips, assumptions, figures } = await runExample('backtest-csv/sauda.config.yaml');
  expect(candles).toBe(19 * 75);
  expect(roundTrips.length).toBeGreaterThan(10);
  expect(figures.netPaise).toBe(roundTrips.reduce((sum, { netPaise }) => sum + netPaise, 0));
  expect(assumptions.join()).toContain('use modelled prices');
});
