import fc from 'fast-check';

import type { ExitDistance, ReentryConfig, TrailingConfig } from './set-config.js';
import type { SetWords } from './set-play.test-kit.js';

const points = fc.integer({ min: 1, max: 300 }).map((ticks) => ({ kind: 'points', points: ticks / 20 }) as const);
const percent = fc.integer({ min: 1, max: 250 }).map((permille) => ({ kind: 'percent', share: permille / 1_000 }) as const);
const distance: fc.Arbitrary<ExitDistance> = fc.oneof(
  points,
  percent,
  fc.integer({ min: 10_00, max: 2_000_00 }).map((paise) => ({ kind: 'money', paise }) as const),
);
const orNone = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 2, nil: null });

/** Trailing stops in points and in per cent, with and without a step. */
export const trailings = (): fc.Arbitrary<TrailingConfig> =>
  fc.record({ start: fc.oneof(points, percent), distance: fc.oneof(points, percent), step: orNone(fc.oneof(points, percent)) });

/** Configurations with any mixture of exits. */
export const setWords = (): fc.Arbitrary<SetWords> =>
  fc
    .record({
      exits: fc.record({
        stopLoss: orNone(distance),
        target: orNone(distance),
        trailing: orNone(trailings()),
        timeInTradeMs: orNone(fc.integer({ min: 1, max: 600_000 })),
        squareOff: orNone(fc.constant(915)),
        endOfDay: orNone(fc.constant({ onlyIfTargetShare: 0.5 })),
        oppositeSignal: fc.constantFrom('exit', 'reverse', null),
        underlyingRange: orNone(fc.constant({ below: 90, above: 110 })),
        daysBeforeExpiry: orNone(fc.nat({ max: 2 })),
        partial: fc.array(fc.record({ at: distance, share: fc.constantFrom(0.25, 0.5) }), { maxLength: 2 }),
        set: fc.record({
          stopLoss: orNone(distance),
          target: orNone(distance),
          dayLossPaise: orNone(fc.integer({ min: 100_00, max: 5_000_00 })),
        }),
      }),
      reentry: fc.record<ReentryConfig>({
        mode: fc.constantFrom('signal', 'sameDirection', 'off'),
        times: orNone(fc.nat({ max: 3 })),
        coolDownMs: fc.constantFrom(0, 0, 60_000),
      }),
      lots: fc.integer({ min: 1, max: 6 }),
      rest: fc.record({
        product: fc.constantFrom('MIS' as const, 'NRML' as const),
        protection: fc.constantFrom('engine' as const, 'engine' as const, 'exchange' as const, 'both' as const),
      }),
    })
    .map(({ exits, reentry, lots, rest }) => ({ exits, reentry, size: [{ kind: 'lots', lots }], rest }));
