import fc from 'fast-check';

import type { BrokerNews } from '../orders/broker-news.js';
import { remainingQuantity } from '../orders/order-life.js';
import type { Side } from '../orders/order-request.js';
import type { EpochMs } from '../primitives/time.js';
import type { ExitDistance, ReentryConfig, TrailingConfig } from './set-config.js';
import type { SetInput } from './set-input.js';
import { LEG, orderUnderWay, type SetWords, signalAt } from './set-play.test-kit.js';
import type { SetState } from './set-state.js';

/** Something that may happen to a set, before it is known in which state it happens. */
export type Happening = (state: SetState, at: EpochMs) => SetInput;

/** One step of a script: time goes on, and something happens. */
export interface Step {
  readonly afterMs: number;
  readonly happening: Happening;
}

const price = () => fc.integer({ min: 1_400, max: 2_600 }).map((ticks) => ticks / 20);
const points = fc.integer({ min: 1, max: 300 }).map((ticks) => ({ kind: 'points', points: ticks / 20 }) as const);
const percent = fc.integer({ min: 1, max: 250 }).map((permille) => ({ kind: 'percent', share: permille / 1_000 }) as const);
const distance: fc.Arbitrary<ExitDistance> = fc.oneof(
  points,
  percent,
  fc.integer({ min: 10_00, max: 2_000_00 }).map((paise) => ({ kind: 'money', paise }) as const),
);
const orNone = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 2, nil: null });

/** Trailing stops in points and in per cent, with and without a step. */
export const trailings = (): fc.Arbitrary<TrailingConfig> =>
  fc.record({ start: fc.oneof(points, percent), distance: fc.oneof(points, percent), step: orNone(fc.oneof(points, percent)) });

/** Configurations with any mixture of exits. */
export const setWords = (): fc.Arbitrary<SetWords> =>
  fc
    .record({
      exits: fc.record({
        stopLoss: orNone(distance),
        target: orNone(distance),
        trailing: orNone(trailings()),
        timeInTradeMs: orNone(fc.integer({ min: 1, max: 600_000 })),
        squareOff: orNone(fc.constant(915)),
        endOfDay: orNone(fc.constant({ onlyIfTargetShare: 0.5 })),
        oppositeSignal: fc.constantFrom('exit', 'reverse', null),
        underlyingRange: orNone(fc.constant({ below: 90, above: 110 })),
        daysBeforeExpiry: orNone(fc.nat({ max: 2 })),
        partial: fc.array(fc.record({ at: distance, share: fc.constantFrom(0.25, 0.5) }), { maxLength: 2 }),
        set: fc.record({
          stopLoss: orNone(distance),
          target: orNone(distance),
          dayLossPaise: orNone(fc.integer({ min: 100_00, max: 5_000_00 })),
        }),
      }),
      reentry: fc.record<ReentryConfig>({
        mode: fc.constantFrom('signal', 'sameDirection', 'off'),
        times: orNone(fc.nat({ max: 3 })),
        coolDownMs: fc.constantFrom(0, 0, 60_000),
      }),
      lots: fc.integer({ min: 1, max: 6 }),
      rest: fc.record({
        product: fc.constantFrom('MIS' as const, 'NRML' as const),
        protection: fc.constantFrom('engine' as const, 'engine' as const, 'exchange' as const, 'both' as const),
      }),
    })
    .map(({ exits, reentry, lots, rest }) => ({ exits, reentry, size: [{ kind: 'lots', lots }], rest }));

/** Whose order news is about: that of the order under way, of one before it, or of somebody else. */
const subject = () =>
  fc.oneof({ weight: 12, arbitrary: fc.constant('now') }, { weight: 1, arbitrary: fc.constantFrom('before', 'foreign') });

function orderIdOf(state: SetState, whose: string): string {
  if (whose === 'foreign') return 'zz-1';
  return `ne-${Math.max(1, whose === 'before' ? state.lastOrder - 1 : state.lastOrder).toString(36)}`;
}

/** A fill of a few lots: fills that are repeated and fills of more than was asked for are among them. */
const filled = (): fc.Arbitrary<Happening> =>
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

const told = (): fc.Arbitrary<Happening> =>
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
const looked = (): fc.Arbitrary<Happening> =>
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
const positionTold = (): fc.Arbitrary<Happening> =>
  fc.constantFrom(0, 0, 0, 50, null).map((wrong) => (state, at) => ({
    kind: 'positionTold',
    expected: state.holding.quantity,
    found: wrong === null ? null : state.holding.quantity + wrong,
    at,
  }));

/** Somebody deals in the broker's app. */
const outside = (): fc.Arbitrary<Happening> =>
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

const recovered: Happening = (_, at) => ({ kind: 'recovered', squareOffAt: null, at });

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

const signal = (): fc.Arbitrary<Happening> =>
  fc
    .record({
      direction: fc.constantFrom('bullish', 'bearish', 'bullish', 'bearish', 'neutral'),
      kind: fc.constantFrom('enter', 'enter', 'enter', 'enter', 'exit', 'adjust'),
      ageMs: fc.constantFrom(0, 0, 0, 0, 61_000),
    })
    .map(({ direction, kind, ageMs }) => (_, at) => ({
      kind: 'signal',
      signal: signalAt(at - ageMs, direction, { kind }),
      squareOffAt: null,
      barred: null,
      at,
    }));

const legs = (): fc.Arbitrary<Happening> =>
  fc
    .record({ side: fc.constantFrom<Side[]>('buy', 'sell'), at: price(), freeze: fc.constantFrom(null, null, 120) })
    .map(({ side, at: legPrice, freeze }) => (_, at) => ({
      kind: 'legs',
      leg: { ...LEG, side, price: legPrice, freezeQuantity: freeze },
      availablePaise: 10_00_000_00,
      sizeScale: 1,
      at,
    }));

const noLegs: Happening = (_, at) => ({ kind: 'noLegs', code: 'legs/no-strike', reason: 'No strike answers.', at });

const refused = (): fc.Arbitrary<Happening> =>
  subject().map((whose) => (state, at) => ({
    kind: 'refused',
    atMost: 0,
    orderId: orderIdOf(state, whose),
    code: 'risk/open-sets',
    reason: 'Two sets are open.',
    retryAt: null,
    at,
  }));

const market = (): fc.Arbitrary<Happening> =>
  fc
    .record({ kind: fc.constantFrom('levelReached', 'levelReached', 'priceImproved', 'underlyingLeftRange', 'due'), price: price() })
    .map(({ kind, price: seen }) => (_, at) => ({ kind, price: seen, at }));

const squareOff = (): fc.Arbitrary<Happening> =>
  fc
    .record({ price: price(), tradingDaysToExpiry: fc.constantFrom(null, 0, 1, 3) })
    .map(({ price: seen, tradingDaysToExpiry }) => (_, at) => ({ kind: 'squareOffDue', price: seen, tradingDaysToExpiry, at }));

const exitNow: Happening = (_, at) => ({ kind: 'exitNow', by: 'byHand', price: null, at });

const command = (): fc.Arbitrary<Happening> =>
  fc
    .constantFrom('start', 'start', 'start', 'stop', 'halt')
    .map((kind) => (_, at) => (kind === 'start' ? { kind, by: 'asha', at } : { kind, by: 'asha', reason: 'Enough.', at }));

/** Anything, whatever the set is doing. */
const anything = (): fc.Arbitrary<Happening> =>
  fc.oneof(
    signal(),
    legs(),
    filled(),
    told(),
    looked(),
    positionTold(),
    outside(),
    refused(),
    fc.constant(noLegs),
    market(),
    squareOff(),
    fc.constant(exitNow),
    fc.constant(recovered),
    command(),
  );

/** What the set is waiting for. */
const expected = (): fc.Arbitrary<Happening> =>
  fc
    .record({
      waited: signal(),
      prepared: fc.oneof({ weight: 9, arbitrary: legs() }, { weight: 1, arbitrary: fc.constant(noLegs) }),
      ordered: fc.oneof({ weight: 7, arbitrary: filled() }, { weight: 2, arbitrary: told() }, { weight: 1, arbitrary: refused() }),
      sought: looked(),
      confirmed: positionTold(),
      held: fc.oneof({ weight: 9, arbitrary: market() }, { weight: 1, arbitrary: squareOff() }, { weight: 1, arbitrary: signal() }),
    })
    .map(
      ({ waited, prepared, ordered, sought, confirmed, held }): Happening =>
        (state, at) => {
          if (state.orders.some(({ look }) => look !== null && look.askedAt !== null)) return sought(state, at);
          if (state.orders.some(({ look }) => look !== null)) return { kind: 'due', price: 100, at };
          switch (state.phase) {
            case 'stopped':
              return { kind: 'start', by: 'asha', at };
            case 'waiting':
              return state.halted === null ? waited(state, at) : { kind: 'stop', by: 'asha', reason: 'To start anew.', at };
            case 'preparing':
              return prepared(state, at);
            case 'entering':
              return ordered(state, at);
            case 'open':
              return held(state, at);
            case 'exiting':
              if (state.leaving.confirming) return confirmed(state, at);
              return orderUnderWay(state) === undefined ? { kind: 'due', price: 100, at } : ordered(state, at);
          }
        },
    );

const happening = (): fc.Arbitrary<Happening> => fc.oneof({ weight: 5, arbitrary: expected() }, { weight: 2, arbitrary: anything() });

/** What may happen to a set in an hour or two: in its order, out of it, twice, late, or to somebody else's orders. */
export const scripts = (): fc.Arbitrary<readonly Step[]> =>
  fc.array(fc.record({ afterMs: fc.oneof(fc.nat({ max: 2_000 }), fc.nat({ max: 120_000 })), happening: happening() }), {
    minLength: 1,
    maxLength: 60,
    size: 'max',
  });
