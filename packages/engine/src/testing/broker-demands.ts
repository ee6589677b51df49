import { parseInstrumentKey } from '../market/instrument-key.js';
import type { BookOrder } from '../orders/book.js';
import type { BrokerNews, OrderChangeKind } from '../orders/broker-news.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { Answer, AnyBroker, BookAnswer, ChangeAnswer, PositionsAnswer } from '../plugins/broker.js';

// What a contract demands of what a broker says. Each throws an Error that tells what was found.

export function demandStrictConfig({ config: schema }: AnyBroker, config: object): void {
  const known = schema.safeParse(config);
  if (!known.success) throw new Error(`The configuration ${JSON.stringify(config)} was refused: ${known.error.message}`);
  if (schema.safeParse({ ...config, aTypingMistake: true }).success) throw new Error('A field that it does not know was passed over.');
}

/** Whatever the world does, it is no exception: a broker that cannot tell says so. */
export async function demandNoException<Answered>(what: string, ask: () => Answered | Promise<Answered>): Promise<Answered> {
  try {
    return await ask();
  } catch (error) {
    throw new Error(`${what} threw: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function demandAnswer(answer: Answer, { orderId, at }: Pick<OrderRequest, 'orderId' | 'at'>): void {
  if (answer === null) return;
  demandOneOf(answer.kind, ['acknowledged', 'rejected', 'unknown'], `The answer to "${orderId}"`);
  demandAbout(answer, orderId);
  if (!Number.isFinite(answer.at) || answer.at < at) throw new Error(`The answer to "${orderId}" of ${at} is of ${answer.at}.`);
  if (answer.kind === 'acknowledged') {
    if (answer.brokerOrderId === '') throw new Error(`"${orderId}" was taken without an id.`);
    return;
  }
  demandReason(answer, orderId);
}

/** @param known whether the order was sent before: of one that was not, nobody can say that it rests, or is cancelled now. */
export function demandChangeAnswer(answer: ChangeAnswer, change: OrderChangeKind, orderId: string, known: boolean): void {
  if (answer === null) return;
  const done = change === 'modify' ? 'working' : 'cancelled';
  demandOneOf(answer.kind, [...(known ? [done] : []), 'changeRejected', 'changeUnknown'], `The answer to "${change} ${orderId}"`);
  demandAbout(answer, orderId);
  if (!Number.isFinite(answer.at)) throw new Error(`The answer to "${change} ${orderId}" is of ${answer.at}.`);
  if (answer.kind !== 'changeRejected' && answer.kind !== 'changeUnknown') return;
  if (answer.change !== change) throw new Error(`The answer to "${change} ${orderId}" is about "${answer.change}".`);
  demandReason(answer, orderId);
}

/** News of nothing but orders that were sent. */
export function demandNewsOf(known: ReadonlySet<string>, told: readonly BrokerNews[]): void {
  for (const news of told) {
    if (!known.has(news.orderId)) throw new Error(`It told of the order "${news.orderId}", which nobody sent.`);
    if (!Number.isFinite(news.at)) throw new Error(`The news "${news.kind}" of "${news.orderId}" is of ${news.at}.`);
    if (news.kind === 'filled' && news.fill.orderId !== news.orderId)
      throw new Error(`News of "${news.orderId}" brought a fill of "${news.fill.orderId}".`);
  }
}

/** Each order once, with terms and fills that can be. */
export function demandBook(answer: BookAnswer): void {
  if (answer === null) return;
  if (!Number.isFinite(answer.at)) throw new Error(`The book is of ${answer.at}.`);
  demandDistinct(
    answer.orders.map(({ brokerOrderId }) => brokerOrderId),
    'The book has the order',
  );
  demandDistinct(
    answer.orders.flatMap(({ orderId }) => (orderId === null ? [] : [orderId])),
    'The book has our order',
  );
  demandDistinct(
    answer.orders.flatMap(({ fills }) => fills.map(({ fillId }) => fillId)),
    'The book has the fill',
  );
  for (const order of answer.orders) demandBookOrder(order);
}

const STATUSES: readonly string[] = ['acknowledged', 'open', 'triggerPending', 'filled', 'cancelled', 'rejected', 'expired'];

function demandBookOrder({ brokerOrderId, instrument, side, kind, product, status, quantity, filledQuantity, ...order }: BookOrder): void {
  const what = `The order "${brokerOrderId}" in the book`;
  demandInstrument(instrument, what);
  demandOneOf(side, ['buy', 'sell'], what);
  demandOneOf(kind, ['market', 'limit', 'SL', 'SL-M'], what);
  demandOneOf(product, ['MIS', 'NRML', 'CNC'], what);
  demandOneOf(status, STATUSES, what);
  if (!isWhole(quantity, 1)) throw new Error(`${what} is for ${quantity} units.`);
  if (!isWhole(filledQuantity, 0) || filledQuantity > quantity)
    throw new Error(`${what} is filled with ${filledQuantity} of ${quantity} units.`);
  if (status === 'filled' && filledQuantity < quantity) throw new Error(`${what} is filled, with ${filledQuantity} of ${quantity} units.`);
  for (const price of [order.price, order.triggerPrice])
    if (price !== null && !(price > 0)) throw new Error(`${what} has the price ${price}.`);
  let counted = 0;
  for (const fill of order.fills) {
    if (!isWhole(fill.quantity, 1) || !(fill.price > 0) || !Number.isFinite(fill.time))
      throw new Error(`${what} has the fill ${JSON.stringify(fill)}.`);
    counted += fill.quantity;
  }
  if (counted > filledQuantity) throw new Error(`${what} has fills of ${counted} units, and says that ${filledQuantity} are filled.`);
}

/** What was taken stands in the book under our id: it is looked for there when nobody can say what became of it. */
export function demandInBook(answer: BookAnswer, { orderId, instrument, side, quantity }: OrderRequest): void {
  if (answer === null) return;
  const found = answer.orders.find((order) => order.orderId === orderId);
  if (found === undefined) throw new Error(`The order "${orderId}" was taken, and is not in the book under that id.`);
  if (found.instrument !== instrument || found.side !== side || found.quantity !== quantity)
    throw new Error(`The order "${orderId}" to ${side} ${quantity} of ${instrument} is in the book as ${JSON.stringify(found)}.`);
}

/** Each instrument and product once, in whole units. */
export function demandPositions(answer: PositionsAnswer): void {
  if (answer === null) return;
  if (!Number.isFinite(answer.at)) throw new Error(`The positions are of ${answer.at}.`);
  demandDistinct(
    answer.positions.map(({ instrument, product }) => `${instrument} ${product}`),
    'There is the position',
  );
  for (const { instrument, product, quantity } of answer.positions) {
    demandInstrument(instrument, 'A position');
    demandOneOf(product, ['MIS', 'NRML', 'CNC'], `The position in ${instrument}`);
    if (!Number.isSafeInteger(quantity)) throw new Error(`The position in ${instrument} is of ${quantity} units.`);
  }
}

function demandAbout({ orderId: about }: { readonly orderId: string }, orderId: string): void {
  if (about !== orderId) throw new Error(`The answer to "${orderId}" is about "${about}".`);
}

function demandReason(answer: { readonly reason: string; readonly code?: string }, orderId: string): void {
  if (answer.code === '') throw new Error(`"${orderId}" was refused without a code.`);
  if (answer.reason.trim() === '') throw new Error(`The answer to "${orderId}" has no reason.`);
}

function demandOneOf(found: string, known: readonly string[], what: string): void {
  if (!known.includes(found)) throw new Error(`${what} says "${found}", which is none of: ${known.join(', ')}.`);
}

function demandInstrument(key: string, what: string): void {
  try {
    parseInstrumentKey(key);
  } catch {
    throw new Error(`${what} is of "${key}", which is no instrument key.`);
  }
}

function demandDistinct(items: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const item of items) {
    if (item === '') throw new Error(`${what} "" without an id.`);
    if (seen.has(item)) throw new Error(`${what} "${item}" twice.`);
    seen.add(item);
  }
}

const isWhole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;
