import { z } from 'zod';

import type { Registry } from '../plugins/registry.js';
import { didYouMean, nearestOf } from './did-you-mean.js';
import { errorAt, type Finding, warningAt } from './finding.js';
import { knownKeysAt } from './known-keys.js';
import { readWith } from './mistake.js';
import { fieldOf, isRecord, itemsOf, type PathStep } from './plain-value.js';
import type { PluginUse } from './run-config.js';
import { brokerNameOf, checkAccountName } from './written-account.js';

/** What the plug-ins' own schemas made of their parts of a configuration; `null` where a part is wrong. */
export interface PluginParts {
  readonly brokers: readonly (PluginUse | null)[];
  readonly strategies: readonly (PluginUse | null)[];
  readonly findings: readonly Finding[];
}

/** Reads each part of a configuration that belongs to a plug-in with the plug-in's own schema. */
export function checkPlugins(raw: unknown, registry: Registry): PluginParts {
  const findings: Finding[] = [];
  const brokers = itemsOf(fieldOf(raw, 'accounts')).map((account, index) =>
    readPart(fieldOf(account, 'broker') ?? { use: 'paper' }, ['accounts', index, 'broker'], 'broker', brokerSchemas(registry), findings),
  );
  for (const [index, feed] of itemsOf(fieldOf(raw, 'feeds')).entries()) {
    const path = ['feeds', index];
    readPart(feed, path, 'feed', feedSchemas(registry), findings);
    if (fieldOf(feed, 'use') === 'broker') findings.push(...checkBrokerFeed(feed, path, itemsOf(fieldOf(raw, 'accounts')), registry));
  }
  const strategies = itemsOf(fieldOf(raw, 'sets')).map((set, index) => {
    const path = ['sets', index, 'strategy'];
    const part = readPart(fieldOf(set, 'strategy'), path, 'strategy', schemasOf(registry.strategies, 'params'), findings);
    if (part !== null) findings.push(...checkWarmup(fieldOf(set, 'warmup'), ['sets', index, 'warmup'], part, registry));
    return part;
  });
  return { brokers, strategies, findings };
}

/** Paper is always there: an account that says nothing trades on it. */
const brokerSchemas = (registry: Registry): ReadonlyMap<string, z.ZodType> =>
  new Map([['paper', z.strictObject({})], ...schemasOf(registry.brokers, 'config')]);

/** Beside the feeds of plug-ins there are the prices of an account's broker. */
const feedSchemas = (registry: Registry): ReadonlyMap<string, z.ZodType> =>
  new Map([...schemasOf(registry.feeds, 'config'), ['broker', z.strictObject({ account: z.string().min(1) })]]);

function checkBrokerFeed(feed: unknown, path: readonly PathStep[], accounts: readonly unknown[], registry: Registry): readonly Finding[] {
  const name = fieldOf(feed, 'account');
  const place = [...path, 'account'];
  const unknown = checkAccountName(name, place, accounts);
  if (typeof name !== 'string' || unknown.length > 0) return unknown;
  const use = brokerNameOf(accounts.find((account) => fieldOf(account, 'id') === name));
  const broker = registry.brokers.get(use);
  if (use !== 'paper' && (broker === undefined || broker.feed !== undefined)) return [];
  return [errorAt(place, `The broker "${use}" of account "${name}" brings no prices.`, 'Name another account, or another feed.')];
}

const schemasOf = <Key extends string>(
  plugins: ReadonlyMap<string, { readonly [Name in Key]: z.ZodType }>,
  key: Key,
): ReadonlyMap<string, z.ZodType> => new Map([...plugins].map(([name, plugin]) => [name, plugin[key]]));

function readPart(
  written: unknown,
  path: readonly PathStep[],
  what: string,
  schemas: ReadonlyMap<string, z.ZodType>,
  findings: Finding[],
): PluginUse | null {
  const part = typeof written === 'string' ? { use: written } : written;
  const use = fieldOf(part, 'use');
  // Shape and presence of `use` are told by the schema of the whole file.
  if (!isRecord(part) || typeof use !== 'string' || use === '') return null;
  const usePath = typeof written === 'string' ? path : [...path, 'use'];
  const schema = schemas.get(use);
  if (schema !== undefined) return readOwn(schema, part, use, path, findings);
  findings.push(errorAt(usePath, `"${use}" is not a known ${what}.`, didYouMean(use, [...schemas.keys()])));
  const meant = schemas.get(nearestOf(use, schemas.keys()) ?? '');
  if (meant !== undefined) readOwn(meant, part, use, path, findings);
  return null;
}

function readOwn(
  schema: z.ZodType,
  { use: _, ...own }: Readonly<Record<string, unknown>>,
  use: string,
  path: readonly PathStep[],
  findings: Finding[],
): PluginUse | null {
  const reading = readWith(schema, own);
  const mistakes = reading.ok ? [] : reading.mistakes;
  const strange = strangeKeys(
    schema,
    own,
    mistakes.map((mistake) => mistake.path),
  );
  const all = [
    ...mistakes.map((mistake) => errorAt([...path, ...mistake.path], mistake.message, mistake.remedy)),
    ...strange.map(under(path)),
  ];
  findings.push(...all);
  return reading.ok && all.length === 0 ? { use, config: reading.value } : null;
}

/** A schema that lets unknown keys pass would make of a misspelt parameter its default, silently. */
function strangeKeys(
  schema: z.ZodType,
  own: Readonly<Record<string, unknown>>,
  told: readonly (readonly PathStep[])[],
): readonly Finding[] {
  if (!(schema instanceof z.ZodObject) || (schema.def.catchall !== undefined && !(schema.def.catchall instanceof z.ZodNever))) return [];
  const known = knownKeysAt(schema, []);
  return Object.keys(own)
    .filter((key) => !known.includes(key) && !told.some((path) => path.length === 1 && path[0] === key))
    .map((key) => errorAt([key], `"${key}" is not known here.`, didYouMean(key, known)));
}

const under =
  (path: readonly PathStep[]) =>
  (finding: Finding): Finding => ({ ...finding, path: [...path, ...finding.path] });

function checkWarmup(written: unknown, path: readonly PathStep[], part: PluginUse, registry: Registry): readonly Finding[] {
  const wanted = registry.strategies.get(part.use)?.warmup({ params: part.config });
  if (wanted === undefined || typeof written !== 'number' || written >= wanted) return [];
  return [
    warningAt(
      path,
      `The strategy "${part.use}" asks for ${wanted} candles before its signals count, the set waits for ${written}.`,
      `Remove warmup, or write ${wanted} or more: early values of its indicators are not settled.`,
    ),
  ];
}
