import { z } from 'zod';

import type { AccountLimits, MoneyLimit } from '../risk/account-limits.js';
import { accountPresets } from '../risk/presets.js';
import { orOff } from './off.js';
import { choice } from './spelling.js';
import { count, instrumentKey, percent, percentOfWhole, positive, rupees } from './units.js';

const moneyLimit = choice({
  text: percent.transform((share): MoneyLimit => ({ kind: 'share', share })),
  keys: { money: rupees.transform((paise): MoneyLimit => ({ kind: 'money', paise })) },
  remedy: (found) => {
    const value = typeof found === 'number' && found > 0 ? found : 5;
    return value <= 100
      ? `Write ${value}% of the capital, or { money: 5000 } in rupees.`
      : `Write { money: ${value} } in rupees, or 5% of the capital.`;
  },
});

const profitTargets = z.strictObject({
  week: orOff(rupees).optional(),
  month: orOff(rupees).optional(),
  stop: z.boolean().optional().describe('Enter no more for the rest of the week or month; otherwise only tell.'),
});

const adaptive = z
  .strictObject({
    roundTrips: count.prefault(20).describe('How many round trips are looked back over; 20 by default.'),
    min: percent.prefault('25%').describe('The least that sizes are multiplied with; 25% by default.'),
    max: percent.prefault('100%').describe('The most; 100% by default.'),
  })
  .refine(({ min, max }) => min <= max, { message: 'Write a min that is not above max.', path: ['min'] });

/** Limits of an account: a preset, and what differs from it. `off` takes a limit away. */
export const limitsSchema = z
  .strictObject({
    preset: z.enum(['option-buyer', 'strangle', 'futures']).default('option-buyer'),
    maxOpenSets: orOff(count).optional(),
    onePosition: z.boolean().optional().describe('A single open set for the whole account.'),
    capitalPerTrade: orOff(rupees).optional().describe('Rupees that one entry may cost.'),
    firstEntryMargin: percentOfWhole.optional().describe('Share of the available margin that a first entry may use.'),
    maxMarginUse: percentOfWhole.optional().describe('Margin in use, as a share of the capital.'),
    riskPerTrade: orOff(moneyLimit).optional(),
    dailyLoss: orOff(moneyLimit).optional(),
    weeklyLoss: orOff(moneyLimit).optional(),
    maxDrawdown: orOff(percentOfWhole).optional().describe("Fall from the equity's peak."),
    profitTargets: profitTargets.optional(),
    ordersPerSecond: orOff(count).optional(),
    ordersPerMinute: orOff(count).optional(),
    ordersPerDay: orOff(count).optional(),
    maxOrderValue: orOff(rupees).optional(),
    maxLeverage: orOff(positive).optional(),
    products: orOff(z.array(z.enum(['MIS', 'NRML', 'CNC'])).min(1)).optional(),
    instruments: orOff(z.array(instrumentKey).min(1)).optional(),
    rejectionsInARow: orOff(count).optional().describe('So many rejected orders one after the other trip a circuit breaker.'),
    adaptive: orOff(adaptive).optional().describe('Sizes follow recent results, within bounds.'),
    orderKinds: orOff(z.array(z.enum(['market', 'limit', 'SL', 'SL-M'])).min(1)).optional(),
  })
  .transform(({ preset, capitalPerTrade, firstEntryMargin, maxOrderValue, profitTargets: targets, ...same }): AccountLimits => {
    const base = accountPresets[preset].limits;
    return {
      ...base,
      ...written(same),
      ...written({ capitalPerTradePaise: capitalPerTrade, firstEntryMarginShare: firstEntryMargin, maxOrderValuePaise: maxOrderValue }),
      profitTargets: { ...base.profitTargets, ...written({ weekPaise: targets?.week, monthPaise: targets?.month, stop: targets?.stop }) },
    };
  });

type Written<Keys> = { [Key in keyof Keys]?: Exclude<Keys[Key], undefined> };

/** Only the keys that have a value; `null` is one, it takes a limit away. */
const written = <Keys extends object>(keys: Keys): Written<Keys> =>
  Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)) as Written<Keys>;
