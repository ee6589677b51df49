import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { linesOfRun, quotedIn } from '../breakers/run-command.test-kit.js';
import { runExample } from '../run-example.test-kit.js';

it('the demo has winners, losers, and every kind of exit that its set is configured with', async () => {
  const { roundTrips, figures, equity } = await runExample('demo/sauda.config.yaml');
  expect(new Set(roundTrips.map(({ exitReason }) => exitReason))).toEqual(
    new Set(['stopLoss', 'target', 'trailingStop', 'oppositeSignal']),
  );
  expect(roundTrips.some(({ netPaise }) => netPaise > 0)).toBe(true);
  expect(roundTrips.some(({ netPaise }) => netPaise < 0)).toBe(true);
  expect(roundTrips.every(({ legs }) => legs.every(({ premium }) => premium === 'recorded'))).toBe(true);
  expect(equity.at(-1)).toEqual({ date: '2026-11-25', equityPaise: 100_000_00 + figures.netPaise });
});

it('what the guide to running quotes of it is what it prints', async () => {
  const printed = new Set(await linesOfRun(fileURLToPath(new URL('.', import.meta.url)), 'sauda.config.yaml'));
  // The first line has the speed in it, and what a run with a journal says is none of the demo's.
  const quoted = quotedIn(readFileSync(new URL('../../docs/guides/running.md', import.meta.url), 'utf8')).filter((line) =>
    /^\d\d-\d\d /.test(line),
  );
  expect(quoted.length).toBeGreaterThan(8);
  expect(quoted.filter((line) => !printed.has(line))).toEqual([]);
});
