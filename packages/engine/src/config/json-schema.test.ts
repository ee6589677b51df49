import { describe, expect, it } from 'vitest';

import { runConfigJsonSchema } from './json-schema.js';
import { registry } from './parse-run-config.test-kit.js';
import { valueAt } from './plain-value.js';

describe('runConfigJsonSchema', () => {
  const schema = runConfigJsonSchema(registry);

  it('knows the keys of every section and which must be written', () => {
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false, required: ['mode', 'accounts', 'feeds', 'sets'] });
    expect(valueAt(schema, ['properties', 'mode', 'enum'])).toEqual(['backtest', 'paper', 'live']);
    expect(
      valueAt(schema, ['properties', 'sets', 'items', 'properties', 'chart', 'anyOf', 0, 'properties', 'timeframe', 'enum']),
    ).toContain('1M');
  });

  it('offers the plug-ins with their own keys', () => {
    expect(valueAt(schema, ['properties', 'sets', 'items', 'properties', 'strategy', 'anyOf', 1, 'properties'])).toMatchObject({
      use: { const: 'ema-crossover' },
      fast: { type: 'integer' },
    });
    expect(valueAt(schema, ['properties', 'feeds', 'items', 'anyOf', 0, 'required'])).toEqual(['use', 'instrument', 'files', 'timeframe']);
  });

  it('describes what only a function can check, as far as a pattern goes', () => {
    expect(valueAt(schema, ['properties', 'from'])).toMatchObject({ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
  });

  it('knows what watches over accounts, and how orders are waited for', () => {
    const keysAt = (...path: readonly (string | number)[]) => Object.keys(valueAt(schema, [...path, 'properties']) ?? {});
    expect(keysAt('properties', 'risk')).toEqual([
      'switch',
      'rearm',
      'feedStale',
      'brokerLost',
      'clockSkew',
      'maxQuoteAge',
      'reconcileEvery',
    ]);
    expect(keysAt('properties', 'sets', 'items', 'properties', 'execution')).toEqual(['answerWithin', 'entryWithin', 'chase']);
    const limits = ['properties', 'accounts', 'items', 'properties', 'limits'];
    expect(keysAt(...limits)).toEqual(expect.arrayContaining(['rejectionsInARow', 'adaptive']));
    expect(keysAt(...limits, 'properties', 'adaptive', 'anyOf', 0)).toEqual(['roundTrips', 'min', 'max']);
    expect(valueAt(schema, ['properties', 'contractNotes'])).toMatchObject({ type: 'boolean' });
    expect(keysAt('properties', 'store')).toEqual(['journal', 'mongodb']);
  });

  it('is plain JSON', () => expect(JSON.parse(JSON.stringify(schema))).toEqual(schema));
});
