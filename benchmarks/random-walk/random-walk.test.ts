import { describe, expect, it } from 'vitest';

import { exitRules } from './exit-rules.js';
import { judge } from './judge.js';
import { measure } from './measure.js';

/** A short look with fixed seeds, at every commit; `benchmarks/random-walk/run.ts` looks at a million candles a rule. */
const CANDLES = 1_500;

describe('a market without drift', async () => {
  const trials = (['straight', 'pessimistic'] as const).flatMap((path) => exitRules.map((rules) => ({ rules, path })));
  const measured = await measure(trials, { candles: CANDLES, seed: 7 });

  it.each(measured.map((one) => ({ ...one, name: one.rules.name })))('gives nobody anything by "$name" on the $path path', (one) => {
    expect(one.roundTrips).toBeGreaterThan(1);
    // A tight trailing stop is favoured on the straight path: reports warn of it, and the pessimistic path is the remedy.
    if (judge(one) !== 'favoured') expect(judge(one)).toBe('fair');
  });

  it('shows what the straight path gives to a trailing stop of one tick, and the pessimistic path takes away', () => {
    const tick = (path: string) => measured.find((one) => one.path === path && one.rules.name === 'trailing, a tick');
    expect(tick('straight')?.z).toBeGreaterThan(4);
    expect(tick('pessimistic')?.z).toBeLessThan(4);
  });
});
