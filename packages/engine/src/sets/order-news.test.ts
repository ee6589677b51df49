import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isSettled } from '../orders/order-life.js';
import { AT, shuffled, type Truth, type TruthWords, truths } from '../orders/order-truth.test-kit.js';
import { asksIn, BrokerPlay } from './broker-play.test-kit.js';
import type { ExitsConfig } from './set-config.js';
import type { SetEvent } from './set-event.js';
import { find, ist, kindsOf, type SetWords } from './set-play.test-kit.js';

const SECOND = 1_000;
const HALF_AT_105: Partial<ExitsConfig> = {
  stopLoss: { kind: 'points', points: 10 },
  partial: [{ at: { kind: 'points', points: 5 }, share: 0.5 }],
};

/** A set that leaves four lots, and whose exit nobody has answered. */
function leaving(words: SetWords = {}): BrokerPlay {
  const play = BrokerPlay.holding(words);
  play.exitNow();
  return play;
}

/** A set that takes half of its four lots off at 105, by an order that nobody has answered. */
function leavingHalf(): BrokerPlay {
  const play = BrokerPlay.holding({ exits: HALF_AT_105 });
  play.tick(105);
  return play;
}

/** Two looks, far enough apart, find the day's book without an order that has become unknown. */
function neverReached(play: BrokerPlay, orderId: string): readonly SetEvent[] {
  play.unknown(orderId);
  play.later(SECOND);
  play.looked(orderId, 'absent');
  play.later(7 * SECOND);
  return play.looked(orderId, 'absent');
}

describe('news', () => {
  it.each([
    ['an answer', (play: BrokerPlay) => play.acknowledged('ne-2')],
    ['a rest at the exchange', (play: BrokerPlay) => play.working('ne-2')],
    ['an unknown outcome', (play: BrokerPlay) => play.unknown('ne-2')],
    ['a cancellation', (play: BrokerPlay) => play.cancelled('ne-2', 0)],
    ['a cancellation that says nothing of fills', (play: BrokerPlay) => play.cancelled('ne-2', null)],
    ['an expiry', (play: BrokerPlay) => play.expired('ne-2', 0)],
    ['a rejection', (play: BrokerPlay) => play.rejected('ne-2')],
  ] as const)('of %s counts once, though it comes again and late', (_, tell) => {
    const play = leaving();
    expect(tell(play)).not.toEqual([]);
    const { state } = play;
    play.now += 400;
    expect(tell(play)).toEqual([]);
    expect(play.state).toBe(state);
  });

  it.each(['modify', 'cancel'] as const)('that a change to %s was not made counts where one was asked for', (change) => {
    const play = leaving();
    play.working('ne-2');
    expect(play.changeRejected('ne-2', change)).toEqual([]);
    expect(play.changeUnknown('ne-2', change)).toEqual([]);
  });

  it('of an answer asks for nothing', () => {
    const play = BrokerPlay.entering();
    expect(play.acknowledged('ne-1')).toEqual([
      { kind: 'orderChanged', news: { kind: 'acknowledged', orderId: 'ne-1', brokerOrderId: 'B-ne-1', at: play.now }, at: play.now },
    ]);
  });

  it('of a fill says what it closed, what the rest has cost, and what it was charged', () => {
    const play = leaving();
    play.chargesPaise = 23_60;
    const { now: at } = play;
    expect(play.filled('ne-2', 50, 110)).toEqual([
      {
        kind: 'legFilled',
        fill: { fillId: 'D2', orderId: 'ne-2', instrument: 'NFO:NIFTY24NOV2626000CE', side: 'sell', quantity: 50, price: 110, time: at },
        purpose: 'exit',
        chargesPaise: 23_60,
        realisedPaise: 500_00,
        costPaise: 15_000_00,
        by: null,
        at,
      },
    ]);
  });
});

describe('a rejection after the broker had taken the order', () => {
  it('ends an entry', () => {
    const play = BrokerPlay.entering();
    play.acknowledged('ne-1');
    const { now: at } = play;
    expect(play.rejected('ne-1')).toEqual([
      { kind: 'orderChanged', news: { kind: 'rejected', orderId: 'ne-1', code: 'margin', reason: 'Margin is short.', at }, at },
      { kind: 'entryRefused', by: 'broker', code: 'broker/order-rejected', reason: 'Margin is short.', signalAt: at, at },
    ]);
  });

  it('postpones an exit', () => {
    const play = leaving();
    play.acknowledged('ne-2');
    play.working('ne-2');
    const { now: at } = play;
    expect(play.rejected('ne-2')).toMatchObject([
      { kind: 'orderChanged' },
      { kind: 'exitPostponed', reason: 'Margin is short.', retryAt: at + SECOND },
    ]);
  });

  it('changes nothing about what was filled before', () => {
    const play = leaving();
    play.filled('ne-2', 50);
    expect(play.rejected('ne-2')).toEqual([]);
    expect(play.of('ne-2')).toMatchObject({ status: 'partiallyFilled', filledQuantity: 50 });
  });
});

describe('a cancellation after a part was filled', () => {
  it('opens with the part', () => {
    const play = BrokerPlay.entering();
    play.filled('ne-1', 50);
    expect(kindsOf(play.cancelled('ne-1', 50))).toEqual(['orderChanged', 'setOpened']);
    expect(play.position).toMatchObject({ quantity: 50, entryQuantity: 50 });
  });

  it('leaves the rest to another exit', () => {
    const play = leaving();
    play.filled('ne-2', 50);
    expect(kindsOf(play.cancelled('ne-2', 50))).toEqual(['orderChanged', 'exitPostponed']);
    expect(asksIn(play.wakes())).toEqual(['sell 150']);
  });

  it.each([
    ['tells of more than has come', 150],
    ['says nothing of fills', null],
  ])('that %s is waited for: the book is looked at before the set goes on', (_, told) => {
    const play = BrokerPlay.entering();
    play.filled('ne-1', 50);
    expect(kindsOf(play.cancelled('ne-1', told))).toEqual(['orderChanged']);
    expect(play.state.phase).toBe('entering');
    expect(asksIn(play.wakes())).toEqual(['look for ne-1']);
    const missed = { fillId: 'F9', quantity: 100, price: 103, time: play.now };
    const events = play.looked('ne-1', play.inBook('ne-1', 'cancelled', [missed]));
    expect(kindsOf(events)).toContain('setOpened');
    expect(play.position).toMatchObject({ quantity: 150, entryPrice: 102 });
    expect(play.state.orders.every(isSettled)).toBe(true);
  });

  it('of an exit that says nothing of fills keeps the next from going out before the book is read', () => {
    const play = leaving();
    play.cancelled('ne-2', null);
    expect(asksIn(play.later(SECOND))).toEqual(['look for ne-2']);
    const fills = [{ fillId: 'F9', quantity: 150, price: 99, time: play.now }];
    expect(asksIn(play.looked('ne-2', play.inBook('ne-2', 'cancelled', fills)))).toEqual(['sell 50']);
  });
});

describe('a fill of an order that was over', () => {
  it('is left at once, by a set that waits', () => {
    const play = BrokerPlay.entering();
    play.cancelled('ne-1', 0);
    expect(play.state.phase).toBe('waiting');
    const { now: at } = play;
    const events = play.filled('ne-1', 50, 101);
    expect(kindsOf(events)).toEqual(['legFilled', 'setOpened', 'exitTriggered', 'legOrderRequested']);
    expect(find(events, 'setOpened').position).toMatchObject({ side: 'buy', quantity: 50, entryPrice: 101, stop: null, target: null });
    expect(find(events, 'exitTriggered')).toEqual({
      kind: 'exitTriggered',
      rule: 'lateFill',
      price: null,
      quantity: 50,
      keep: 0,
      reverse: null,
      at,
    });
    expect(asksIn(events)).toEqual(['sell 50']);
    expect(play.filled('ne-2', 50, 100)).toMatchObject([
      { kind: 'legFilled' },
      { kind: 'setClosed', rule: 'lateFill', grossPaise: -50_00 },
    ]);
  });

  it('is left by a set that prepares another entry, and that one is not made', () => {
    const play = BrokerPlay.entering();
    play.cancelled('ne-1', 0);
    play.signal('bullish');
    const events = play.filled('ne-1', 50);
    expect(kindsOf(events)).toEqual(['legFilled', 'entryRefused', 'setOpened', 'exitTriggered', 'legOrderRequested']);
    expect(find(events, 'entryRefused')).toMatchObject({ by: 'broker', code: 'set/late-fill' });
    expect(play.legs()).toEqual([]);
    expect(kindsOf(play.filled('ne-2'))).toEqual(['legFilled', 'setClosed']);
  });

  it('is left by a set that was stopped, and stopped it stays', () => {
    const play = BrokerPlay.entering();
    play.cancelled('ne-1', 0);
    play.tell({ kind: 'stop', by: 'asha', reason: 'Enough.', at: play.now });
    expect(play.state.phase).toBe('stopped');
    expect(asksIn(play.filled('ne-1', 50))).toEqual(['sell 50']);
    expect(kindsOf(play.filled('ne-2'))).toEqual(['legFilled', 'setClosed']);
    expect(play.state.halted).toEqual({ by: 'set', reason: 'It was stopped.' });
    expect(find(play.signal('bullish'), 'entryRefused').code).toBe('set/halted');
    play.tell({ kind: 'stop', by: 'asha', reason: 'To start anew.', at: play.now });
    play.tell({ kind: 'start', by: 'asha', at: play.now });
    expect(kindsOf(play.signal('bullish'))).toEqual(['signalSeen', 'preparationStarted']);
  });

  it('is left by a set that is open, and what was there before stays', () => {
    const play = BrokerPlay.entering({ exits: HALF_AT_105 }, { leg: { freezeQuantity: 100 } });
    play.filled('ne-1');
    play.cancelled('ne-2', 0);
    expect(play.position.quantity).toBe(100);
    const events = play.filled('ne-2', 50);
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'lateFill', quantity: 50, keep: 100 });
    expect(asksIn(events)).toEqual(['sell 50']);
    expect(play.filled('ne-3', 50, 99)).toMatchObject([
      { kind: 'legFilled' },
      { kind: 'positionReduced', quantity: 100, rule: 'lateFill', partialsLeft: 1 },
    ]);
    expect(play.position).toMatchObject({ quantity: 100, stop: 90 });
  });

  it('of an exit that was over takes the rest of an open position with it, and is no stop-loss', () => {
    const play = leavingHalf();
    play.cancelled('ne-2', 0);
    play.wakes();
    expect(kindsOf(play.filled('ne-3'))).toEqual(['legFilled', 'positionReduced']);
    const events = play.filled('ne-2', 50);
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'lateFill', quantity: 100, keep: 0 });
    expect(asksIn(events)).toEqual(['sell 50']);
  });

  it('is left with the rest by a set that leaves', () => {
    const play = BrokerPlay.entering({}, { leg: { freezeQuantity: 100 } });
    play.filled('ne-1');
    play.cancelled('ne-2', 0);
    play.exitNow();
    expect(asksIn(play.filled('ne-2', 50))).toEqual(['sell 50']);
    play.filled('ne-3');
    expect(kindsOf(play.filled('ne-4'))).toEqual(['legFilled', 'setClosed']);
  });

  it('of an exit brings back what has left twice', () => {
    const play = leaving();
    play.cancelled('ne-2', 0);
    play.wakes();
    play.filled('ne-3');
    expect(play.state.phase).toBe('waiting');
    const events = play.filled('ne-2', 200, 99);
    expect(find(events, 'setOpened').position).toMatchObject({ side: 'sell', quantity: 200, entryPrice: 99 });
    expect(asksIn(events)).toEqual(['buy 200']);
  });
});

describe('an order that two looks have not found', () => {
  it('is an entry that is given up', () => {
    const play = BrokerPlay.entering();
    const events = neverReached(play, 'ne-1');
    const { now: at } = play;
    expect(events).toEqual([
      { kind: 'bookLooked', orderId: 'ne-1', outcome: 'absent', at },
      { kind: 'orderNeverReached', orderId: 'ne-1', at },
      {
        kind: 'entryRefused',
        by: 'broker',
        code: 'broker/never-reached',
        reason: 'The order never reached the broker.',
        signalAt: at - 8 * SECOND,
        at,
      },
    ]);
    expect(play.state.phase).toBe('waiting');
  });

  it('is a slice of an entry that the position goes without', () => {
    const play = BrokerPlay.entering({}, { leg: { freezeQuantity: 100 } });
    play.filled('ne-1');
    expect(kindsOf(neverReached(play, 'ne-2'))).toEqual(['bookLooked', 'orderNeverReached', 'setOpened']);
    expect(play.position.quantity).toBe(100);
  });

  it('is a stop that is sent again after half a minute', () => {
    const play = BrokerPlay.holding({ exits: { stopLoss: { kind: 'points', points: 10 } }, rest: { protection: 'exchange' } });
    const events = neverReached(play, 'ne-2');
    expect(kindsOf(events)).toEqual(['bookLooked', 'orderNeverReached', 'protectionLost']);
    expect(find(events, 'protectionLost')).toMatchObject({ retryAt: play.now + 30 * SECOND, failures: 1 });
    expect(asksIn(play.wakes())).toEqual(['stop sell 200 at 90']);
  });

  it.each([
    ['one look', [[1, 'absent']]],
    [
      'two looks less than five seconds apart',
      [
        [1, 'absent'],
        [1, 'absent'],
      ],
    ],
    [
      'one look and others that nobody answered',
      [
        [1, 'absent'],
        [1, 'unanswered'],
        [6, 'unanswered'],
      ],
    ],
  ] as const)('is not proved by %s', (_, looks) => {
    const play = leaving();
    play.unknown('ne-2');
    for (const [seconds, found] of looks) {
      play.later(seconds * SECOND);
      expect(kindsOf(play.looked('ne-2', found))).toEqual(['bookLooked']);
    }
    expect(play.of('ne-2').status).toBe('unknown');
    expect(asksIn(play.later(60 * SECOND))).toEqual(['look for ne-2']);
  });

  it('is proved by two looks that found nothing with others in between that nobody answered', () => {
    const play = leaving();
    play.unknown('ne-2');
    play.later(SECOND);
    play.looked('ne-2', 'absent');
    play.later(SECOND);
    play.looked('ne-2', 'unanswered');
    play.later(6 * SECOND);
    expect(kindsOf(play.looked('ne-2', 'absent'))).toEqual(['bookLooked', 'orderNeverReached', 'positionAsked']);
  });

  it('is no proof about an order that the broker has taken: it is looked for on and on', () => {
    const play = leaving();
    play.working('ne-2');
    play.later(5 * SECOND);
    for (let i = 0; i < 4; i += 1) {
      expect(play.looked('ne-2', 'absent')).toEqual([{ kind: 'bookLooked', orderId: 'ne-2', outcome: 'absent', at: play.now }]);
      expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
    }
    expect(play.of('ne-2').status).toBe('open');
  });
});

describe('an exit that never reached the broker', () => {
  it('asks what is held before another goes out, under another id', () => {
    const play = leaving();
    const events = neverReached(play, 'ne-2');
    const { now: at } = play;
    expect(events).toEqual([
      { kind: 'bookLooked', orderId: 'ne-2', outcome: 'absent', at },
      { kind: 'orderNeverReached', orderId: 'ne-2', at },
      { kind: 'positionAsked', retryAt: at + 5 * SECOND, at },
    ]);
    const told = play.positionTold(200);
    expect(told[0]).toEqual({ kind: 'positionTold', expected: 200, found: 200, at });
    expect(find(told, 'legOrderRequested').order).toMatchObject({ orderId: 'ne-3', side: 'sell', quantity: 200, purpose: 'exit' });
    expect(kindsOf(play.filled('ne-3'))).toEqual(['legFilled', 'setClosed']);
  });

  it('asks again after five seconds where nobody has answered', () => {
    const play = leaving();
    neverReached(play, 'ne-2');
    expect(play.watch.time).toBe(play.now + 5 * SECOND);
    expect(play.later(5 * SECOND - 1)).toEqual([]);
    expect(play.later(1)).toEqual([{ kind: 'positionAsked', retryAt: play.now + 5 * SECOND, at: play.now }]);
  });

  it('waits where the broker holds something else, says so, and asks again later', () => {
    const play = leaving();
    neverReached(play, 'ne-2');
    const { now: at } = play;
    expect(play.positionTold(0)).toEqual([
      { kind: 'positionTold', expected: 200, found: 0, at },
      { kind: 'exitPostponed', reason: 'The broker holds 0, we have 200.', retryAt: at + SECOND, at },
    ]);
    expect(play.wakes()).toEqual([{ kind: 'positionAsked', retryAt: at + 6 * SECOND, at: at + SECOND }]);
    expect(asksIn(play.positionTold(200))).toEqual(['sell 200']);
  });

  it('waits where the broker cannot say what is held, for that is not flat', () => {
    const play = leaving();
    neverReached(play, 'ne-2');
    const { now: at } = play;
    expect(play.positionTold(null)).toEqual([
      { kind: 'exitPostponed', reason: 'The broker could not say what is held.', retryAt: at + SECOND, at },
    ]);
    expect(asksIn(play.wakes())).toEqual(['ask what is held']);
  });

  it('hears of nothing that it has not asked for', () => {
    const play = leaving();
    expect(play.positionTold(0)).toEqual([]);
    neverReached(play, 'ne-2');
    play.positionTold(200);
    expect(play.positionTold(0)).toEqual([]);
  });

  it('sends nothing while it waits for the answer, whatever else comes', () => {
    const play = leaving();
    neverReached(play, 'ne-2');
    expect(play.exitNow()).toEqual([]);
    expect(play.later(SECOND)).toEqual([]);
    // The answer is late, and nobody has asked again yet.
    play.now += 5 * SECOND;
    expect(asksIn(play.outside('sell', 50))).toEqual([]);
    expect(asksIn(play.positionTold(150))).toEqual(['sell 150']);
  });

  it('of a part waits for the answer though the rest is to leave at a loss, too', () => {
    const play = leavingHalf();
    neverReached(play, 'ne-2');
    expect(play.state).toMatchObject({ phase: 'exiting', leaving: { keep: 100, confirming: true } });
    const events = play.tick(90);
    expect(kindsOf(events)).toEqual(['exitTriggered']);
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'stopLoss', keep: 0 });
    expect(play.watch.time).toBe(play.now + 5 * SECOND);
    expect(kindsOf(play.positionTold(0))).toEqual(['positionTold', 'exitPostponed']);
    play.wakes();
    expect(asksIn(play.positionTold(200))).toEqual(['sell 200']);
  });

  it('cancels what comes to light meanwhile and is in the way', () => {
    const play = BrokerPlay.entering({}, { leg: { freezeQuantity: 100 } });
    play.filled('ne-1');
    play.unknown('ne-2');
    play.exitNow();
    expect(asksIn(play.rejected('ne-3'))).toEqual([]);
    play.later(500);
    expect(asksIn(play.working('ne-2'))).toEqual(['cancel ne-2']);
  });
});

describe('a look at the book', () => {
  it('that finds an order alive makes it known again', () => {
    const play = leaving();
    play.unknown('ne-2');
    play.later(SECOND);
    const { now: at } = play;
    expect(play.looked('ne-2', play.inBook('ne-2', 'open'))).toMatchObject([
      { kind: 'orderChanged', news: { kind: 'acknowledged', orderId: 'ne-2', brokerOrderId: 'B-ne-2', at }, at },
      {
        kind: 'orderChanged',
        news: { kind: 'working', orderId: 'ne-2', status: 'open', quantity: 200, price: null, triggerPrice: null, at },
        at,
      },
      { kind: 'bookLooked', orderId: 'ne-2', outcome: 'found', at },
    ]);
    expect(play.of('ne-2')).toMatchObject({ status: 'open', look: null });
  });

  it('that finds an entry alive whose time is over has it cancelled, though the exchange may not have it yet', () => {
    const play = BrokerPlay.entering();
    play.unknown('ne-1');
    play.later(10 * SECOND);
    expect(asksIn(play.looked('ne-1', play.inBook('ne-1', 'acknowledged')))).toEqual(['cancel ne-1']);
  });

  it('charges each fill that it brings what that fill costs', () => {
    const play = leaving();
    play.unknown('ne-2');
    play.later(SECOND);
    const found = play.inBook('ne-2', 'filled', [
      { fillId: 'F1', quantity: 150, price: 101, time: play.now },
      { fillId: 'F2', quantity: 50, price: 100, time: play.now },
    ]);
    const chargesPaise = { F1: 11_00, F2: 7_00 };
    const events = play.tell({ kind: 'looked', orderId: 'ne-2', found, chargesPaise, squareOffAt: null, at: play.now });
    expect(find(events, 'setClosed')).toMatchObject({ grossPaise: 150_00, chargesPaise: 18_00 });
  });

  it('whose book has an order filled and the fills not yet goes on looking', () => {
    const play = leaving();
    play.unknown('ne-2');
    play.later(SECOND);
    const found = play.inBook('ne-2', 'filled', [], { filledQuantity: 200 });
    expect(find(play.looked('ne-2', found), 'bookLooked').outcome).toBe('foundEnded');
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
    const fills = [{ fillId: 'F1', quantity: 200, price: 101, time: play.now }];
    expect(kindsOf(play.looked('ne-2', play.inBook('ne-2', 'filled', fills)))).toContain('setClosed');
  });

  it('for an order that the set does not remember changes nothing', () => {
    const play = leaving();
    expect(play.looked('zz-1', 'absent')).toEqual([]);
    expect(play.looked('zz-1', { ...play.inBook('ne-2', 'filled'), orderId: 'zz-1' })).toEqual([]);
  });
});

describe('a book that was read for another reason', () => {
  it('brings fills and an end that were missed', () => {
    const play = leaving();
    play.working('ne-2');
    const fills = [{ fillId: 'F1', quantity: 150, price: 101, time: play.now }];
    const events = play.looked('ne-2', play.inBook('ne-2', 'cancelled', fills));
    expect(kindsOf(events)).toEqual(['orderChanged', 'legFilled', 'orderChanged', 'exitPostponed']);
    expect(play.of('ne-2')).toMatchObject({ status: 'cancelled', filledQuantity: 150 });
    expect(asksIn(play.wakes())).toEqual(['sell 50']);
  });

  it('says nothing about an order that is not in it, and nothing where nobody has answered', () => {
    const play = leaving();
    play.working('ne-2');
    const { state } = play;
    for (const found of ['absent', 'absent', 'unanswered'] as const) {
      play.now += 10 * SECOND;
      expect(play.looked('ne-2', found)).toEqual([]);
    }
    expect(play.state).toBe(state);
  });

  it('changes nothing where it has what we know', () => {
    const play = leaving();
    play.acknowledged('ne-2');
    play.working('ne-2');
    expect(play.looked('ne-2', play.inBook('ne-2', 'open'))).toEqual([]);
  });
});

describe('an order of an earlier day', () => {
  /** A stop was at the exchange when the engine was stopped; it starts again on the next morning. */
  function nextMorning(protection: 'exchange' | 'both' = 'exchange'): BrokerPlay {
    const play = BrokerPlay.holding({ exits: { stopLoss: { kind: 'points', points: 10 } }, rest: { protection, product: 'NRML' } });
    play.working('ne-2');
    play.now = ist('09:16', '2026-11-24');
    return play;
  }

  it('has ended with its day when two looks do not find it: a stop is sent anew', () => {
    const play = nextMorning();
    expect(asksIn(play.recovered())).toEqual(['look for ne-2']);
    expect(kindsOf(play.looked('ne-2', 'absent'))).toEqual(['bookLooked']);
    play.later(5 * SECOND);
    const events = play.looked('ne-2', 'absent');
    expect(kindsOf(events)).toEqual(['bookLooked', 'orderChanged', 'protectionLost']);
    expect(find(events, 'orderChanged').news).toEqual({ kind: 'expired', orderId: 'ne-2', filledQuantity: 0, at: play.now });
    expect(find(events, 'protectionLost')).toMatchObject({ retryAt: play.now + 30 * SECOND, failures: 0 });
    expect(asksIn(play.wakes())).toEqual(['stop sell 200 at 90']);
  });

  it('keeps nobody from leaving: what is held is confirmed, and left', () => {
    const play = nextMorning();
    play.recovered();
    play.looked('ne-2', 'absent');
    expect(asksIn(play.exitNow())).toEqual(['cancel ne-2']);
    play.later(5 * SECOND);
    expect(asksIn(play.looked('ne-2', 'absent'))).toEqual(['ask what is held']);
    expect(asksIn(play.positionTold(200))).toEqual(['sell 200']);
  });

  it('that had ended is settled with the fills that have come', () => {
    const play = leaving();
    play.filled('ne-2', 50);
    play.cancelled('ne-2', 150);
    play.now = ist('09:16', '2026-11-24');
    play.recovered();
    play.looked('ne-2', 'absent');
    play.later(5 * SECOND);
    expect(asksIn(play.looked('ne-2', 'absent'))).toEqual(['ask what is held']);
    expect(play.of('ne-2')).toMatchObject({ status: 'cancelled', filledQuantity: 50, toldFilled: 50 });
    // The broker knows of the fills that we have missed: a person decides.
    expect(kindsOf(play.positionTold(50))).toEqual(['positionTold', 'exitPostponed']);
  });

  it('is there as long as the book has it', () => {
    const play = nextMorning();
    play.recovered();
    play.looked('ne-2', play.inBook('ne-2', 'triggerPending'));
    expect(play.of('ne-2')).toMatchObject({ status: 'triggerPending', look: null });
  });
});

describe('whatever the order in which news comes', () => {
  const told = (words: TruthWords) => truths(words).chain((truth) => fc.tuple(fc.constant(truth), shuffled(truth.news)));

  function tellAll(play: BrokerPlay, news: Truth['news']): void {
    for (const one of news) {
      play.now = AT;
      play.news(one);
    }
  }

  it('every fill of an entry is counted once, and in the end what is held is what the book has', () =>
    fc.assert(
      fc.property(told({ byHand: 'any', tells: false }), ([truth, news]) => {
        const play = BrokerPlay.entering();
        tellAll(play, news);
        play.looked('ne-1', truth.entry);
        const { holding } = play.state;
        expect(holding.quantity).toBe(truth.entry.filledQuantity);
        expect(holding.costPaise).toBe(truth.filledPaise);
      }),
      { numRuns: 300 },
    ));

  it('an entry that is over is a position, is being left, or was nothing', () =>
    fc.assert(
      fc.property(told({ byHand: 'smaller', tells: true }), ([truth, news]) => {
        const { status, filledQuantity } = truth.entry;
        const play = BrokerPlay.entering();
        tellAll(play, news);
        play.looked('ne-1', truth.entry);
        if (status === 'acknowledged' || status === 'open') expect(['entering', 'exiting']).toContain(play.state.phase);
        else if (filledQuantity === 0) expect(play.state.phase).toBe('waiting');
        else expect(['open', 'exiting']).toContain(play.state.phase);
      }),
      { numRuns: 300 },
    ));
});
