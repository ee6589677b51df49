import { z } from 'zod';

import { accountSchema } from './account-schema.js';
import {
  chargesSchema,
  clockSchema,
  futuresSchema,
  instrumentsSchema,
  premiumsSchema,
  simulationSchema,
  storeSchema,
} from './market-schemas.js';
import { orOff } from './off.js';
import { pluginUse } from './plugin-use.js';
import { riskFor, riskSchema } from './risk-schema.js';
import type { PremiumConfig, RunConfig } from './run-config.js';
import { setSchema } from './set-schema.js';
import { date, percent } from './units.js';

/** The whole file, as it is written. Only shapes and units are checked here; what belongs together is checked by `parseRunConfig`. */
export const runSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors: where the JSON Schema of this file is.'),
    mode: z.enum(['backtest', 'paper', 'live']),
    from: date.optional().describe('First trading date.'),
    to: date.optional().describe('Last trading date, included.'),
    accounts: z.array(accountSchema).min(1),
    feeds: z.array(pluginUse).min(1),
    sets: z.array(setSchema).min(1),
    premiums: premiumsSchema.prefault({}),
    futures: orOff(futuresSchema).default(null),
    vix: orOff(percent).default(null).describe('India VIX where no feed brings it.'),
    instruments: instrumentsSchema.prefault({}),
    calendar: z.enum(['rules', 'fromData']).default('rules'),
    charges: chargesSchema.optional(),
    simulation: simulationSchema.prefault({}),
    risk: riskSchema.prefault({}),
    contractNotes: z
      .boolean()
      .optional()
      .describe(
        "Book at each day's end what a contract note rounds otherwise; yes but for backtests, where figures are sums of round trips.",
      ),
    clock: clockSchema.prefault({}),
    store: storeSchema.prefault({}),
    plugins: z.array(z.string().min(1)).default([]),
    alerts: z.unknown().optional(),
  })
  .transform(
    ({ $schema: _schema, alerts: _alerts, from, to, charges, clock, store, risk, contractNotes, ...run }): RunConfig => ({
      ...run,
      from: from ?? null,
      to: to ?? null,
      premiums: withVix(run.premiums, run.vix),
      chargesFrom: charges ?? null,
      // A backtest does not wait; a market that is watched runs in real time unless it is told otherwise.
      clock: { speed: clock.speed ?? (run.mode === 'backtest' ? Number.POSITIVE_INFINITY : 1) },
      risk: riskFor(run.mode, risk),
      contractNotes: contractNotes ?? run.mode !== 'backtest',
      store: { journal: store.journal ?? null, mongodb: store.mongodb ?? null },
    }),
  );

/** What a person writes, typed. */
export type RunConfigInput = z.input<typeof runSchema>;

/** Volatility that follows India VIX falls back on the VIX that the configuration tells. */
const withVix = (premiums: PremiumConfig, vix: number | null): PremiumConfig =>
  premiums.volatility.kind === 'instrument' &&
  premiums.volatility.instrument === 'NSE_INDEX:INDIAVIX' &&
  premiums.volatility.elseShare === null
    ? { ...premiums, volatility: { ...premiums.volatility, elseShare: vix } }
    : premiums;
