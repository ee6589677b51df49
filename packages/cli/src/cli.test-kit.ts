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
    login: 'asha',
    now: () => (time += 1000),
    onInterrupt: () => () => undefined,
    onLine: () => () => undefined,
    linesAtHand: () => Promise.resolve(),
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

/** An order of the fixed report: filled in one piece, a tenth of a second after its decision. */
const order = (
  sent: Pick<FixedOrder, 'id' | 'instrument' | 'side' | 'quantity'> & Partial<FixedOrder>,
  price: number,
  chargesPaise: number,
): FixedOrder => {
  const { decidedAt = 1704178200000, quantity } = sent;
  return {
    purpose: 'entry',
    rule: null,
    by: null,
    kind: 'market',
    limit: null,
    trigger: null,
    status: 'filled',
    reason: null,
    decidedPrice: null,
    slippagePaise: null,
    ...sent,
    decidedAt,
    fills: [{ time: decidedAt + 100, quantity, price, chargesPaise }],
  };
};

type FixedOrder = RunReport['roundTrips'][number]['orders'][number];

const CALL = 'NFO:NIFTY04JAN2421650CE';
const SOLD_PUT = 'NFO:NIFTY11JAN2421650PE';
const SOLD_CALL = 'NFO:NIFTY11JAN2421650CE';
const target = { purpose: 'exit', rule: 'target', decidedAt: 1704180612300, decidedPrice: 142.2, slippagePaise: 750 } as const;
const stop = { purpose: 'exit', rule: 'setStopLoss', decidedAt: 1704349999900 } as const;

/** A report with a win, a loss and a structure of two legs. */
export const fixedReport: RunReport = {
  decisionHash: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
  candles: 1125,
  ticks: 4500,
  warnings: [{ code: 'data/missing-minute', message: '2 missing candles inside trading hours (2024-01-03).' }],
  waivers: ['nifty-ema: globalStability'],
  assumptions: ['Candles are replayed on a straight path: open, the nearer extreme, the other one, close.'],
  accounts: [{ id: 'main', broker: 'paper', capitalPaise: 100_000_000 }],
  chargesFrom: null,
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
      product: 'MIS',
      legs: [
        {
          instrument: CALL,
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
      charges: { brokeragePaise: 4000, sttPaise: 444, exchangePaise: 657, sebiPaise: 1, stampPaise: 18, gstPaise: 839 },
      tradedPaise: 1302000,
      signal: 0,
      orders: [
        order({ id: 'S0O1', instrument: CALL, side: 'buy', quantity: 50, decidedPrice: 118.3, slippagePaise: 250 }, 118.35, 2731),
        order({ id: 'S0O2', instrument: CALL, side: 'sell', quantity: 50, ...target }, 142.05, 3228),
      ],
    },
    {
      set: 'nifty-ema',
      account: 'main',
      underlying: 'NSE_INDEX:NIFTY',
      product: 'NRML',
      legs: [
        {
          instrument: SOLD_PUT,
          side: 'sell',
          quantity: 1800,
          entryTime: 1704260000000,
          entryPrice: 1118.3,
          exitTime: 1704350000000,
          exitPrice: 1230.15,
          premium: 'recorded',
        },
        {
          instrument: SOLD_CALL,
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
      charges: { brokeragePaise: 8000, sttPaise: 60000, exchangePaise: 20000, sebiPaise: 500, stampPaise: 2459, gstPaise: 15000 },
      tradedPaise: 426411000,
      signal: null,
      orders: [
        order({ id: 'S0O3', instrument: SOLD_PUT, side: 'sell', quantity: 1800, decidedAt: 1704259999900 }, 1118.3, 60000),
        order({ id: 'S0O4', instrument: SOLD_CALL, side: 'sell', quantity: 1800, decidedAt: 1704259999900 }, 10, 2959),
        order({ id: 'S0O5', instrument: SOLD_PUT, side: 'buy', quantity: 1800, ...stop }, 1230.15, 40000),
        order({ id: 'S0O6', instrument: SOLD_CALL, side: 'buy', quantity: 1800, ...stop }, 10.5, 3000),
      ],
    },
  ],
  figures: {
    roundTrips: 2,
    netPaise: -20216418,
    grossPaise: -20104500,
    chargesPaise: 111918,
    charges: {
      brokeragePaise: 12000,
      sttPaise: 60444,
      exchangePaise: 20657,
      sebiPaise: 501,
      stampPaise: 2477,
      gstPaise: 15839,
      adjustmentsPaise: 0,
    },
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
    exposure: 0.41,
    tradedPaise: 427713000,
    turnover: 4.754,
  },
  breakers: [],
  alerts: [],
  adjustments: [],
  equity: [
    { date: '2024-01-02', equityPaise: 100112541 },
    { date: '2024-01-03', equityPaise: 90000000 },
    { date: '2024-01-04', equityPaise: 79783582 },
  ],
};
