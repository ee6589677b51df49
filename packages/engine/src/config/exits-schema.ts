import { z } from 'zod';

import type { Product } from '../orders/order-request.js';
import { minuteOfDay } from '../primitives/time.js';
import type { ExitsConfig, TrailingConfig } from '../sets/set-config.js';
import { exitDistance, setDistance, simpleDistance } from './distance-schema.js';
import { orOff } from './off.js';
import { choice } from './spelling.js';
import { duration, percentOfWhole, positive, rupees, timeOfDay } from './units.js';

/** When a set leaves what must not be held overnight, unless it is written. */
export const SQUARE_OFF_DEFAULT = '15:15';

const trailingKeys = z.strictObject({
  start: simpleDistance.prefault('10%').describe('Profit from which the stop follows; 10% by default.'),
  distance: simpleDistance.prefault('1%').describe('How far behind the best price it follows; 1% by default.'),
  step: simpleDistance.optional().describe('The least by which it moves; one tick by default.'),
});

/** `trailing: { start, distance, step }`; `trailing: true` takes the defaults of all three. */
const trailing = z
  .union([z.literal(true).transform(() => ({})), trailingKeys], { error: 'Write { start: 10%, distance: 1% }, or true for these.' })
  .transform((keys): TrailingConfig => ({ ...TRAILING_DEFAULTS, ...keys, step: ('step' in keys ? keys.step : undefined) ?? null }));

const TRAILING_DEFAULTS = { start: { kind: 'percent', share: 0.1 }, distance: { kind: 'percent', share: 0.01 } } as const;

const moneyOfDay = choice({
  keys: { money: rupees },
  remedy: (found) => `Write { money: ${typeof found === 'number' ? found : 8000} }, in rupees.`,
});

const setExits = z
  .strictObject({
    stopLoss: orOff(setDistance).default(null),
    target: orOff(setDistance).default(null),
    dayLoss: orOff(moneyOfDay).default(null).describe('After a loss of this size on a day the set enters no more on it.'),
  })
  .transform(({ stopLoss, target, dayLoss }): ExitsConfig['set'] => ({ stopLoss, target, dayLossPaise: dayLoss }));

const underlyingRange = z
  .strictObject({ below: positive.optional(), above: positive.optional() })
  .transform(({ below, above }) => ({ below: below ?? null, above: above ?? null }));

/** Exits as they are written; whether a square-off that is not written happens depends on the product. */
export type WrittenExits = Omit<ExitsConfig, 'squareOff'> & { readonly squareOff: ExitsConfig['squareOff'] | undefined };

/** The exits with the square-off filled in: at 15:15 for what must not be held overnight, and where the end of the day decides. */
export function withSquareOff({ squareOff, ...exits }: WrittenExits, product: Product): ExitsConfig {
  const usual = product === 'MIS' || exits.endOfDay !== null ? minuteOfDay(SQUARE_OFF_DEFAULT) : null;
  return { ...exits, squareOff: squareOff === undefined ? usual : squareOff };
}

/** The exits of a set. What is not written is off, but for the square-off, see {@link withSquareOff}. */
export const exitsSchema = z
  .strictObject({
    stopLoss: orOff(exitDistance).default(null),
    target: orOff(exitDistance).default(null),
    trailing: orOff(trailing).default(null),
    timeInTrade: orOff(duration).default(null).describe('Leave this long after the entry.'),
    squareOff: orOff(timeOfDay)
      .optional()
      .describe('Leave at this time of day; by default 15:15 for what must not be held overnight (MIS, or with endOfDay), else off.'),
    endOfDay: orOff(z.strictObject({ onlyIfTarget: percentOfWhole.prefault('50%') }))
      .default(null)
      .describe('At the square-off time leave only if this share of the target is reached, otherwise hold.'),
    oppositeSignal: orOff(z.enum(['exit', 'reverse'])).default(null),
    underlyingRange: orOff(underlyingRange).default(null).describe('Leave when the underlying trades at or beyond a price.'),
    daysBeforeExpiry: orOff(z.int().nonnegative()).default(null).describe('Leave so many trading days before the expiry.'),
    partial: z.array(z.strictObject({ at: exitDistance, share: percentOfWhole })).default([]),
    set: setExits.prefault({}),
  })
  .transform(
    ({ timeInTrade, endOfDay, squareOff, ...exits }): WrittenExits => ({
      ...exits,
      squareOff,
      timeInTradeMs: timeInTrade,
      endOfDay: endOfDay === null ? null : { onlyIfTargetShare: endOfDay.onlyIfTarget },
    }),
  );
