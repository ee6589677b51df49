import { describe, expect, it } from 'vitest';

import { parseRunConfig } from './parse-run-config.js';
import { plainConfig, registry } from './parse-run-config.test-kit.js';

const parse = (account: object) => parseRunConfig({ ...plainConfig, accounts: [{ id: 'main', ...account }] }, { registry });
const told = (account: object) =>
  parse(account).problems.map(({ path, severity, message, remedy }) => ({ path, severity, message, remedy }));
const limited = (limits: object) => told({ capital: 100000, limits });

describe('the capital of an account', () => {
  it.each([
    ['option-buyer', 1_00_000_00],
    ['strangle', 6_00_00_000_00],
    ['futures', 1_20_00_000_00],
  ])('is that of its preset %s, where it does not say one', (preset, paise) => {
    const { config, problems } = parse({ limits: { preset } });
    expect(problems).toEqual([]);
    expect(config?.accounts[0]?.capitalPaise).toBe(paise);
  });

  it('is its own, where it says one', () => {
    expect(parse({ capital: 500000, limits: { preset: 'strangle', onePosition: false } }).config?.accounts[0]?.capitalPaise).toBe(
      5_00_000_00,
    );
  });

  it('has to be said where there is no preset, beside whatever else is wrong', () => {
    const missing = {
      path: 'accounts[0].capital',
      severity: 'error',
      message: 'It is missing.',
      remedy:
        'Write the rupees that it trades with as a plain number, or limits: { preset: … } for the capital of a preset: option-buyer 100000, strangle 60000000, futures 12000000.',
    };
    expect(told({})).toEqual([missing]);
    expect(told({ limits: { maxOpenSets: 0 } })).toMatchObject([{ path: 'accounts[0].limits.maxOpenSets' }, missing]);
  });
});

describe('limits that cannot be meant', () => {
  it.each([
    [{ ordersPerSecond: 11 }, 'ordersPerSecond'],
    [{ dailyLoss: '150%' }, 'dailyLoss'],
    [{ dailyLoss: '0%' }, 'dailyLoss'],
    [{ weeklyLoss: '101%' }, 'weeklyLoss'],
    [{ riskPerTrade: '0%' }, 'riskPerTrade'],
    [{ maxDrawdown: '0%' }, 'maxDrawdown'],
    [{ maxMarginUse: '0%' }, 'maxMarginUse'],
    [{ firstEntryMargin: '0%' }, 'firstEntryMargin'],
    [{ profitTargets: { stop: true } }, 'profitTargets.stop'],
    [{ profitTargets: { stop: true, week: 'off' } }, 'profitTargets.stop'],
    [{ preset: 'strangle', profitTargets: { stop: true, week: 'off', month: 'off' } }, 'profitTargets.stop'],
  ])('are mistakes: %j', (limits, path) => {
    expect(limited(limits)).toMatchObject([{ path: `accounts[0].limits.${path}`, severity: 'error' }]);
  });

  it.each([
    { ordersPerSecond: 10 },
    { ordersPerSecond: 'off' },
    { dailyLoss: '100%' },
    { dailyLoss: { money: 100000 } },
    { maxDrawdown: '100%' },
    { maxDrawdown: 'off' },
    { profitTargets: { stop: true, week: 5000 } },
    { preset: 'strangle', profitTargets: { stop: true } },
    { orderKinds: ['market', 'SL'] },
  ])('are none of these: %j', (limits) => {
    expect(told({ capital: 6_00_00_000, limits })).toEqual([]);
  });

  it('say what is wrong with them, and what would be right', () => {
    expect(limited({ ordersPerSecond: 15 })).toMatchObject([
      {
        message: '15 does not fit here.',
        remedy: 'Write at most 10: an exchange takes no more from an algorithm that is not registered, and refuses exits, too, beyond it.',
      },
    ]);
    expect(limited({ dailyLoss: '150%' })).toMatchObject([
      { message: '"150%" is more than the whole.', remedy: 'Write 5% of the capital, or { money: 5000 } in rupees.' },
    ]);
    expect(limited({ profitTargets: { stop: true } })).toMatchObject([
      { message: 'It stops at a target, and there is none.', remedy: 'Write week or month beside it, in rupees, or remove stop.' },
    ]);
  });
});

describe('limits that are strange', () => {
  it.each([
    [{ dailyLoss: { money: 100001 } }, 'dailyLoss', 'more than the account has'],
    [{ weeklyLoss: { money: 200000 } }, 'weeklyLoss', 'more than the account has'],
    [{ riskPerTrade: { money: 200000 } }, 'riskPerTrade', 'more than the account has'],
    [{ orderKinds: ['limit'] }, 'orderKinds', 'every entry is refused'],
  ])('are warned of: %j', (limits, path, words) => {
    const { config, problems } = parse({ capital: 100000, limits });
    expect(problems).toMatchObject([{ path: `accounts[0].limits.${path}`, severity: 'warning' }]);
    expect(problems[0]?.message).toContain(words);
    expect(config).not.toBeNull();
  });
});
