import fc from 'fast-check';

import { FAULT_KINDS, type FaultConfig, type FaultKind, type SimulationConfig } from '../../packages/engine/src/config/run-config.js';
import type { SetConfig } from '../../packages/engine/src/sets/set-config.js';
import { EXITS_COUNT, faultOf, type RunWords, type SetWords, TEMPLATES_COUNT } from './world.js';

/** One input of a schedule: what it is, and two numbers whose meaning depends on that. */
export type Step = readonly [kind: number, first: number, second: number];

/** What happens, from the first order to the last. */
export interface Schedule {
  readonly words: RunWords;
  readonly steps: readonly Step[];
}

/** The fewest inputs of a schedule. */
const STEPS_MIN = 50;
const STEPS_MAX = 75;

const sets = (): fc.Arbitrary<SetWords> =>
  fc.record({
    trades: fc.nat({ max: TEMPLATES_COUNT - 1 }),
    lots: fc.integer({ min: 1, max: 5 }),
    protection: fc.constantFrom<SetConfig['protection'][]>('engine', 'exchange', 'exchange', 'both'),
    exits: fc.nat({ max: EXITS_COUNT - 1 }),
  });

const faults = (): fc.Arbitrary<readonly FaultConfig[]> =>
  fc.array(
    fc
      .record({ kind: fc.nat({ max: FAULT_KINDS.length - 1 }), chance: fc.integer({ min: 3, max: 45 }) })
      .map(({ kind, chance }) => faultOf(FAULT_KINDS[kind] as FaultKind, chance / 100)),
    { maxLength: 4 },
  );

const simulations = (): fc.Arbitrary<SimulationConfig> =>
  fc
    .record({
      slow: fc.boolean(),
      ticks: fc.nat({ max: 2 }),
      through: fc.boolean(),
      units: fc.constantFrom(0, 0, 4, 65),
      band: fc.constantFrom(null, null, 0.004),
      seed: fc.nat(),
      planned: faults(),
    })
    .map(({ slow, ticks, through, units, band, seed, planned }) => ({
      latency: slow ? { kind: 'uniform', fromMs: 50, toMs: 900 } : { kind: 'fixed', ms: 60 },
      slippage: { kind: 'ticks', ticks },
      fill: { kind: through ? 'through' : 'touch' },
      size: units === 0 ? null : { kind: 'units', units },
      path: 'straight',
      priceBand: band,
      margin: true,
      autoSquareOff: null,
      seed,
      faults: planned,
    }));

/** Kinds of inputs; one of them is drawn by its weight. */
export const STEP_KINDS = ['tick', 'wait', 'signal', 'fault', 'ambush', 'crash', 'command', 'squareOff'] as const;

const WEIGHTS: Readonly<Record<(typeof STEP_KINDS)[number], number>> = {
  tick: 40,
  wait: 14,
  signal: 22,
  fault: 8,
  ambush: 6,
  crash: 4,
  command: 4,
  squareOff: 2,
};

const BY_WEIGHT: readonly number[] = STEP_KINDS.flatMap((kind, index) => Array.from({ length: WEIGHTS[kind] }, () => index));

const steps = (): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.tuple(
      fc.nat({ max: BY_WEIGHT.length - 1 }).map((place) => BY_WEIGHT[place] as number),
      fc.nat({ max: 9_999 }),
      fc.nat({ max: 9_999 }),
    ),
    { minLength: STEPS_MIN, maxLength: STEPS_MAX },
  );

/** Random sets, markets, faults, commands and crashes. */
export const schedules = (): fc.Arbitrary<Schedule> =>
  fc.record({
    words: fc.record({
      world: fc.nat({ max: 1 }),
      sets: fc.array(sets(), { minLength: 1, maxLength: 3 }),
      tight: fc.nat({ max: 3 }).map((one) => one === 0),
      poor: fc.nat({ max: 7 }).map((one) => one === 0),
      simulation: simulations(),
    }),
    steps: steps(),
  });
