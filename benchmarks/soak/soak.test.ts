import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FAULT_KINDS } from '../../packages/engine/src/config/run-config.js';
import { schedules } from './schedule.js';
import { playShard } from './shard.js';

/** The short run of `npm run soak`; the long one plays a million. */
const SHORT = 400;
const SEED = 2_026;

describe('an engine and an exchange, whatever goes wrong between them', () => {
  it('lose no order, send none twice, agree on what is held, and keep all else that has to hold', () => {
    const { schedules: played, violation } = playShard(SEED, SHORT);
    expect(violation).toBeNull();
    expect(played).toBe(SHORT);
  });

  it('have many inputs to get wrong', () => {
    for (const { steps } of fc.sample(schedules(), { numRuns: 50, seed: SEED })) expect(steps.length).toBeGreaterThanOrEqual(50);
  });

  it('meet faults of every kind, and die, even in a short run', () => {
    const { counts } = playShard(SEED + 1, 100);
    const met = new Set(Object.keys(counts).map((pair) => pair.slice(0, pair.indexOf(' '))));
    for (const kind of [...FAULT_KINDS, 'restart']) expect(met).toContain(kind);
  });

  it('are the same again with the same seed', () => {
    expect(playShard(7, 20)).toEqual(playShard(7, 20));
  });
});
