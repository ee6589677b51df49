import { newsFromBook } from '../orders/book.js';
import type { BrokerNews } from '../orders/broker-news.js';
import { provesAbsence } from '../orders/look.js';
import { isNews, isTerminal, type OrderState } from '../orders/order-life.js';
import type { Paise } from '../primitives/money.js';
import { type EpochMs, istDay } from '../primitives/time.js';
import { afterOrder, type OrderChange } from './after-order.js';
import { orderOf } from './evolve-orders.js';
import { evolveSet } from './evolve-set.js';
import { bookingOf } from './holding.js';
import { askPosition } from './leaving.js';
import type { SetEvent } from './set-event.js';
import type { SetInputOf } from './set-input.js';
import type { SetInstance } from './set-instance.js';
import type { SetState } from './set-state.js';

const NOTHING: readonly SetEvent[] = [];

/** News of one of the set's orders, once; news of any other order, or the same news again, changes nothing. */
export function decideNews(instance: SetInstance, state: SetState, input: SetInputOf<'news'>): readonly SetEvent[] {
  const { news, chargesPaise, squareOffAt, at } = input;
  const before = orderOf(state, news.orderId);
  if (before === undefined || !isNews(before, news)) return NOTHING;
  const resized = resizedBefore(before, news);
  if (resized !== null) {
    const first = decideNews(instance, state, { ...input, news: resized });
    return [...first, ...decideNews(instance, first.reduce<SetState>(evolveSet, state), input)];
  }
  const told = tellingOf(state, before, news, chargesPaise, at);
  // The most frequent news of all changes nothing about what a set has to do; neither does a change that was not made, before the book is looked at.
  if (news.kind === 'acknowledged' || news.kind === 'changeRejected' || news.kind === 'changeUnknown') return [told];
  return [told, ...consequences(instance, evolveSet(state, told), { before, news, squareOffAt, at })];
}

/** A fill of an order that is larger or smaller than we know: somebody has changed it by hand, and the news of that is late or lost. */
function resizedBefore(order: OrderState, news: BrokerNews): BrokerNews | null {
  if (news.kind !== 'filled' || news.ofQuantity === undefined || news.ofQuantity === order.quantity || isTerminal(order)) return null;
  const { orderId, at } = news;
  const { price, triggerPrice } = order;
  const working = {
    kind: 'working',
    status: 'open',
    quantity: news.ofQuantity,
    price,
    triggerPrice,
    since: news.fill.time,
    orderId,
    at,
  } as const;
  return isNews(order, working) ? working : null;
}

/** What a look at the broker's book has found. */
export function decideLooked(instance: SetInstance, state: SetState, input: SetInputOf<'looked'>): readonly SetEvent[] {
  const { orderId, found, at } = input;
  const order = orderOf(state, orderId);
  if (order === undefined) return NOTHING;
  // The book was read for all orders, not because this one was missed: what it says of it counts, what it does not say means nothing.
  if (order.look === null) return typeof found === 'string' ? NOTHING : foundInBook(instance, state, order, { ...input, found });
  if (found === 'unanswered') return [{ kind: 'bookLooked', orderId, outcome: 'unanswered', at }];
  if (found !== 'absent') return foundInBook(instance, state, order, { ...input, found });
  const looked: SetEvent = { kind: 'bookLooked', orderId, outcome: 'absent', at };
  if (!provesAbsence(order.look, at)) return [looked];
  if (order.status === 'unknown') return [looked, ...neverReached(instance, evolveSet(state, looked), order, input)];
  return isOfEarlierDay(order, at) ? [looked, ...endedWithItsDay(instance, evolveSet(state, looked), order, input)] : [looked];
}

/** All news that the book has, one after the other, each with what follows from it. */
function foundInBook(
  instance: SetInstance,
  start: SetState,
  order: OrderState,
  {
    orderId,
    found,
    chargesPaise,
    squareOffAt,
    at,
  }: SetInputOf<'looked'> & { readonly found: Exclude<SetInputOf<'looked'>['found'], string> },
): readonly SetEvent[] {
  const events: SetEvent[] = [];
  let state = start;
  const add = (more: readonly SetEvent[]): void => {
    events.push(...more);
    state = more.reduce<SetState>(evolveSet, state);
  };
  for (const news of newsFromBook(order, found, at)) {
    const fee = news.kind === 'filled' ? (chargesPaise[news.fill.fillId] ?? 0) : 0;
    add(decideNews(instance, state, { kind: 'news', news, chargesPaise: fee, squareOffAt, at }));
  }
  if (order.look === null) return events;
  const ended = found.status === 'filled' || found.status === 'cancelled' || found.status === 'rejected' || found.status === 'expired';
  add([{ kind: 'bookLooked', orderId, outcome: ended ? 'foundEnded' : 'found', at }]);
  const now = orderOf(state, orderId);
  if (now !== undefined) add(afterOrder(instance, state, { ...unremarkable(now), squareOffAt, at }));
  return events;
}

/** The broker never had it: an entry is given up, a stop is sent again, and an exit is decided afresh from the position that the broker confirms. */
function neverReached(
  instance: SetInstance,
  state: SetState,
  before: OrderState,
  { orderId, squareOffAt, at }: SetInputOf<'looked'>,
): readonly SetEvent[] {
  const event: SetEvent = { kind: 'orderNeverReached', orderId, at };
  const after = evolveSet(state, event);
  if (after.phase === 'exiting') return [event, askPosition(instance, at)];
  const now = orderOf(after, orderId) ?? before;
  const reason = 'The order never reached the broker.';
  return [event, ...afterOrder(instance, after, { ...unremarkable(before), now, code: 'broker/never-reached', reason, squareOffAt, at })];
}

/** The book has the orders of one day, and none outlives its own. */
const isOfEarlierDay = ({ request }: OrderState, at: EpochMs): boolean => istDay(request.at) < istDay(at);

/**
 * An order is gone with its day. What was filled of it beyond what we know, the broker's positions tell: an exit waits for them, and else they are
 * compared with ours by whoever reconciles.
 */
function endedWithItsDay(
  instance: SetInstance,
  state: SetState,
  before: OrderState,
  { orderId, squareOffAt, at }: SetInputOf<'looked'>,
): readonly SetEvent[] {
  const news: BrokerNews = { kind: 'expired', orderId, filledQuantity: before.filledQuantity, at };
  const event: SetEvent = { kind: 'orderChanged', news, at };
  const after = evolveSet(state, event);
  if (after.phase === 'exiting') return [event, askPosition(instance, at)];
  return [event, ...consequences(instance, after, { before, news, squareOffAt, at })];
}

/** What follows from news that `state` reflects already. */
function consequences(
  instance: SetInstance,
  state: SetState,
  {
    before,
    news,
    squareOffAt,
    at,
  }: { readonly before: OrderState; readonly news: BrokerNews; readonly squareOffAt: EpochMs | null; readonly at: EpochMs },
): readonly SetEvent[] {
  const now = orderOf(state, news.orderId) ?? before;
  const reason = 'reason' in news ? news.reason : `The order is ${now.status}.`;
  const code = isTerminal(now) ? `broker/order-${now.status}` : 'broker/order';
  return afterOrder(instance, state, { before, now, by: 'broker', code, reason, retryAt: null, squareOffAt, at });
}

/** An order about which nothing new is to be said. */
const unremarkable = (order: OrderState): Omit<OrderChange, 'squareOffAt' | 'at'> => ({
  before: order,
  now: order,
  by: 'broker',
  code: `broker/order-${order.status}`,
  reason: `The order is ${order.status}.`,
  retryAt: null,
});

function tellingOf(state: SetState, order: OrderState, news: BrokerNews, chargesPaise: Paise, at: EpochMs): SetEvent {
  if (news.kind !== 'filled') return { kind: 'orderChanged', news, at };
  const { fill } = news;
  const { realisedPaise, costPaise } = bookingOf(state.holding, fill, chargesPaise);
  return { kind: 'legFilled', fill, purpose: order.request.purpose, chargesPaise, realisedPaise, costPaise, by: null, at };
}
