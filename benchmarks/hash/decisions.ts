// The decision hashes of a few runs as JSON, for a comparison between machines and versions of Node. Each run is made twice in this process.

import { type RunReport, runConfig } from '@sauda/engine';
import { everyCrossing } from '../every-crossing.js';
import { passingWalk } from '../market.js';
import { readConfig, registry } from '../read-config.js';
import { hashedRuns } from './configs.js';

interface Hashed {
  readonly name: string;
  readonly decisionHash: string;
  readonly candles: number;
  readonly signals: number;
  readonly roundTrips: number;
  readonly netPaise: number;
}

const reports: (readonly [string, () => Promise<RunReport>])[] = [
  [
    'random walk, futures',
    async () => (await runConfig(everyCrossing(), { registry, feeds: [passingWalk({ days: 60, start: '2026-01-01', seed: 9 })] })).report,
  ],
  ...hashedRuns().map(({ name, config }) => [name, async () => (await runConfig(readConfig(config), { registry })).report] as const),
];

const hashed: Hashed[] = [];
for (const [name, run] of reports) {
  const first = await run();
  const second = await run();
  if (first.decisionHash !== second.decisionHash) {
    process.stderr.write(`${name}: ${first.decisionHash} the first time, ${second.decisionHash} the second.\n`);
    process.exitCode = 1;
  }
  const { decisionHash, candles, signals, roundTrips, figures } = first;
  hashed.push({ name, decisionHash, candles, signals: signals.length, roundTrips: roundTrips.length, netPaise: figures.netPaise });
}

// A document that is equal wherever the decisions are: what runs it goes to standard error.
process.stderr.write(`Node ${process.version}\n`);
process.stdout.write(`${JSON.stringify(hashed, null, 2)}\n`);
