import { parseRunConfig, type RunConfig } from '@sauda/engine';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { checkTrailing } from './check-trailing.js';
import { paperYaml } from './cli.test-kit.js';
import { loadRegistry } from './plugins.js';

async function configWith(exits: string, more = ''): Promise<RunConfig> {
  const { config, problems } = parseRunConfig(parse(`vix: 14%\n${more}${paperYaml.replace(/exits:.*/, `exits: ${exits}`)}`), {
    registry: await loadRegistry(),
  });
  if (config === null) throw new Error(JSON.stringify(problems));
  return config;
}

const samples = new Map([['NSE_INDEX:NIFTY', { medianRange: 6, price: 22_000 }]]);

describe('checkTrailing', () => {
  it('warns of a stop closer than two median ranges, for an option by half of the range', async () => {
    const [problem] = checkTrailing(await configWith('{ trailing: { start: 10%, distance: 1% } }'), samples);
    // 0.4 × 22,000 × 14 % × √(3.5 ÷ 365) = 120.64 of premium; two ranges are 2 × 0.5 × 6.
    expect(problem).toMatchObject({ path: 'sets[0].exits.trailing.distance', found: '1%', severity: 'warning' });
    expect(problem?.message).toContain('1.21 points');
    expect(problem?.message).toContain('6.00 points');
  });

  it.each([
    ['{ trailing: { distance: 5% } }', ''],
    ['{ trailing: { distance: { points: 6 } } }', ''],
    ['{ stopLoss: 10% }', ''],
    ['{ trailing: { distance: 1% } }', 'simulation: { path: pessimistic }\n'],
  ])('is content with %s %s', async (exits, more) => {
    expect(checkTrailing(await configWith(exits, more), samples)).toEqual([]);
  });
});
