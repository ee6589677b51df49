import type { RunConfigInput } from '@sauda/engine';

import { chain2026, feedOf, isThere, nifty2013, nifty2024 } from '../recordings.js';

/** A run whose decisions are compared between machines. */
export interface HashedRun {
  readonly name: string;
  /** What the market is: a recording, or made up where recordings are not at hand. */
  readonly market: 'recorded' | 'synthetic';
  readonly config: RunConfigInput;
}

type SetInput = RunConfigInput['sets'][number];

const accounts: RunConfigInput['accounts'] = [{ id: 'main', capital: 100_000, limits: { preset: 'option-buyer' } }];
const premiums: RunConfigInput['premiums'] = { model: 'black-scholes', volatility: '14%', rate: '10%' };
const exits: SetInput['exits'] = { stopLoss: '10%', target: '20%', trailing: { start: '10%', distance: '1%' }, squareOff: '15:15' };
const set: SetInput = {
  id: 'nifty-ema',
  strategy: { use: 'ema-crossover', fast: 9, slow: 15 },
  underlying: 'NSE_INDEX:NIFTY',
  accounts: ['main'],
  chart: { type: 'candlestick', timeframe: '5m' },
  window: '09:20-15:15',
  legs: [{ kind: 'option', optionType: 'signal', side: 'buy', strike: 'ATM', expiry: 'nearest', lots: 1 }],
  exits,
};
const turningSet: SetInput = {
  ...set,
  chart: { type: 'candlestick', timeframe: '1m' },
  warmup: 15,
  exits: { ...exits, oppositeSignal: 'reverse' },
  reentry: { coolDown: '0s' },
};

const options2024: RunConfigInput = {
  mode: 'backtest',
  from: '2024-01-01',
  to: '2024-05-31',
  accounts,
  feeds: [feedOf(nifty2024)],
  premiums,
  sets: [set],
};

const options2013: RunConfigInput = {
  mode: 'backtest',
  accounts,
  feeds: [feedOf(nifty2013)],
  premiums,
  instruments: { 'NSE_INDEX:NIFTY': { lotSize: 50, strikeStep: 50 } },
  calendar: 'fromData',
  charges: 'from 2024-10-01',
  sets: [set],
};

const chain: RunConfigInput = {
  mode: 'backtest',
  accounts,
  feeds: [
    {
      use: 'chain-csv',
      underlying: 'NSE_INDEX:NIFTY',
      files: [chain2026],
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
    },
  ],
  sets: [turningSet],
};

/** Two days with a quoted chain: recorded premiums, made up. */
const madeUpChain: RunConfigInput = {
  mode: 'backtest',
  accounts,
  feeds: [{ use: 'synthetic', seed: 11, start: '2026-08-18', days: 2, strikes: 6 }],
  sets: [turningSet],
};

/** Two months of an index alone: modelled premiums over days of real holidays. */
const madeUpIndex: RunConfigInput = {
  mode: 'backtest',
  accounts,
  feeds: [{ use: 'synthetic', seed: 12, start: '2026-02-02', days: 40, tickEvery: '10s', chain: false, vix: false }],
  premiums,
  sets: [set],
};

/** The runs that can be made here: made-up markets everywhere, recordings where they lie beside the repository. */
export function hashedRuns(): readonly HashedRun[] {
  const runs: HashedRun[] = [
    { name: 'synthetic index, modelled premiums', market: 'synthetic', config: madeUpIndex },
    { name: 'synthetic chain, quoted premiums', market: 'synthetic', config: madeUpChain },
  ];
  if (isThere(nifty2024)) runs.push({ name: 'NIFTY options 2024', market: 'recorded', config: options2024 });
  if (isThere(nifty2013)) runs.push({ name: 'NIFTY options 2013-2015', market: 'recorded', config: options2013 });
  if (isThere({ file: chain2026 })) runs.push({ name: 'NIFTY chain 2026-08-19', market: 'recorded', config: chain });
  return runs;
}
