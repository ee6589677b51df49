import {
  atIst,
  type Broker,
  type BrokerNews,
  createRegistry,
  defineFeed,
  type Feed,
  type MarketBlock,
  minuteOfDay,
  type OutsideFill,
  parseSandboxConfig,
} from '@sauda/engine';
import { approvedOrder, brokerContract } from '@sauda/engine/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { z } from 'zod';

import { type Sandbox, sandboxBroker, startSandbox } from './index.js';
import { Relay } from './relay.test-kit.js';

const SHARE = 'NSE:RELIANCE';
const DATE = '2026-02-02';
const OPEN = atIst(DATE, minuteOfDay('09:15'));

/** Ticks of a share, one a second from the opening. */
function ticks(prices: readonly number[], from = OPEN): MarketBlock {
  const column = (of: (row: number) => number): Float64Array => Float64Array.from(prices, (_, row) => of(row));
  const none = column(() => Number.NaN);
  return {
    kind: 'ticks',
    columns: {
      length: prices.length,
      instruments: [SHARE],
      instrument: new Uint32Array(prices.length),
      receivedTime: column((row) => from + row * 1_000),
      exchangeTime: column((row) => from + row * 1_000),
      price: column((row) => prices[row] ?? Number.NaN),
      volume: none,
      openInterest: none,
      bid: none,
      ask: none,
    },
  };
}

/** A day before, and a day of trading whose price goes up by 5 paise a second for so long. */
const market = (seconds: number): readonly MarketBlock[] => [
  { kind: 'day', date: '2026-01-30', sessions: null, instruments: [] },
  ticks([1_480, 1_490], atIst('2026-01-30', minuteOfDay('10:00'))),
  { kind: 'day', date: DATE, sessions: null, instruments: [] },
  ticks(Array.from({ length: seconds }, (_, row) => Math.round((1_500 + row * 0.05) * 100) / 100)),
];

const memoryFeed = defineFeed({
  name: 'memory',
  config: z.strictObject({ seconds: z.number() }),
  open: ({ seconds }): Feed => ({
    name: 'memory',
    startsOn: DATE,
    instruments: [SHARE],
    async *blocks() {
      yield* market(seconds);
    },
    issues: () => [],
  }),
});

const registry = createRegistry([memoryFeed]);
const running: Sandbox[] = [];

async function started({ seconds = 20_000, speed = 60, port = 0 } = {}): Promise<Sandbox> {
  const written = { port, clock: { speed }, feeds: [{ use: 'memory', seconds }], simulation: { latency: '100ms', slippage: 'none' } };
  const { config, problems } = parseSandboxConfig(written, { registry });
  expect(problems).toEqual([]);
  if (config === null) throw new Error('The configuration is right.');
  const sandbox = await startSandbox({ config, registry, baseDir: '.' });
  running.push(sandbox);
  return sandbox;
}

async function relayed({ port }: Sandbox): Promise<Relay> {
  const relay = await Relay.to(port);
  closing.push(() => relay.close());
  return relay;
}

/** An account's line, with what is told on it. */
async function connected({ port }: Pick<Sandbox, 'port'>, account = 'main') {
  const told: { readonly news: BrokerNews[]; readonly outside: OutsideFill[]; readonly line: string[] } = {
    news: [],
    outside: [],
    line: [],
  };
  const waiting: (() => void)[] = [];
  const something = (): void => {
    for (const wake of waiting.splice(0)) wake();
  };
  const broker: Broker = await sandboxBroker.connect(sandboxBroker.config.parse({ port }), {
    account,
    capitalPaise: 10_00_000_00,
    venue: { submit: never, modify: never, cancel: never, orders: never, positions: never },
    onNews: (news) => {
      told.news.push(news);
      something();
    },
    onOutsideFill: (fill) => {
      told.outside.push(fill);
      something();
    },
    onLine: (line) => {
      told.line.push(line);
      something();
    },
  });
  closing.push(() => broker.close());
  /** Waits until something holds; what is told is looked at each time. */
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { broker, told, until };
}

const closing: (() => unknown)[] = [];

const never = (): never => {
  throw new Error('It has a server of its own.');
};

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  for (const sandbox of running.splice(0)) await sandbox.close();
});

describe('the contract of a broker', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await started();
    running.splice(0);
    return () => sandbox.close();
  });

  const checks = brokerContract(sandboxBroker, { config: {} }).map(({ name }) => name);
  it.each(checks.map((name, index) => [name, index] as const))('%s', async (_, index) => {
    await brokerContract(sandboxBroker, { config: { port: sandbox.port } })[index]?.run();
  });
});

describe('a line to a sandbox', () => {
  it('brings an order to the exchange, and news of it back', async () => {
    const { broker, told, until } = await connected(await started());
    const answer = await broker.submit(approvedOrder({ orderId: 'o1', side: 'buy', at: OPEN }));
    expect(answer).toMatchObject({ kind: 'acknowledged', orderId: 'o1', brokerOrderId: 'P1' });
    await until(() => told.news.length > 0);
    expect(told.news).toMatchObject([{ kind: 'filled', orderId: 'o1', ofQuantity: 10, fill: { quantity: 10, instrument: SHARE } }]);
    expect(await broker.positions()).toMatchObject({ positions: [{ instrument: SHARE, product: 'MIS', quantity: 10 }] });
    expect(told.line).toEqual(['up']);
  });

  it('says what is certain: nothing has left while there is no line', async () => {
    const sandbox = await started();
    const { broker, told, until } = await connected(sandbox);
    await sandbox.close();
    await until(() => told.line.includes('down'));
    expect(await broker.submit(approvedOrder({ orderId: 'o1', at: OPEN }))).toMatchObject({ kind: 'rejected', code: 'broker/not-sent' });
    expect(await broker.cancel('o1')).toMatchObject({ kind: 'changeRejected', change: 'cancel', code: 'broker/not-sent' });
    expect(await broker.orders()).toBeNull();
    expect(await broker.positions()).toBeNull();
  });

  it('is taken over by whoever logs in last; the exchange remembers what the first has done', async () => {
    const sandbox = await started();
    const first = await connected(sandbox);
    await first.broker.submit(approvedOrder({ orderId: 'o1', side: 'buy', kind: 'limit', price: 1_400, at: OPEN }));
    await first.until(() => first.told.news.length > 0);
    const second = await connected(sandbox);
    await first.until(() => first.told.line.includes('down'));
    expect((await second.broker.orders())?.orders).toMatchObject([{ orderId: 'o1', status: 'open', price: 1_400 }]);
    expect(await second.broker.cancel('o1')).toBeNull();
    await second.until(() => second.told.news.length > 0);
    expect(second.told.news).toMatchObject([{ kind: 'cancelled', orderId: 'o1', filledQuantity: 0 }]);
    expect(first.told.news).toHaveLength(1);
  });

  it('is made again when it was lost, and finds what was done', async () => {
    const relay = await relayed(await started());
    const { broker, told, until } = await connected(relay);
    await broker.submit(approvedOrder({ orderId: 'o1', side: 'buy', kind: 'limit', price: 1_400, at: OPEN }));
    relay.cut();
    await until(() => told.line.at(-1) === 'down');
    await until(() => told.line.at(-1) === 'up');
    expect((await broker.orders())?.orders).toMatchObject([{ orderId: 'o1', status: 'open' }]);
  });

  it('is not made again with a sandbox that was started anew, and says so', async () => {
    const sandbox = await started();
    const { broker, told, until } = await connected(sandbox);
    await sandbox.close();
    await until(() => told.line.includes('down'));
    const again = await started({ port: sandbox.port });
    const other = await connected(again, 'other');
    // Asked until the old line has tried it once more.
    let answer = await broker.submit(approvedOrder({ orderId: 'o1', at: OPEN }));
    while (!/started anew/.test(answer !== null && 'reason' in answer ? answer.reason : '')) {
      await other.broker.orders();
      answer = await broker.submit(approvedOrder({ orderId: 'o1', at: OPEN }));
    }
    expect(answer).toMatchObject({ kind: 'rejected', code: 'broker/not-sent' });
    expect(told.line).toEqual(['up', 'down']);
  });

  it('tells whoever lost it to another one why nothing is sent any more', async () => {
    const sandbox = await started();
    const first = await connected(sandbox);
    await connected(sandbox);
    await first.until(() => first.told.line.includes('down'));
    expect(await first.broker.submit(approvedOrder({ orderId: 'o1', at: OPEN }))).toMatchObject({
      code: 'broker/not-sent',
      reason: expect.stringContaining('Somebody else has logged in to the account.'),
    });
  });

  it("tells an account's money where somebody asks for it", async () => {
    const { port } = await started();
    const line = await plainLine(port);
    await line.ask({ id: 1, call: 'login', account: 'main', capitalPaise: 50_000_00 });
    expect(await line.ask({ id: 2, call: 'funds' })).toEqual({
      say: 'answer',
      id: 2,
      value: { cashPaise: 50_000_00, realisedPaise: 0, availablePaise: 50_000_00 },
    });
  });

  it('does not send the same order twice, even if it is asked to', async () => {
    const { broker } = await connected(await started());
    const order = approvedOrder({ orderId: 'o1', side: 'buy', kind: 'limit', price: 1_400, at: OPEN });
    await broker.submit(order);
    expect(await broker.submit(order)).toMatchObject({
      kind: 'rejected',
      orderId: 'o1',
      reason: 'The order id "o1" was given before: it was not sent a second time.',
    });
    expect((await broker.orders())?.orders).toHaveLength(1);
  });

  it('cannot be opened where no sandbox is', async () => {
    const sandbox = await started();
    await sandbox.close();
    await expect(connected(sandbox)).rejects.toMatchObject({ code: 'sandbox/not-there' });
    await expect(sandboxBroker.feed?.({ host: '127.0.0.1', port: sandbox.port }, never as never)).rejects.toMatchObject({
      code: 'sandbox/not-there',
    });
  });

  it('is the only one on its port', async () => {
    const { port } = await started();
    await expect(started({ port })).rejects.toMatchObject({ code: 'sandbox/port-taken' });
  });
});

/** A connection of somebody who writes the protocol by hand. */
async function plainLine(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve) => socket.once('open', resolve));
  closing.push(() => socket.terminate());
  /** Sends something, and waits for what is said to it, or for the end. */
  const ask = (request: object): Promise<unknown> =>
    new Promise((resolve) => {
      const hear = (data: RawData): void => {
        const message = JSON.parse(String(data));
        if (message.say !== 'answer' && message.say !== 'refused') return;
        socket.off('message', hear);
        resolve(message);
      };
      socket.on('message', hear);
      socket.once('close', (code) => resolve({ closed: code }));
      socket.send(JSON.stringify(request));
    });
  return { ask };
}

describe('whoever does not keep to the protocol', () => {
  const order = { ...approvedOrder({ orderId: 'o1', at: OPEN }) };

  it('is refused what needs a login', async () => {
    const line = await plainLine((await started()).port);
    expect(await line.ask({ id: 7, call: 'orders' })).toEqual({ say: 'refused', id: 7, reason: 'Log in first.' });
  });

  it('is refused an order for another account', async () => {
    const line = await plainLine((await started()).port);
    await line.ask({ id: 1, call: 'login', account: 'other', capitalPaise: 1 });
    expect(await line.ask({ id: 2, call: 'submit', order })).toEqual({
      say: 'refused',
      id: 2,
      reason: `The order is for account "${order.account}", and this is the line of "other".`,
    });
  });

  it('is sent away for what is no request', async () => {
    const line = await plainLine((await started()).port);
    expect(await line.ask({ id: 1, call: 'buy' })).toEqual({ closed: 1007 });
  });

  it('is not let in from a page in a browser', async () => {
    const { port } = await started();
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { origin: 'https://example.com' });
    const refusal = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(refusal.message).toContain('401');
  });
});

describe('the prices of a sandbox', () => {
  const feedOf = async ({ port }: Sandbox): Promise<Feed> => {
    const feed = await sandboxBroker.feed?.({ host: '127.0.0.1', port }, { baseDir: '.', calendar: 'rules', rules: never as never });
    if (feed === undefined) throw new Error('It brings prices.');
    return feed;
  };

  it('begin with its history, go on as they come, and end with its market', async () => {
    const sandbox = await started({ seconds: 40, speed: 600 });
    const feed = await feedOf(sandbox);
    expect(feed.live?.since).toBeGreaterThanOrEqual(OPEN);
    const prices: number[] = [];
    const days: string[] = [];
    for await (const block of feed.blocks({ from: null, to: null })) {
      if (block.kind === 'day') days.push(block.date);
      else if (block.kind === 'ticks') prices.push(...block.columns.price);
    }
    expect(days).toEqual(['2026-01-30', DATE]);
    expect(prices).toHaveLength(42);
    expect(prices.slice(0, 3)).toEqual([1_480, 1_490, 1_500]);
    expect(prices.at(-1)).toBe(1_501.95);
    await sandbox.over;
  });

  it('end in an error where the sandbox was started anew', async () => {
    const sandbox = await started();
    const feed = await feedOf(sandbox);
    const read = async (): Promise<void> => {
      for await (const block of feed.blocks({ from: null, to: null })) expect(block.kind).not.toBe('candles');
    };
    const reading = read();
    await sandbox.close();
    await started({ port: sandbox.port });
    await expect(reading).rejects.toMatchObject({ code: 'sandbox/started-anew' });
  });

  it('are told to whoever comes after the end, with the end', async () => {
    const sandbox = await started({ seconds: 30, speed: 600 });
    // Somebody who stays keeps the sandbox there.
    await connected(sandbox);
    for await (const block of (await feedOf(sandbox)).blocks({ from: null, to: null })) expect(block.kind).not.toBe('candles');
    let count = 0;
    for await (const block of (await feedOf(sandbox)).blocks({ from: null, to: null }))
      if (block.kind === 'ticks') count += block.columns.length;
    expect(count).toBe(32);
  });

  it('are there only where the feeds bring some', async () => {
    const sandbox = await started({ seconds: 0 });
    await expect(sandbox.over).rejects.toMatchObject({ code: 'sandbox/no-prices' });
  });

  it('can be read by several at once, and by whoever comes later, from the beginning', async () => {
    const sandbox = await started({ seconds: 60, speed: 600 });
    const read = async (): Promise<number> => {
      let count = 0;
      for await (const block of (await feedOf(sandbox)).blocks({ from: null, to: null }))
        if (block.kind === 'ticks') count += block.columns.length;
      return count;
    };
    expect(await Promise.all([read(), read()])).toEqual([62, 62]);
  });
});
