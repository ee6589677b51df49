import { writeSync } from 'node:fs';

import {
  atIst,
  createRegistry,
  defineFeed,
  defineStrategy,
  type Feed,
  type MarketBlock,
  minuteOfDay,
  openFileJournal,
  ProblemsError,
  parseRunConfig,
  parseSandboxConfig,
  runConfig,
  seededRandom,
} from '@sauda/engine';
import { filter, map } from 'rxjs';
import { z } from 'zod';

import { sandboxBroker, startSandbox } from './index.js';

/** A market day of 13 minutes that passes in 13 seconds, and engines that trade on it without rest: for tests with processes of their own. */

export const SHARE = 'NSE:RELIANCE';
export const ACCOUNT = 'main';
export const CAPITAL = 1_000_000;
export const RUN_ID = 'k3x9';

const DATE = '2026-02-02';
const OPEN = atIst(DATE, minuteOfDay('09:15'));
const MINUTES = 13;
const CLOSE = OPEN + MINUTES * 60_000;
const SPEED = 60;

/** Whoever is away after this may not be back in time to leave by itself. */
export const LAST_ABSENCE = OPEN + (MINUTES - 6) * 60_000;

/** A share whose price moves by up to 5 ticks a second. */
const walk = defineFeed({
  name: 'walk',
  config: z.strictObject({ seed: z.int() }),
  open: ({ seed }): Feed => ({
    name: 'walk',
    startsOn: DATE,
    instruments: [SHARE],
    async *blocks() {
      yield { kind: 'day', date: DATE, sessions: [{ date: DATE, open: OPEN, close: CLOSE }], instruments: [] };
      yield seconds(seed);
    },
    issues: () => [],
  }),
});

function seconds(seed: number): MarketBlock {
  const random = seededRandom(seed);
  const length = MINUTES * 60;
  let price = 15_000;
  const prices = Array.from({ length }, () => {
    price += random.below(11) - 5;
    return price / 10;
  });
  const times = Float64Array.from(prices, (_, second) => OPEN + second * 1_000);
  const none = new Float64Array(length).fill(Number.NaN);
  return {
    kind: 'ticks',
    columns: {
      length,
      instruments: [SHARE],
      instrument: new Uint32Array(length),
      receivedTime: times,
      exchangeTime: times,
      price: Float64Array.from(prices),
      volume: none,
      openInterest: none,
      bid: none,
      ask: none,
    },
  };
}

/** Enters every so many seconds, now one way, now the other. */
const restless = defineStrategy({
  name: 'restless',
  summary: 'Enters all the time.',
  params: z.strictObject({ every: z.int().positive() }),
  warmup: () => 0,
  signals: ({ market, set, params: { every } }) =>
    market.ticks(set.underlying).pipe(
      filter(({ receivedTime }) => receivedTime % (every * 1_000) === 0),
      map(({ receivedTime }) => ({
        kind: 'enter' as const,
        direction: receivedTime % (every * 2_000) === 0 ? ('bullish' as const) : ('bearish' as const),
        at: receivedTime,
        reason: 'the time has come',
        values: {},
      })),
    ),
});

const registry = createRegistry([walk, restless, sandboxBroker]);

/** What a configuration is made into; it is right. */
function checked<Config>({ config, problems }: { readonly config: Config | null; readonly problems: ProblemsError['problems'] }): Config {
  if (config === null || problems.length > 0) throw new ProblemsError('config/invalid', 'The configuration is wrong', problems);
  return config;
}

/** The exchange, to its end. It says its port. */
async function runExchange(): Promise<void> {
  const written = {
    port: 0,
    clock: { speed: SPEED },
    calendar: 'fromData',
    feeds: [{ use: 'walk', seed: 11 }],
    // Positions are left by whoever holds them, or not at all.
    simulation: { latency: '200ms', slippage: { ticks: 1 }, autoSquareOff: 'off' },
  };
  const config = checked(parseSandboxConfig(written, { registry }));
  // Whoever asks for its record at the end leaves by themselves.
  const sandbox = await startSandbox({ config, registry, baseDir: '.', leaveWithinMs: 60_000 });
  writeSync(1, `${sandbox.port}\n`);
  await sandbox.over;
}

/** An engine over two sets, to the end of the market. It says how it has ended. */
async function runEngine(port: number, journalPath: string): Promise<void> {
  const set = (id: string, every: number, quantity: number) => ({
    id,
    strategy: { use: 'restless', every },
    underlying: SHARE,
    accounts: [ACCOUNT],
    chart: { timeframe: '1m' },
    window: '09:15-09:26',
    legs: [{ kind: 'equity', side: 'signal', quantity }],
    exits: { stopLoss: '10%', oppositeSignal: 'exit', squareOff: '09:27' },
    reentry: { coolDown: '1s' },
    // A second of this market is 17 milliseconds on the wall.
    execution: { answerWithin: '30s', entryWithin: '1m', chase: { every: '20s' } },
  });
  const off = 'off';
  const written = {
    mode: 'live',
    calendar: 'fromData',
    accounts: [
      {
        id: ACCOUNT,
        live: true,
        capital: CAPITAL,
        broker: { use: 'sandbox', port },
        limits: { dailyLoss: off, weeklyLoss: off, maxDrawdown: off, capitalPerTrade: off, rejectionsInARow: off, maxOpenSets: 5 },
      },
    ],
    feeds: [{ use: 'broker', account: ACCOUNT }],
    sets: [set('quick', 15, 10), set('slow', 40, 7)],
    store: { journal: journalPath },
    risk: { maxQuoteAge: off, feedStale: off, clockSkew: off, brokerLost: off },
  };
  const config = checked(parseRunConfig(written, { registry }));
  const journal = await openFileJournal(journalPath, { runId: RUN_ID, createdAt: 0 });
  const { interrupted } = await runConfig(config, { registry, journal, runId: journal.origin.runId });
  writeSync(1, `${interrupted ? 'interrupted' : 'ended'}\n`);
}

/** What is run as a process of its own, by name. */
export const PROGRAMS = { runExchange, runEngine } as const;
