import { z } from 'zod';

import { faultsSchema } from './faults-schema.js';
import { latency } from './latency-schema.js';
import { orOff } from './off.js';
import type { FillConfig, PremiumConfig, RunConfig, SizeConfig, SlippageConfig } from './run-config.js';
import { choice, textSpelling } from './spelling.js';
import { count, date, instrumentKey, percent, percentOfWhole, positive, timeOfDay } from './units.js';

const volatilityKeys = z.strictObject({ instrument: instrumentKey, else: percent.optional() });

type Volatility = PremiumConfig['volatility'];

/** `14%`, an instrument such as `NSE_INDEX:INDIAVIX`, or `{ instrument, else }`. */
const volatility = z.union(
  [
    percent.transform((share): Volatility => ({ kind: 'fixed', share })),
    instrumentKey.transform((instrument): Volatility => ({ kind: 'instrument', instrument, elseShare: null })),
    volatilityKeys.transform((keys): Volatility => ({ kind: 'instrument', instrument: keys.instrument, elseShare: keys.else ?? null })),
  ],
  { error: 'Write 14%, or an instrument such as NSE_INDEX:INDIAVIX with `else: 14%` beside it.' },
);

const RATE_DEFAULT = '10%';

/** How options without a recorded price are priced. */
export const premiumsSchema = z
  .strictObject({
    model: z.literal('black-scholes').default('black-scholes'),
    volatility: volatility.prefault('NSE_INDEX:INDIAVIX'),
    else: percent.optional().describe('Volatility where the instrument brings none.'),
    rate: percent.prefault(RATE_DEFAULT).describe('Interest a year; 10% by default.'),
  })
  .transform(
    ({ else: elseShare, ...premiums }): PremiumConfig => ({
      ...premiums,
      volatility:
        premiums.volatility.kind === 'instrument'
          ? { ...premiums.volatility, elseShare: premiums.volatility.elseShare ?? elseShare ?? null }
          : premiums.volatility,
    }),
  );

/** How a future without a feed is priced: spot × e^(rate × years). */
export const futuresSchema = z.strictObject({ model: z.literal('costOfCarry').default('costOfCarry'), rate: percent });

const slippageRemedy = (found: unknown): string =>
  `Write none, { ticks: ${typeof found === 'number' ? found : 1} }, { spread: 50% } or { price: 0.1% }.`;

const slippage = z.union(
  [
    z.union([z.literal('none'), z.literal('off'), z.literal(false)]).transform((): SlippageConfig => ({ kind: 'none' })),
    choice({
      text: percent.transform((share): SlippageConfig => ({ kind: 'price', share })),
      keys: {
        ticks: z
          .int()
          .nonnegative()
          .transform((ticks): SlippageConfig => ({ kind: 'ticks', ticks })),
        spread: percentOfWhole.transform((share): SlippageConfig => ({ kind: 'spread', share })),
        price: percent.transform((share): SlippageConfig => ({ kind: 'price', share })),
      },
      remedy: slippageRemedy,
    }),
  ],
  { error: ({ input }) => slippageRemedy(input) },
);

const fill = choice({
  text: z.enum(['touch', 'through']).transform((kind): FillConfig => ({ kind })),
  keys: {
    queue: z
      .int()
      .nonnegative()
      .transform((ahead): FillConfig => ({ kind: 'queue', ahead })),
  },
  remedy: (found) => `Write touch, through or { queue: ${typeof found === 'number' ? found : 1500} }, in units ahead.`,
});

const size = choice({
  keys: {
    units: count.transform((units): SizeConfig => ({ kind: 'units', units })),
    volume: percentOfWhole
      .refine((share) => share > 0, { error: 'Write a share above 0%.' })
      .transform((share): SizeConfig => ({ kind: 'volume', share })),
  },
  remedy: (found) => `Write off, { units: ${typeof found === 'number' ? found : 900} } or { volume: 10% }.`,
});

const yesOrNo = z.union([z.boolean(), z.literal('off').transform(() => false)], { error: 'Write true or false.' });

/** When the simulated broker closes what is held for the day, unless it is written. */
export const AUTO_SQUARE_OFF_DEFAULT = '15:25';

/** The simulated exchange. */
export const simulationSchema = z.strictObject({
  latency: latency.prefault('100ms').describe('From a decision to its arrival at the exchange; 100ms by default.'),
  slippage: slippage.prefault({ ticks: 1 }).describe('What a market order pays beyond the prevailing price; one tick by default.'),
  fill: fill.prefault('touch').describe('When a limit order that rests is filled; touch by default.'),
  size: orOff(size).default(null).describe('What can be had at one point of the market; everything by default.'),
  path: z.enum(['straight', 'pessimistic']).default('straight'),
  priceBand: orOff(percentOfWhole).default(null).describe('How far prices may lie from the first of the day; off by default.'),
  margin: yesOrNo.default(true).describe('Whether orders are refused for which the account has no margin.'),
  autoSquareOff: orOff(timeOfDay).prefault(AUTO_SQUARE_OFF_DEFAULT).describe('When the broker closes MIS positions; 15:25 by default.'),
  seed: z.int().nonnegative().default(1).describe('Of the chance in latencies and faults.'),
  faults: faultsSchema.prefault([]).describe('What goes wrong; nothing by default.'),
});

const override = z.strictObject({
  lotSize: count.optional(),
  strikeStep: positive.optional(),
  tickSize: positive.optional(),
  freezeQuantity: count.optional(),
});

/** What the dated tables do not know, by instrument. */
export const instrumentsSchema = z.record(instrumentKey, override).transform((overrides): RunConfig['instruments'] => overrides);

/** `from 2024-10-01`: the rates of that date where the tables do not reach. */
export const chargesSchema = textSpelling<`from ${string}`, string>({
  pattern: /^from\s+(\S+)$/,
  value: ([, text]) => {
    const parsed = date.safeParse(text);
    return parsed.success ? parsed.data : undefined;
  },
  what: 'a choice of charges',
  remedy: 'Write from and a date: from 2024-10-01.',
  examples: ['from 2024-10-01'],
});

/** 1 is real time; `max` is as fast as it can. */
export const clockSchema = z.strictObject({
  speed: z
    .union([z.literal('max').transform(() => Number.POSITIVE_INFINITY), positive], { error: 'Write a number above 0, or max.' })
    .optional(),
});

/** Where a run is kept. */
export const storeSchema = z.strictObject({
  journal: z.string().min(1).optional(),
  mongodb: orOff(z.string().regex(/^(?!off$)/, { error: 'Write a connection string, or off.' })).optional(),
});
