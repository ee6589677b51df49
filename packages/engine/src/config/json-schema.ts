import { z } from 'zod';

import type { Registry } from '../plugins/registry.js';
import { isRecord } from './plain-value.js';
import { runSchema } from './run-schema.js';
import { type JsonSchemaPart, jsonOf } from './spelling.js';

/**
 * The configuration file as a JSON Schema (draft 2020-12), for editors: made from the schema that checks it.
 *
 * @param registry plug-ins whose names and keys are offered too.
 */
export function runConfigJsonSchema(registry?: Registry): JsonSchemaPart {
  const schema = z.toJSONSchema(runSchema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  const whole = { ...schema, title: 'Sauda configuration' };
  if (registry === undefined) return whole;
  const feeds = usesOf([...registry.feeds.values()].map(({ name, config }) => ({ name, schema: config })));
  const brokers = usesOf([...registry.brokers.values()].map(({ name, config }) => ({ name, schema: config })));
  const strategies = usesOf([...registry.strategies.values()].map(({ name, params }) => ({ name, schema: params })));
  const named = { anyOf: [{ type: 'string', enum: [...registry.strategies.keys()] }, ...strategies] };
  const withFeeds = replacedAt(whole, ['properties', 'feeds', 'items'], { anyOf: feeds });
  const withBrokers = replacedAt(withFeeds, ['properties', 'accounts', 'items', 'properties', 'broker'], { anyOf: brokers });
  return replacedAt(withBrokers, ['properties', 'sets', 'items', 'properties', 'strategy'], named);
}

/** A plug-in's own keys with `use` beside them. Where its schema is no plain object, only `use` is said. */
const usesOf = (plugins: readonly { readonly name: string; readonly schema: z.ZodType }[]): readonly JsonSchemaPart[] =>
  plugins.map(({ name, schema }) => {
    const own = jsonOf(schema);
    const use = { const: name };
    if (own['type'] !== 'object' || !isRecord(own['properties'])) return { type: 'object', properties: { use }, required: ['use'] };
    const required = Array.isArray(own['required']) ? own['required'] : [];
    return { ...own, properties: { use, ...own['properties'] }, required: ['use', ...required] };
  });

function replacedAt(part: JsonSchemaPart, [step, ...rest]: readonly string[], replacement: JsonSchemaPart): JsonSchemaPart {
  if (step === undefined) return replacement;
  const inner = part[step];
  return { ...part, [step]: replacedAt(isRecord(inner) ? inner : {}, rest, replacement) };
}
