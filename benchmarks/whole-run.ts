import { memoryJournal, type RunConfig, type RunReport, runConfig } from '@sauda/engine';

import { feedOver, type Market } from './market.js';
import { registry } from './read-config.js';

/** What a run over a market in memory did. */
export interface WholeRun {
  readonly report: RunReport;
  readonly events: number;
}

/** The whole engine over a market in memory. */
export async function wholeRun(config: RunConfig, market: Market): Promise<WholeRun> {
  const journal = memoryJournal();
  const { report } = await runConfig(config, { registry, journal, feeds: [feedOver(market)] });
  return { report, events: journal.counts.events };
}
