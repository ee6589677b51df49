import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isSettled } from '../orders/order-life.js';
import { type Side, signOf } from '../orders/order-request.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import { asksIn, BrokerPlay } from './broker-play.test-kit.js';
import { find, kindsOf, LEG, SetPlay } from './set-play.test-kit.js';

const SECOND = 1_000;
const points = (value: number) => ({ kind: 'points', points: value }) as const;
const EXITS = { stopLoss: points(10), target: points(20), partial: [{ at: points(6), share: 0.5 }] };
const AT_EXCHANGE = { exits: EXITS, rest: { protection: 'exchange' } } as const;
const DEALERS: readonly OutsideDealer[] = ['byHandAtBroker', 'autoSquareOff', 'settlement'];

/** Four lots at 100, whose stop rests at the exchange. */
function protectedPlay(): BrokerPlay {
  const play = BrokerPlay.holding(AT_EXCHANGE);
  play.working('ne-2');
  return play;
}

/** A set that leaves four lots, and whose exit rests. */
function leaving(): BrokerPlay {
  const play = BrokerPlay.holding({ exits: EXITS });
  play.exitNow();
  play.working('ne-2');
  return play;
}

describe.each(DEALERS)('a deal of %s', (by) => {
  it('in all that is held closes the set, at its price and with its charges', () => {
    const play = BrokerPlay.holding({ exits: EXITS });
    play.chargesPaise = 41_30;
    const { now: at } = play;
    expect(play.outside('sell', 200, { price: 104.5, by })).toEqual([
      {
        kind: 'legFilled',
        fill: {
          fillId: 'X2',
          orderId: 'outside:X2',
          instrument: LEG.instrument,
          side: 'sell',
          quantity: 200,
          price: 104.5,
          time: at,
        },
        purpose: 'exit',
        chargesPaise: 41_30,
        realisedPaise: 900_00,
        costPaise: 0,
        by,
        at,
      },
      { kind: 'exitTriggered', rule: by, price: null, quantity: 200, keep: 0, reverse: null, at },
      { kind: 'setClosed', rule: by, grossPaise: 900_00, chargesPaise: 41_30, coolUntil: at, at },
    ]);
    expect(play.state).toMatchObject({ phase: 'waiting', holding: { quantity: 0 } });
  });

  it('in a part of it leaves the set with the rest, and its stop and targets', () => {
    const play = BrokerPlay.holding({ exits: EXITS });
    const { now: at, position } = play;
    expect(play.outside('sell', 50, { by }).slice(1)).toEqual([
      { kind: 'exitTriggered', rule: by, price: null, quantity: 50, keep: 150, reverse: null, at },
      { kind: 'positionReduced', quantity: 150, rule: by, partialsLeft: 1, setStop: null, setTarget: null, dayLossStop: null, at },
    ]);
    expect(play.position).toEqual({ ...position, quantity: 150 });
  });

  it('in more than is held is taken back as far as it went beyond', () => {
    const play = BrokerPlay.holding({ exits: EXITS });
    const events = play.outside('sell', 300, { price: 101, by });
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: by, quantity: 200, keep: 0 });
    expect(asksIn(events)).toEqual(['buy 100']);
    expect(find(play.filled('ne-2', undefined, 102), 'setClosed')).toMatchObject({ rule: by, grossPaise: 200_00 - 100_00 });
  });

  it('that adds to it is left, and what was there before stays', () => {
    const play = BrokerPlay.holding({ exits: EXITS });
    const events = play.outside('buy', 50, { price: 103, by });
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: by, quantity: 50, keep: 200 });
    expect(asksIn(events)).toEqual(['sell 50']);
    expect(find(play.filled('ne-2'), 'positionReduced')).toMatchObject({ quantity: 200, partialsLeft: 1 });
    expect(play.position).toMatchObject({ quantity: 200, stop: 90, target: 120, entryPrice: 100 });
  });
});

describe('a deal by somebody else in what was sold', () => {
  const sold = (): BrokerPlay => BrokerPlay.holding({ exits: EXITS }, { leg: { side: 'sell' } });

  it.each([
    ['all of it', 200, ['exitTriggered', 'setClosed'], []],
    ['a part', 50, ['exitTriggered', 'positionReduced'], []],
    ['more', 250, ['exitTriggered', 'legOrderRequested'], ['sell 50']],
  ] as const)('is the mirror image: %s', (_, quantity, kinds, asks) => {
    const events = sold().outside('buy', quantity);
    expect(kindsOf(events)).toEqual(['legFilled', ...kinds]);
    expect(asksIn(events)).toEqual(asks);
  });
});

describe('while a stop rests at the exchange, a deal by somebody else', () => {
  it('in all that is held has the stop cancelled before the set is closed', () => {
    const play = protectedPlay();
    const events = play.outside('sell', 200);
    expect(kindsOf(events)).toEqual(['legFilled', 'exitTriggered', 'orderChangeRequested']);
    expect(asksIn(events)).toEqual(['cancel ne-2']);
    expect(find(play.cancelled('ne-2'), 'setClosed').rule).toBe('byHandAtBroker');
  });

  it('in all that is held, and then the stop as well, is taken back', () => {
    const play = protectedPlay();
    play.outside('sell', 200);
    expect(asksIn(play.filled('ne-2', 150, 90))).toEqual([]);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['buy 150']);
    expect(kindsOf(play.filled('ne-3'))).toEqual(['legFilled', 'setClosed']);
  });

  it('in a part has the stop made anew for the rest', () => {
    const play = protectedPlay();
    expect(asksIn(play.outside('sell', 50))).toEqual(['cancel ne-2']);
    expect(play.watch.low).toBe(90);
    const events = play.cancelled('ne-2');
    expect(kindsOf(events)).toEqual(['orderChanged', 'positionReduced', 'legOrderRequested']);
    expect(asksIn(events)).toEqual(['stop sell 150 at 90']);
  });

  it('in more than is held is taken back when the stop is over', () => {
    const play = protectedPlay();
    expect(asksIn(play.outside('sell', 250))).toEqual(['cancel ne-2']);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['buy 50']);
  });
});

describe('while a set enters, a deal by somebody else', () => {
  const halfFilled = (): BrokerPlay => {
    const play = BrokerPlay.entering({ exits: EXITS });
    play.working('ne-1');
    play.filled('ne-1', 100);
    return play;
  };

  it('in a part of what has been filled ends the entry, and the rest has its stop and targets', () => {
    const play = halfFilled();
    const events = play.outside('sell', 50);
    expect(kindsOf(events)).toEqual(['setOpened', 'legFilled', 'exitTriggered', 'orderChangeRequested']);
    expect(asksIn(events)).toEqual(['cancel ne-1']);
    expect(kindsOf(play.cancelled('ne-1'))).toEqual(['orderChanged', 'positionReduced']);
    expect(play.state.phase).toBe('open');
    expect(play.position).toMatchObject({ quantity: 50, entryQuantity: 100, entryPrice: 100, stop: 90, target: 120 });
    expect(asksIn(play.tick(90))).toEqual(['sell 50']);
  });

  it('in all that has been filled ends it, and nothing is left', () => {
    const play = halfFilled();
    expect(asksIn(play.outside('sell', 100))).toEqual(['cancel ne-1']);
    expect(kindsOf(play.cancelled('ne-1'))).toEqual(['orderChanged', 'setClosed']);
  });

  it('is followed by the leaving of what the entry still brings', () => {
    const play = halfFilled();
    play.outside('sell', 100);
    expect(asksIn(play.filled('ne-1'))).toEqual(['sell 100']);
    expect(kindsOf(play.filled('ne-2'))).toEqual(['legFilled', 'setClosed']);
  });

  it('that adds to what has been filled ends it, and what came that way is left', () => {
    const play = halfFilled();
    expect(asksIn(play.outside('buy', 50))).toEqual(['cancel ne-1']);
    expect(asksIn(play.cancelled('ne-1'))).toEqual(['sell 50']);
    expect(find(play.filled('ne-2'), 'positionReduced').quantity).toBe(100);
    expect(play.position.stop).toBe(90);
  });

  it('before anything has been filled ends it, and is taken back', () => {
    const play = BrokerPlay.entering({ exits: EXITS });
    play.working('ne-1');
    const events = play.outside('sell', 50);
    expect(kindsOf(events)).toEqual(['legFilled', 'setOpened', 'exitTriggered', 'orderChangeRequested']);
    expect(find(events, 'setOpened').position).toMatchObject({ side: 'sell', quantity: 50 });
    expect(asksIn(play.cancelled('ne-1'))).toEqual(['buy 50']);
    expect(kindsOf(play.filled('ne-2'))).toEqual(['legFilled', 'setClosed']);
  });

  it('keeps an order that was never sent from being sent', () => {
    const play = new BrokerPlay({ size: [{ kind: 'lots', lots: 4 }] });
    play.approves = false;
    play.signal('bullish');
    play.legs();
    expect(asksIn(play.outside('buy', 50))).toEqual(['withdraw ne-1', 'sell 50']);
    expect(play.passes('ne-1')).toEqual([]);
  });
});

describe('while a set leaves, a deal by somebody else', () => {
  it('in all of it has the exit cancelled, and closes the set when that is over', () => {
    const play = leaving();
    expect(kindsOf(play.outside('sell', 200))).toEqual(['legFilled', 'orderChangeRequested']);
    expect(find(play.cancelled('ne-2'), 'setClosed')).toMatchObject({ rule: 'byHand', grossPaise: 0 });
  });

  it('in all of it, and then the exit as well, is taken back', () => {
    const play = leaving();
    play.outside('sell', 200);
    expect(asksIn(play.filled('ne-2', undefined, 99))).toEqual(['buy 200']);
    expect(find(play.filled('ne-3', undefined, 98), 'setClosed').grossPaise).toBe(200_00);
  });

  it('in a part has the exit made smaller: it is cancelled, and another goes out for the rest', () => {
    const play = leaving();
    expect(asksIn(play.outside('sell', 50))).toEqual(['cancel ne-2']);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 150']);
  });

  it('in a part is nothing to an exit of which that much has come to nothing before', () => {
    const play = BrokerPlay.holding({}, { leg: { freezeQuantity: 100 } });
    play.exitNow();
    play.rejected('ne-3');
    expect(asksIn(play.outside('sell', 100))).toEqual([]);
    expect(kindsOf(play.filled('ne-4'))).toEqual(['legFilled', 'setClosed']);
  });

  it('in more than is held is taken back when the exit is over', () => {
    const play = leaving();
    expect(asksIn(play.outside('sell', 250))).toEqual(['cancel ne-2']);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['buy 50']);
  });

  it('that adds to it is left with the rest', () => {
    expect(asksIn(leaving().outside('buy', 50))).toEqual(['sell 50']);
  });

  it('has an exit that was never sent asked for anew, as small as it has to be', () => {
    const play = BrokerPlay.holding();
    play.approves = false;
    play.exitNow();
    expect(asksIn(play.outside('sell', 50))).toEqual(['withdraw ne-2', 'sell 150']);
  });

  it('waits for an exit that nobody can say the outcome of', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.unknown('ne-2');
    expect(asksIn(play.outside('sell', 200))).toEqual([]);
    expect(play.state.phase).toBe('exiting');
    play.wakes();
    expect(asksIn(play.looked('ne-2', play.inBook('ne-2', 'open')))).toEqual(['cancel ne-2']);
    expect(kindsOf(play.cancelled('ne-2'))).toEqual(['orderChanged', 'setClosed']);
  });

  it('in what a part was to leave makes the exit needless: the rest goes on', () => {
    const play = BrokerPlay.holding({ exits: EXITS });
    play.tick(106);
    expect(asksIn(play.events).at(-1)).toBe('sell 100');
    play.working('ne-2');
    expect(asksIn(play.outside('sell', 100))).toEqual(['cancel ne-2']);
    expect(find(play.cancelled('ne-2'), 'positionReduced')).toMatchObject({ quantity: 100, partialsLeft: 0 });
  });

  it('in more than a part was to leave keeps what is there', () => {
    const play = BrokerPlay.holding({ exits: EXITS });
    play.tick(106);
    play.working('ne-2');
    play.outside('sell', 150);
    expect(find(play.cancelled('ne-2'), 'positionReduced').quantity).toBe(50);
  });
});

describe('in a set that is to hold nothing, a deal by somebody else', () => {
  it('is left at once, where it waits', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.filled('ne-2');
    const events = play.outside('buy', 50, { price: 98, by: 'autoSquareOff' });
    expect(kindsOf(events)).toEqual(['legFilled', 'setOpened', 'exitTriggered', 'legOrderRequested']);
    expect(find(events, 'setOpened').position).toMatchObject({ side: 'buy', quantity: 50, entryPrice: 98 });
    expect(find(play.filled('ne-3', undefined, 99), 'setClosed')).toMatchObject({ rule: 'autoSquareOff', grossPaise: 50_00 });
  });

  it('is left, and no entry is made that was being prepared', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.filled('ne-2');
    play.signal('bullish');
    expect(kindsOf(play.outside('sell', 50))).toEqual(['legFilled', 'entryRefused', 'setOpened', 'exitTriggered', 'legOrderRequested']);
    expect(play.legs()).toEqual([]);
  });

  it('is left, and the set stays stopped where it was', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.filled('ne-2');
    play.tell({ kind: 'stop', by: 'asha', reason: 'Enough.', at: play.now });
    expect(asksIn(play.outside('buy', 50))).toEqual(['sell 50']);
    play.filled('ne-3');
    expect(find(play.signal('bullish'), 'entryRefused').code).toBe('set/halted');
  });
});

describe('what a person has adopted', () => {
  const adopt = (play: SetPlay, quantity: number, price = 100) => play.tell({ kind: 'adopt', by: 'asha', quantity, price, at: play.now });

  it('is nothing where it is what we have, or where no leg was ever chosen', () => {
    expect(adopt(BrokerPlay.holding(), 200)).toEqual([]);
    expect(adopt(new SetPlay(), 50)).toEqual([]);
  });

  it('is a deal in the difference, at the price that was given and without charges', () => {
    const play = BrokerPlay.holding({ exits: EXITS });
    play.chargesPaise = 20_00;
    const { now: at } = play;
    const events = adopt(play, 150, 96);
    const id = `adopted-${at}`;
    expect(events[0]).toEqual({
      kind: 'legFilled',
      fill: { fillId: id, orderId: id, instrument: LEG.instrument, side: 'sell', quantity: 50, price: 96, time: at },
      purpose: 'exit',
      chargesPaise: 0,
      realisedPaise: -200_00,
      costPaise: 15_000_00,
      by: 'byHandAtBroker',
      at,
    });
    expect(find(events, 'positionReduced').quantity).toBe(150);
  });

  it.each([
    ['flat', 0, ['legFilled', 'exitTriggered', 'setClosed'], []],
    ['more than the set wants', 250, ['legFilled', 'exitTriggered', 'legOrderRequested'], ['sell 50']],
    ['the other side', -50, ['legFilled', 'exitTriggered', 'legOrderRequested'], ['buy 50']],
  ] as const)('is as if somebody had dealt: %s', (_, quantity, kinds, asks) => {
    const events = adopt(BrokerPlay.holding(), quantity);
    expect(kindsOf(events)).toEqual(kinds);
    expect(asksIn(events)).toEqual(asks);
  });

  it('lets an exit go on that had waited for a person', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.unknown('ne-2');
    play.looked('ne-2', 'absent');
    play.later(5 * SECOND);
    play.looked('ne-2', 'absent');
    expect(kindsOf(play.positionTold(150))).toEqual(['positionTold', 'exitPostponed']);
    expect(kindsOf(adopt(play, 150))).toEqual(['legFilled']);
    expect(asksIn(play.wakes())).toEqual(['ask what is held']);
    expect(asksIn(play.positionTold(150))).toEqual(['sell 150']);
  });

  it('closes a set at once that is found flat while it waits', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.unknown('ne-2');
    play.looked('ne-2', 'absent');
    play.later(5 * SECOND);
    play.looked('ne-2', 'absent');
    play.positionTold(0);
    expect(kindsOf(adopt(play, 0))).toEqual(['legFilled', 'setClosed']);
  });
});

describe('whatever somebody else deals in', () => {
  const deals = fc.array(
    fc.record({
      side: fc.constantFrom<Side[]>('buy', 'sell'),
      quantity: fc.integer({ min: 1, max: 300 }),
      ticks: fc.integer({ min: 1_800, max: 2_200 }),
      by: fc.constantFrom(...DEALERS),
    }),
    { minLength: 1, maxLength: 8 },
  );

  it('the set holds no more than it wanted and never the other side, once its orders are filled, and no paisa is lost', () =>
    fc.assert(
      fc.property(deals, fc.constantFrom<Side[]>('buy', 'sell'), fc.constantFrom(null, 120), (all, side, freezeQuantity) => {
        const play = BrokerPlay.holding({ exits: { stopLoss: points(30) } }, { leg: { side, freezeQuantity } });
        for (const { side: dealt, quantity, ticks, by } of all) {
          if (play.state.phase !== 'open') break;
          const { quantity: before } = play.position;
          const held = signOf(side) * play.state.holding.quantity + signOf(side) * signOf(dealt) * quantity;
          play.outside(dealt, quantity, { price: ticks / 20, by });
          for (const { request } of play.state.orders.filter((order) => !isSettled(order))) play.filled(request.orderId);
          const rest = Math.max(0, Math.min(before, held));
          expect(Math.abs(play.state.holding.quantity)).toBe(rest);
          expect(signOf(side) * play.state.holding.quantity).toBeGreaterThanOrEqual(0);
          expect(play.state.phase).toBe(rest === 0 ? 'waiting' : 'open');
        }
        const cash = play.events.reduce(
          (sum, event) =>
            event.kind === 'legFilled' ? sum - signOf(event.fill.side) * event.fill.quantity * Math.round(event.fill.price * 100) : sum,
          0,
        );
        const closed = play.events.find(({ kind }) => kind === 'setClosed');
        const { realisedPaise, costPaise } = play.state.holding;
        expect(closed === undefined ? realisedPaise - costPaise : find(play.events, 'setClosed').grossPaise).toBe(cash);
      }),
      { numRuns: 300 },
    ));
});
