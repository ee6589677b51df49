import { z } from 'zod';

import type { Registry } from '../plugins/registry.js';
import type { Problem } from '../primitives/problem.js';
import type { TradingDate } from '../primitives/time.js';
import { checkPlugins } from './check-plugins.js';
import { type Environment, expandEnvironment, foundAt, withoutSecrets } from './environment.js';
import { errorAt } from './finding.js';
import { instrumentsSchema, simulationSchema } from './market-schemas.js';
import { readWith } from './mistake.js';
import { formatPath, isRecord } from './plain-value.js';
import { pluginUse } from './plugin-use.js';
import type { PluginUse, RunConfig, SimulationConfig } from './run-config.js';
import { count, date } from './units.js';

/** An exchange that runs as a process of its own. */
export interface SandboxConfig {
  /** On this machine alone, unless it says otherwise. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** So many times as fast as real time, above 0. */
  readonly speed: number;
  /** The first and the last trading date; `null`: as the feeds have them. */
  readonly from: TradingDate | null;
  readonly to: TradingDate | null;
  /** Days before the first date that are kept for whoever wants history. */
  readonly historyDays: number;
  readonly feeds: readonly PluginUse[];
  readonly instruments: RunConfig['instruments'];
  readonly calendar: RunConfig['calendar'];
  readonly simulation: SimulationConfig;
}

/** Where a sandbox listens where nothing else is said. */
export const SANDBOX_PORT = 7070;

/** Faster than this there is no time to decide anything in. */
const SPEED_MAX = 3_600;

const sandboxSchema = z
  .strictObject({
    $schema: z.string().optional(),
    host: z.string().min(1).default('127.0.0.1').describe('Who can connect; this machine alone by default.'),
    port: z.int().min(0).max(65_535).default(SANDBOX_PORT),
    clock: z.strictObject({ speed: z.number().positive().max(SPEED_MAX).default(1) }).prefault({}),
    from: date.optional().describe('First trading date.'),
    to: date.optional().describe('Last trading date, included.'),
    historyDays: count.default(30).describe('Days before the first that are kept as history.'),
    feeds: z.array(pluginUse).min(1),
    instruments: instrumentsSchema.prefault({}),
    calendar: z.enum(['rules', 'fromData']).default('rules'),
    simulation: simulationSchema.prefault({}),
    plugins: z.array(z.string().min(1)).default([]),
  })
  .transform(
    ({ $schema: _schema, plugins: _plugins, clock, from, to, ...sandbox }): SandboxConfig => ({
      ...sandbox,
      speed: clock.speed,
      from: from ?? null,
      to: to ?? null,
    }),
  );

/**
 * Checks the configuration of a sandbox as it was read from a file, and lists every problem at once.
 *
 * @param options.registry the feeds that can be named.
 */
export function parseSandboxConfig(
  raw: unknown,
  { registry, environment = {} }: { readonly registry: Registry; readonly environment?: Environment },
): { readonly config: SandboxConfig | null; readonly problems: readonly Problem[] } {
  const expanded = expandEnvironment(isRecord(raw) ? raw : {}, environment);
  const reading = readWith(sandboxSchema, expanded.value);
  const parts = checkPlugins(expanded.value, registry);
  const findings = [
    ...(reading.ok ? [] : reading.mistakes.map(({ path, message, remedy }) => errorAt(path, message, remedy))),
    ...parts.findings,
  ];
  const problems = [
    ...expanded.problems,
    ...findings.map(
      ({ path, message, remedy, severity }): Problem => ({
        path: formatPath(path),
        found: foundAt(raw, path),
        message: withoutSecrets(message, expanded.secrets),
        remedy: withoutSecrets(remedy, expanded.secrets),
        severity,
      }),
    ),
  ];
  const stopped = problems.some(({ severity }) => severity === 'error');
  return { config: reading.ok && !stopped ? reading.value : null, problems };
}
