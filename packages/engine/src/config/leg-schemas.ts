import { z } from 'zod';

import type { EquityLegConfig, ExpiryRule, FutureLegConfig, OptionLegConfig, SizeRule, StrikeRule } from '../sets/set-config.js';
import { readWith } from './mistake.js';
import { shown } from './plain-value.js';
import { choice, jsonOf, mistaken, read, spelling, textSpelling } from './spelling.js';
import { count, type PercentText, percent, percentAboveZero, percentLike, percentOfWhole, positive, rupees } from './units.js';

const moneyness = textSpelling<'ATM' | `OTM ${number}` | `ITM ${number}`, StrikeRule>({
  pattern: /^(?:ATM|(OTM|ITM)\s*(\d+))$/i,
  value: ([, side, steps]) => ({ kind: 'moneyness', stepsOutOfTheMoney: steps === undefined ? 0 : signed(side ?? '', Number(steps)) }),
  what: 'a strike',
  remedy: 'Write ATM, OTM 2 or ITM 1.',
  examples: ['ATM', 'OTM 2', 'ITM 1'],
});

// ITM 0 is ATM: a minus zero would be another number in some comparisons.
const signed = (side: string, steps: number): number => (side.toUpperCase() === 'ITM' && steps > 0 ? -steps : steps);

const delta = z
  .number()
  .gt(-1)
  .lt(1)
  .refine((value) => value !== 0, { error: 'Write a delta between 0 and 1, for instance 0.3.' })
  .transform((value): StrikeRule => ({ kind: 'delta', delta: Math.abs(value) }));

/** `ATM`, `OTM 2`, `ITM 1`, `{ delta: 0.3 }`, `{ premium: 120 }`, `{ percent: 2% }`, or a strike such as 24500. */
export const strikeSchema = choice({
  text: moneyness,
  plain: positive.transform((strike): StrikeRule => ({ kind: 'fixed', strike })),
  keys: {
    delta,
    premium: positive.transform((premium): StrikeRule => ({ kind: 'premium', premium })),
    percent: percent.transform((share): StrikeRule => ({ kind: 'percent', share })),
  },
  remedy: () => 'Write ATM, OTM 2, ITM 1, { delta: 0.3 }, { premium: 120 }, { percent: 2% }, or a strike such as 24500.',
});

const cycle = z.enum(['nearest', 'weekly', 'next-weekly', 'monthly', 'next-monthly']);

/** `nearest`, or `{ cycle: monthly, minDays: 15 }`. */
export const expirySchema = z.union([
  cycle.transform((name): ExpiryRule => ({ cycle: name, minDays: 0 })),
  z
    .strictObject({ cycle: cycle.default('nearest'), minDays: z.int().nonnegative().default(0).describe('Calendar days left, at least.') })
    .transform((rule): ExpiryRule => rule),
]);

/** What may be lost down to the stop: rupees, or a share of the account's capital. */
const risk = spelling<number | PercentText, SizeRule>({
  json: { anyOf: [jsonOf(rupees), jsonOf(percentAboveZero)] },
  read: (value) => {
    if (typeof value === 'string' && value.trim().endsWith('%')) {
      const share = readWith(percentAboveZero, value);
      return share.ok ? read({ kind: 'riskShare', share: share.value }) : share;
    }
    const money = rupees.safeParse(value);
    if (money.success) return read({ kind: 'risk', riskPaise: money.data });
    const remedy = `Write ${percentLike(value, '1%')} of the capital, or rupees as a plain number: 2000.`;
    return mistaken(value, `${shown(value)} is neither a percentage nor an amount of rupees.`, remedy);
  },
});

const sizeKeys = {
  capital: rupees.transform((capitalPaise): SizeRule => ({ kind: 'capital', capitalPaise })),
  risk,
  marginShare: percentOfWhole.transform((share): SizeRule => ({ kind: 'marginShare', share })),
};

const sizeRemedy = (): string =>
  'Write a whole number, { capital: 20000 }, { risk: 2000 }, { risk: 1% }, { marginShare: 50% }, or a list of these.';

const lots = choice({ plain: count.transform((value): SizeRule => ({ kind: 'lots', lots: value })), keys: sizeKeys, remedy: sizeRemedy });

const units = choice({ plain: count.transform((quantity): SizeRule => ({ kind: 'units', quantity })), keys: sizeKeys, remedy: sizeRemedy });

const listOf = (rule: typeof lots) =>
  z.union([rule.transform((value) => [value]), z.array(rule).min(1)]).transform((rules): readonly SizeRule[] => rules);

/** `2`, `{ capital: 20000 }`, `{ risk: 2000 }`, `{ risk: 1% }`, `{ marginShare: 50% }`, or a list of which the smallest answer wins. */
export const lotsSchema = listOf(lots);

const side = z.enum(['buy', 'sell']);
const sideOrSignal = z.enum(['buy', 'sell', 'signal']);

/** The keys of an option leg beside `kind`. */
export const optionLeg = z
  .strictObject({
    kind: z.literal('option'),
    optionType: z.enum(['CE', 'PE', 'signal']).default('signal'),
    side: side,
    strike: strikeSchema.prefault('ATM'),
    expiry: expirySchema.prefault('nearest'),
    lots: lotsSchema.prefault(1),
  })
  .transform(({ lots: size, ...leg }): OptionLegConfig => ({ ...leg, size }));

/** The keys of a future leg beside `kind`. */
export const futureLeg = z
  .strictObject({
    kind: z.literal('future'),
    side: sideOrSignal.default('signal'),
    expiry: expirySchema.prefault('nearest'),
    lots: lotsSchema.prefault(1),
  })
  .transform(({ lots: size, ...leg }): FutureLegConfig => ({ ...leg, size }));

/** The keys of an equity leg beside `kind`. */
export const equityLeg = z
  .strictObject({
    kind: z.literal('equity'),
    side: sideOrSignal.default('signal'),
    quantity: listOf(units),
  })
  .transform(({ quantity: size, ...leg }): EquityLegConfig => ({ ...leg, size }));
