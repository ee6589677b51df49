import type { BrokerOrderId, FillId } from '../primitives/ids.js';
import type { Paise } from '../primitives/money.js';
import { type Price, turnoverPaise } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { BrokerNews, OrderChangeKind } from './broker-news.js';
import { type Look, startLook, unansweredLook } from './look.js';
import type { OrderKind, OrderRequest } from './order-request.js';

/**
 * Where an order is in its life.
 *
 * `requested`: decided, and certainly not sent. `submitted`: about to be sent, or sent and not answered. `acknowledged`: the broker has it.
 * `open`, `triggerPending`: it rests at the exchange. `unknown`: nobody can say at present. The rest is final but for fills that come late.
 */
export type OrderStatus =
  | 'requested'
  | 'submitted'
  | 'acknowledged'
  | 'open'
  | 'triggerPending'
  | 'partiallyFilled'
  | 'filled'
  | 'cancelled'
  | 'rejected'
  | 'expired'
  | 'unknown';

/** An order and what became of it so far. */
export interface OrderState {
  readonly request: OrderRequest;
  readonly status: OrderStatus;
  readonly brokerOrderId: BrokerOrderId | null;
  /** What it was sent as, which for an order at the market may be a protected limit; as requested until then. */
  readonly kind: OrderKind;
  /** The terms that count at the exchange, after changes by us and by hand. */
  readonly quantity: number;
  readonly price: Price | null;
  readonly triggerPrice: Price | null;
  /** Since when the exchange has these terms, as far as a broker said; 0: none did. */
  readonly termsSince: EpochMs;
  /** Units. Never falls. */
  readonly filledQuantity: number;
  /** What the filled units cost, or brought. */
  readonly filledPaise: Paise;
  /** Fills that have been counted, so that none is counted twice. */
  readonly fillIds: readonly FillId[];
  /** Of an order that has ended, how much was filled in all as the broker has it; `null`: it has not ended, or the broker did not say. */
  readonly toldFilled: number | null;
  /** A change that was asked for and not answered. */
  readonly change: { readonly kind: OrderChangeKind; readonly at: EpochMs } | null;
  /** How it is searched for in the broker's book; `null` while there is no need. */
  readonly look: Look | null;
  /** When it was sent, or last heard of. */
  readonly heardAt: EpochMs;
  /** How often its limit was moved after the market. */
  readonly chases: number;
  /** How often it was asked to be modified in all. */
  readonly modifications: number;
}

const NO_FILLS: readonly FillId[] = [];

/** An order at its request. */
export const requestedOrder = (request: OrderRequest): OrderState => ({
  request,
  status: 'requested',
  brokerOrderId: null,
  kind: request.kind,
  quantity: request.quantity,
  price: request.price,
  triggerPrice: request.triggerPrice,
  termsSince: 0,
  filledQuantity: 0,
  filledPaise: 0,
  fillIds: NO_FILLS,
  toldFilled: null,
  change: null,
  look: null,
  heardAt: request.at,
  chases: 0,
  modifications: 0,
});

/** The order as it is sent. */
export const submittedOrder = (
  order: OrderState,
  { kind, price, triggerPrice }: Pick<OrderState, 'kind' | 'price' | 'triggerPrice'>,
  at: EpochMs,
): OrderState => ({ ...order, status: 'submitted', kind, price, triggerPrice, heardAt: at });

/** Whether an order has ended. Fills of it may still come, see {@link isSettled}. */
export const isTerminal = ({ status }: Pick<OrderState, 'status'>): boolean =>
  status === 'filled' || status === 'cancelled' || status === 'rejected' || status === 'expired';

/** Whether an order has ended and every fill of it has been counted: it can change nothing any more. */
export const isSettled = (order: Pick<OrderState, 'status' | 'toldFilled' | 'filledQuantity'>): boolean =>
  isTerminal(order) && order.toldFilled !== null && order.filledQuantity >= order.toldFilled;

/** Units that may still be filled: of an order that has ended, those of which the broker told and whose fills have not come. */
export const remainingQuantity = ({ status, quantity, filledQuantity, toldFilled }: OrderState): number =>
  Math.max(0, (isTerminal({ status }) ? (toldFilled ?? quantity) : quantity) - filledQuantity);

/**
 * Whether news changes anything about an order: not if it is about another one, repeated, late, or against a state that is final.
 *
 * A fill that was not counted yet counts in every state: money has moved, whatever was said before.
 */
export function isNews(order: OrderState, news: BrokerNews): boolean {
  if (news.orderId !== order.request.orderId) return false;
  switch (news.kind) {
    case 'filled':
      return !order.fillIds.includes(news.fill.fillId);
    case 'acknowledged':
      // A fill can be quicker than the answer to the request; the broker's id is still needed then.
      return order.brokerOrderId === null && order.status !== 'requested' && !isTerminal(order);
    case 'working':
      return !isTerminal(order) && saysSomething(order, news);
    case 'unknown':
      return order.status === 'submitted';
    case 'rejected':
      return !isTerminal(order) && order.filledQuantity === 0;
    case 'cancelled':
    case 'expired':
      return !isTerminal(order) || (order.toldFilled === null && news.filledQuantity !== null);
    case 'changeRejected':
    case 'changeUnknown':
      return !isTerminal(order) && order.change?.kind === news.change;
  }
}

/** News of a resting order that was heard before, or of how it was before, is none; the terms of one with fills can still change. */
function saysSomething(
  order: OrderState,
  { status, quantity, price, triggerPrice, since }: Extract<BrokerNews, { kind: 'working' }>,
): boolean {
  if (since !== undefined && since < order.termsSince) return false;
  if (quantity !== order.quantity || price !== order.price || triggerPrice !== order.triggerPrice) return true;
  if (order.change?.kind === 'modify' || order.look !== null) return true;
  return order.status !== 'partiallyFilled' && order.status !== status && !(order.status === 'open' && status === 'triggerPending');
}

/**
 * The order after a look at the book that found it, and of which all news has been told. What is still unclear is looked at again.
 *
 * @param ended whether the book says that it has ended.
 */
export function foundOrder(order: OrderState, ended: boolean, at: EpochMs): OrderState {
  const unclear = order.status === 'unknown' || (ended && !isSettled(order));
  if (unclear) return { ...order, look: unansweredLook(order.look ?? startLook(at), at), heardAt: at };
  return order.look === null ? order : { ...order, look: null, heardAt: at };
}

/** An order after news of it. The caller has asked {@link isNews} first. */
export function withNews(order: OrderState, news: BrokerNews): OrderState {
  switch (news.kind) {
    case 'acknowledged':
      return acknowledged(order, news.brokerOrderId, news.at);
    case 'working':
      return working(order, news);
    case 'filled':
      return filled(order, news);
    case 'cancelled':
    case 'expired':
      return ended(order, news.kind, news.filledQuantity, news.at);
    case 'rejected':
      return ended(order, 'rejected', 0, news.at);
    case 'unknown':
      return { ...order, status: 'unknown', look: startLook(news.at), heardAt: news.at };
    case 'changeRejected':
      // What cannot be changed has often ended already, and the news of that is on its way or lost.
      return { ...order, change: null, look: order.look ?? startLook(news.at), heardAt: news.at };
    case 'changeUnknown':
      return { ...order, change: null, look: order.look ?? startLook(news.at) };
  }
}

// Changes that every order goes through are written out: a copy by spread takes several times as long.
function acknowledged(order: OrderState, brokerOrderId: BrokerOrderId, at: EpochMs): OrderState {
  const { status } = order;
  return {
    request: order.request,
    status: status === 'submitted' || status === 'unknown' ? (order.filledQuantity > 0 ? 'partiallyFilled' : 'acknowledged') : status,
    brokerOrderId,
    kind: order.kind,
    quantity: order.quantity,
    price: order.price,
    triggerPrice: order.triggerPrice,
    termsSince: order.termsSince,
    filledQuantity: order.filledQuantity,
    filledPaise: order.filledPaise,
    fillIds: order.fillIds,
    toldFilled: order.toldFilled,
    change: order.change,
    look: status === 'unknown' ? null : order.look,
    heardAt: at,
    chases: order.chases,
    modifications: order.modifications,
  };
}

function filled(order: OrderState, { fill, ofQuantity, at }: Extract<BrokerNews, { kind: 'filled' }>): OrderState {
  const quantity = ofQuantity === undefined || isTerminal(order) ? order.quantity : ofQuantity;
  const filledQuantity = order.filledQuantity + fill.quantity;
  // No more can come of an order of which everything has, though the broker did not say so.
  const toldFilled = order.toldFilled ?? (filledQuantity >= quantity ? filledQuantity : null);
  const complete = toldFilled !== null && filledQuantity >= toldFilled;
  const ends = complete && !isTerminal(order);
  return {
    request: order.request,
    status: ends ? 'filled' : isTerminal(order) ? order.status : 'partiallyFilled',
    brokerOrderId: order.brokerOrderId,
    kind: order.kind,
    quantity,
    price: order.price,
    triggerPrice: order.triggerPrice,
    termsSince: order.termsSince,
    filledQuantity,
    filledPaise: order.filledPaise + turnoverPaise(fill.price, fill.quantity),
    fillIds: order.fillIds.length === 0 ? [fill.fillId] : [...order.fillIds, fill.fillId],
    toldFilled,
    change: ends ? null : order.change,
    look: complete || order.status === 'unknown' ? null : order.look,
    heardAt: at,
    chases: order.chases,
    modifications: order.modifications,
  };
}

function working(
  order: OrderState,
  { status, quantity, price, triggerPrice, since, at }: Extract<BrokerNews, { kind: 'working' }>,
): OrderState {
  const { filledQuantity, change } = order;
  // It was made as small as what has been filled of it: that was all.
  const ends = filledQuantity >= quantity;
  return {
    ...order,
    status: ends ? 'filled' : filledQuantity > 0 ? 'partiallyFilled' : status,
    quantity,
    price,
    triggerPrice,
    termsSince: Math.max(order.termsSince, since ?? 0),
    toldFilled: ends ? filledQuantity : null,
    change: ends || change?.kind === 'modify' ? null : change,
    look: null,
    heardAt: at,
  };
}

/** An order that has ended; if fills of it are missing, the book is looked at. */
function ended(order: OrderState, status: 'cancelled' | 'rejected' | 'expired', toldFilled: number | null, at: EpochMs): OrderState {
  const missing = toldFilled === null || toldFilled > order.filledQuantity;
  const final = isTerminal(order) ? order.status : status;
  return { ...order, status: final, toldFilled, change: null, look: missing ? (order.look ?? startLook(at)) : null, heardAt: at };
}
