import fc from 'fast-check';

import type { Side } from '../orders/order-request.js';
import { filled, type Happening, looked, orderIdOf, outside, positionTold, price, subject, told } from './order-happenings.test-kit.js';
import { LEG, orderUnderWay, signalAt } from './set-play.test-kit.js';

/** One step of a script: time goes on, and something happens. */
export interface Step {
  readonly afterMs: number;
  readonly happening: Happening;
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

const recovered: Happening = (_, at) => ({ kind: 'recovered', squareOffAt: null, at });

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
