import { isDeepStrictEqual } from 'node:util';

import type { Approved } from '../orders/approved.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { AnyBroker, Broker } from '../plugins/broker.js';
import { approvedChange } from './approved-change.js';
import { approvedOrder } from './approved-order.js';
import {
  demandAnswer,
  demandBook,
  demandChangeAnswer,
  demandInBook,
  demandNewsOf,
  demandNoException,
  demandPositions,
  demandStrictConfig,
} from './broker-demands.js';
import { TriedVenue, type VenueCall, type VenueMood } from './tried-venue.js';

/** One thing that must be true of a broker. Any test runner can register it; a broker may answer late, so it is waited for. */
export interface BrokerCheck {
  readonly name: string;
  /** @throws Error that says what was found. */
  run(): Promise<void>;
}

/** What the contract cannot know by itself. */
export interface BrokerContractOptions {
  /** The broker's own part of a configuration; empty unless given. */
  readonly config?: object;
  /** Orders that it is tried with, each with an id of its own, where its fixtures know others than the five kinds of one of the contract's own. */
  readonly orders?: readonly Approved<OrderRequest>[];
}

/**
 * What every broker owes to the engine. Each request is answered: with news of that order and no other, or with `null`, which says that news will
 * come. What was taken stands in the book of the day under the engine's id. Book and positions are whole, or `null`, which proves nothing. And
 * nothing that the world does is an exception.
 *
 * A broker that simulates must hand on each call once and unchanged, and say what the venue says. One with a server of its own leaves the venue
 * alone; it is tried against its fixtures: its `config` says where they are.
 *
 * @param options.orders what is sent; the default are a sale at the market, a limit, both kinds of stop, and an order for the moment, of shares of
 *   NSE:RELIANCE.
 * @example for (const { name, run } of brokerContract(paperBroker)) it(name, run);
 */
export function brokerContract(
  definition: AnyBroker,
  { config = {}, orders = ORDERS }: BrokerContractOptions = {},
): readonly BrokerCheck[] {
  const check = (what: string, run: () => void | Promise<void>): BrokerCheck => ({
    name: `${definition.name} ${what}`,
    run: async () => run(),
  });
  const tried = (run: (line: Line) => Promise<void>, mood: VenueMood = 'takes') => withLine(definition, config, mood, run);
  const known: ReadonlySet<string> = new Set(orders.map(({ orderId }) => orderId));

  return [
    check('takes its configuration, and nothing that it does not know', () => demandStrictConfig(definition, config)),
    check('answers each order with news of that order, or says that news will come', () =>
      tried(async ({ broker, news }) => {
        for (const order of orders) demandAnswer(await demandNoException('submit', () => broker.submit(order)), order);
        demandNewsOf(known, news);
      }),
    ),
    check('gives each order an id of its own', () =>
      tried(async ({ broker, news }) => {
        const taken = [];
        for (const order of orders) taken.push(await broker.submit(order));
        demandIdEach([...taken, ...news]);
      }),
    ),
    check('answers a modification, of an order that nobody knows too', () =>
      tried(async ({ broker }) => {
        const [order] = orders;
        if (order === undefined) return;
        await broker.submit(order);
        for (const [changed, isKnown] of [
          [order, true],
          [{ ...order, orderId: NOBODY }, false],
        ] as const) {
          const change = approvedChange(changed, { quantity: order.quantity + 1 });
          demandChangeAnswer(await demandNoException('modify', () => broker.modify(change)), 'modify', changed.orderId, isKnown);
        }
      }),
    ),
    check('answers a cancellation, of an order that nobody knows too', () =>
      tried(async ({ broker }) => {
        const [order] = orders;
        if (order === undefined) return;
        await broker.submit(order);
        for (const orderId of [order.orderId, NOBODY]) {
          const answer = await demandNoException('cancel', () => broker.cancel(orderId));
          demandChangeAnswer(answer, 'cancel', orderId, orderId !== NOBODY);
        }
      }),
    ),
    check('shows the book of the day, and in it what it has taken under our ids', () =>
      tried(async ({ broker, news }) => {
        demandBook(await demandNoException('orders', () => broker.orders()));
        for (const order of orders) {
          const answer = await broker.submit(order);
          const taken =
            answer?.kind === 'acknowledged' || news.some(({ kind, orderId }) => kind === 'acknowledged' && orderId === order.orderId);
          const book = await demandNoException('orders', () => broker.orders());
          demandBook(book);
          if (taken) demandInBook(book, order);
        }
      }),
    ),
    check('shows what is held, each instrument and product once', () =>
      tried(async ({ broker }) => demandPositions(await demandNoException('positions', () => broker.positions()))),
    ),
    check('closes, also when it is closed already', () =>
      tried(async ({ broker }) => {
        await demandNoException('close', () => broker.close());
        await demandNoException('close, the second time,', () => broker.close());
      }),
    ),
    ...(definition.simulated
      ? (['takes', 'refuses', 'silent'] as const).map((mood) =>
          check(`hands on each call once, unchanged, and says what the venue says that ${IN_WORDS[mood]}`, () =>
            tried((line) => demandHandedOn(line, orders), mood),
          ),
        )
      : [
          check('leaves the venue alone, which is for simulated orders', () =>
            tried(async (line) => {
              await everyCall(line.broker, orders);
              if (line.venue.calls.length > 0) throw new Error(`It asked the venue: ${JSON.stringify(line.venue.calls)}.`);
            }),
          ),
        ]),
  ];
}

/** A broker that was connected for a check. */
interface Line {
  readonly broker: Broker;
  readonly venue: TriedVenue;
  readonly news: readonly BrokerNews[];
}

const NOBODY = 'nobody-1';

const IN_WORDS: Readonly<Record<VenueMood, string>> = { takes: 'takes', refuses: 'refuses', silent: 'will tell later' };

const ORDERS: readonly Approved<OrderRequest>[] = [
  approvedOrder({ orderId: '0-1' }),
  approvedOrder({ orderId: '0-2', side: 'buy', kind: 'limit', price: 1_000.05 }),
  approvedOrder({ orderId: '0-3', kind: 'SL', price: 990, triggerPrice: 991 }),
  approvedOrder({ orderId: '0-4', kind: 'SL-M', triggerPrice: 991, quantity: 1 }),
  approvedOrder({ orderId: '1-1', validity: 'IOC' }),
];

/** Opens a line, does something with it, and closes it whatever came of that. */
async function withLine(definition: AnyBroker, config: object, mood: VenueMood, run: (line: Line) => Promise<void>): Promise<void> {
  const news: BrokerNews[] = [];
  const venue = new TriedVenue(mood);
  const broker = await demandNoException('connect', () =>
    definition.connect(definition.config.parse(config), {
      account: 'main',
      capitalPaise: 10_00_000_00,
      venue,
      onNews: (told) => news.push(told),
      onOutsideFill: () => undefined,
      onLine: () => undefined,
    }),
  );
  try {
    await run({ broker, venue, news });
  } finally {
    await broker.close();
  }
}

function demandIdEach(told: readonly (BrokerNews | null)[]): void {
  const owners = new Map<string, string>();
  for (const one of told) {
    if (one?.kind !== 'acknowledged') continue;
    const owner = owners.get(one.brokerOrderId);
    if (owner !== undefined && owner !== one.orderId)
      throw new Error(`The orders "${owner}" and "${one.orderId}" have one id: "${one.brokerOrderId}".`);
    owners.set(one.brokerOrderId, one.orderId);
  }
}

/** Everything that can be asked of a broker, with its answers. */
async function everyCall(
  broker: Broker,
  orders: readonly Approved<OrderRequest>[],
): Promise<{ readonly calls: readonly VenueCall[]; readonly answers: readonly unknown[] }> {
  const calls: VenueCall[] = [];
  const answers: unknown[] = [];
  for (const order of orders) {
    calls.push({ kind: 'submit', order });
    answers.push(await broker.submit(order));
    const change = approvedChange(order, { quantity: order.quantity + 1 });
    calls.push({ kind: 'modify', change });
    answers.push(await broker.modify(change));
    calls.push({ kind: 'cancel', orderId: order.orderId });
    answers.push(await broker.cancel(order.orderId));
  }
  calls.push({ kind: 'orders' }, { kind: 'positions' });
  answers.push(await broker.orders(), await broker.positions());
  return { calls, answers };
}

async function demandHandedOn({ broker, venue }: Line, orders: readonly Approved<OrderRequest>[]): Promise<void> {
  const { calls, answers } = await everyCall(broker, orders);
  demandSame(calls, venue.calls, (asked, handed) => `It was asked ${asked} and handed on ${handed}.`);
  demandSame(venue.said, answers, (venueSaid, said) => `The venue said ${venueSaid} and it said ${said}.`);
}

/** The same things in the same order; the first that differs is told. */
function demandSame(wanted: readonly unknown[], found: readonly unknown[], words: (wanted: string, found: string) => string): void {
  const said = (items: readonly unknown[], index: number): string => (index < items.length ? JSON.stringify(items[index]) : 'nothing');
  for (let i = 0; i < Math.max(wanted.length, found.length); i += 1) {
    const both = i < wanted.length && i < found.length;
    if (!both || !isDeepStrictEqual(wanted[i], found[i])) throw new Error(words(said(wanted, i), said(found, i)));
  }
}
