import { describe, expect, it } from 'vitest';

import { parseRunConfig } from './parse-run-config.js';
import { plainConfig, plainSet, registry } from './parse-run-config.test-kit.js';

const option = { kind: 'option', side: 'buy' };
const future = { kind: 'future', side: 'buy' };
const equity = { kind: 'equity', side: 'buy', quantity: 10 };

const problemsOf = (leg: object, product: unknown) =>
  parseRunConfig({ ...plainConfig, sets: [{ ...plainSet, product, legs: [leg], exits: { stopLoss: '10%' } }] }, { registry }).problems;

describe('the product of a set', () => {
  it.each([
    [option, 'CNC', 'CNC is delivery of shares, and the set trades an option.', 'Write NRML to hold it overnight, or MIS for the day.'],
    [future, 'CNC', 'CNC is delivery of shares, and the set trades a future.', 'Write NRML to hold it overnight, or MIS for the day.'],
    [
      equity,
      'NRML',
      'NRML carries futures and options forward, and the set trades shares.',
      'Write CNC to hold them overnight, or MIS for the day.',
    ],
  ])('has to fit its leg: %j is not traded as %s', (leg, product, message, remedy) => {
    expect(problemsOf(leg, product)).toEqual([{ path: 'sets[0].product', found: product, message, remedy, severity: 'error' }]);
  });

  it.each([
    [option, 'MIS'],
    [option, 'NRML'],
    [future, 'NRML'],
    [equity, 'CNC'],
    [equity, 'MIS'],
    [option, undefined],
  ])('fits: %j as %s', (leg, product) => {
    expect(problemsOf(leg, product)).toEqual([]);
  });
});
