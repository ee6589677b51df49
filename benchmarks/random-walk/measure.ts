import { paperBroker } from '@sauda/brokers/paper';
import { createRegistry, type Feed, type MarketBlock, type RunConfig, runConfig } from '@sauda/engine';
import { emaCrossover } from '@sauda/strategies/ema-crossover';

import { anAccount, aRun } from '../../packages/engine/src/config/plain-run.test-kit.js';
import { plainSimulation } from '../../packages/engine/src/config/plain-simulation.test-kit.js';
import { arrayFeed } from '../../packages/engine/src/feeds/array-feed.js';
import { randomWalkBlocks } from '../../packages/engine/src/feeds/random-walk.js';
import { tenShares } from '../../packages/engine/src/sets/ten-shares.test-kit.js';
import type { ExitRules } from './exit-rules.js';

export type Path = RunConfig['simulation']['path'];

/** What round trips on a market without drift have brought before charges, in rupees for four units. */
export interface Measured {
  readonly candles: number;
  readonly roundTrips: number;
  readonly mean: number;
  readonly standardError: number;
  /** The mean in standard errors: within ±4 nothing was earned, nothing was lost. */
  readonly z: number;
}

const INSTRUMENT = 'NSE:WALK';

/** Days of one walk; then a new one begins, so that none wanders off to where its levels are. */
const DAYS_A_WALK = 40;

const CANDLES_A_DAY = 375;

const registry = createRegistry([emaCrossover, paperBroker]);

/** A way to leave, tried on a path. */
export interface Trial {
  readonly rules: ExitRules;
  readonly path: Path;
}

/** Trades each of several trials over the same driftless walks, with gap days, missing minutes and stamps that came twice; so many candles each. */
export async function measure(
  trials: readonly Trial[],
  { candles, seed }: { readonly candles: number; readonly seed: number },
): Promise<readonly (Trial & Measured)[]> {
  const sums = trials.map((trial) => ({ trial, config: configOf(trial), count: 0, sum: 0, squares: 0 }));
  let seen = 0;
  for (let walk = seed; seen < candles; walk += 1) {
    const feed = walkFeed(walk, Math.ceil((candles - seen) / CANDLES_A_DAY));
    let added = 0;
    for (const own of sums) {
      const { report } = await runConfig(own.config, { registry, feeds: [feed] });
      added = report.candles;
      for (const { grossPaise } of report.roundTrips) {
        const rupees = grossPaise / 100;
        own.count += 1;
        own.sum += rupees;
        own.squares += rupees * rupees;
      }
    }
    seen += added;
  }
  return sums.map(({ trial, count, sum, squares }) => {
    const mean = sum / count;
    const standardError = Math.sqrt((squares / count - mean * mean) / (count - 1));
    return { ...trial, candles: seen, roundTrips: count, mean, standardError, z: mean / standardError };
  });
}

/**
 * Within a candle the walk makes many small steps. A coarse walk steps over levels: it would have filled a stop below its level, where the
 * simulation, whose path passes every level, fills it at the level; that would look like money out of nothing.
 */
const FINE = { ticksPerCandle: 600, stepTicks: 3 } as const;

function walkFeed(seed: number, daysLeft: number): Feed {
  const blocks = randomWalkBlocks({
    ...FINE,
    seed,
    instrument: INSTRUMENT,
    start: '2026-01-01',
    days: Math.min(DAYS_A_WALK, Math.max(1, daysLeft)),
    gapDays: 0.1,
    missingMinutes: 0.03,
    duplicateStamps: 0.01,
  });
  return arrayFeed(blocks.map(withoutDuplicates));
}

/** Of rows with one stamp the first stays, as feeds of files have it: the loop is owed one candle a minute. */
function withoutDuplicates(block: MarketBlock): MarketBlock {
  if (block.kind !== 'candles') return block;
  const { openTime, closeTime, open, high, low, close, volume } = block.columns;
  const isFirst = (_: number, row: number): boolean => row === 0 || openTime[row] !== openTime[row - 1];
  const first = (column: Float64Array): Float64Array => column.filter(isFirst);
  return {
    ...block,
    columns: {
      length: first(openTime).length,
      openTime: first(openTime),
      closeTime: first(closeTime),
      open: first(open),
      high: first(high),
      low: first(low),
      close: first(close),
      volume: first(volume),
    },
  };
}

/** The set trades the walk itself, without slippage, on a grid of a paisa: rounding to a tick is a cost, and costs are left out here. */
const configOf = ({ rules: { exits }, path }: Trial): RunConfig =>
  aRun([setOf(exits)], {
    accounts: [{ ...anAccount(), capitalPaise: 1e13 }],
    premiums: { model: 'black-scholes', volatility: { kind: 'fixed', share: 0.14 }, rate: 0 },
    futures: null,
    instruments: { [INSTRUMENT]: { tickSize: 0.01 } },
    calendar: 'fromData',
    chargesFrom: '2026-01-01',
    simulation: { ...plainSimulation, path, margin: false },
  });

/** What is delivered cannot be sold before it was bought, and a walk is held on either side: intraday, and no broker closes it at the day's end. */
const setOf = (exits: ExitRules['exits']): RunConfig['sets'][number] => ({
  ...tenShares,
  id: 'walk',
  name: 'walk',
  strategy: { use: 'ema-crossover', params: { fast: 3, slow: 7, rsi: { period: 14 } } },
  underlyings: [INSTRUMENT],
  legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: 4 }] }],
  exits,
});
