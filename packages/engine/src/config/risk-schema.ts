import { z } from 'zod';

import { orOff } from './off.js';
import type { RiskConfig, RunMode } from './run-config.js';
import { moments, seconds } from './units.js';

/** What watches over all accounts. What is not written depends on the mode, see {@link riskFor}. */
export const riskSchema = z.strictObject({
  switch: z
    .enum(['active', 'exits-only', 'halted'])
    .default('active')
    .describe('What the engine may do by itself; a person can change it while it runs.'),
  rearm: z
    .enum(['byHand', 'nextPeriod'])
    .optional()
    .describe("Who lets an account trade again after a day's or week's loss: a person, or the calendar; the calendar in a backtest."),
  feedStale: orOff(seconds)
    .optional()
    .describe('A feed that is silent for longer within a session trips the breakers; 60s live, 3m on paper, off in a backtest.'),
  brokerLost: orOff(seconds).optional().describe('A line to a broker that is lost for longer trips its breaker; 60s.'),
  clockSkew: orOff(moments).optional().describe('Clocks that differ by more trip the breakers; 2s, off in a backtest.'),
  maxQuoteAge: orOff(moments).optional().describe('No entry on an older quote; 5s live, else off.'),
  reconcileEvery: orOff(seconds)
    .optional()
    .describe("How often the broker's orders and positions are compared with ours; 5m, off in a backtest."),
});

/** A backtest has nobody to re-arm it, gaps in its data that are none of the market's, and an exchange in its own memory. */
export function riskFor(mode: RunMode, written: z.output<typeof riskSchema>): RiskConfig {
  const backtest = mode === 'backtest';
  const { rearm, feedStale, brokerLost, clockSkew, maxQuoteAge, reconcileEvery } = written;
  return {
    tradingSwitch: written.switch,
    rearm: rearm ?? (backtest ? 'nextPeriod' : 'byHand'),
    feedStaleMs: orUsual(feedStale, backtest ? null : mode === 'live' ? 60_000 : 180_000),
    brokerLostMs: orUsual(brokerLost, 60_000),
    clockSkewMs: orUsual(clockSkew, backtest ? null : 2_000),
    maxQuoteAgeMs: orUsual(maxQuoteAge, mode === 'live' ? 5_000 : null),
    reconcileEveryMs: orUsual(reconcileEvery, backtest ? null : 300_000),
  };
}

/** `off` is `null` and stays so. */
const orUsual = (written: number | null | undefined, usual: number | null): number | null => (written === undefined ? usual : written);
