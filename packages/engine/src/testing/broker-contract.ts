import type { Approved } from '../orders/approved.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { Answer, AnyBroker, Broker, Venue } from '../plugins/broker.js';
import { approvedOrder } from './approved-order.js';

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
}

/**
 * What every broker owes to the engine: an answer to each request, about that order and no other, and never an exception for what the world does.
 *
 * A broker that simulates must hand on each order once and unchanged, and say what the venue says. One with a server of its own is tried
 * against its fixtures: its `config` says where they are.
 *
 * @example for (const { name, run } of brokerContract(paperBroker)) it(name, run);
 */
export function brokerContract(definition: AnyBroker, { config = {} }: BrokerContractOptions = {}): readonly BrokerCheck[] {
  const check = (what: string, run: () => void | Promise<void>): BrokerCheck => ({
    name: `${definition.name} ${what}`,
    run: async () => run(),
  });
  const connected = (venue: Venue) => connect(definition, config, venue);

  return [
    check('takes its configuration, and nothing that it does not know', () => demandStrictConfig(definition, config)),
    check('answers each order with news of that order', async () => {
      const { broker, news } = await connected(acknowledging());
      for (const order of ORDERS) demandAnswer(await broker.submit(order), order);
      const known = new Set(ORDERS.map(({ orderId }) => orderId));
      for (const told of news) if (!known.has(told.orderId)) throw new Error(`It told of the order "${told.orderId}", which nobody sent.`);
      await broker.close();
    }),
    check('gives each order an id of its own', async () => {
      const { broker } = await connected(acknowledging());
      const ids = new Set<string>();
      let taken = 0;
      for (const order of ORDERS) {
        const answer = await broker.submit(order);
        if (answer.kind !== 'acknowledged') continue;
        taken += 1;
        ids.add(answer.brokerOrderId);
      }
      if (ids.size !== taken) throw new Error(`${taken} orders were taken under ${ids.size} ids.`);
      await broker.close();
    }),
    check('answers a cancellation, of an order that nobody knows too', async () => {
      const { broker } = await connected(acknowledging());
      const [order] = ORDERS;
      if (order !== undefined) {
        await broker.submit(order);
        demandAnswer(await broker.cancel(order.orderId), { ...order, at: -Infinity });
      }
      demandAnswer(await broker.cancel('nobody-1'), { orderId: 'nobody-1', at: -Infinity });
      await broker.close();
    }),
    ...(definition.simulated
      ? [
          check('hands on each order once, unchanged, and says what the venue says', async () => {
            const handed: OrderRequest[] = [];
            const { broker } = await connected(refusing(handed));
            for (const order of ORDERS) {
              const answer = await broker.submit(order);
              if (answer.kind !== 'rejected' || answer.code !== REFUSAL.code)
                throw new Error(`The venue refused, it said ${JSON.stringify(answer)}.`);
            }
            if (JSON.stringify(handed) !== JSON.stringify(ORDERS))
              throw new Error(`It was given ${ORDERS.length} orders and handed on ${JSON.stringify(handed)}.`);
            await broker.close();
          }),
        ]
      : []),
  ];
}

const ORDERS: readonly Approved<OrderRequest>[] = [
  approvedOrder({ orderId: '0-1' }),
  approvedOrder({ orderId: '0-2', side: 'buy', kind: 'limit', price: 1_000.05 }),
  approvedOrder({ orderId: '0-3', kind: 'SL', price: 990, triggerPrice: 991 }),
  approvedOrder({ orderId: '0-4', kind: 'SL-M', triggerPrice: 991, quantity: 1 }),
  approvedOrder({ orderId: '1-1', validity: 'IOC' }),
];

const REFUSAL = { code: 'exchange/closed', reason: 'The market is closed.' } as const;

async function connect(
  definition: AnyBroker,
  config: object,
  venue: Venue,
): Promise<{ readonly broker: Broker; readonly news: readonly BrokerNews[] }> {
  const news: BrokerNews[] = [];
  const broker = await definition.connect(definition.config.parse(config), { account: 'main', venue, onNews: (told) => news.push(told) });
  return { broker, news };
}

/** A venue that takes everything. */
function acknowledging(): Venue {
  let count = 0;
  const take = (orderId: string, at: number): Answer => {
    count += 1;
    return { kind: 'acknowledged', orderId, brokerOrderId: `V${count}`, at };
  };
  return { submit: ({ orderId, at }) => take(orderId, at), cancel: (orderId) => take(orderId, 0) };
}

/** A venue that refuses everything, and notes what it was given. */
function refusing(handed: OrderRequest[]): Venue {
  return {
    submit(order) {
      handed.push(order);
      return { kind: 'rejected', orderId: order.orderId, ...REFUSAL, at: order.at };
    },
    cancel: (orderId) => ({ kind: 'rejected', orderId, ...REFUSAL, at: 0 }),
  };
}

function demandStrictConfig({ config: schema }: AnyBroker, config: object): void {
  const known = schema.safeParse(config);
  if (!known.success) throw new Error(`The configuration ${JSON.stringify(config)} was refused: ${known.error.message}`);
  if (schema.safeParse({ ...config, aTypingMistake: true }).success) throw new Error('A field that it does not know was passed over.');
}

function demandAnswer(answer: Answer, { orderId, at }: Pick<OrderRequest, 'orderId' | 'at'>): void {
  if (!['acknowledged', 'rejected', 'unknown'].includes(answer.kind)) throw new Error(`The answer to "${orderId}" is "${answer.kind}".`);
  if (answer.orderId !== orderId) throw new Error(`The answer to "${orderId}" is about "${answer.orderId}".`);
  if (!Number.isFinite(answer.at) || answer.at < at) throw new Error(`The answer to "${orderId}" of ${at} is of ${answer.at}.`);
  if (answer.kind === 'acknowledged' && answer.brokerOrderId === '') throw new Error(`"${orderId}" was taken without an id.`);
  if (answer.kind === 'rejected' && answer.code === '') throw new Error(`"${orderId}" was refused without a code.`);
  if (answer.kind !== 'acknowledged' && answer.reason.trim() === '') throw new Error(`The answer to "${orderId}" has no reason.`);
}
