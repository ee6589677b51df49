import fc from 'fast-check';

import type { EpochMs } from '../primitives/time.js';
import type { BookOrder } from './book.js';
import type { BrokerNews } from './broker-news.js';
import { isNews, type OrderState, requestedOrder, submittedOrder, withNews } from './order-life.js';
import type { OrderRequest } from './order-request.js';

/** When everything here begins. */
export const AT: EpochMs = 1_795_406_400_000;

/** Two hundred calls at the market. */
export const request: OrderRequest = {
  orderId: 'ne-1',
  instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
  account: 'main',
  instrument: 'NFO:NIFTY24NOV2626000CE',
  purpose: 'entry',
  side: 'buy',
  quantity: 200,
  kind: 'market',
  price: null,
  triggerPrice: null,
  validity: 'day',
  product: 'MIS',
  at: AT,
};

const about = { orderId: request.orderId, at: AT };

export const acknowledged: BrokerNews = { kind: 'acknowledged', brokerOrderId: 'B1', ...about };
export const unknown: BrokerNews = { kind: 'unknown', reason: 'No answer within 5 seconds.', ...about };
export const rejected: BrokerNews = { kind: 'rejected', code: 'margin', reason: 'Margin is short.', ...about };

export const cancelled = (filledQuantity: number | null): BrokerNews => ({
  kind: 'cancelled',
  filledQuantity,
  reason: 'On request.',
  ...about,
});

export const expired = (filledQuantity: number | null): BrokerNews => ({ kind: 'expired', filledQuantity, ...about });

/** It rests with these terms; at the market, and for all that was asked for, unless a test says otherwise. */
export const working = (
  status: 'open' | 'triggerPending',
  terms: Partial<Pick<OrderState, 'quantity' | 'price' | 'triggerPrice'>> = {},
): BrokerNews => ({ kind: 'working', status, quantity: 200, price: null, triggerPrice: null, ...terms, ...about });

export const filled = (fillId: string, quantity: number, price = 100): BrokerNews => {
  const { orderId, instrument, side } = request;
  return { kind: 'filled', fill: { fillId, orderId, instrument, side, quantity, price, time: AT }, ...about };
};

/** An order that has just been sent, as it was asked for. */
export const sent = (change: Partial<OrderRequest> = {}): OrderState => {
  const order = requestedOrder({ ...request, ...change });
  return submittedOrder(order, order, AT);
};

/** What becomes of an order; what is no news is left out. */
export const after = (all: readonly BrokerNews[], from: OrderState = sent()): OrderState =>
  all.reduce((order, one) => (isNews(order, one) ? withNews(order, one) : order), from);

/** What truly became of an order at the exchange. */
export interface Truth {
  /** All that there is to be told of it, in the order in which it happened. */
  readonly news: readonly BrokerNews[];
  /** The broker's book in the end. */
  readonly entry: BookOrder;
  readonly filledPaise: number;
}

/** How orders come to their ends. */
export interface TruthWords {
  /** Whether somebody may change the quantity in the broker's app before all of it is filled, and in which direction. */
  readonly byHand: 'none' | 'smaller' | 'any';
  /** Whether an ending always says how much was filled. */
  readonly tells: boolean;
}

/** What may become of an order for 200 units: at once or after a rest, in one fill or several, in part or not at all. */
export const truths = ({ byHand, tells }: TruthWords): fc.Arbitrary<Truth> =>
  fc
    .record({
      rests: fc.constantFrom('open' as const, 'triggerPending' as const, null),
      quick: fc.boolean(),
      timedOut: fc.boolean(),
      deals: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 120 }), price: fc.integer({ min: 1_900, max: 2_100 }) }), {
        maxLength: 5,
      }),
      byHand:
        byHand === 'none'
          ? fc.constant(null)
          : fc.option(fc.record({ after: fc.nat({ max: 4 }), quantity: fc.integer({ min: 1, max: byHand === 'smaller' ? 200 : 300 }) })),
      end: fc.constantFrom('filled' as const, 'cancelled' as const, 'expired' as const, 'rejected' as const, 'resting' as const),
      says: tells ? fc.constant(true) : fc.boolean(),
    })
    .map(truthOf);

interface Course {
  readonly rests: 'open' | 'triggerPending' | null;
  /** The first fill comes before the broker's answer to the request. */
  readonly quick: boolean;
  readonly timedOut: boolean;
  readonly deals: readonly { readonly quantity: number; readonly price: number }[];
  readonly byHand: { readonly after: number; readonly quantity: number } | null;
  readonly end: 'filled' | 'cancelled' | 'expired' | 'rejected' | 'resting';
  readonly says: boolean;
}

function truthOf({ rests, quick, timedOut, deals, byHand, end, says }: Course): Truth {
  let { quantity } = request;
  let filledQuantity = 0;
  let filledPaise = 0;
  const news: BrokerNews[] = [];
  const fills: { fillId: string; quantity: number; price: number; time: EpochMs }[] = [];
  const fill = (units: number, price: number): void => {
    const fillId = `F${fills.length + 1}`;
    fills.push({ fillId, quantity: units, price, time: AT });
    news.push(filled(fillId, units, price));
    filledQuantity += units;
    filledPaise += units * Math.round(price * 100);
  };
  if (timedOut) news.push(unknown);
  news.push(acknowledged);
  const entry = (status: BookOrder['status']): Truth => ({
    news: quick && news[1]?.kind === 'filled' && !timedOut ? [news[1], acknowledged, ...news.slice(2)] : news,
    entry: {
      orderId: request.orderId,
      brokerOrderId: 'B1',
      instrument: request.instrument,
      side: request.side,
      kind: request.kind,
      product: request.product,
      status,
      reason: 'On request.',
      quantity,
      price: null,
      triggerPrice: null,
      filledQuantity,
      fills,
    },
    filledPaise,
  });
  if (end === 'rejected') {
    news.push(rejected);
    return entry('rejected');
  }
  if (rests === 'triggerPending') news.push(working('triggerPending'));
  if (rests !== null) news.push(working('open'));
  for (const [index, deal] of deals.entries()) {
    if (byHand?.after === index && filledQuantity < quantity) {
      quantity = Math.max(filledQuantity + 1, byHand.quantity);
      news.push(working('open', { quantity }));
    }
    const units = Math.min(deal.quantity, quantity - filledQuantity);
    if (units > 0) fill(units, deal.price / 20);
  }
  if (end === 'filled' && filledQuantity < quantity) fill(quantity - filledQuantity, 100);
  if (filledQuantity === quantity) return entry('filled');
  if (end === 'cancelled') news.push(cancelled(says ? filledQuantity : null));
  if (end === 'expired') news.push(expired(says ? filledQuantity : null));
  if (end === 'cancelled' || end === 'expired') return entry(end);
  return entry(rests === null && fills.length === 0 && quantity === request.quantity ? 'acknowledged' : 'open');
}

/** The same news as it may arrive: in another order, and some of it again. */
export const shuffled = (news: readonly BrokerNews[]): fc.Arbitrary<readonly BrokerNews[]> =>
  fc
    .array(fc.constantFrom(...news), { maxLength: 6 })
    .chain((again) => fc.shuffledSubarray([...news, ...again], { minLength: news.length + again.length }));

/** Whatever may be said of an order, true or not, and now and then of another one. */
export const anyNews = (): fc.Arbitrary<BrokerNews> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .record({ id: fc.nat({ max: 8 }), quantity: fc.integer({ min: 1, max: 120 }) })
        .map(({ id, quantity }) => filled(`F${id}`, quantity)),
    },
    {
      weight: 4,
      arbitrary: fc.oneof(
        fc.constantFrom(acknowledged, unknown, rejected),
        fc.option(fc.nat({ max: 250 })).map(cancelled),
        fc.option(fc.nat({ max: 250 })).map(expired),
        fc
          .record({ status: fc.constantFrom('open' as const, 'triggerPending' as const), quantity: fc.integer({ min: 1, max: 300 }) })
          .map(({ status, quantity }) => working(status, { quantity })),
        fc
          .record({
            kind: fc.constantFrom('changeRejected' as const, 'changeUnknown' as const),
            change: fc.constantFrom('modify' as const, 'cancel' as const),
          })
          .map(({ kind, change }): BrokerNews => ({ kind, change, code: 'exchange/order-complete', reason: 'It is over.', ...about })),
      ),
    },
    { weight: 1, arbitrary: fc.constant<BrokerNews>({ ...cancelled(0), orderId: 'zz-1' }) },
  );

/** An order that was sent, some of them with a change that has been asked for. */
export const sentOrders = (): fc.Arbitrary<OrderState> =>
  fc.constantFrom<OrderState>(sent(), { ...sent(), change: { kind: 'cancel', at: AT } }, { ...sent(), change: { kind: 'modify', at: AT } });
