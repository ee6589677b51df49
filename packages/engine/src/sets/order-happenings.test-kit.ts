import fc from 'fast-check';

import type { BrokerNews } from '../orders/broker-news.js';
import { remainingQuantity } from '../orders/order-life.js';
import type { Side } from '../orders/order-request.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetInput } from './set-input.js';
import { LEG, orderUnderWay } from './set-play.test-kit.js';
import type { SetState } from './set-state.js';

/** Something that may happen to a set, before it is known in which state it happens. */
export type Happening = (state: SetState, at: EpochMs) => SetInput;

/** Around the price of the leg, on its grid. */
export const price = () => fc.integer({ min: 1_400, max: 2_600 }).map((ticks) => ticks / 20);

/** Whose order news is about: that of the order under way, of one before it, or of somebody else. */
export const subject = () =>
  fc.oneof({ weight: 12, arbitrary: fc.constant('now') }, { weight: 1, arbitrary: fc.constantFrom('before', 'foreign') });

export function orderIdOf(state: SetState, whose: string): string {
  if (whose === 'foreign') return 'zz-1';
  return `ne-${Math.max(1, whose === 'before' ? state.lastOrder - 1 : state.lastOrder).toString(36)}`;
}

/** A fill of a few lots: fills that are repeated and fills of more than was asked for are among them. */
export const filled = (): fc.Arbitrary<Happening> =>
  fc
    .record({
      whose: subject(),
      lots: fc.integer({ min: 1, max: 6 }),
      at: price(),
      id: fc.nat({ max: 40 }),
      chargesPaise: fc.nat({ max: 50_00 }),
      late: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
    })
    .map(({ whose, lots, at: filledAt, id, chargesPaise, late }) => (state, at) => {
      const orderId = orderIdOf(state, whose);
      const side = sideUnderWay(state);
      const left = leftOf(state);
      const quantity = left > 0 && lots > 3 ? left : lots * LEG.lotSize;
      const fill = { fillId: `F${id}`, orderId, instrument: LEG.instrument, side, quantity, price: filledAt, time: at };
      return { kind: 'news', news: { kind: 'filled', orderId, fill, at }, chargesPaise, squareOffAt: late ? at : null, at };
    });

/** The broker tells of an order: that it has it, that it rests, that it is over, or that nobody knows. */
export const told = (): fc.Arbitrary<Happening> =>
  fc
    .record({
      whose: subject(),
      kind: fc.constantFrom(
        'acknowledged',
        'acknowledged',
        'open',
        'triggerPending',
        'rejected',
        'cancelled',
        'expired',
        'unknown',
        'changeRejected',
        'changeUnknown',
      ),
      level: price(),
      truth: fc.nat({ max: 9 }),
    })
    .map(({ whose, kind, level, truth }) => (state, at): SetInput => {
      const orderId = orderIdOf(state, whose);
      const about = { chargesPaise: 0, squareOffAt: null, at };
      if (kind !== 'open' && kind !== 'triggerPending')
        return { kind: 'news', news: newsOf(kind, orderId, toldFilled(state, orderId, truth), at), ...about };
      return { kind: 'news', news: resting(state, orderId, kind, level, at), ...about };
    });

/** An order rests: as it was sent, or with another trigger that somebody has given it. */
function resting(state: SetState, orderId: string, status: 'open' | 'triggerPending', level: number, at: EpochMs): BrokerNews {
  const order = state.orders.find(({ request }) => request.orderId === orderId);
  const { quantity, triggerPrice } = order ?? { quantity: LEG.lotSize, triggerPrice: null };
  return {
    kind: 'working',
    orderId,
    status,
    quantity,
    price: null,
    triggerPrice: level > 120 && triggerPrice !== null ? level : triggerPrice,
    at,
  };
}

/** The broker's book, as far as the order that is looked for goes. */
export const looked = (): fc.Arbitrary<Happening> =>
  fc
    .record({ found: fc.constantFrom('absent', 'absent', 'unanswered', 'there', 'cancelled'), at: price(), id: fc.nat({ max: 40 }) })
    .map(({ found, at: filledAt, id }) => (state, at): SetInput => {
      const order = state.orders.find(({ look }) => look !== null) ?? state.orders.at(-1);
      const orderId = order?.request.orderId ?? 'zz-1';
      const about = { kind: 'looked', orderId, chargesPaise: {}, squareOffAt: null, at } as const;
      if (order === undefined || found === 'absent' || found === 'unanswered')
        return { ...about, found: found === 'unanswered' ? found : 'absent' };
      const { request, quantity, price: limit, triggerPrice } = order;
      const missing = Math.max(0, (order.toldFilled ?? quantity) - order.filledQuantity);
      const fills = missing === 0 ? [] : [{ fillId: `F${id}`, quantity: missing, price: filledAt, time: at }];
      return {
        ...about,
        found: {
          orderId,
          brokerOrderId: `B-${orderId}`,
          instrument: request.instrument,
          side: request.side,
          kind: order.kind,
          product: request.product,
          status: found === 'there' ? 'filled' : 'cancelled',
          reason: '',
          quantity,
          price: limit,
          triggerPrice,
          filledQuantity: order.filledQuantity + missing,
          fills,
        },
      };
    });

/** The broker says what the account holds. */
export const positionTold = (): fc.Arbitrary<Happening> =>
  fc.constantFrom(0, 0, 0, 50, null).map((wrong) => (state, at) => ({
    kind: 'positionTold',
    expected: state.holding.quantity,
    found: wrong === null ? null : state.holding.quantity + wrong,
    at,
  }));

/** Somebody deals in the broker's app. */
export const outside = (): fc.Arbitrary<Happening> =>
  fc
    .record({ lots: fc.integer({ min: 1, max: 3 }), at: price(), id: fc.nat({ max: 1e6 }) })
    .map(({ lots, at: dealtAt, id }) => (state, at) => {
      const held = state.holding.quantity;
      const quantity = Math.min(Math.abs(held), lots * LEG.lotSize) || LEG.lotSize;
      const fill = {
        fillId: `X${id}`,
        orderId: `outside:${id}`,
        instrument: LEG.instrument,
        side: held > 0 ? 'sell' : 'buy',
        quantity,
        price: dealtAt,
        time: at,
      } as const;
      return held === 0 ? { kind: 'due', price: dealtAt, at } : { kind: 'outsideFill', fill, by: 'byHandAtBroker', chargesPaise: 0, at };
    });

function newsOf(kind: string, orderId: string, filledQuantity: number | null, at: EpochMs): BrokerNews {
  switch (kind) {
    case 'acknowledged':
      return { kind, orderId, brokerOrderId: `B-${orderId}`, at };
    case 'rejected':
      return { kind, orderId, code: 'margin', reason: 'Margin is short.', at };
    case 'cancelled':
      return { kind, orderId, filledQuantity, reason: 'So it is said.', at };
    case 'unknown':
      return { kind, orderId, reason: 'So it is said.', at };
    case 'changeRejected':
      return { kind, orderId, change: 'cancel', code: 'exchange/order-complete', reason: 'So it is said.', at };
    case 'changeUnknown':
      return { kind, orderId, change: 'cancel', reason: 'So it is said.', at };
    default:
      return { kind: 'expired', orderId, filledQuantity, at };
  }
}

/** What an ending tells of an order's fills: usually the truth, sometimes nothing, rarely more than was heard of. */
function toldFilled(state: SetState, orderId: string, truth: number): number | null {
  const filled = state.orders.find(({ request }) => request.orderId === orderId)?.filledQuantity ?? 0;
  if (truth < 8) return filled;
  return truth === 8 ? null : filled + LEG.lotSize;
}

const sideUnderWay = (state: SetState): Side => orderUnderWay(state)?.request.side ?? 'buy';

function leftOf(state: SetState): number {
  const order = orderUnderWay(state);
  return order === undefined ? 0 : remainingQuantity(order);
}
