import { describe, expect, it } from 'vitest';

import { parseRunConfig } from './parse-run-config.js';
import { plainConfig, plainSet, registry } from './parse-run-config.test-kit.js';

const bought = { kind: 'option', side: 'buy' };
const sold = { kind: 'option', side: 'sell' };
const future = { kind: 'future', side: 'signal' };
const share = { kind: 'equity', quantity: 10 };

const NO_LOSS_LIMITS = { dailyLoss: 'off', weeklyLoss: 'off', maxDrawdown: 'off' };

const told = (set: object, { limits = {}, rest = {} }: { readonly limits?: object; readonly rest?: object } = {}) =>
  parseRunConfig(
    { ...plainConfig, ...rest, accounts: [{ id: 'main', capital: 100000, limits }], sets: [{ ...plainSet, ...set }] },
    { registry },
  ).problems;
const places = (...args: Parameters<typeof told>) => told(...args).map(({ path, severity }) => `${severity} ${path}`);

describe('what ends the loss of an entry', () => {
  it.each([
    ['a sold option', sold],
    ['a future', future],
    ['shares', share],
  ])('is asked for where nothing does: %s', (what, leg) => {
    expect(told({ legs: [leg] }, { limits: NO_LOSS_LIMITS })).toEqual([
      {
        path: 'sets[0].exits.stopLoss',
        found: null,
        message: `Nothing bounds what ${what} can lose: the set has no stop, and account "main" has no limit on its losses.`,
        remedy:
          'Write a stopLoss, for instance 10%; or dailyLoss at the account; or waive: [stop] if each signal brings a stop of its own.',
        severity: 'error',
      },
    ]);
    expect(places({ legs: [leg], exits: { stopLoss: 'off' } }, { limits: NO_LOSS_LIMITS })).toEqual(['error sets[0].exits.stopLoss']);
  });

  it.each([
    ['a stop', { stopLoss: '10%' }],
    ['a stop of the whole set', { set: { stopLoss: { money: 5000 } } }],
    ['a loss of the day', { set: { dayLoss: { money: 5000 } } }],
    ['a range of the underlying', { underlyingRange: { below: 20000 } }],
  ])('is %s', (_, exits) => {
    expect(places({ legs: [sold], exits }, { limits: NO_LOSS_LIMITS })).toEqual([]);
  });

  it('is no trailing stop: that begins with a profit', () => {
    expect(places({ legs: [sold], exits: { trailing: true } }, { limits: NO_LOSS_LIMITS })).toEqual(['error sets[0].exits.stopLoss']);
  });

  it('is what a bought option costs', () => expect(places({ legs: [bought] }, { limits: NO_LOSS_LIMITS })).toEqual([]));

  it.each([{ dailyLoss: '5%' }, { weeklyLoss: '5%' }, { maxDrawdown: '5%' }])(
    'is what the account may lose, %j, if the set says that it wants no stop of its own; else that is asked',
    (limit) => {
      const limits = { ...NO_LOSS_LIMITS, ...limit };
      expect(places({ legs: [sold], exits: { stopLoss: 'off' } }, { limits })).toEqual([]);
      expect(told({ legs: [sold] }, { limits })).toMatchObject([
        {
          path: 'sets[0].exits.stopLoss',
          severity: 'warning',
          message: 'A sold option has no stop: what ends its loss is a limit of the account, which closes all that it holds.',
          remedy: 'Write a stopLoss, for instance 10%, or stopLoss: off if the account is to end it.',
        },
      ]);
    },
  );

  it('is asked of every account that the set trades on', () => {
    const accounts = [
      { id: 'main', capital: 100000 },
      { id: 'bold', capital: 100000, limits: NO_LOSS_LIMITS },
    ];
    const sets = [{ ...plainSet, legs: [sold], accounts: ['main', 'bold'] }];
    const { problems } = parseRunConfig({ ...plainConfig, accounts, sets }, { registry });
    expect(problems).toMatchObject([{ path: 'sets[0].exits.stopLoss', severity: 'error' }]);
    expect(problems[0]?.message).toContain('account "bold"');
  });

  it('can be waived by name, and names that waive nothing are told', () => {
    expect(places({ legs: [sold], waive: ['stop'] }, { limits: NO_LOSS_LIMITS })).toEqual([]);
    expect(places({ legs: [sold], waive: ['stop'] })).toEqual([]);
    expect(told({ waive: ['stop', 'globalStability', 'sotp'] })).toEqual([
      {
        path: 'sets[0].waive[1]',
        found: 'globalStability',
        message: '"globalStability" is no check of this version: nothing is waived by it.',
        remedy: 'Known is stop.',
        severity: 'warning',
      },
      {
        path: 'sets[0].waive[2]',
        found: 'sotp',
        message: '"sotp" is no check of this version: nothing is waived by it.',
        remedy: 'Did you mean "stop"? Known is stop.',
        severity: 'warning',
      },
    ]);
  });
});

describe('a stop that cannot be', () => {
  it.each([
    [bought, '100%'],
    [bought, '120%'],
    [{ kind: 'future', side: 'buy' }, '150%'],
    [{ kind: 'equity', side: 'buy', quantity: 1 }, '100%'],
  ])('is a mistake: %j falls by no more than all of it, %s', (leg, stopLoss) => {
    expect(told({ legs: [leg], exits: { stopLoss } })).toMatchObject([
      {
        path: 'sets[0].exits.stopLoss',
        severity: 'error',
        message: `What is bought cannot lose ${stopLoss}: the stop is never reached.`,
        remedy: 'Write less than 100%, or off.',
      },
    ]);
  });

  it('can be, on the other side', () => {
    expect(places({ legs: [sold], exits: { stopLoss: '120%' } })).toEqual([]);
    expect(places({ legs: [bought], exits: { stopLoss: '99%' } })).toEqual([]);
  });

  it('warns of one for both sides, and of a target that what is sold cannot reach', () => {
    expect(places({ legs: [future], exits: { stopLoss: '120%' } })).toEqual(['warning sets[0].exits.stopLoss']);
    expect(places({ legs: [sold], exits: { stopLoss: '50%', target: '120%' } })).toEqual(['warning sets[0].exits.target']);
    expect(places({ legs: [bought], exits: { target: '120%' } })).toEqual([]);
  });
});

describe('a stop at the exchange', () => {
  it.each(['exchange', 'both'])('wants a stop to be there: protection: %s without one is told', (protection) => {
    expect(told({ protection })).toMatchObject([
      {
        path: 'sets[0].protection',
        severity: 'warning',
        message: 'The set has no stop, so nothing rests at the exchange unless a signal brings one.',
        remedy: 'Write exits.stopLoss as well, or protection: engine.',
      },
    ]);
    expect(places({ protection, exits: { stopLoss: '10%' } })).toEqual([]);
    expect(places({ protection, exits: { trailing: true } })).toEqual([]);
  });
});

describe("the set's square-off", () => {
  const at = (squareOff: string, { product = 'MIS', ...simulation }: { readonly product?: string; readonly autoSquareOff?: string } = {}) =>
    places({ window: '09:20-14:00', product, exits: { squareOff } }, { rest: { simulation } });

  it('comes before that of the broker, or is told', () => {
    expect(at('15:28')).toEqual(['warning sets[0].exits.squareOff']);
    expect(at('15:25')).toEqual(['warning sets[0].exits.squareOff']);
    expect(at('15:24')).toEqual([]);
    expect(at('15:24', { autoSquareOff: '15:20' })).toEqual(['warning sets[0].exits.squareOff']);
    expect(at('15:28', { autoSquareOff: 'off' })).toEqual([]);
    expect(at('off')).toEqual(['warning sets[0].exits.squareOff']);
    expect(at('off', { autoSquareOff: 'off' })).toEqual([]);
    expect(at('off', { product: 'NRML' })).toEqual([]);
    expect(at('15:28', { product: 'NRML' })).toEqual([]);
    expect(told({ exits: { squareOff: '15:28' } })).toMatchObject([
      {
        message: 'At 15:28 the broker has closed what is held for the day already: it does so at 15:25.',
        remedy: 'Write an earlier time than 15:25, or a product that is held overnight.',
      },
    ]);
    expect(told({ exits: { squareOff: 'off' } })).toMatchObject([
      {
        message: 'The set does not leave by itself what is held for the day; the broker closes it at 15:25.',
        remedy: 'Write an earlier time than 15:25, or a product that is held overnight.',
      },
    ]);
  });
});
