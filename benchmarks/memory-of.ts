import { memoryJournal, runConfig } from '@sauda/engine';

import { everyCrossing } from './every-crossing.js';
import { passingWalk } from './market.js';
import { registry } from './read-config.js';

/** What was still in use when the last day of a run had ended, its market gone and its report not yet. */
export interface MemoryUse {
  readonly years: number;
  readonly candles: number;
  readonly events: number;
  readonly roundTrips: number;
  /** More than before the run, in mebibytes, after a collection. */
  readonly heldMib: number;
}

const DAYS_A_YEAR = 250;
const MIB = 1_048_576;

/**
 * Memory after so many years of a market that nobody keeps. A report lists every signal and round trip, so this run has few of them: what is left
 * is what the engine holds. Without `--expose-gc` there is no answer.
 */
export async function memoryOf(years: number): Promise<MemoryUse | null> {
  const { gc } = globalThis;
  if (gc === undefined) return null;
  const days = DAYS_A_YEAR * years;
  const journal = memoryJournal();
  let day = 0;
  let heldMib = 0;
  gc();
  const before = process.memoryUsage().heapUsed;
  const { report } = await runConfig(everyCrossing({ fast: 400, slow: 4_000 }), {
    registry,
    journal,
    feeds: [passingWalk({ days, start: '2015-01-01', seed: 1 })],
    onProgress: () => {
      day += 1;
      if (day < days) return;
      gc();
      heldMib = (process.memoryUsage().heapUsed - before) / MIB;
    },
  });
  return { years, candles: report.candles, events: journal.counts.events, roundTrips: report.roundTrips.length, heldMib };
}
