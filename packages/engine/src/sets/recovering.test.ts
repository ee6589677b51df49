import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isSettled, type OrderState, remainingQuantity } from '../orders/order-life.js';
import { asksIn, BrokerPlay } from './broker-play.test-kit.js';
import { setDecider } from './set-decider.js';
import { find, ist, kindsOf, type SetWords } from './set-play.test-kit.js';
import { type Step, scripts } from './set-script.test-kit.js';
import { setWords } from './set-words.test-kit.js';

const SECOND = 1_000;
const STOP_10 = { stopLoss: { kind: 'points', points: 10 } } as const;
const AT_EXCHANGE = { exits: STOP_10, rest: { protection: 'exchange' } } as const;

/** A set with one order that was only asked for: its entry, the stop of what it holds, or its exit. */
const PHASES = {
  entering: (): BrokerPlay => {
    const play = new BrokerPlay({ ...AT_EXCHANGE, size: [{ kind: 'lots', lots: 4 }] });
    play.approves = false;
    play.signal('bullish');
    play.legs();
    return play;
  },
  open: (): BrokerPlay => {
    const play = BrokerPlay.entering(AT_EXCHANGE);
    play.approves = false;
    play.filled('ne-1');
    return play;
  },
  exiting: (): BrokerPlay => {
    const play = BrokerPlay.holding();
    play.approves = false;
    play.exitNow();
    return play;
  },
};

const orderIdOf = (play: BrokerPlay): string => play.order.request.orderId;

const send = (play: BrokerPlay): BrokerPlay => {
  play.passes(orderIdOf(play));
  return play;
};

const rest = (play: BrokerPlay): BrokerPlay => {
  send(play).working(orderIdOf(play));
  return play;
};

/** How far the order has come when the engine is stopped, and what its start makes of that. */
const SENT: readonly (readonly [how: string, bring: (play: BrokerPlay) => void, kinds: readonly string[]])[] = [
  ['sent, and nobody has answered', (play) => send(play), ['orderChanged']],
  ['unknown', (play) => send(play).unknown(orderIdOf(play)), ['bookLookRequested']],
  [
    'unknown, and looked for',
    (play) => {
      send(play).unknown(orderIdOf(play));
      play.wakes();
    },
    ['bookLooked'],
  ],
  ['taken by the broker', (play) => send(play).acknowledged(orderIdOf(play)), ['bookLookRequested']],
  ['at the exchange', (play) => rest(play), ['bookLookRequested']],
  ['over, and nobody has said how', (play) => send(play).cancelled(orderIdOf(play), null), ['bookLookRequested']],
  ['over, with fills that have not come', (play) => send(play).cancelled(orderIdOf(play), 50), ['bookLookRequested']],
];

describe('after a start an order that was only asked for', () => {
  it('is an entry that is not made', () => {
    const play = PHASES.entering();
    const { now: at } = play;
    expect(play.recovered()).toEqual([
      { kind: 'orderWithdrawn', orderId: 'ne-1', reason: 'The engine was stopped before it was sent.', at },
      {
        kind: 'entryRefused',
        by: 'risk',
        code: 'set/restarted',
        reason: 'The engine was stopped during the entry.',
        signalAt: at,
        at,
      },
    ]);
    expect(play.state.phase).toBe('waiting');
    expect(play.passes('ne-1')).toEqual([]);
  });

  it.each([
    ['a stop', PHASES.open, ['withdraw ne-2', 'stop sell 200 at 90']],
    ['an exit', PHASES.exiting, ['withdraw ne-2', 'sell 200']],
  ] as const)('is %s that is asked for anew, under another id', (_, stage, asks) => {
    const play = stage();
    const events = play.recovered();
    expect(kindsOf(events)).toEqual(['orderWithdrawn', 'legOrderRequested']);
    expect(asksIn(events)).toEqual(asks);
    expect(find(events, 'legOrderRequested').order.orderId).toBe('ne-3');
    expect(play.passes('ne-2')).toEqual([]);
    expect(kindsOf(play.passes('ne-3'))).toEqual(['orderSubmitted']);
  });
});

describe.each(['entering', 'open', 'exiting'] as const)('after a start while a set was %s, an order that is', (phase) => {
  it.each(SENT)('%s is looked for, and nothing is sent', (_, bring, kinds) => {
    const play = PHASES[phase]();
    bring(play);
    const orderId = orderIdOf(play);
    const orders = play.state.orders.length;
    const events = play.recovered();
    expect(kindsOf(events)).toEqual(kinds);
    expect(play.state.orders).toHaveLength(orders);
    expect(play.state.phase).toBe(phase);
    expect(play.of(orderId).look).not.toBeNull();
    // Another start in the middle of that changes nothing about it.
    expect(asksIn(play.recovered()).filter((ask) => ask !== `look for ${orderId}`)).toEqual([]);
  });
});

describe('after a start', () => {
  it('an order that nobody has answered has an unknown outcome, and is looked for a second later', () => {
    const play = PHASES.exiting();
    send(play);
    play.now += 60 * SECOND;
    const { now: at } = play;
    expect(play.recovered()).toEqual([
      {
        kind: 'orderChanged',
        news: { kind: 'unknown', orderId: 'ne-2', reason: 'The engine was stopped before an answer came.', at },
        at,
      },
    ]);
    expect(play.watch.time).toBe(at + SECOND);
  });

  it('a change that nobody has answered is unknown, too, and the order is looked for', () => {
    const play = PHASES.entering();
    rest(play);
    play.exitNow();
    const { now: at } = play;
    expect(play.recovered()).toEqual([
      {
        kind: 'orderChanged',
        news: { kind: 'changeUnknown', orderId: 'ne-1', change: 'cancel', reason: 'The engine was stopped before an answer came.', at },
        at,
      },
      { kind: 'bookLookRequested', orderId: 'ne-1', count: 1, at },
      // It is asked for again: two cancellations do what one does.
      { kind: 'orderChangeRequested', orderId: 'ne-1', change: { kind: 'cancel', reason: 'The entry was abandoned.' }, at },
    ]);
    expect(asksIn(play.looked('ne-1', play.inBook('ne-1', 'open')))).toEqual([]);
    expect(kindsOf(play.cancelled('ne-1'))).toEqual(['orderChanged', 'entryRefused']);
  });

  it('a stop that an exit waits for is asked to be cancelled again, and nothing is sent before it is over', () => {
    const play = PHASES.open();
    rest(play);
    play.exitNow();
    expect(asksIn(play.recovered())).toEqual(['look for ne-2', 'cancel ne-2']);
    expect(asksIn(play.looked('ne-2', play.inBook('ne-2', 'triggerPending')))).toEqual([]);
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['sell 200']);
  });

  it('an order that is over and known is nothing to look for', () => {
    const play = BrokerPlay.holding({ exits: STOP_10 });
    const { state } = play;
    play.now += 3_600 * SECOND;
    expect(play.recovered()).toEqual([]);
    expect(play.state).toBe(state);
    expect(play.watch.low).toBe(90);
  });
});

describe('after a start a set', () => {
  it('that waits, or was stopped, goes on so', () => {
    const play = new BrokerPlay();
    expect(play.recovered()).toEqual([]);
    play.tell({ kind: 'stop', by: 'asha', reason: 'Enough.', at: play.now });
    expect(play.recovered()).toEqual([]);
    expect(play.state.phase).toBe('stopped');
  });

  it('that prepared an entry makes none', () => {
    const play = new BrokerPlay();
    play.signal('bullish');
    expect(play.recovered()).toMatchObject([{ kind: 'entryRefused', by: 'legs', code: 'set/restarted' }]);
    expect(play.legs()).toEqual([]);
    expect(play.state.phase).toBe('waiting');
  });

  it('that holds something goes on with its stop, its trailing level and its time', () => {
    const trailing = { start: { kind: 'points', points: 5 }, distance: { kind: 'points', points: 2 }, step: null } as const;
    const play = BrokerPlay.holding({ exits: { ...STOP_10, trailing, timeInTradeMs: 3_600 * SECOND } });
    play.tick(110);
    const { position, watch } = play;
    play.now += 600 * SECOND;
    expect(play.recovered()).toEqual([]);
    expect(play.position).toBe(position);
    expect(play.watch).toEqual(watch);
  });

  it('that lacks its stop sends it', () => {
    const play = BrokerPlay.holding(AT_EXCHANGE);
    play.rejected('ne-2');
    play.now += 3_600 * SECOND;
    expect(asksIn(play.recovered())).toEqual(['stop sell 200 at 90']);
  });

  it('whose stop a person does not want sends none', () => {
    const play = BrokerPlay.holding(AT_EXCHANGE);
    play.cancelled('ne-2');
    expect(play.recovered()).toEqual([]);
  });

  it('watches the stop itself until the one at the exchange has been found', () => {
    const play = BrokerPlay.holding(AT_EXCHANGE);
    play.working('ne-2');
    expect(play.watch.low).toBe(-Infinity);
    play.recovered();
    expect(play.watch.low).toBe(90);
    play.looked('ne-2', play.inBook('ne-2', 'triggerPending'));
    expect(play.watch.low).toBe(-Infinity);
  });

  it('that has entered a part, and not sent the rest, holds the part', () => {
    const play = new BrokerPlay({ ...AT_EXCHANGE, size: [{ kind: 'lots', lots: 4 }] });
    play.approves = false;
    play.signal('bullish');
    play.legs({ freezeQuantity: 100 });
    play.passes('ne-1');
    play.filled('ne-1');
    const events = play.recovered();
    expect(kindsOf(events)).toEqual(['orderWithdrawn', 'setOpened', 'legOrderRequested']);
    expect(asksIn(events)).toEqual(['withdraw ne-2', 'stop sell 100 at 90']);
  });

  it('that has entered a part leaves it, where the square-off time has come meanwhile', () => {
    const play = new BrokerPlay({ size: [{ kind: 'lots', lots: 4 }] });
    play.approves = false;
    play.signal('bullish');
    play.legs({ freezeQuantity: 100 });
    play.passes('ne-1');
    play.filled('ne-1');
    play.now = ist('15:20');
    play.squareOffAt = ist('15:15');
    const events = play.recovered();
    expect(find(events, 'exitTriggered').rule).toBe('squareOff');
    expect(asksIn(events)).toEqual(['withdraw ne-2', 'sell 100']);
  });

  it('whose entry should have been given up meanwhile gives it up, and cancels it when it is found', () => {
    const play = BrokerPlay.entering();
    play.now += 60 * SECOND;
    play.recovered();
    expect(kindsOf(play.wakes())).toEqual(['entryTimedOut']);
    expect(asksIn(play.wakes())).toEqual(['look for ne-1']);
    expect(asksIn(play.looked('ne-1', play.inBook('ne-1', 'open')))).toEqual(['cancel ne-1']);
  });

  it('whose exit waits to be tried again waits on', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.rejected('ne-2');
    expect(play.recovered()).toEqual([]);
    expect(asksIn(play.wakes())).toEqual(['sell 200']);
  });

  it('that had asked what is held asks again', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.unknown('ne-2');
    play.looked('ne-2', 'absent');
    play.later(5 * SECOND);
    play.looked('ne-2', 'absent');
    play.now += SECOND;
    expect(play.recovered()).toEqual([{ kind: 'positionAsked', retryAt: play.now + 5 * SECOND, at: play.now }]);
  });

  it('goes the other way round when its exit is found filled', () => {
    const play = BrokerPlay.holding({ exits: { oppositeSignal: 'reverse' } });
    play.signal('bearish');
    play.recovered();
    play.wakes();
    const fills = [{ fillId: 'F1', quantity: 200, price: 99, time: play.now }];
    expect(kindsOf(play.looked('ne-2', play.inBook('ne-2', 'filled', fills)))).toEqual([
      'orderChanged',
      'legFilled',
      'setClosed',
      'preparationStarted',
      'bookLooked',
    ]);
  });
});

describe('what happened while the engine was gone', () => {
  it.each([
    ['an entry was filled', PHASES.entering, ['setOpened', 'legOrderRequested'], 'open'],
    ['a stop was filled', PHASES.open, ['exitTriggered', 'setClosed'], 'waiting'],
    ['an exit was filled', PHASES.exiting, ['setClosed'], 'waiting'],
  ] as const)('is found in the book: %s', (_, stage, kinds, phase) => {
    const play = rest(stage());
    play.now += 600 * SECOND;
    play.recovered();
    const orderId = orderIdOf(play);
    const fills = [{ fillId: 'F1', quantity: 200, price: 95, time: play.now - 300 * SECOND }];
    const events = play.looked(orderId, play.inBook(orderId, 'filled', fills));
    expect(kindsOf(events)).toEqual(expect.arrayContaining(['legFilled', ...kinds, 'bookLooked']));
    expect(play.state.phase).toBe(phase);
  });

  it('is found in the book: a stop was triggered and is in the market', () => {
    const play = rest(PHASES.open());
    play.recovered();
    const events = play.looked('ne-2', play.inBook('ne-2', 'open'));
    expect(kindsOf(events)).toEqual(['orderChanged', 'orderChanged', 'exitTriggered', 'bookLooked']);
    expect(kindsOf(play.filled('ne-2'))).toEqual(['legFilled', 'setClosed']);
  });
});

/** Units that may still be dealt in by what is alive, on one side. */
const underWay = (orders: readonly OrderState[], side: 'buy' | 'sell'): number =>
  orders.reduce((sum, order) => sum + (order.request.side === side && !isSettled(order) ? remainingQuantity(order) : 0), 0);

describe('whenever the engine is stopped', () => {
  /** Lets a script happen to a set, and starts it again at the end, or at a later time. */
  const stopped = () => fc.tuple(setWords(), scripts(), fc.nat({ max: 120 * SECOND }), fc.boolean());

  function playedTo(words: SetWords, script: readonly Step[], approves: boolean): BrokerPlay {
    const play = new BrokerPlay(words);
    play.approves = approves;
    for (const { afterMs, happening } of script) {
      play.now += afterMs;
      play.tell(happening(play.state, play.now));
    }
    return play;
  }

  it('everything that may still be dealt in is looked for, and nothing that was sent is sent again', () =>
    fc.assert(
      fc.property(stopped(), ([words, script, goneMs, approves]) => {
        const play = playedTo(words, script, approves);
        const { orders: before, lastOrder } = play.state;
        play.now += goneMs;
        play.approves = false;
        const events = play.recovered();
        const known = new Set(before.map(({ request }) => request.orderId));
        for (const order of play.state.orders) {
          if (!known.has(order.request.orderId)) expect(order.status).toBe('requested');
          else if (!isSettled(order)) expect(order.look).not.toBeNull();
        }
        for (const event of events) {
          expect(event.kind).not.toBe('orderSubmitted');
          if (event.kind === 'legOrderRequested') expect(Number.parseInt(event.order.orderId.slice(3), 36)).toBeGreaterThan(lastOrder);
        }
      }),
      { numRuns: 300 },
    ));

  it('no more leaves afterwards than is to leave, whatever becomes of what was sent before', () =>
    fc.assert(
      fc.property(stopped(), ([words, script, goneMs, approves]) => {
        const play = playedTo(words, script, approves);
        const { quantity } = play.state.holding;
        play.now += goneMs;
        const events = play.recovered();
        if (play.state.phase !== 'exiting' || events.every(({ kind }) => kind !== 'legOrderRequested')) return;
        const left = Math.abs(quantity) - underWay(play.state.orders, quantity > 0 ? 'sell' : 'buy');
        expect(left).toBe(Math.min(Math.abs(quantity), play.state.leaving.keep));
      }),
      { numRuns: 300 },
    ));

  it('a second start right after the first changes nothing about what is under way', () =>
    fc.assert(
      fc.property(stopped(), ([words, script, , approves]) => {
        const play = playedTo(words, script, approves);
        play.approves = false;
        play.recovered();
        const { phase, orders, holding } = play.state;
        play.recovered();
        expect(play.state).toMatchObject({ phase, holding });
        for (const side of ['buy', 'sell'] as const) expect(underWay(play.state.orders, side)).toBe(underWay(orders, side));
      }),
      { numRuns: 300 },
    ));

  it('the state that a journal gives back decides the same', () =>
    fc.assert(
      fc.property(stopped(), ([words, script, , approves]) => {
        const play = playedTo(words, script, approves);
        const decider = setDecider(play.instance);
        const folded = play.events.reduce(decider.evolve, decider.initial);
        const input = { kind: 'recovered', squareOffAt: null, at: play.now } as const;
        expect(decider.decide(folded, input)).toEqual(play.recovered());
      }),
      { numRuns: 100 },
    ));
});
