import { expect, it } from 'vitest';

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
