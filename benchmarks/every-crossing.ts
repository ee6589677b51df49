import type { RunConfig, RunConfigInput } from '@sauda/engine';

import { readConfig } from './read-config.js';

/** What of the benchmark's run can be switched. */
export interface EveryCrossingOptions {
  /** A feed that is named although the candles are handed over in memory: a configuration has at least one. */
  readonly feed?: RunConfigInput['feeds'][number];
  readonly fast?: number;
  readonly slow?: number;
  /** Without it the strategy speaks, and nothing is traded. */
  readonly trades?: boolean;
  readonly active?: boolean;
  /** Whether the account has every limit there is, each too wide to refuse anything; without, it has none. */
  readonly guarded?: boolean;
}

const OFF = { preset: 'option-buyer', capitalPerTrade: 'off', dailyLoss: 'off', maxDrawdown: 'off', ordersPerSecond: 'off' } as const;

/** Limits that are asked before every order, and watched while something is held. */
const WIDE: Required<NonNullable<RunConfigInput['accounts'][number]['limits']>> = {
  preset: 'option-buyer',
  maxOpenSets: 1,
  onePosition: true,
  capitalPerTrade: 50_000_000,
  firstEntryMargin: '100%',
  maxMarginUse: '100%',
  riskPerTrade: '50%',
  dailyLoss: '90%',
  weeklyLoss: '90%',
  maxDrawdown: '90%',
  profitTargets: { week: 100_000_000, month: 100_000_000, stop: true },
  maxLeverage: 100,
  maxOrderValue: 100_000_000,
  products: ['NRML'],
  instruments: ['NSE_INDEX:NIFTY'],
  orderKinds: ['market'],
  ordersPerSecond: 9,
  ordersPerMinute: 1_000,
  ordersPerDay: 10_000,
  rejectionsInARow: 3,
  adaptive: { min: '100%', max: '100%' },
};

/** Periods of the averages that are measured, and of the hand-written loop beside them. */
export const FAST = 10;
export const SLOW = 20;

/**
 * A run in which as much happens as can on one-minute candles: each crossing of EMA 10 and EMA 20 turns the position, with a stop, a target and a
 * trailing stop in between, charges on every order, and an account without limits. It is made to be slow, not to earn.
 */
export function everyCrossing({
  feed,
  fast = FAST,
  slow = SLOW,
  trades = true,
  active = true,
  guarded = false,
}: EveryCrossingOptions = {}): RunConfig {
  return readConfig({
    mode: 'backtest',
    accounts: [{ id: 'main', capital: 100_000_000, limits: guarded ? WIDE : OFF }],
    feeds: [feed ?? { use: 'synthetic', start: '2026-01-01' }],
    premiums: { volatility: '14%' },
    futures: { rate: '6.5%' },
    instruments: { 'NSE_INDEX:NIFTY': { lotSize: 50, strikeStep: 50 } },
    calendar: 'fromData',
    charges: 'from 2024-10-01',
    sets: [
      {
        id: 'nifty-ema',
        active,
        strategy: { use: 'ema-crossover', fast, slow },
        underlying: 'NSE_INDEX:NIFTY',
        accounts: ['main'],
        chart: { type: 'candlestick', timeframe: '1m' },
        window: trades ? '00:00-23:59' : '00:00-00:01',
        product: 'NRML',
        legs: [{ kind: 'future', side: 'signal', expiry: { cycle: 'monthly', minDays: 2 }, lots: 1 }],
        exits: {
          stopLoss: '0.4%',
          target: '0.8%',
          trailing: { start: '0.4%', distance: '0.2%' },
          squareOff: 'off',
          oppositeSignal: 'reverse',
        },
        reentry: { coolDown: 'off' },
      },
    ],
  });
}
