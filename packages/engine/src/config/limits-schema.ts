import { z } from 'zod';

import { UNREGISTERED_ORDERS_PER_SECOND } from '../market/algo-rules.js';
import type { AccountLimits, MoneyLimit } from '../risk/account-limits.js';
import { type AccountPresetName, accountPresets } from '../risk/presets.js';
import { orOff } from './off.js';
import { choice } from './spelling.js';
import { count, instrumentKey, percent, percentAboveZero, percentLike, positive, rupees } from './units.js';

const moneyLimit = choice({
  text: percentAboveZero.transform((share): MoneyLimit => ({ kind: 'share', share })),
  keys: { money: rupees.transform((paise): MoneyLimit => ({ kind: 'money', paise })) },
  remedy: (found) => {
    const value = typeof found === 'number' && found > 0 ? found : 5;
    return value <= 100
      ? `Write ${percentLike(value)} of the capital, or { money: 5000 } in rupees.`
      : `Write { money: ${value} } in rupees, or 5% of the capital.`;
  },
});

const profitTargets = z.strictObject(
  {
    week: orOff(rupees).optional(),
    month: orOff(rupees).optional(),
    stop: z.boolean().optional().describe('Enter no more for the rest of the week or month; otherwise only tell.'),
  },
  {
    error: ({ code, input }) => {
      if (code !== 'invalid_type') return undefined;
      const amount = typeof input === 'number' && input > 0 ? input : 5000;
      return `Write { week: ${amount} }, { month: ${amount} }, or both in one.`;
    },
  },
);

/** Beyond what an exchange takes, orders are refused, and those of exits with them. */
const ordersPerSecond = z
  .int()
  .positive()
  .max(UNREGISTERED_ORDERS_PER_SECOND, {
    error: `Write at most ${UNREGISTERED_ORDERS_PER_SECOND}: an exchange takes no more from an algorithm that is not registered, and refuses exits, too, beyond it.`,
  });

const adaptive = z
  .strictObject({
    roundTrips: count.prefault(20).describe('How many round trips are looked back over; 20 by default.'),
    min: percent.prefault('25%').describe('The least that sizes are multiplied with; 25% by default.'),
    max: percent.prefault('100%').describe('The most; 100% by default.'),
  })
  .refine(({ min, max }) => min <= max, { message: 'Write a min that is not above max.', path: ['min'] });

/** Limits of an account as they are written: a preset, and what differs from it. `off` takes a limit away. */
export const writtenLimits = z.strictObject({
  preset: z.enum(['option-buyer', 'strangle', 'futures']).optional().describe('option-buyer by default.'),
  maxOpenSets: orOff(count).optional(),
  onePosition: z.boolean().optional().describe('A single open set for the whole account.'),
  capitalPerTrade: orOff(rupees).optional().describe('Rupees that one entry may cost.'),
  firstEntryMargin: percentAboveZero.optional().describe('Share of the available margin that a first entry may use.'),
  maxMarginUse: percentAboveZero.optional().describe('Margin in use, as a share of the capital.'),
  riskPerTrade: orOff(moneyLimit).optional(),
  dailyLoss: orOff(moneyLimit).optional(),
  weeklyLoss: orOff(moneyLimit).optional(),
  maxDrawdown: orOff(percentAboveZero).optional().describe("Fall from the equity's peak."),
  profitTargets: profitTargets.optional(),
  ordersPerSecond: orOff(ordersPerSecond)
    .optional()
    .describe('Everything that is sent counts; at most 10, which is what an exchange takes, and off means as many.'),
  ordersPerMinute: orOff(count).optional(),
  ordersPerDay: orOff(count).optional(),
  maxOrderValue: orOff(rupees).optional(),
  maxLeverage: orOff(positive).optional(),
  products: orOff(z.array(z.enum(['MIS', 'NRML', 'CNC'])).min(1)).optional(),
  instruments: orOff(z.array(instrumentKey).min(1)).optional(),
  rejectionsInARow: orOff(count).optional().describe('So many rejected orders one after the other trip a circuit breaker.'),
  adaptive: orOff(adaptive).optional().describe('Sizes follow recent results, within bounds.'),
  orderKinds: orOff(z.array(z.enum(['market', 'limit', 'SL', 'SL-M'])).min(1)).optional(),
});

/** Where limits begin that name no preset. */
export const PRESET_DEFAULT: AccountPresetName = 'option-buyer';

/** What the written limits come to. */
export function limitsOf({
  preset = PRESET_DEFAULT,
  capitalPerTrade,
  firstEntryMargin,
  maxOrderValue,
  profitTargets: targets,
  ...same
}: z.output<typeof writtenLimits>): AccountLimits {
  const base = accountPresets[preset].limits;
  return {
    ...base,
    ...written(same),
    ...written({ capitalPerTradePaise: capitalPerTrade, firstEntryMarginShare: firstEntryMargin, maxOrderValuePaise: maxOrderValue }),
    profitTargets: { ...base.profitTargets, ...written({ weekPaise: targets?.week, monthPaise: targets?.month, stop: targets?.stop }) },
  };
}

/** Limits of an account, with every limit filled in. */
export const limitsSchema = writtenLimits.transform(limitsOf);

type Written<Keys> = { [Key in keyof Keys]?: Exclude<Keys[Key], undefined> };

/** Only the keys that have a value; `null` is one, it takes a limit away. */
const written = <Keys extends object>(keys: Keys): Written<Keys> =>
  Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)) as Written<Keys>;
