import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createRegistry } from '../plugins/registry.js';
import { defineStrategy } from '../plugins/strategy.js';
import { withStrategyDefaults } from './strategy-defaults.js';

const registry = createRegistry([
  defineStrategy({
    name: 'still',
    summary: 'Says nothing.',
    params: z.object({}),
    set: { window: '10:00-11:00', exits: { stopLoss: '10%', target: '20%' } },
    warmup: () => 0,
    signals: () => of(),
  }),
]);

describe('withStrategyDefaults', () => {
  it('gives a set what its strategy brings along', () => {
    expect(withStrategyDefaults({ sets: [{ id: 'a', strategy: { use: 'still' } }] }, registry)).toEqual({
      sets: [{ id: 'a', strategy: { use: 'still' }, window: '10:00-11:00', exits: { stopLoss: '10%', target: '20%' } }],
    });
  });

  it('knows the strategy by its name alone, too', () => {
    expect(withStrategyDefaults({ sets: [{ strategy: 'still' }] }, registry)).toEqual({
      sets: [{ strategy: 'still', window: '10:00-11:00', exits: { stopLoss: '10%', target: '20%' } }],
    });
  });

  it('leaves a key that the set writes as the set wrote it, whole', () => {
    const set = { id: 'a', strategy: { use: 'still' }, exits: { squareOff: '15:15' } };
    expect(withStrategyDefaults({ sets: [set] }, registry)).toEqual({ sets: [{ ...set, window: '10:00-11:00' }] });
  });

  it('passes on what is no configuration, for the schema to say so', () => {
    for (const written of [null, 'sets', { sets: 'none' }, { sets: [null, { strategy: { use: 'unknown' } }] }]) {
      expect(withStrategyDefaults(written, registry)).toEqual(written);
    }
  });
});
