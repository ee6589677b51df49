import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { BookOrder, BookPosition } from '../orders/book.js';
import type { OrderRequest } from '../orders/order-request.js';
import { type AnyBroker, type Broker, type BrokerContext, type BrokerDefinition, defineBroker, type Venue } from '../plugins/broker.js';
import { EngineError } from '../primitives/errors.js';
import { approvedChange } from './approved-change.js';
import { approvedOrder } from './approved-order.js';
import { type BrokerContractOptions, brokerContract } from './broker-contract.js';

/** A broker that hands everything on to the venue, but for what a test does otherwise. */
const passing = (venue: Venue): Broker => ({
  submit: (order) => venue.submit(order),
  modify: (change) => venue.modify(change),
  cancel: (orderId) => venue.cancel(orderId),
  orders: () => venue.orders(),
  positions: () => venue.positions(),
  close: () => undefined,
});

const broker = (
  changes: (venue: Venue, context: BrokerContext) => Partial<Broker> = () => ({}),
  definition: Partial<BrokerDefinition> = {},
): AnyBroker =>
  defineBroker({
    name: 'tried',
    simulated: true,
    config: z.strictObject({}),
    connect: (_, context) => ({ ...passing(context.venue), ...changes(context.venue, context) }),
    ...definition,
  });

/** A broker with a server of its own, which here is a list. */
function withServer({
  book = [],
  positions = [],
}: {
  readonly book?: readonly BookOrder[];
  readonly positions?: readonly BookPosition[];
} = {}): AnyBroker {
  return defineBroker({
    name: 'tried',
    simulated: false,
    config: z.strictObject({}),
    connect: async () => {
      const orders: BookOrder[] = [...book];
      return {
        submit: async (order: OrderRequest) => {
          const { orderId, at } = order;
          const brokerOrderId = `S${orders.length + 1}`;
          orders.push({ ...order, brokerOrderId, status: 'open', reason: '', filledQuantity: 0, fills: [] });
          return { kind: 'acknowledged', orderId, brokerOrderId, at };
        },
        modify: async () => null,
        cancel: async () => null,
        orders: async () => ({ orders, at: 1 }),
        positions: async () => ({ positions, at: 1 }),
        close: async () => undefined,
      };
    },
  });
}

/** The checks that a broker fails, without its name: each with what was found. */
async function broken(definition: AnyBroker, options: BrokerContractOptions = {}): Promise<Readonly<Record<string, string>>> {
  const failed: Record<string, string> = {};
  for (const { name, run } of brokerContract(definition, options)) {
    await run().catch((error: unknown) => {
      failed[name.replace('tried ', '')] = error instanceof Error ? error.message : String(error);
    });
  }
  return failed;
}

const namesOf = async (...args: Parameters<typeof broken>): Promise<readonly string[]> => Object.keys(await broken(...args));

const CONFIG = 'takes its configuration, and nothing that it does not know';
const ANSWER = 'answers each order with news of that order, or says that news will come';
const IDS = 'gives each order an id of its own';
const MODIFY = 'answers a modification, of an order that nobody knows too';
const CANCEL = 'answers a cancellation, of an order that nobody knows too';
const BOOK = 'shows the book of the day, and in it what it has taken under our ids';
const POSITIONS = 'shows what is held, each instrument and product once';
const CLOSE = 'closes, also when it is closed already';
const HANDS_ON = 'hands on each call once, unchanged, and says what the venue says that takes';
const HANDS_REFUSAL = 'hands on each call once, unchanged, and says what the venue says that refuses';
const HANDS_SILENCE = 'hands on each call once, unchanged, and says what the venue says that will tell later';
const VENUE = 'leaves the venue alone, which is for simulated orders';

const inBook = (changes: Partial<BookOrder> = {}): BookOrder => ({
  orderId: null,
  brokerOrderId: 'X1',
  instrument: 'NSE:RELIANCE',
  side: 'buy',
  kind: 'limit',
  product: 'MIS',
  status: 'open',
  reason: '',
  quantity: 10,
  price: 1_000,
  triggerPrice: null,
  filledQuantity: 0,
  fills: [],
  ...changes,
});

describe('a broker that keeps its contract', () => {
  for (const { name, run } of brokerContract(broker())) it(name, run);

  it('may answer later', async () => {
    const late = broker((venue) => ({
      submit: async (order) => venue.submit(order),
      modify: async (change) => venue.modify(change),
      cancel: async (orderId) => venue.cancel(orderId),
      orders: async () => venue.orders(),
      positions: async () => venue.positions(),
      close: async () => undefined,
    }));
    expect(await broken(late)).toEqual({});
  });

  it('may have a server of its own', async () => {
    expect(await broken(withServer())).toEqual({});
    const filled = inBook({ status: 'filled', filledQuantity: 10, fills: [{ fillId: 'F1', quantity: 10, price: 1_000, time: 1 }] });
    const positions = [{ instrument: 'NSE:RELIANCE', product: 'MIS', quantity: -10 }] as const;
    expect(await broken(withServer({ book: [filled], positions }))).toEqual({});
  });

  it('may leave every question to the news that will come', async () => {
    const silent = () => ({ submit: () => null, modify: () => null, cancel: () => null, orders: () => null, positions: () => null });
    expect(await broken(broker(silent, { simulated: false }))).toEqual({});
  });

  it('may acknowledge by news, and is held to it then', async () => {
    const byNews = (takes: boolean) =>
      broker((venue, { onNews }) => ({
        submit: (order) => {
          const answer = venue.submit(order);
          if (answer !== null) onNews(answer);
          return null;
        },
        ...(takes ? {} : { orders: () => ({ orders: [], at: 0 }) }),
      }));
    expect(await namesOf(byNews(true))).toEqual([HANDS_ON, HANDS_REFUSAL]);
    expect(await namesOf(byNews(false))).toContain(BOOK);
  });

  it('is tried with orders that its fixtures know', async () => {
    const sent: string[] = [];
    const choosy = broker((venue) => ({
      submit: (order) => {
        sent.push(order.orderId);
        return venue.submit(order);
      },
    }));
    expect(await broken(choosy, { orders: [approvedOrder({ orderId: 'known' })] })).toEqual({});
    expect(new Set(sent)).toEqual(new Set(['known']));
  });
});

describe('the contract finds', () => {
  it('a configuration in which typing mistakes are passed over', async () => {
    expect(await broken(broker(undefined, { config: z.object({}) }))).toEqual({
      [CONFIG]: 'A field that it does not know was passed over.',
    });
  });

  it('answers about other orders, of times before the order, of unknown kinds, and without a reason', async () => {
    const answering = async (changes: object): Promise<string | undefined> =>
      (await broken(broker((venue) => ({ submit: (order) => ({ ...venue.submit(order), ...changes }) as ReturnType<Venue['submit']> }))))[
        ANSWER
      ];
    expect(await answering({ orderId: 'x' })).toBe('The answer to "0-1" is about "x".');
    expect(await answering({ at: 0 })).toContain('is of 0.');
    expect(await answering({ kind: 'filled' })).toContain('says "filled"');
    expect(await answering({ brokerOrderId: '' })).toBe('"0-1" was taken without an id.');
    expect(await answering({ kind: 'unknown', reason: ' ' })).toBe('The answer to "0-1" has no reason.');
    expect(await answering({ kind: 'rejected', code: '', reason: 'No.' })).toBe('"0-1" was refused without a code.');
  });

  it('exceptions, whatever is asked', async () => {
    const fails = () => {
      throw new Error('socket hang up');
    };
    const failing = async (call: keyof Broker): Promise<readonly string[]> =>
      Object.entries(await broken(broker(() => ({ [call]: fails }))))
        .filter(([, found]) => found.includes('socket hang up'))
        .map(([name]) => name);
    expect(await failing('submit')).toContain(ANSWER);
    expect(await failing('modify')).toContain(MODIFY);
    expect(await failing('cancel')).toContain(CANCEL);
    expect(await failing('orders')).toContain(BOOK);
    expect(await failing('positions')).toContain(POSITIONS);
    expect(await failing('close')).toContain(CLOSE);
    const later = broker(() => ({ submit: () => Promise.reject(new Error('socket hang up')) }));
    expect((await broken(later))[ANSWER]).toBe('submit threw: socket hang up');
  });

  it('lines that cannot be closed twice', async () => {
    let closed = 0;
    const once = broker(() => ({
      close: () => {
        closed += 1;
        if (closed % 2 === 0) throw new Error('It is closed.');
      },
    }));
    expect((await broken(once))[CLOSE]).toBe('close, the second time, threw: It is closed.');
  });

  it('news of orders that nobody sent, and fills of other orders', async () => {
    const gossip = broker((_, { onNews }) => {
      onNews({ kind: 'cancelled', orderId: 'x', filledQuantity: 0, reason: 'It was said.', at: 0 });
      return {};
    });
    expect(await broken(gossip)).toEqual({ [ANSWER]: 'It told of the order "x", which nobody sent.' });
    const mixed = broker((venue, { onNews }) => ({
      submit: (order) => {
        const { orderId, instrument, side, quantity, at } = order;
        const fill = { fillId: 'F', orderId: 'other', instrument, side, quantity, price: 1, time: at };
        onNews({ kind: 'filled', orderId, fill, at });
        return venue.submit(order);
      },
    }));
    expect((await broken(mixed))[ANSWER]).toBe('News of "0-1" brought a fill of "other".');
  });

  it('one id for all orders', async () => {
    const same = broker((venue) => ({
      submit: (order) => {
        const answer = venue.submit(order);
        return answer?.kind === 'acknowledged' ? { ...answer, brokerOrderId: 'B1' } : answer;
      },
    }));
    expect((await broken(same))[IDS]).toBe('The orders "0-1" and "0-2" have one id: "B1".');
  });

  it('changes of other orders, of another kind, or done to an order that nobody knows', async () => {
    const cancelling = async (answer: ReturnType<Venue['cancel']>): Promise<string | undefined> =>
      (await broken(broker(() => ({ cancel: () => answer }))))[CANCEL];
    const about = { orderId: '0-1', at: 1 };
    expect(await cancelling({ kind: 'changeUnknown', change: 'cancel', reason: 'Time-out.', orderId: 'x', at: 1 })).toContain(
      'is about "x"',
    );
    expect(await cancelling({ kind: 'cancelled', filledQuantity: 0, reason: '', ...about })).toContain(
      '"cancel nobody-1" says "cancelled"',
    );
    expect(await cancelling({ kind: 'changeRejected', change: 'modify', code: 'x', reason: 'No.', ...about })).toContain(
      'is about "modify"',
    );
    const known = { kind: 'working', status: 'open', quantity: 1, price: 1, triggerPrice: null } as const;
    expect(await cancelling({ ...known, ...about })).toContain('says "working"');
    const eager = broker(() => ({ modify: ({ orderId, at }) => ({ ...known, orderId, at }) }));
    expect((await broken(eager))[MODIFY]).toContain('The answer to "modify nobody-1" says "working"');
    const curt = broker(() => ({ modify: ({ orderId, at }) => ({ kind: 'changeUnknown', change: 'modify', reason: '', orderId, at }) }));
    expect((await broken(curt))[MODIFY]).toBe('The answer to "0-1" has no reason.');
  });

  it('books that cannot be', async () => {
    const booked = async (changes: Partial<BookOrder>, ...more: readonly BookOrder[]): Promise<string | undefined> =>
      (await broken(withServer({ book: [inBook(changes), ...more] })))[BOOK];
    const fill = { fillId: 'F1', quantity: 4, price: 1_000, time: 1 };
    expect(await booked({})).toBeUndefined();
    expect(await booked({}, inBook())).toBe('The book has the order "X1" twice.');
    expect(await booked({ orderId: 'a' }, inBook({ orderId: 'a', brokerOrderId: 'X2' }))).toBe('The book has our order "a" twice.');
    expect(await booked({ brokerOrderId: '' })).toContain('without an id');
    expect(await booked({ orderId: '' })).toBe('The book has our order "" without an id.');
    expect(await booked({ instrument: 'RELIANCE-EQ' })).toContain('"RELIANCE-EQ", which is no instrument key');
    expect(await booked({ status: 'COMPLETE' as 'filled' })).toContain('says "COMPLETE"');
    expect(await booked({ quantity: 0 })).toContain('is for 0 units');
    expect(await booked({ filledQuantity: 11 })).toContain('is filled with 11 of 10 units');
    expect(await booked({ status: 'filled', filledQuantity: 9 })).toContain('is filled, with 9 of 10 units');
    expect(await booked({ price: 0 })).toContain('has the price 0');
    expect(await booked({ filledQuantity: 3, fills: [fill] })).toContain('fills of 4 units, and says that 3 are filled');
    expect(await booked({ filledQuantity: 8, fills: [fill, fill] })).toBe('The book has the fill "F1" twice.');
    expect(await booked({ filledQuantity: 4, fills: [{ ...fill, price: Number.NaN }] })).toContain('has the fill');
  });

  it('orders that are taken and stand in no book under our id, or as something else', async () => {
    const renamed = broker((venue) => ({
      orders: () => {
        const book = venue.orders();
        return book === null ? null : { ...book, orders: book.orders.map((order) => ({ ...order, orderId: null })) };
      },
    }));
    expect((await broken(renamed))[BOOK]).toBe('The order "0-1" was taken, and is not in the book under that id.');
    const halved = broker((venue) => ({
      orders: () => {
        const book = venue.orders();
        return book === null ? null : { ...book, orders: book.orders.map((order) => ({ ...order, quantity: 5 })) };
      },
    }));
    expect((await broken(halved))[BOOK]).toContain('The order "0-1" to sell 10 of NSE:RELIANCE is in the book as');
  });

  it('positions that cannot be', async () => {
    const holding = async (...positions: readonly BookPosition[]): Promise<string | undefined> =>
      (await broken(withServer({ positions })))[POSITIONS];
    const share: BookPosition = { instrument: 'NSE:RELIANCE', product: 'MIS', quantity: 10 };
    expect(await holding(share, { ...share, product: 'CNC' })).toBeUndefined();
    expect(await holding(share, share)).toBe('There is the position "NSE:RELIANCE MIS" twice.');
    expect(await holding({ ...share, quantity: 0.5 })).toContain('is of 0.5 units');
    expect(await holding({ ...share, instrument: 'x' })).toContain('which is no instrument key');
  });

  it('calls that a simulated broker hands on twice, changed, or not at all', async () => {
    const twice = broker((venue) => ({
      submit: (order) => {
        venue.submit(order);
        return venue.submit(order);
      },
    }));
    expect((await broken(twice))[HANDS_SILENCE]).toContain('It was asked {"kind":"modify"');
    const halved = broker((venue) => ({
      submit: (order) => venue.submit(Object.assign({}, order, { quantity: order.quantity / 2 })),
    }));
    expect(await namesOf(halved)).toEqual(expect.arrayContaining([HANDS_ON, HANDS_REFUSAL, HANDS_SILENCE]));
    const lazy = broker(() => ({ positions: () => null }));
    expect((await broken(lazy))[HANDS_ON]).toContain('It was asked {"kind":"positions"} and handed on nothing.');
  });

  it('answers that a simulated broker makes up', async () => {
    const kind = broker((venue) => ({
      submit: (order) => {
        const answer = venue.submit(order);
        return answer?.kind === 'rejected'
          ? { kind: 'acknowledged', orderId: order.orderId, brokerOrderId: 'made-up', at: order.at }
          : answer;
      },
    }));
    expect(await namesOf(kind)).toEqual([HANDS_REFUSAL]);
    const flat = broker((venue) => ({ positions: () => venue.positions() ?? { positions: [], at: 0 } }));
    expect((await broken(flat))[HANDS_SILENCE]).toContain('The venue said null and it said {"positions":[]');
  });

  it('real brokers that send their orders to the simulated exchange', async () => {
    expect((await broken(broker(undefined, { simulated: false })))[VENUE]).toContain('It asked the venue');
  });
});

describe('an approved order', () => {
  it('is refused where the gate refuses it', () => {
    expect(approvedOrder({ quantity: 7 })).toMatchObject({ quantity: 7, side: 'sell', purpose: 'exit' });
    expect(() => approvedOrder({ kind: 'limit', price: 100.03 })).toThrow(EngineError);
  });
});

describe('an approved change', () => {
  it('has the terms of its order but for what is said, and is refused where the gate refuses it', () => {
    const order = approvedOrder({ orderId: '7', kind: 'limit', price: 100 });
    const { at } = order;
    expect(approvedChange(order, { price: 101 })).toEqual({
      orderId: '7',
      quantity: 10,
      kind: 'limit',
      price: 101,
      triggerPrice: null,
      at,
    });
    expect(() => approvedChange(order, { price: 100.03 })).toThrow(EngineError);
  });
});
