import { cpus } from 'node:os';

import type { RunConfig } from '@sauda/engine';

import { everyCrossing, FAST, SLOW } from './every-crossing.js';
import { handLoop } from './hand-loop.js';
import { loadMarket } from './market.js';
import { type MemoryUse, memoryOf } from './memory-of.js';
import { type Timing, timed, timedInTurn } from './timed.js';
import { type MicroTiming, timedMicro } from './timed-micro.js';
import { type PartTiming, timedParts } from './timed-parts.js';
import { wholeRun } from './whole-run.js';

/** What was measured: times in nanoseconds, ratios to the loop by hand in the same process. */
export interface BenchResult {
  readonly node: string;
  readonly cpu: string;
  readonly market: string;
  readonly candles: number;
  readonly signals: number;
  readonly roundTrips: number;
  readonly eventsPerCandle: number;
  readonly decisionHash: string;
  readonly engine: Timing & { readonly candlesPerSecond: number; readonly candlesPerSecondMedian: number };
  /** The same run on an account with every limit, none of which refuses anything. */
  readonly guarded: Timing;
  /** How much longer a candle takes with every limit than with none; the best of each. */
  readonly guardCost: number;
  readonly handLoop: Timing;
  /** What a candle costs the engine, in units of what it costs the loop by hand; the best of each. */
  readonly ratio: number;
  readonly ratioMedian: number;
  readonly parts: readonly PartTiming[];
  readonly memory: readonly MemoryUse[];
  readonly micro: readonly MicroTiming[];
}

/** Candles until signals count: what the strategy asks for. */
const WARMUP = 4 * SLOW;

/**
 * Measures the whole engine, and unless `quick` its parts and its memory too.
 *
 * @throws RangeError if the engine gives another number of signals than the loop by hand: a wrong run has no speed.
 */
export async function measured({ quick }: { readonly quick: boolean }): Promise<BenchResult> {
  const market = await loadMarket();
  const { candles, columns } = market;
  const config = everyCrossing();
  const { report, events } = await wholeRun(config, market);
  const signals = handLoop(columns, FAST, SLOW, WARMUP);
  if (report.signals.length !== signals) {
    throw new RangeError(`The engine gave ${report.signals.length} signals, the loop by hand ${signals}.`);
  }
  const hand = await timed(candles, () => handLoop(columns, FAST, SLOW, WARMUP), { runs: 30, warmUps: 10 });
  const guardedConfig = everyCrossing({ guarded: true });
  const { report: guardedReport } = await wholeRun(guardedConfig, market);
  if (guardedReport.roundTrips.length !== report.roundTrips.length) {
    throw new RangeError(`With every limit there are ${guardedReport.roundTrips.length} round trips, ${report.roundTrips.length} without.`);
  }
  const run = (of: RunConfig) => async () => (await wholeRun(of, market)).events;
  const [engine, guarded] = await timedInTurn(candles, [run(config), run(guardedConfig)], { runs: quick ? 5 : 9 });
  if (engine === undefined || guarded === undefined) throw new RangeError('Two runs are compared.');
  return {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    market: market.name,
    candles,
    signals,
    roundTrips: report.roundTrips.length,
    eventsPerCandle: events / candles,
    decisionHash: report.decisionHash,
    engine: { ...engine, candlesPerSecond: 1e9 / engine.bestNs, candlesPerSecondMedian: 1e9 / engine.medianNs },
    guarded,
    guardCost: guarded.bestNs / engine.bestNs - 1,
    handLoop: hand,
    ratio: engine.bestNs / hand.bestNs,
    ratioMedian: engine.medianNs / hand.medianNs,
    parts: quick ? [] : await timedParts(market, { runs: 5 }),
    memory: quick ? [] : [await memoryOf(1), await memoryOf(10)].filter((use) => use !== null),
    micro: quick ? [] : await timedMicro({ runs: 5 }),
  };
}
