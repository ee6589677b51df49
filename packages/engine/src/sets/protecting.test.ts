import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Side } from '../orders/order-request.js';
import { asksIn, BrokerPlay } from './broker-play.test-kit.js';
import { HonestExchange } from './honest-exchange.test-kit.js';
import type { ExitsConfig, SetConfig } from './set-config.js';
import { find, ist, kindsOf } from './set-play.test-kit.js';

const SECOND = 1_000;
const points = (value: number) => ({ kind: 'points', points: value }) as const;

/** A stop at 90, a target at 120, and from 110 on a stop that follows five points behind. */
const EXITS: Partial<ExitsConfig> = {
  stopLoss: points(10),
  target: points(20),
  trailing: { start: points(10), distance: points(5), step: null },
};

/** The same, with half of the lots off at 106. */
const HALF_AT_106: Partial<ExitsConfig> = { ...EXITS, partial: [{ at: points(6), share: 0.5 }] };

interface Words {
  readonly protection?: SetConfig['protection'];
  readonly exits?: Partial<ExitsConfig>;
  readonly side?: Side;
  readonly freezeQuantity?: number | null;
}

/** Four lots at 100 whose stop is on its way to the exchange. */
function held({ protection = 'exchange', exits = EXITS, side = 'buy', freezeQuantity = null }: Words = {}): BrokerPlay {
  return BrokerPlay.holding({ exits, rest: { protection } }, { leg: { side, freezeQuantity } });
}

/** Four lots at 100 whose stop rests at the exchange. */
function resting(words: Words = {}): BrokerPlay {
  const play = held(words);
  for (const { request } of play.state.orders) if (request.purpose === 'protect') play.working(request.orderId);
  return play;
}

describe('a stop at the exchange', () => {
  it.each([
    ['exchange', 'buy', points(10), 'stop sell 200 at 90'],
    ['exchange', 'sell', points(10), 'stop buy 200 at 110'],
    // Half as far again from the entry as the one that the engine watches.
    ['both', 'buy', points(10), 'stop sell 200 at 85'],
    ['both', 'sell', points(10), 'stop buy 200 at 115'],
    ['both', 'buy', { kind: 'percent', share: 0.0101 }, 'stop sell 200 at 98.4'],
    ['both', 'sell', { kind: 'percent', share: 0.0101 }, 'stop buy 200 at 101.6'],
    // Two ticks at least.
    ['both', 'buy', points(0.05), 'stop sell 200 at 99.85'],
    ['both', 'sell', points(0.05), 'stop buy 200 at 100.15'],
    // And a price at all.
    ['both', 'buy', points(80), 'stop sell 200 at 0.05'],
  ] as const)('with %s for what one would %s, with a stop at %j, is: %s', (protection, side, stopLoss, ask) => {
    expect(asksIn(held({ protection, side, exits: { stopLoss } }).events)).toContain(ask);
  });

  it.each([
    ['the engine watches alone', { protection: 'engine' }],
    ['there is no stop', { exits: { target: points(20) } }],
  ] satisfies readonly (readonly [string, Words])[])('is none where %s', (_, words) => {
    expect(held(words).state.orders.map(({ request }) => request.purpose)).toEqual(['entry']);
  });

  it('is asked for when the position is open, for all of it and the whole day', () => {
    const play = held();
    const { now: at } = play;
    expect(find(play.events.slice(-2), 'legOrderRequested')).toEqual({
      kind: 'legOrderRequested',
      purpose: 'protect',
      order: {
        orderId: 'ne-2',
        instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
        account: 'main',
        instrument: 'NFO:NIFTY24NOV2626000CE',
        purpose: 'protect',
        side: 'sell',
        quantity: 200,
        kind: 'SL-M',
        price: null,
        triggerPrice: 90,
        validity: 'day',
        product: 'MIS',
        at,
      },
      at,
    });
  });

  it('is asked for when all of the entry is over, and not for a part before', () => {
    const play = BrokerPlay.entering({ exits: EXITS, rest: { protection: 'exchange' } });
    expect(asksIn(play.filled('ne-1', 150))).toEqual([]);
    expect(asksIn(play.cancelled('ne-1'))).toEqual(['stop sell 150 at 90']);
  });

  it('comes in slices above the freeze quantity', () => {
    expect(asksIn(held({ freezeQuantity: 120 }).events).slice(-2)).toEqual(['stop sell 100 at 90', 'stop sell 100 at 90']);
  });
});

describe('who watches the stop', () => {
  it('is the exchange, as soon as a stop rests there for all that is held', () => {
    const play = held();
    expect(play.watch.low).toBe(90);
    play.acknowledged('ne-2');
    expect(play.watch.low).toBe(90);
    play.working('ne-2');
    expect(play.watch.low).toBe(-Infinity);
    expect(play.watch.high).toBe(120);
  });

  it('is the engine while a stop rests for less than is held', () => {
    const play = held({ freezeQuantity: 100 });
    play.working('ne-3');
    expect(play.watch.low).toBe(90);
    play.working('ne-4');
    expect(play.watch.low).toBe(-Infinity);
    play.working('ne-4', { quantity: 50 });
    expect(play.watch.low).toBe(90);
  });

  it('is the engine, too, while nobody can say whether the stop is still there', () => {
    const play = resting();
    play.tick(110);
    play.changeRejected('ne-2', 'modify');
    expect(play.watch.low).toBe(105);
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
    play.looked('ne-2', play.inBook('ne-2', 'triggerPending'));
    expect(play.watch.low).toBe(-Infinity);
  });

  it('is the engine with both, and the exchange is the insurance', () => {
    const play = resting({ protection: 'both' });
    expect(play.watch.low).toBe(90);
    expect(asksIn(play.tick(90))).toEqual(['cancel ne-2']);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 200']);
  });
});

describe('a trailing stop at the exchange', () => {
  it('is moved there', () => {
    const play = resting();
    const { now: at } = play;
    expect(play.tick(110)).toEqual([
      { kind: 'stopMoved', stop: 105, best: 110, at },
      { kind: 'orderChangeRequested', orderId: 'ne-2', change: { kind: 'moveStop', triggerPrice: 105 }, at },
    ]);
    play.working('ne-2', { triggerPrice: 105 });
    expect(play.of('ne-2')).toMatchObject({ status: 'triggerPending', triggerPrice: 105, change: null, modifications: 1 });
  });

  it('is moved once at a time, and then to where the stop is by then', () => {
    const play = resting();
    play.tick(110);
    expect(kindsOf(play.tick(111))).toEqual(['stopMoved']);
    expect(kindsOf(play.tick(112))).toEqual(['stopMoved']);
    expect(asksIn(play.working('ne-2', { triggerPrice: 105 }))).toEqual(['move ne-2 to 107']);
    expect(asksIn(play.working('ne-2', { triggerPrice: 107 }))).toEqual([]);
  });

  it('is sent to where it is by then, when it was on its way while it moved', () => {
    const play = held();
    expect(kindsOf(play.tick(110))).toEqual(['stopMoved']);
    expect(asksIn(play.working('ne-2'))).toEqual(['move ne-2 to 105']);
  });

  it('is moved in all of its slices', () => {
    expect(asksIn(resting({ freezeQuantity: 100 }).tick(110))).toEqual(['move ne-3 to 105', 'move ne-4 to 105']);
  });

  it('is moved with its distance, where it is the insurance', () => {
    // From 100 to 105 it is 5; half of that behind.
    expect(asksIn(resting({ protection: 'both' }).tick(110))).toEqual(['move ne-2 to 102.5']);
  });

  it('that could not be moved is looked for, and moved then', () => {
    const play = resting();
    play.tick(110);
    expect(asksIn(play.changeUnknown('ne-2', 'modify'))).toEqual([]);
    play.wakes();
    expect(asksIn(play.looked('ne-2', play.inBook('ne-2', 'triggerPending')))).toEqual(['move ne-2 to 105']);
  });

  it('that was moved though nobody said so is where it is to be', () => {
    const play = resting();
    play.tick(110);
    play.changeUnknown('ne-2', 'modify');
    play.wakes();
    const events = play.looked('ne-2', play.inBook('ne-2', 'triggerPending', [], { triggerPrice: 105 }));
    expect(kindsOf(events)).toEqual(['orderChanged', 'orderChanged', 'bookLooked']);
    expect(play.watch.low).toBe(-Infinity);
  });
});

describe('a stop whose trigger is hit', () => {
  it('leaves by itself: nothing goes out on top of it', () => {
    const play = resting();
    const events = play.triggered('ne-2');
    expect(kindsOf(events)).toEqual(['orderChanged', 'exitTriggered']);
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'stopLoss', price: 90, quantity: 200, keep: 0 });
    expect(kindsOf(play.filled('ne-2', 150, 89.9))).toEqual(['legFilled']);
    expect(play.filled('ne-2', 50, 89.8)).toMatchObject([
      { kind: 'legFilled', purpose: 'protect' },
      { kind: 'setClosed', rule: 'stopLoss', grossPaise: -2_025_00 },
    ]);
  });

  it('is a trailing stop, where it has begun to follow', () => {
    const play = resting();
    play.tick(110);
    play.working('ne-2', { triggerPrice: 105 });
    expect(find(play.triggered('ne-2'), 'exitTriggered')).toMatchObject({ rule: 'trailingStop', price: 105 });
  });

  it('need not be told of before its fill', () => {
    const play = resting();
    expect(kindsOf(play.filled('ne-2', undefined, 90))).toEqual(['legFilled', 'exitTriggered', 'setClosed']);
  });

  it('and whose fill comes in parts is waited for', () => {
    const play = resting();
    expect(kindsOf(play.filled('ne-2', 50, 90))).toEqual(['legFilled', 'exitTriggered']);
    expect(kindsOf(play.filled('ne-2', 150, 90))).toEqual(['legFilled', 'setClosed']);
  });

  it('and is cancelled after a part was filled leaves the rest to an exit', () => {
    const play = resting();
    play.filled('ne-2', 50, 90);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 150']);
    expect(kindsOf(play.filled('ne-3', undefined, 88))).toEqual(['legFilled', 'setClosed']);
  });

  it('takes the other slices with it: they are cancelled, and what is left goes at the market', () => {
    const play = resting({ freezeQuantity: 100 });
    expect(asksIn(play.triggered('ne-3'))).toEqual(['cancel ne-4']);
    expect(asksIn(play.filled('ne-3', undefined, 90))).toEqual([]);
    expect(asksIn(play.cancelled('ne-4'))).toEqual(['sell 100']);
    expect(kindsOf(play.filled('ne-5'))).toEqual(['legFilled', 'setClosed']);
  });

  it('while another slice is being cancelled for it, is waited for, too', () => {
    const play = resting({ freezeQuantity: 100 });
    play.triggered('ne-3');
    play.filled('ne-3', undefined, 90);
    expect(asksIn(play.triggered('ne-4'))).toEqual([]);
    expect(play.changeRejected('ne-4', 'cancel')).toHaveLength(1);
    expect(kindsOf(play.filled('ne-4', undefined, 90))).toEqual(['legFilled', 'setClosed']);
  });
});

describe('an exit while a stop rests', () => {
  /** The target is hit: the stop is being cancelled. */
  function leaving(): BrokerPlay {
    const play = resting();
    expect(asksIn(play.tick(120))).toEqual(['cancel ne-2']);
    return play;
  }

  it('is sent when the stop is over, and not before', () => {
    const play = leaving();
    expect(play.later(4 * SECOND)).toEqual([]);
    const events = play.cancelled('ne-2');
    expect(kindsOf(events)).toEqual(['orderChanged', 'legOrderRequested']);
    expect(find(events, 'legOrderRequested').order).toMatchObject({ orderId: 'ne-3', purpose: 'exit', side: 'sell', quantity: 200 });
    expect(find(play.filled('ne-3', undefined, 119), 'setClosed')).toMatchObject({ rule: 'target', grossPaise: 3_800_00 });
  });

  it('is not needed when the stop has been filled meanwhile', () => {
    const play = leaving();
    expect(kindsOf(play.filled('ne-2', undefined, 90))).toEqual(['legFilled', 'setClosed']);
    expect(play.changeRejected('ne-2', 'cancel')).toEqual([]);
    expect(play.state).toMatchObject({ phase: 'waiting', holding: { quantity: 0 } });
  });

  it('is sent for the rest when a part of the stop has been filled meanwhile', () => {
    const play = leaving();
    expect(asksIn(play.filled('ne-2', 50, 90))).toEqual([]);
    expect(asksIn(play.cancelled('ne-2', 50))).toEqual(['sell 150']);
  });

  it('waits for a fill of the stop that was told of and has not come', () => {
    const play = leaving();
    expect(asksIn(play.cancelled('ne-2', 50))).toEqual([]);
    expect(asksIn(play.filled('ne-2', 50, 90))).toEqual(['sell 150']);
  });

  it('leaves it to the stop whose trigger is hit meanwhile', () => {
    const play = leaving();
    expect(asksIn(play.triggered('ne-2'))).toEqual([]);
    expect(asksIn(play.changeRejected('ne-2', 'cancel'))).toEqual([]);
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
    play.looked('ne-2', play.inBook('ne-2', 'open'));
    expect(kindsOf(play.filled('ne-2'))).toEqual(['legFilled', 'setClosed']);
  });

  it('asks again to cancel a stop that is still there after a cancellation that nobody answered', () => {
    const play = leaving();
    expect(find(play.later(5 * SECOND), 'orderChanged').news.kind).toBe('changeUnknown');
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
    expect(asksIn(play.looked('ne-2', play.inBook('ne-2', 'triggerPending')))).toEqual(['cancel ne-2']);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 200']);
  });

  it.each([
    ['refused', (play: BrokerPlay) => play.changeRejected('ne-2', 'cancel')],
    ['lost', (play: BrokerPlay) => play.changeUnknown('ne-2', 'cancel')],
  ] as const)('asks for a cancellation that was %s no more before the book has told what became of the stop', (_, answer) => {
    const play = leaving();
    expect(kindsOf(answer(play))).toEqual(['orderChanged']);
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
    expect(asksIn(play.looked('ne-2', play.inBook('ne-2', 'cancelled')))).toEqual(['sell 200']);
  });

  it('is sent at once where a person has cancelled the stop, and nothing is given up', () => {
    const play = resting();
    play.exitNow();
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 200']);
  });

  it('waits for a stop that nobody has answered yet, for it might be filled on top', () => {
    const play = held();
    expect(asksIn(play.exitNow())).toEqual([]);
    expect(asksIn(play.working('ne-2'))).toEqual(['cancel ne-2']);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 200']);
  });

  it('does not wait for a stop that was never sent', () => {
    const play = BrokerPlay.entering({ exits: EXITS, rest: { protection: 'exchange' } });
    play.approves = false;
    play.filled('ne-1');
    expect(asksIn(play.exitNow())).toEqual(['withdraw ne-2', 'sell 200']);
  });
});

describe('a stop that comes to nothing', () => {
  it('by hand, in the broker’s app, is given up and told of: the engine watches', () => {
    const play = resting();
    const { now: at } = play;
    const events = play.cancelled('ne-2');
    expect(events[1]).toEqual({ kind: 'protectionLost', reason: 'So it is said.', retryAt: null, failures: 1, at });
    expect(play.watch).toMatchObject({ low: 90, time: Infinity });
    expect(play.later(3_600 * SECOND)).toEqual([]);
    expect(kindsOf(play.tick(110))).toEqual(['stopMoved']);
    expect(asksIn(play.tick(105))).toEqual(['sell 200']);
  });

  it('by hand, in one of its slices, is given up in all, and told of once', () => {
    const play = resting({ freezeQuantity: 100 });
    const events = play.cancelled('ne-3');
    expect(kindsOf(events)).toEqual(['orderChanged', 'protectionLost', 'orderChangeRequested']);
    expect(asksIn(events)).toEqual(['cancel ne-4']);
    play.changeUnknown('ne-4', 'cancel');
    expect(kindsOf(play.cancelled('ne-4'))).toEqual(['orderChanged']);
    expect(play.watch).toMatchObject({ low: 90, time: Infinity });
  });

  it('by a rejection is sent again after half a minute, five times in all, then the engine watches', () => {
    const play = held();
    for (let failures = 1; failures <= 4; failures += 1) {
      const { now: at } = play;
      const [, lost] = play.rejected(`ne-${failures + 1}`);
      expect(lost).toEqual({ kind: 'protectionLost', reason: 'Margin is short.', retryAt: at + 30 * SECOND, failures, at });
      expect(play.watch.low).toBe(90);
      expect(play.later(30 * SECOND - 1)).toEqual([]);
      expect(asksIn(play.later(1))).toEqual(['stop sell 200 at 90']);
    }
    expect(find(play.rejected('ne-6'), 'protectionLost')).toMatchObject({ retryAt: null, failures: 5 });
    expect(play.watch).toMatchObject({ low: 90, time: Infinity });
    expect(play.later(3_600 * SECOND)).toEqual([]);
  });

  it('at the day’s end is sent again, and that is no failure', () => {
    const play = resting();
    for (let day = 0; day < 8; day += 1) {
      const orderId = play.state.orders.at(-1)?.request.orderId ?? '';
      expect(find(play.expired(orderId), 'protectionLost')).toMatchObject({ retryAt: play.now + 30 * SECOND, failures: 0 });
      expect(asksIn(play.wakes())).toEqual(['stop sell 200 at 90']);
    }
  });

  it('at the gate is asked for again when it would pass', () => {
    const play = BrokerPlay.entering({ exits: EXITS, rest: { protection: 'exchange' } });
    play.approves = false;
    play.filled('ne-1');
    const morning = ist('09:15', '2026-11-24');
    expect(play.refuses('ne-2', { retryAt: morning })).toMatchObject([
      { kind: 'orderRefused', orderId: 'ne-2' },
      { kind: 'protectionLost', retryAt: morning, failures: 0 },
    ]);
    expect(play.watch.time).toBe(morning);
    expect(asksIn(play.wakes())).toEqual(['stop sell 200 at 90']);
  });

  it('in one of its slices is given up in all, for the engine watches the whole, and sent again in all', () => {
    const play = held({ freezeQuantity: 100 });
    play.working('ne-3');
    expect(asksIn(play.rejected('ne-4'))).toEqual(['cancel ne-3']);
    expect(play.watch.low).toBe(90);
    // It was cancelled by us: nobody has given anything up.
    expect(kindsOf(play.cancelled('ne-3'))).toEqual(['orderChanged']);
    expect(asksIn(play.wakes())).toEqual(['stop sell 100 at 90', 'stop sell 100 at 90']);
  });

  it('in all of its slices at once has failed once', () => {
    const play = held({ freezeQuantity: 50 });
    const events = play.state.orders
      .filter(({ status }) => status === 'submitted')
      .flatMap(({ request }) => play.rejected(request.orderId));
    expect(events.filter(({ kind }) => kind === 'protectionLost')).toMatchObject([{ failures: 1, retryAt: play.now + 30 * SECOND }]);
    expect(asksIn(play.wakes())).toHaveLength(4);
  });

  it('because we cancelled it is not given up, though the answer to that was lost', () => {
    const play = held({ freezeQuantity: 100 });
    play.working('ne-3');
    play.rejected('ne-4');
    play.later(5 * SECOND);
    expect(play.of('ne-3')).toMatchObject({ status: 'triggerPending', change: null });
    play.wakes();
    expect(kindsOf(play.looked('ne-3', play.inBook('ne-3', 'cancelled')))).not.toContain('protectionLost');
    expect(asksIn(play.later(30 * SECOND))).toEqual(['stop sell 100 at 90', 'stop sell 100 at 90']);
  });

  it('is sent to where the stop is by then', () => {
    const play = held();
    play.rejected('ne-2');
    play.tick(110);
    expect(asksIn(play.later(30 * SECOND))).toEqual(['stop sell 200 at 105']);
  });
});

describe('a stop that somebody moves in the broker’s app', () => {
  it('is where the set’s stop is from then on', () => {
    const play = resting();
    const { now: at } = play;
    const events = play.working('ne-2', { triggerPrice: 95 });
    expect(events[1]).toEqual({ kind: 'stopMoved', stop: 95, best: 100, at });
    expect(asksIn(events)).toEqual([]);
    expect(play.position.stop).toBe(95);
    expect(find(play.triggered('ne-2'), 'exitTriggered').price).toBe(95);
  });

  it('follows the price from there', () => {
    const play = resting();
    play.working('ne-2', { triggerPrice: 80 });
    expect(play.position.stop).toBe(80);
    expect(asksIn(play.tick(110))).toEqual(['move ne-2 to 105']);
  });

  it('is put back where it is the insurance, for the set’s stop is the engine’s', () => {
    const play = resting({ protection: 'both' });
    expect(asksIn(play.working('ne-2', { triggerPrice: 95 }))).toEqual(['move ne-2 to 85']);
    expect(play.position.stop).toBe(90);
  });

  it('takes the other slices with it', () => {
    const play = resting({ freezeQuantity: 100 });
    expect(asksIn(play.working('ne-3', { triggerPrice: 85 }))).toEqual(['move ne-4 to 85']);
  });

  it('is where the person wants it, though the engine was not there to see it', () => {
    const play = resting();
    play.recovered();
    const events = play.looked('ne-2', play.inBook('ne-2', 'triggerPending', [], { triggerPrice: 95 }));
    expect(kindsOf(events)).toContain('stopMoved');
    expect(asksIn(events)).toEqual([]);
    expect(play.position.stop).toBe(95);
  });

  it.each([
    ['told late', (play: BrokerPlay) => play.working('ne-2', { triggerPrice: 105 })],
    ['found in the book', (play: BrokerPlay) => play.looked('ne-2', play.inBook('ne-2', 'triggerPending', [], { triggerPrice: 105 }))],
  ] as const)('is not taken for moved by hand where it is a move of ours that is %s: the set’s stop never goes back', (_, tell) => {
    const play = resting();
    play.tick(110);
    play.changeUnknown('ne-2', 'modify');
    play.tick(112);
    play.wakes();
    const events = tell(play);
    expect(kindsOf(events)).not.toContain('stopMoved');
    expect(asksIn(events)).toEqual(['move ne-2 to 107']);
    expect(play.position.stop).toBe(107);
  });

  it('is not taken for moved by hand when it rests for the first time, elsewhere than it was to: it is moved there', () => {
    const play = held();
    expect(asksIn(play.working('ne-2', { triggerPrice: 89.95 }))).toEqual(['move ne-2 to 90']);
    expect(play.position.stop).toBe(90);
  });

  it('is not taken for moved by hand when the set has moved it', () => {
    const play = resting();
    play.tick(110);
    expect(kindsOf(play.working('ne-2', { triggerPrice: 105 }))).toEqual(['orderChanged']);
    expect(play.position).toMatchObject({ stop: 105, best: 110 });
  });
});

describe('a part that leaves while a stop rests', () => {
  /** Half is to leave at 106: the stop is being cancelled. */
  function leavingHalf(): BrokerPlay {
    const play = resting({ exits: HALF_AT_106 });
    expect(asksIn(play.tick(106))).toEqual(['cancel ne-2']);
    return play;
  }

  it('leaves when the stop is over, and the rest gets a stop of its own', () => {
    const play = leavingHalf();
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 100']);
    const events = play.filled('ne-3', undefined, 106);
    expect(kindsOf(events)).toEqual(['legFilled', 'positionReduced', 'legOrderRequested']);
    expect(asksIn(events)).toEqual(['stop sell 100 at 90']);
    play.working('ne-4');
    expect(play.watch.low).toBe(-Infinity);
    expect(find(play.filled('ne-4', undefined, 90), 'setClosed').grossPaise).toBe(600_00 - 1_000_00);
  });

  it('is watched over by the engine meanwhile: a loss takes the rest, too', () => {
    const play = leavingHalf();
    expect(play.watch.low).toBe(90);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 100']);
    expect(asksIn(play.tick(90))).toEqual(['sell 100']);
    play.filled('ne-3', undefined, 90);
    expect(find(play.filled('ne-4', undefined, 90), 'setClosed').rule).toBe('stopLoss');
  });

  it('takes the rest with it when the stop is hit before its cancellation arrives, and the stop is let go on', () => {
    const play = leavingHalf();
    const events = play.triggered('ne-2');
    expect(kindsOf(events)).toEqual(['orderChanged', 'exitTriggered']);
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'stopLoss', price: 90, quantity: 200, keep: 0 });
    expect(kindsOf(play.filled('ne-2', undefined, 89.9))).toEqual(['legFilled', 'setClosed']);
    expect(find(play.events.slice(-1), 'setClosed').rule).toBe('stopLoss');
  });

  it('takes the rest with it when the stop is filled before its cancellation arrives', () => {
    const play = leavingHalf();
    const events = play.filled('ne-2', undefined, 89.9);
    expect(kindsOf(events)).toEqual(['legFilled', 'exitTriggered', 'setClosed']);
    expect(find(events, 'setClosed').rule).toBe('stopLoss');
  });

  it('takes the rest with it when a part of the stop is filled before its cancellation arrives', () => {
    const play = leavingHalf();
    expect(asksIn(play.filled('ne-2', 50, 89.9))).toEqual([]);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 150']);
  });
});

describe('with an honest exchange on a slow line', () => {
  const steps = () =>
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), value: fc.nat({ max: 900 }) }) },
        { weight: 4, arbitrary: fc.record({ kind: fc.constant('trade' as const), value: fc.integer({ min: 1_760, max: 2_440 }) }) },
        { weight: 4, arbitrary: fc.record({ kind: fc.constant('deal' as const), value: fc.nat({ max: 20 }) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('exit' as const, 'byHand' as const), value: fc.constant(0) }) },
      ),
      { minLength: 1, maxLength: 40, size: 'max' },
    );

  const plans = fc.record({
    protection: fc.constantFrom('exchange' as const, 'both' as const),
    side: fc.constantFrom<Side[]>('buy', 'sell'),
    freezeQuantity: fc.constantFrom(null, null, 120),
    steps: steps(),
    delays: fc.infiniteStream(fc.nat({ max: 400 })),
  });

  it('never sells what it does not have, however stops, exits and deals cross, and is flat in the end', () =>
    fc.assert(
      fc.property(plans, ({ protection, side, freezeQuantity, steps: plan, delays }) => {
        const play = held({ protection, side, freezeQuantity, exits: HALF_AT_106 });
        const exchange = new HonestExchange(play, () => delays.next().value);
        const sign = side === 'buy' ? 1 : -1;
        for (const { kind, value } of plan) {
          if (kind === 'wait') exchange.passes(value);
          else if (kind === 'trade') exchange.trades(value / 20);
          else if (kind === 'deal') exchange.deals(value, (1 + (value % 4)) * 50, 100);
          else if (kind === 'byHand') exchange.isCancelledByHand();
          else exchange.takes(play.exitNow());
          expect(sign * exchange.held).toBeGreaterThanOrEqual(0);
        }
        for (let round = 0; round < 60 && play.state.phase !== 'waiting'; round += 1) {
          if (play.state.phase === 'open' || play.state.phase === 'exiting') exchange.takes(play.exitNow());
          exchange.deals(round, 200, 100);
          exchange.passes(SECOND);
          expect(sign * exchange.held).toBeGreaterThanOrEqual(0);
        }
        expect(play.state).toMatchObject({ phase: 'waiting', holding: { quantity: 0 } });
        expect(exchange.held).toBe(0);
      }),
      { numRuns: 400 },
    ));
});
