import type { Registry } from '../plugins/registry.js';
import type { Problem } from '../primitives/problem.js';
import { checkPlugins, type PluginParts } from './check-plugins.js';
import { checkReferences } from './check-references.js';
import { checkVersion } from './check-version.js';
import { type Environment, type Expanded, expandEnvironment } from './environment.js';
import { expandUniverses } from './expand-universes.js';
import { errorAt, type Finding } from './finding.js';
import { readWith } from './mistake.js';
import { isRecord } from './plain-value.js';
import { problemsOf } from './problems-of.js';
import type { RunConfig } from './run-config.js';
import { runSchema } from './run-schema.js';
import { withStrategyDefaults } from './strategy-defaults.js';

/** A configuration that can be run, or `null`, with everything that is wrong or strange about what was written. */
export interface ParsedRunConfig {
  readonly config: RunConfig | null;
  readonly problems: readonly Problem[];
}

/**
 * Checks a configuration as it was read from a file: shapes, units, plug-ins' own parts, and what belongs together.
 *
 * Lists every problem at once; a wrong part never hides the others. Parts of brokers and strategies come out as their own schemas read them, parts of feeds as they are written.
 *
 * @param options.registry the plug-ins that can be named.
 * @param options.environment where `${NAME}` is looked up; what comes from it is in no message.
 */
export function parseRunConfig(
  raw: unknown,
  { registry, environment = {} }: { readonly registry: Registry; readonly environment?: Environment },
): ParsedRunConfig {
  if (!isRecord(raw)) {
    const finding = errorAt(
      [],
      'The configuration is not a list of keys with values.',
      'Begin with mode: backtest, then accounts, feeds and sets.',
    );
    return { config: null, problems: problemsOf([finding], { raw: null, secrets: new Set() }) };
  }
  const expanded = expandEnvironment(raw, environment);
  const { value: whole, findings: universeFindings } = expandUniverses(withoutUnsetDatabase(expanded));
  const written = withStrategyDefaults(whole, registry);
  const reading = readWith(runSchema, written);
  const parts = checkPlugins(written, registry);
  const findings: readonly Finding[] = [
    ...(reading.ok ? [] : reading.mistakes.map(({ path, message, remedy }) => errorAt(path, message, remedy))),
    ...parts.findings,
    ...universeFindings,
    ...checkReferences(written, registry),
    ...checkVersion(written),
  ];
  const problems = [...expanded.problems, ...problemsOf(findings, { raw, secrets: expanded.secrets })];
  const stopped = problems.some(({ severity }) => severity === 'error');
  return { config: reading.ok && !stopped ? withParts(reading.value, parts) : null, problems };
}

/** The database is optional: where its variable is not set, the run goes without it. */
function withoutUnsetDatabase({ value, problems }: Expanded): unknown {
  if (!isRecord(value) || !isRecord(value['store']) || !problems.some(({ path }) => path === 'store.mongodb')) return value;
  const { mongodb: _, ...store } = value['store'];
  return { ...value, store };
}

/** The configuration with the parts of brokers and strategies as their own schemas read them; a feed's is read again when it is opened. */
const withParts = (config: RunConfig, { brokers, strategies }: PluginParts): RunConfig => ({
  ...config,
  accounts: config.accounts.map((account, index) => ({ ...account, broker: brokers[index] ?? account.broker })),
  sets: config.sets.map((set, index) => ({ ...set, strategy: { use: set.strategy.use, params: strategies[index]?.config ?? {} } })),
});
