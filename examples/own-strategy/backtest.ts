// A backtest by a program instead of the command: `npm run own-strategy --workspace examples`.
import { paperBroker } from '@sauda/brokers/paper';
import {
  createRegistry,
  defineConfig,
  formatIst,
  formatRupees,
  ProblemsError,
  parseRunConfig,
  runConfig,
  syntheticFeed,
} from '@sauda/engine';

import { openingBreakout } from './opening-breakout.js';

const written = defineConfig({
  mode: 'backtest',
  accounts: [{ id: 'main', capital: 100_000 }],
  feeds: [{ use: 'synthetic', seed: 3, start: '2026-03-02', days: 10, tickEvery: '5s', chain: false }],
  premiums: { volatility: 'NSE_INDEX:INDIAVIX', rate: '6.5%' },
  sets: [
    {
      id: 'nifty-breakout',
      strategy: { use: 'opening-breakout', minutes: 30 },
      underlying: 'NSE_INDEX:NIFTY',
      accounts: ['main'],
      chart: { type: 'candlestick', timeframe: '5m' },
      window: '09:45-14:30',
      legs: [{ kind: 'option', optionType: 'signal', side: 'buy', strike: 'ATM', expiry: 'nearest', lots: 1 }],
      exits: { stopLoss: '25%', target: '50%', oppositeSignal: 'reverse', squareOff: '15:15' },
    },
  ],
});

const registry = createRegistry([syntheticFeed, paperBroker, openingBreakout]);
const { config, problems } = parseRunConfig(written, { registry });
if (config === null) throw new ProblemsError('config/invalid', 'The configuration is wrong', problems);

const { report } = await runConfig(config, { registry });
for (const { legs, exitReason, netPaise } of report.roundTrips) {
  for (const { instrument, entryTime, exitTime, entryPrice, exitPrice } of legs) {
    const prices = `${entryPrice.toFixed(2)} → ${exitPrice.toFixed(2)}`;
    process.stdout.write(
      `${formatIst(entryTime)}  ${formatIst(exitTime).slice(11)}  ${instrument}  ${prices}  ${exitReason}  ${formatRupees(netPaise)}\n`,
    );
  }
}
const { figures, assumptions } = report;
process.stdout.write(
  `\n${figures.roundTrips} round trips, ${formatRupees(figures.netPaise)} after ${formatRupees(figures.chargesPaise)} of charges\n`,
);
for (const line of assumptions) process.stdout.write(`${line}\n`);
