import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { type AnyBroker, type BrokerDefinition, defineBroker, type Venue } from '../plugins/broker.js';
import { EngineError } from '../primitives/errors.js';
import { approvedOrder } from './approved-order.js';
import { brokerContract } from './broker-contract.js';

const broker = (submit: (venue: Venue) => Venue['submit'], changes: Partial<BrokerDefinition> = {}): AnyBroker =>
  defineBroker({
    name: 'tried',
    simulated: true,
    config: z.strictObject({}),
    connect: (_, { venue }) => ({ submit: submit(venue), cancel: (orderId) => venue.cancel(orderId), close: () => undefined }),
    ...changes,
  });

/** The names of the checks that a broker fails, without its own. */
async function broken(definition: AnyBroker): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of brokerContract(definition)) {
    await run().catch(() => failed.push(name.replace('tried ', '')));
  }
  return failed;
}

const CONFIG = 'takes its configuration, and nothing that it does not know';
const ANSWER = 'answers each order with news of that order';
const IDS = 'gives each order an id of its own';
const CANCEL = 'answers a cancellation, of an order that nobody knows too';
const HANDS_ON = 'hands on each order once, unchanged, and says what the venue says';

describe('a broker that keeps its contract', () => {
  for (const { name, run } of brokerContract(broker((venue) => venue.submit))) it(name, run);

  it('may answer later', async () => {
    const late = broker((venue) => venue.submit, {
      connect: async (_, { venue }) => ({
        submit: async (order) => venue.submit(order),
        cancel: async (orderId) => venue.cancel(orderId),
        close: async () => undefined,
      }),
    });
    expect(await broken(late)).toEqual([]);
  });
});

describe('the contract', () => {
  it('finds a configuration in which typing mistakes are passed over', async () => {
    expect(await broken(broker((venue) => venue.submit, { config: z.object({}) }))).toEqual([CONFIG]);
  });

  it('finds answers about other orders, of times before the order, and exceptions', async () => {
    expect(await broken(broker((venue) => (order) => ({ ...venue.submit(order), orderId: 'x' })))).toContain(ANSWER);
    expect(await broken(broker((venue) => (order) => ({ ...venue.submit(order), at: order.at - 1 })))).toContain(ANSWER);
    const throwing = broker(() => () => {
      throw new Error('Time-out.');
    });
    expect(await broken(throwing)).toContain(ANSWER);
    const silent = broker(() => ({ orderId, at }) => ({ kind: 'unknown', orderId, reason: '', at }));
    expect(await broken(silent)).toContain(ANSWER);
  });

  it('finds news of orders that nobody sent', async () => {
    const gossip = broker((venue) => venue.submit, {
      connect: (_, { venue, onNews }) => {
        onNews({ kind: 'cancelled', orderId: 'x', reason: 'It was said.', at: 0 });
        return { submit: venue.submit, cancel: venue.cancel, close: () => undefined };
      },
    });
    expect(await broken(gossip)).toEqual([ANSWER]);
  });

  it('finds one id for all orders', async () => {
    const same = broker(() => ({ orderId, at }) => ({ kind: 'acknowledged', orderId, brokerOrderId: 'B1', at }));
    expect(await broken(same)).toContain(IDS);
  });

  it('finds cancellations that throw', async () => {
    const throwing = broker((venue) => venue.submit, {
      connect: (_, { venue }) => ({
        submit: venue.submit,
        cancel: () => {
          throw new Error('Unknown order.');
        },
        close: () => undefined,
      }),
    });
    expect(await broken(throwing)).toEqual([CANCEL]);
  });

  it('finds orders that are handed on twice, or changed', async () => {
    const twice = broker((venue) => (order) => {
      venue.submit(order);
      return venue.submit(order);
    });
    expect(await broken(twice)).toEqual([HANDS_ON]);
    const halved = broker((venue) => (order) => venue.submit(Object.assign({}, order, { quantity: order.quantity / 2 })));
    expect(await broken(halved)).toEqual([HANDS_ON]);
  });
});

describe('an approved order', () => {
  it('is refused where the gate refuses it', () => {
    expect(approvedOrder({ quantity: 7 })).toMatchObject({ quantity: 7, side: 'sell', purpose: 'exit' });
    expect(() => approvedOrder({ kind: 'limit', price: 100.03 })).toThrow(EngineError);
  });
});
