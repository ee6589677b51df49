import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RunReport } from '@sauda/engine';
import { onTestFinished } from 'vitest';

import type { Io } from './io.js';

/** An outside world that only remembers what was printed. */
export function fakeIo(workingDir: string, change: Partial<Io> = {}): Io & { readonly printed: { out: string; err: string } } {
  const printed = { out: '', err: '' };
  let time = 0;
  return {
    printed,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    environment: {},
    workingDir,
    now: () => (time += 1000),
    onInterrupt: () => () => undefined,
    ...change,
  };
}

/** A new folder with these files in it, for the test that asks. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'sauda-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

/** A configuration that runs for one made-up day. */
export const paperYaml = `mode: paper
clock: { speed: max }
accounts: [{ id: main, capital: 100000 }]
feeds:
  - { use: synthetic, seed: 7, underlying: NSE_INDEX:NIFTY, start: 2026-11-23, days: 1 }
sets:
  - id: nifty-ema
    strategy: { use: ema-crossover, fast: 9, slow: 15 }
    underlying: NSE_INDEX:NIFTY
    accounts: [main]
    chart: { timeframe: 1m }
    legs: [{ kind: option, side: buy }]
    exits: { stopLoss: 10%, target: 20% }
`;

/** The same with three mistakes. */
export const wrongYaml = paperYaml.replace('paper', 'papper').replace('fast: 9', 'fsat: 9').replace('stopLoss: 10%', 'stopLoss: 10');

/** A report with a win, a loss and a structure of two legs. */
export const fixedReport: RunReport = {
  decisionHash: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
  candles: 1125,
  ticks: 4500,
  warnings: [{ code: 'data/missing-minute', message: '2 missing candles inside trading hours (2024-01-03).' }],
  waivers: ['nifty-ema: globalStability'],
  assumptions: ['Candles are replayed on a straight path: open, the nearer extreme, the other one, close.'],
  signals: [
    {
      set: 'nifty-ema',
      account: 'main',
      underlying: 'NSE_INDEX:NIFTY',
      time: 1704178200000,
      kind: 'enter',
      direction: 'bullish',
      reason: 'EMA 9 crossed above EMA 15',
      values: { fast: 21612.1, slow: 21611.44 },
      outcome: 'entered',
    },
  ],
  roundTrips: [
    {
      set: 'nifty-ema',
      account: 'main',
      underlying: 'NSE_INDEX:NIFTY',
      legs: [
        {
          instrument: 'NFO:NIFTY04JAN2421650CE',
          side: 'buy',
          quantity: 50,
          entryTime: 1704178200100,
          entryPrice: 118.35,
          exitTime: 1704180612400,
          exitPrice: 142.05,
          premium: 'model',
        },
      ],
      exitReason: 'target',
      grossPaise: 118500,
      chargesPaise: 5959,
      netPaise: 112541,
    },
    {
      set: 'nifty-ema',
      account: 'main',
      underlying: 'NSE_INDEX:NIFTY',
      legs: [
        {
          instrument: 'NFO:NIFTY11JAN2421650PE',
          side: 'sell',
          quantity: 1800,
          entryTime: 1704260000000,
          entryPrice: 1118.3,
          exitTime: 1704350000000,
          exitPrice: 1230.15,
          premium: 'recorded',
        },
        {
          instrument: 'NFO:NIFTY11JAN2421650CE',
          side: 'sell',
          quantity: 1800,
          entryTime: 1704260000000,
          entryPrice: 10,
          exitTime: 1704350000000,
          exitPrice: 10.5,
          premium: 'recorded',
        },
      ],
      exitReason: 'setStopLoss',
      grossPaise: -20223000,
      chargesPaise: 105959,
      netPaise: -20328959,
    },
  ],
  figures: {
    roundTrips: 2,
    netPaise: -20216418,
    grossPaise: -20104500,
    chargesPaise: 111918,
    winRate: 0.5,
    profitFactor: 0.01,
    averageWinPaise: 112541,
    averageLossPaise: -20328959,
    expectancyPaise: -10108209,
    maxDrawdown: 0.2033,
    maxDrawdownPaise: 20328959,
    longestDrawdownDays: 1,
    longestLosingStreak: 1,
    sharpe: null,
    sortino: null,
  },
  equity: [
    { date: '2024-01-02', equityPaise: 100112541 },
    { date: '2024-01-03', equityPaise: 90000000 },
    { date: '2024-01-04', equityPaise: 79783582 },
  ],
};
