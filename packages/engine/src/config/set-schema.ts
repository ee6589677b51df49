import { z } from 'zod';

import { UNIVERSES } from '../market/universes.js';
import type { ReentryConfig, SetConfig } from '../sets/set-config.js';
import { idSchema } from './account-schema.js';
import { chartSchema } from './chart-schema.js';
import { exitsSchema, withSquareOff } from './exits-schema.js';
import { kinds } from './kinds.js';
import { equityLeg, futureLeg, optionLeg } from './leg-schemas.js';
import { orOff } from './off.js';
import { pluginUse } from './plugin-use.js';
import { count, duration, instrumentKey, moments, percentOfWhole, seconds, timeWindow } from './units.js';
import { EVERY_DAY, weekday } from './weekday.js';

/** A strategy's name alone, or with its parameters beside `use`. */
const strategy = z.union([
  z
    .string()
    .min(1)
    .transform((use) => ({ use, config: {} })),
  pluginUse,
]);

/** Legs that stay legs when one of them is wrong. */
export const legSchema = kinds('kind', { option: optionLeg, future: futureLeg, equity: equityLeg });

/** Names are replaced by their members before; one that is left could not be. */
const universe = z.union([z.enum(UNIVERSES).transform(() => []), z.array(instrumentKey).min(1)]);

const reentryKeys = z.strictObject({
  mode: z.enum(['signal', 'sameDirection', 'atCost']).default('signal'),
  times: count.optional().describe('For sameDirection and atCost: at most so many times a day.'),
  coolDown: orOff(duration).prefault('5m').describe('No entry for this long after an exit; 5m by default.'),
});

/** `off`, or `{ mode, times, coolDown }`. */
const reentry = z.union(
  [
    z.union([z.literal('off'), z.literal(false)]).transform((): ReentryConfig => ({ mode: 'off', times: null, coolDownMs: 0 })),
    reentryKeys.transform(({ mode, times, coolDown }): ReentryConfig => ({ mode, times: times ?? null, coolDownMs: coolDown ?? 0 })),
  ],
  { error: 'Write off, { mode: signal, coolDown: 5m } or { mode: sameDirection, times: 2, coolDown: 5m }.' },
);

/** How often entries and exits are looked at; a word for the default, or a length of time. */
const checks = z.strictObject({
  entry: z.union([seconds, z.literal('candle').transform(() => null)]).prefault('candle'),
  exit: z.union([seconds, z.literal('tick').transform(() => null)]).prefault('tick'),
});

/** How orders are waited for and followed. */
const execution = z
  .strictObject({
    answerWithin: moments.prefault('5s').describe('A request that is not answered for so long has an unknown outcome; 5s by default.'),
    entryWithin: moments.prefault('10s').describe('What is not filled of an entry by then is cancelled; 10s by default.'),
    chase: z
      .strictObject({
        every: moments.prefault('2s').describe('A limit that stands for a market order follows the market this often; 2s by default.'),
        times: z.int().nonnegative().max(20).default(4).describe('So many times; then an exit is told of and tried every 30s.'),
        within: percentOfWhole
          .optional()
          .describe('An entry follows so far from the price at its decision, then it is cancelled; by default 2%, for options 20%.'),
      })
      .prefault({}),
  })
  .transform(({ answerWithin, entryWithin, chase }): SetConfig['execution'] => ({
    answerWithinMs: answerWithin,
    entryWithinMs: entryWithin,
    chaseEveryMs: chase.every,
    chases: chase.times,
    chaseWithin: chase.within ?? null,
  }));

/** A set as it is written. */
export const setSchema = z
  .strictObject({
    id: idSchema,
    name: z.string().optional(),
    active: z.boolean().default(true),
    note: z.string().default(''),
    strategy,
    underlying: instrumentKey.optional().describe('The one instrument it works on; or write universe.'),
    universe: universe.optional().describe('A named list or a list of instruments: one set instance for each.'),
    accounts: z.array(z.string()).min(1),
    chart: chartSchema.prefault({ type: 'candlestick', timeframe: '5m' }),
    window: timeWindow.optional().describe('Entries are made in it; 09:20-15:15 by default.'),
    weekdays: z
      .array(weekday)
      .min(1)
      .prefault([...EVERY_DAY]),
    checks: checks.prefault({}),
    product: z.enum(['MIS', 'NRML', 'CNC']).default('MIS'),
    legs: z.array(legSchema).min(1),
    exits: exitsSchema.prefault({}),
    reentry: reentry.prefault({}),
    warmup: z.int().nonnegative().optional().describe("Candles before the strategy's signals count."),
    staleAfter: duration.prefault('60s').describe('A signal older than this is not acted on; 60s by default.'),
    execution: execution.prefault({}),
    protection: z.enum(['engine', 'exchange', 'both']).default('engine'),
    approval: z.enum(['auto', 'manual']).default('auto'),
    waive: z.array(z.string()).default([]).describe('Checks that the set goes without, by name: stop; every report shows them.'),
  })
  .transform(
    ({
      name,
      strategy: { use, config },
      underlying,
      universe: list,
      window,
      checks: every,
      warmup,
      staleAfter,
      exits: written,
      ...set
    }): SetConfig => {
      const exits = withSquareOff(written, set.product);
      return {
        ...set,
        exits,
        name: name ?? set.id,
        strategy: { use, params: config },
        underlyings: list ?? (underlying === undefined ? [] : [underlying]),
        window: window ?? defaultWindow(exits.squareOff),
        checks: { entryEveryMs: every.entry, exitEveryMs: every.exit },
        warmup: warmup ?? null,
        staleAfterMs: staleAfter,
      };
    },
  );

const WINDOW_FROM = 9 * 60 + 20;
const WINDOW_TO = 15 * 60 + 15;

/** 09:20 to 15:15, or to the square-off when that is earlier: no entry is made to leave at once. */
const defaultWindow = (squareOff: number | null): SetConfig['window'] => ({
  from: WINDOW_FROM,
  to: Math.min(WINDOW_TO, squareOff ?? WINDOW_TO),
});
