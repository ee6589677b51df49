import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asksIn, BrokerPlay } from './broker-play.test-kit.js';
import type { ExitsConfig } from './set-config.js';
import { find, ist, kindsOf, SetPlay, type SetWords } from './set-play.test-kit.js';

const TARGET_20 = { kind: 'percent', share: 0.2 } as const;

/** Four lots at 100. */
function held(exits: Partial<ExitsConfig> = {}, words: SetWords = {}, side: 'buy' | 'sell' = 'buy'): SetPlay {
  const play = new SetPlay({ size: [{ kind: 'lots', lots: 4 }], ...words, exits });
  play.enter(side, 100);
  return play;
}

describe('time in trade', () => {
  it('is over so long after the entry', () => {
    const play = held({ timeInTradeMs: 1_800_000 });
    expect(play.watch.time).toBe(ist('10:00'));
    play.now = ist('10:00') - 1;
    expect(play.due(101)).toEqual([]);
    play.now += 1;
    expect(find(play.due(101), 'exitTriggered')).toMatchObject({ rule: 'timeInTrade', price: 101, quantity: 200 });
  });
});

describe('the square-off time', () => {
  it('ends every position', () => {
    const play = held({ squareOff: 915 });
    play.now = ist('15:15');
    expect(find(play.squareOff(101), 'exitTriggered')).toMatchObject({ rule: 'squareOff', price: 101 });
  });

  it('ends none where none is configured', () => {
    expect(held().squareOff(101)).toEqual([]);
  });
});

describe('end of day only if profitable', () => {
  const exits = { squareOff: 915, endOfDay: { onlyIfTargetShare: 0.5 }, target: TARGET_20 };
  const NRML = { rest: { product: 'NRML' } } as const;

  it('leaves with half of the target reached', () => {
    expect(find(held(exits, NRML).squareOff(110), 'exitTriggered').rule).toBe('squareOff');
    expect(find(held(exits, NRML, 'sell').squareOff(90), 'exitTriggered').rule).toBe('squareOff');
  });

  it('holds overnight with less, and says so', () => {
    const play = held(exits, NRML);
    expect(play.squareOff(109)).toEqual([{ kind: 'heldOvernight', targetShare: 0.45, at: play.now }]);
    expect(play.state.phase).toBe('open');
    expect(held(exits, NRML, 'sell').squareOff(90.05)).toMatchObject([{ kind: 'heldOvernight' }]);
  });

  it('never holds an intraday position', () => {
    expect(find(held(exits).squareOff(101), 'exitTriggered').rule).toBe('squareOff');
  });

  it('never holds what expires today', () => {
    expect(find(held(exits, NRML).squareOff(101, 0), 'exitTriggered').rule).toBe('expiry');
  });

  it('holds what has no target, since nothing of it is reached', () => {
    expect(held({ ...exits, target: null }, NRML).squareOff(150)).toMatchObject([{ kind: 'heldOvernight', targetShare: 0 }]);
  });
});

describe('an expiry', () => {
  it('ends a position on its day, even without a square-off time', () => {
    expect(held().squareOff(101, 1)).toEqual([]);
    expect(find(held().squareOff(101, 0), 'exitTriggered').rule).toBe('expiry');
  });

  it('ends a position so many trading days before', () => {
    const exits = { daysBeforeExpiry: 2 };
    expect(held(exits).squareOff(101, 3)).toEqual([]);
    expect(find(held(exits).squareOff(101, 2), 'exitTriggered').rule).toBe('daysBeforeExpiry');
    expect(find(held(exits).squareOff(101, 1), 'exitTriggered').rule).toBe('daysBeforeExpiry');
  });

  it('means nothing to what has none', () => {
    expect(held({ daysBeforeExpiry: 2 }).squareOff(101, null)).toEqual([]);
  });
});

describe('an opposite signal', () => {
  it('is refused where the configuration does not name it', () => {
    expect(find(held().signal('bearish'), 'entryRefused').code).toBe('set/already-open');
  });

  it('is an exit', () => {
    const play = held({ oppositeSignal: 'exit' });
    expect(find(play.signal('bearish'), 'exitTriggered')).toMatchObject({ rule: 'oppositeSignal', price: null, reverse: null });
    expect(kindsOf(play.fill(101))).toEqual(['legFilled', 'setClosed']);
    expect(play.state.phase).toBe('waiting');
  });

  it('is the other way round', () => {
    const play = held({ oppositeSignal: 'reverse' });
    play.signal('bearish');
    const events = play.fill(101);
    expect(kindsOf(events)).toEqual(['legFilled', 'setClosed', 'preparationStarted']);
    expect(find(events, 'preparationStarted').signal.direction).toBe('bearish');
    play.legs({ side: 'sell' });
    play.fill(99);
    expect(play.position).toMatchObject({ side: 'sell', direction: 'bearish', quantity: 200 });
  });

  it('is no way round during the cool-down, and says so', () => {
    const play = held({ oppositeSignal: 'reverse' }, { reentry: { coolDownMs: 300_000 } });
    play.signal('bearish');
    const events = play.fill(101);
    expect(kindsOf(events)).toEqual(['legFilled', 'setClosed', 'entryRefused']);
    expect(find(events, 'entryRefused')).toMatchObject({ by: 'set', code: 'set/cooling' });
    expect(play.state.phase).toBe('waiting');
  });

  it('is no way round for a set that was stopped meanwhile', () => {
    const play = held({ oppositeSignal: 'reverse' });
    play.signal('bearish');
    play.tell({ kind: 'stop', by: 'asha', reason: 'Enough.', at: play.now });
    expect(find(play.fill(101), 'entryRefused').code).toBe('set/halted');
  });

  it('is one only if it is an entry', () => {
    expect(find(held({ oppositeSignal: 'exit' }).signal('bearish', { kind: 'exit' }), 'entryRefused').code).toBe('set/already-open');
  });
});

describe('an exit signal', () => {
  it('ends the position it is about, or any if it is neutral', () => {
    expect(find(held().signal('bullish', { kind: 'exit' }), 'exitTriggered').rule).toBe('strategyExit');
    expect(find(held().signal('neutral', { kind: 'exit' }), 'exitTriggered').rule).toBe('strategyExit');
  });
});

describe('the range of the underlying', () => {
  it('is left at its bounds', () => {
    const play = held({ underlyingRange: { below: 25_900, above: 26_100 } });
    expect(play.watch).toMatchObject({ underlyingLow: 25_900, underlyingHigh: 26_100 });
    const tell = (price: number) => play.tell({ kind: 'underlyingLeftRange', price, at: play.now });
    expect(tell(25_900.05)).toEqual([]);
    expect(tell(26_099.95)).toEqual([]);
    expect(find(tell(26_100), 'exitTriggered')).toMatchObject({ rule: 'underlyingRange', price: 26_100 });
  });

  it('may have one bound', () => {
    const play = held({ underlyingRange: { below: 25_900, above: null } });
    expect(play.tell({ kind: 'underlyingLeftRange', price: 99_999, at: play.now })).toEqual([]);
    expect(find(play.tell({ kind: 'underlyingLeftRange', price: 25_000, at: play.now }), 'exitTriggered').rule).toBe('underlyingRange');
  });
});

describe('a position of which nobody knows the price, as after a start before the first tick', () => {
  it('leaves all the same, and its journal names no price', () => {
    const exits = { squareOff: 915, timeInTradeMs: 60_000, stopLoss: TARGET_20 };
    const play = held(exits);
    expect(find(play.squareOff(Number.NaN), 'exitTriggered')).toMatchObject({ rule: 'squareOff', price: null });
    const late = held(exits);
    late.now += 60_000;
    expect(find(late.due(Number.NaN), 'exitTriggered')).toMatchObject({ rule: 'timeInTrade', price: null });
    const asked = held(exits);
    const events = asked.tell({ kind: 'exitNow', by: 'breaker', price: Number.NaN, at: asked.now });
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'breaker', price: null });
  });

  it('is held overnight where it may be: nothing of its target is known to be reached', () => {
    const play = held({ squareOff: 915, endOfDay: { onlyIfTargetShare: 0.5 }, target: TARGET_20 }, { rest: { product: 'NRML' } });
    expect(play.squareOff(Number.NaN)).toMatchObject([{ kind: 'heldOvernight', targetShare: 0 }]);
  });
});

describe('an exit by hand', () => {
  it('leaves with everything', () => {
    const play = held();
    const events = play.tell({ kind: 'exitNow', by: 'byHand', price: 100.5, at: play.now });
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'byHand', quantity: 200 });
  });
});

describe('a person who wants out of what leaves already', () => {
  it('takes the exit over: from then on it is the person’s, and no second order goes out', () => {
    const play = BrokerPlay.holding({ exits: { stopLoss: TARGET_20, oppositeSignal: 'reverse' } });
    play.signal('bearish');
    const { now: at } = play;
    expect(play.exitNow()).toEqual([{ kind: 'exitTriggered', rule: 'byHand', price: null, quantity: 200, keep: 0, reverse: null, at }]);
    expect(play.exitNow()).toEqual([]);
    // It does not go the other way round any more.
    expect(kindsOf(play.filled('ne-2'))).toEqual(['legFilled', 'setClosed']);
  });

  it('does not wait for the next try', () => {
    const play = held({ stopLoss: TARGET_20 });
    play.tick(80);
    play.ended('rejected');
    const events = play.tell({ kind: 'exitNow', by: 'byHand', price: null, at: play.now });
    expect(kindsOf(events)).toEqual(['exitTriggered', 'legOrderRequested']);
    expect(find(play.fill(79), 'setClosed').rule).toBe('byHand');
  });
});

describe('an exit order', () => {
  it.each(['rejected', 'cancelled', 'expired'] as const)('that is %s is sent again, with growing delays', (how) => {
    const play = held({ squareOff: 915 });
    play.squareOff(101);
    for (const seconds of [1, 2, 4, 8, 15, 30, 30]) {
      const events = play.ended(how);
      expect(kindsOf(events)).toEqual(['orderChanged', 'exitPostponed']);
      const { retryAt } = find(events, 'exitPostponed');
      expect(retryAt - play.now).toBe(seconds * 1_000);
      expect(play.watch.time).toBe(retryAt);
      play.now = retryAt - 1;
      expect(play.due(101)).toEqual([]);
      play.now = retryAt;
      expect(kindsOf(play.due(101))).toEqual(['legOrderRequested']);
      expect(play.order.request).toMatchObject({ purpose: 'exit', side: 'sell', quantity: 200 });
    }
    expect(find(play.fill(99), 'setClosed')).toMatchObject({ rule: 'squareOff', grossPaise: -200_00 });
  });

  it('that the gate refuses waits until it would not', () => {
    const play = held();
    play.approves = false;
    play.tell({ kind: 'exitNow', by: 'byHand', price: null, at: play.now });
    const open = ist('09:15', '2026-11-24');
    expect(play.refused(open)).toMatchObject([{ kind: 'orderRefused' }, { kind: 'exitPostponed', retryAt: open }]);
    play.now = open;
    expect(find(play.due(99), 'legOrderRequested').order).toMatchObject({ quantity: 200, at: open });
  });

  it('that ends after a part was filled leaves the rest to the next one, and nothing is lost', () => {
    const play = held();
    play.chargesPaise = 10_00;
    play.tell({ kind: 'exitNow', by: 'byHand', price: null, at: play.now });
    play.fill(110, 50);
    expect(kindsOf(play.ended('cancelled'))).toEqual(['orderChanged', 'exitPostponed']);
    expect(play.state.holding.quantity).toBe(150);
    play.now += 1_000;
    play.due(110);
    expect(play.order.request.quantity).toBe(150);
    play.fill(90, 100);
    // 50 × 10 − 150 × 10; charges of three fills of exits, the entry had none.
    expect(find(play.fill(90), 'setClosed')).toMatchObject({ grossPaise: -1_000_00, chargesPaise: 30_00 });
  });

  it('of a part that ends half filled comes to the whole part in the end', () => {
    const play = held({ partial: [{ at: { kind: 'points', points: 5 }, share: 0.5 }] });
    play.tick(105);
    play.fill(105, 50);
    play.ended('expired');
    play.now += 1_000;
    play.due(105);
    expect(play.order.request.quantity).toBe(50);
    expect(find(play.fill(105), 'positionReduced')).toMatchObject({ quantity: 100, partialsLeft: 0 });
    expect(play.position.quantity).toBe(100);
  });

  it('is the only one: while it is under way nothing else asks for another', () => {
    const play = held({ stopLoss: TARGET_20, squareOff: 915, oppositeSignal: 'exit' });
    play.squareOff(101);
    const { now: at } = play;
    expect(play.tell({ kind: 'levelReached', price: 50, at })).toEqual([]);
    expect(play.tell({ kind: 'priceImproved', price: 150, at })).toEqual([]);
    expect(play.tell({ kind: 'exitNow', by: 'breaker', price: null, at })).toEqual([]);
    expect(play.squareOff(101)).toEqual([]);
    expect(play.due(101)).toEqual([]);
    expect(kindsOf(play.signal('bearish'))).toEqual(['signalSeen', 'entryRefused']);
  });
});

describe('an exit that the gate refuses', () => {
  /** Four lots whose exit waits for its turn at the gate. */
  function asked(freezeQuantity: number | null = null): BrokerPlay {
    const play = BrokerPlay.holding({}, { leg: { freezeQuantity } });
    play.approves = false;
    play.exitNow();
    return play;
  }

  it('is as large as it may be, and the rest waits until that has left', () => {
    const play = asked();
    const { now: at } = play;
    const events = play.refuses('ne-2', { atMost: 50 });
    expect(events[0]).toEqual({ kind: 'orderRefused', orderId: 'ne-2', code: 'risk/test', reason: 'The gate says no.', at });
    expect(find(events, 'legOrderRequested').order).toMatchObject({ orderId: 'ne-3', purpose: 'exit', side: 'sell', quantity: 50 });
    expect(play.later(3_600_000)).toEqual([]);
    play.passes('ne-3');
    expect(asksIn(play.filled('ne-3'))).toEqual(['sell 150']);
    // Nothing more is there: it is asked for again and again, later and later.
    for (const [index, seconds] of [1, 2, 4].entries()) {
      expect(find(play.refuses(`ne-${index + 4}`), 'exitPostponed').retryAt).toBe(play.now + seconds * 1_000);
      expect(asksIn(play.wakes())).toEqual(['sell 150']);
    }
    play.passes('ne-7');
    expect(kindsOf(play.filled('ne-7'))).toEqual(['legFilled', 'setClosed']);
  });

  it.each([
    ['nothing may leave', 0],
    ['as much may leave as was asked for', 200],
    ['more may leave than was asked for', 250],
  ])('is postponed where %s', (_, atMost) => {
    const play = asked();
    const { now: at } = play;
    expect(play.refuses('ne-2', { atMost })).toEqual([
      { kind: 'orderRefused', orderId: 'ne-2', code: 'risk/test', reason: 'The gate says no.', at },
      { kind: 'exitPostponed', reason: 'The gate says no.', retryAt: at + 1_000, at },
    ]);
  });

  it('comes in slices as before', () => {
    const play = BrokerPlay.holding({}, { lots: 6 });
    play.approves = false;
    play.exitNow();
    expect(asksIn(play.refuses('ne-2', { atMost: 250 }))).toEqual(['sell 250']);
    const sliced = asked(100);
    expect(asksIn(sliced.refuses('ne-2', { atMost: 50 }))).toEqual([]);
    expect(asksIn(sliced.refuses('ne-3', { atMost: 50 }))).toEqual(['sell 50']);
    expect(sliced.state.orders.filter(({ status }) => status === 'requested').map(({ request }) => request.quantity)).toEqual([100, 50]);
  });

  it('leaves a part only, where a part was to leave', () => {
    const play = BrokerPlay.holding({ exits: { partial: [{ at: { kind: 'points', points: 5 }, share: 0.5 }] } });
    play.approves = false;
    play.tick(105);
    expect(asksIn(play.refuses('ne-2', { atMost: 50 }))).toEqual(['sell 50']);
    play.passes('ne-3');
    expect(asksIn(play.filled('ne-3'))).toEqual(['sell 50']);
    play.passes('ne-4');
    expect(find(play.filled('ne-4'), 'positionReduced').quantity).toBe(100);
  });

  it('is no smaller entry, nor a smaller stop: those come to nothing', () => {
    const entry = new BrokerPlay({ size: [{ kind: 'lots', lots: 4 }] });
    entry.approves = false;
    entry.signal('bullish');
    entry.legs();
    expect(kindsOf(entry.refuses('ne-1', { atMost: 50 }))).toEqual(['orderRefused', 'entryRefused']);
    const open = BrokerPlay.entering({ exits: { stopLoss: TARGET_20 }, rest: { protection: 'exchange' } });
    open.approves = false;
    open.filled('ne-1');
    expect(kindsOf(open.refuses('ne-2', { atMost: 50 }))).toEqual(['orderRefused', 'protectionLost']);
  });

  it('leaves in the end with all of it, and never with more, whatever the gate lets pass', () =>
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 260 }), { maxLength: 30 }), fc.constantFrom(null, 100), (answers, freezeQuantity) => {
        const play = asked(freezeQuantity);
        const waiting = () => play.state.orders.filter(({ status }) => status === 'requested');
        const passAndFill = (orderId: string): void => {
          play.passes(orderId);
          play.filled(orderId);
        };
        for (const atMost of answers) {
          const order = waiting()[0];
          if (order === undefined) {
            if (play.state.phase === 'exiting') play.wakes();
            continue;
          }
          if (order.quantity <= atMost) passAndFill(order.request.orderId);
          else play.refuses(order.request.orderId, { atMost });
          const asksFor = waiting().reduce((sum, { quantity }) => sum + quantity, 0);
          expect(asksFor).toBeLessThanOrEqual(play.state.holding.quantity);
        }
        for (let i = 0; i < 10 && play.state.phase === 'exiting'; i += 1) {
          for (const { request } of waiting()) passAndFill(request.orderId);
          if (play.state.phase === 'exiting' && waiting().length === 0) play.wakes();
        }
        expect(play.state).toMatchObject({ phase: 'waiting', holding: { quantity: 0 } });
      }),
      { numRuns: 300 },
    ));
});

describe('a set that is halted or stopped', () => {
  it.each(['halt', 'stop'] as const)('by a %s goes on leaving as configured', (kind) => {
    const play = held({ stopLoss: TARGET_20, trailing: { start: TARGET_20, distance: TARGET_20, step: null } });
    play.tell({ kind, by: 'asha', reason: 'Enough.', at: play.now });
    expect(play.state).toMatchObject({ phase: 'open', halted: { by: 'asha', reason: 'Enough.' } });
    play.tick(150);
    expect(play.position.stop).toBe(120);
    expect(find(play.tick(120), 'exitTriggered').rule).toBe('trailingStop');
    play.ended('rejected');
    play.now += 1_000;
    play.due(119);
    expect(kindsOf(play.fill(119))).toEqual(['legFilled', 'setClosed']);
    expect(find(play.signal('bullish'), 'entryRefused').code).toBe('set/halted');
  });

  it('is halted once', () => {
    const play = new SetPlay();
    play.tell({ kind: 'halt', by: 'risk', reason: 'One.', at: play.now });
    expect(play.tell({ kind: 'halt', by: 'risk', reason: 'Two.', at: play.now })).toEqual([]);
  });

  it('begins anew when it is started after a stop', () => {
    const play = new SetPlay();
    play.tell({ kind: 'halt', by: 'risk', reason: 'One.', at: play.now });
    play.tell({ kind: 'stop', by: 'asha', reason: 'Two.', at: play.now });
    expect(play.state.phase).toBe('stopped');
    play.tell({ kind: 'start', by: 'asha', at: play.now });
    expect(play.state).toMatchObject({ phase: 'waiting', halted: null });
  });
});
