import { z } from 'zod';

import type { Registry } from '../plugins/registry.js';
import type { Problem } from '../primitives/problem.js';
import type { TradingDate } from '../primitives/time.js';
import { checkPlugins } from './check-plugins.js';
import { type Environment, expandEnvironment } from './environment.js';
import { errorAt, type Finding, warningAt } from './finding.js';
import { instrumentsSchema, simulationSchema } from './market-schemas.js';
import { type Reading, readWith } from './mistake.js';
import { fieldOf, isRecord, itemsOf } from './plain-value.js';
import { pluginUse } from './plugin-use.js';
import { problemsOf } from './problems-of.js';
import type { PluginUse, RunConfig, SimulationConfig } from './run-config.js';
import { date } from './units.js';

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

const SPEED_WORDS = `Write how many times as fast as real time, at most ${SPEED_MAX}: 10, for instance. Its market waits for nobody, so there is no max.`;

const speed = z.number({ error: SPEED_WORDS }).positive({ error: SPEED_WORDS }).max(SPEED_MAX, { error: SPEED_WORDS });

const FEEDS_WORDS = 'Write what its market is made of: feeds: [{ use: synthetic, start: 2026-11-25 }].';

const sandboxSchema = z
  .strictObject({
    $schema: z.string().optional(),
    host: z.string().min(1).default('127.0.0.1').describe('Who can connect; this machine alone by default.'),
    port: z.int().min(0).max(65_535).default(SANDBOX_PORT),
    clock: z.strictObject({ speed: speed.default(1) }).prefault({}),
    from: date.optional().describe('First trading date.'),
    to: date.optional().describe('Last trading date, included.'),
    historyDays: z.int().nonnegative().default(30).describe('Days before the first that are kept as history.'),
    feeds: z.array(pluginUse, { error: FEEDS_WORDS }).min(1, { error: FEEDS_WORDS }),
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
  const findings = isOfRun(expanded.value)
    ? [OF_RUN]
    : [
        ...checkHost(reading),
        ...checkDates(reading),
        ...(reading.ok ? [] : reading.mistakes.map(({ path, message, remedy }) => errorAt(path, message, remedy))),
        ...checkFeeds(expanded.value, registry),
      ];
  const problems = [...expanded.problems, ...problemsOf(findings, { raw, secrets: expanded.secrets })];
  const stopped = problems.some(({ severity }) => severity === 'error');
  return { config: reading.ok && !stopped ? reading.value : null, problems };
}

/** Names of this machine that no other one can reach. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

/** Whoever can connect can trade: nobody is asked for a password. */
function checkHost(reading: Reading<SandboxConfig>): readonly Finding[] {
  if (!reading.ok || LOOPBACK.test(reading.value.host)) return [];
  return [
    warningAt(
      ['host'],
      `At "${reading.value.host}" other machines may reach the sandbox, and nobody is asked for a password.`,
      'Leave host out, so that only programs of this machine can connect.',
    ),
  ];
}

/** One clear word instead of one for each key that a sandbox does not know. */
const OF_RUN = errorAt(
  [],
  'This is the configuration of an engine, and not that of a sandbox.',
  'Start it with sauda run; a sandbox has a file of its own, sandbox.config.yaml, with feeds and no accounts or sets.',
);

const isOfRun = (raw: unknown): boolean => fieldOf(raw, 'accounts') !== undefined || fieldOf(raw, 'sets') !== undefined;

function checkDates(reading: Reading<SandboxConfig>): readonly Finding[] {
  if (!reading.ok) return [];
  const { from, to } = reading.value;
  if (from === null || to === null || from <= to) return [];
  return [
    errorAt(['to'], `The market ends on ${to}, before it begins on ${from}.`, `Write a date on or after ${from}, or an earlier from.`),
  ];
}

/** Its own prices are those of the feeds: it is what brokers' prices are made of. */
function checkFeeds(raw: unknown, registry: Registry): readonly Finding[] {
  const broker = itemsOf(fieldOf(raw, 'feeds')).findIndex((feed) => fieldOf(feed, 'use') === 'broker');
  if (broker < 0) return checkPlugins(raw, registry).findings;
  const remedy = 'Write a feed that brings prices by itself: synthetic, csv or chain-csv.';
  return [errorAt(['feeds', broker, 'use'], 'A sandbox has no accounts, whose broker could bring prices.', remedy)];
}
