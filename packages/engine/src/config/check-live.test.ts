import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { defineBroker } from '../plugins/broker.js';
import { createRegistry } from '../plugins/registry.js';
import { parseRunConfig } from './parse-run-config.js';
import { plainConfig, registry as plainRegistry } from './parse-run-config.test-kit.js';

const nothing = () => {
  throw new Error('A configuration is only read here.');
};

const registry = createRegistry([
  ...plainRegistry.strategies.values(),
  ...plainRegistry.feeds.values(),
  defineBroker({ name: 'elsewhere', simulated: false, config: z.strictObject({}), connect: nothing, feed: nothing }),
]);

const parse = (change: object, account: object) =>
  parseRunConfig({ ...plainConfig, ...change, accounts: [{ id: 'main', capital: 100000, ...account }] }, { registry });
const told = (change: object, account: object) => parse(change, account).problems.map(({ path, severity }) => `${severity} ${path}`);

const store = { journal: './run.db' };

describe('an account that is live', () => {
  it.each(['paper', 'backtest'])('trades on paper in a run of mode %s all the same, which is said', (mode) => {
    const { config, problems } = parse({ mode }, { live: true });
    expect(problems).toEqual([
      {
        path: 'accounts[0].live',
        found: true,
        message: `The account is live, and the run is not: in mode ${mode} it trades on paper.`,
        remedy: 'Write mode: live to trade with it, or remove live.',
        severity: 'warning',
      },
    ]);
    expect(config).not.toBeNull();
  });

  it("has a broker that takes its orders: the engine's own exchange makes nothing live", () => {
    for (const broker of [undefined, { use: 'paper' }]) {
      expect(parse({ mode: 'live', store }, { live: true, broker }).problems).toMatchObject([
        {
          path: 'accounts[0].live',
          severity: 'error',
          message: 'The account is live, and its broker "paper" is the engine\'s own exchange: nothing of it would be.',
          remedy: 'Write the broker that its orders go to, or remove live.',
        },
      ]);
    }
  });

  it('is no news in a live run', () => expect(told({ mode: 'live', store }, { live: true, broker: { use: 'elsewhere' } })).toEqual([]));
});

describe("an account's broker on paper", () => {
  it('gets no orders, which is said where nothing else is wanted of it', () => {
    expect(parse({ mode: 'paper' }, { broker: { use: 'elsewhere' } }).problems).toMatchObject([
      {
        path: 'accounts[0].broker.use',
        severity: 'warning',
        message: 'No order goes to "elsewhere": in mode paper the engine\'s own exchange fills them, with that broker\'s charges.',
        remedy: 'Write mode: live, and live: true at the account, for orders to go there; or broker: { use: paper }.',
      },
    ]);
  });

  it.each([
    ['where it brings the prices', { mode: 'paper', feeds: [{ use: 'broker', account: 'main' }] }, { broker: { use: 'elsewhere' } }],
    ['in a backtest, which takes its charges', {}, { broker: { use: 'elsewhere' } }],
    ['in a live run, where the account says that it stays on paper', { mode: 'live', store }, { broker: { use: 'elsewhere' } }],
    ['that nobody knows, which is told as such', { mode: 'paper' }, { broker: { use: 'nowhere' } }],
    ['that is the engine’s own', { mode: 'paper' }, { broker: { use: 'paper' } }],
  ])('is not spoken of %s', (_, change, account) => {
    expect(told(change, account).filter((line) => line.startsWith('warning accounts'))).toEqual([]);
  });
});
