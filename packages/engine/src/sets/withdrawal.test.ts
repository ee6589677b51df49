import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asksIn, asProtectedLimit, BrokerPlay } from './broker-play.test-kit.js';
import type { SetEvent } from './set-event.js';
import { find, ist, kindsOf, type SetWords } from './set-play.test-kit.js';
import { type Step, scripts } from './set-script.test-kit.js';
import { setWords } from './set-words.test-kit.js';

const SECOND = 1_000;
const AT_EXCHANGE = { exits: { stopLoss: { kind: 'points', points: 10 } }, rest: { protection: 'exchange' } } as const;

/** A set whose entry of four lots waits for its turn at the gate. */
function waiting(words: SetWords = {}, freezeQuantity: number | null = null): BrokerPlay {
  const play = new BrokerPlay({ size: [{ kind: 'lots', lots: 4 }], ...words });
  play.approves = false;
  play.signal('bullish');
  play.legs({ freezeQuantity });
  return play;
}

/** Four lots whose exit, or whose stop, waits for its turn at the gate. */
function held(words: SetWords = {}): BrokerPlay {
  const play = BrokerPlay.entering(words);
  play.approves = false;
  play.filled('ne-1');
  return play;
}

describe('an entry of which nothing was sent', () => {
  it('ends when its time is over, with a refusal that gives back what was set aside', () => {
    const play = waiting();
    const signalAt = play.now;
    play.now += 10 * SECOND;
    const { now: at } = play;
    expect(play.due(100)).toEqual([
      { kind: 'entryTimedOut', at },
      { kind: 'orderWithdrawn', orderId: 'ne-1', reason: 'It was not filled in time.', at },
      { kind: 'entryRefused', by: 'risk', code: 'order/withdrawn', reason: 'It was not filled in time.', signalAt, at },
    ]);
    expect(play.state.phase).toBe('waiting');
  });

  it.each(['byHand', 'breaker', 'endOfData'] as const)('ends when it is not wanted any more: %s', (by) => {
    const play = waiting();
    const { now: at } = play;
    expect(play.exitNow(by)).toEqual([
      { kind: 'entryAbandoned', rule: by, at },
      { kind: 'orderWithdrawn', orderId: 'ne-1', reason: 'The entry was abandoned.', at },
      { kind: 'entryRefused', by: 'risk', code: 'order/withdrawn', reason: 'The entry was abandoned.', signalAt: at, at },
    ]);
  });

  it.each([
    ['the set holds nothing beyond it', { exits: { squareOff: 915 } }, '2026-11-23'],
    [
      'an intraday position is held for no target',
      { exits: { squareOff: 915, endOfDay: { onlyIfTargetShare: 0.5 } }, rest: { product: 'MIS' } },
      '2026-11-23',
    ],
    ['what it enters expires on the day', {}, '2026-11-24'],
  ] satisfies readonly (readonly [string, SetWords, string])[])('ends at the square-off time, where %s', (_, words, date) => {
    const play = waiting(words);
    play.now = ist('15:15', date);
    expect(kindsOf(play.squareOff(100, null))).toEqual(['entryAbandoned', 'orderWithdrawn', 'entryRefused']);
    expect(play.squareOff(100, null)).toEqual([]);
  });

  it('goes on at the square-off time, where the set may hold it overnight', () => {
    expect(waiting().squareOff(100, null)).toEqual([]);
    const exits = { squareOff: 915, endOfDay: { onlyIfTargetShare: 0.5 } };
    expect(waiting({ exits, rest: { product: 'NRML' } }).squareOff(100, null)).toEqual([]);
  });

  it('ends once, in all of its orders', () => {
    const play = waiting({}, 100);
    const events = play.exitNow();
    expect(kindsOf(events)).toEqual(['entryAbandoned', 'orderWithdrawn', 'orderWithdrawn', 'entryRefused']);
    expect(play.state.phase).toBe('waiting');
  });

  it('is not sent, though the gate lets it pass a moment later', () => {
    const play = waiting();
    play.exitNow();
    const { state } = play;
    expect(play.passes('ne-1')).toEqual([]);
    expect(play.refuses('ne-1')).toEqual([]);
    expect(play.state).toBe(state);
  });

  it('makes way for the next one', () => {
    const play = waiting();
    play.exitNow();
    play.signal('bullish');
    play.legs();
    expect(kindsOf(play.passes('ne-2'))).toEqual(['orderSubmitted']);
  });
});

describe('an entry of which a part was sent', () => {
  it('opens with what was filled, when the rest is withdrawn', () => {
    const play = waiting(AT_EXCHANGE, 100);
    play.passes('ne-1');
    play.filled('ne-1');
    play.now += 10 * SECOND;
    const events = play.due(100);
    expect(kindsOf(events)).toEqual(['entryTimedOut', 'orderWithdrawn', 'setOpened', 'legOrderRequested']);
    expect(asksIn(events)).toEqual(['withdraw ne-2', 'stop sell 100 at 90']);
  });

  it('is left, when it is not wanted any more', () => {
    const play = waiting({}, 100);
    play.passes('ne-1');
    play.filled('ne-1', 50);
    expect(asksIn(play.exitNow())).toEqual(['cancel ne-1', 'withdraw ne-2']);
    expect(asksIn(play.cancelled('ne-1'))).toEqual(['sell 50']);
  });

  it('goes on waiting for what was sent', () => {
    const play = waiting({}, 100);
    play.sentAs = asProtectedLimit;
    play.passes('ne-1');
    play.working('ne-1');
    play.now += 10 * SECOND;
    expect(asksIn(play.due(100))).toEqual(['cancel ne-1', 'withdraw ne-2']);
    expect(play.state.phase).toBe('entering');
    expect(kindsOf(play.cancelled('ne-1'))).toEqual(['orderChanged', 'entryRefused']);
  });

  it('leaves what was filled at the square-off time, though the rest is never sent', () => {
    const play = waiting({ exits: { squareOff: 915 } }, 100);
    play.passes('ne-1');
    play.filled('ne-1');
    play.now = ist('15:15');
    const events = play.squareOff(100, null);
    expect(kindsOf(events)).toEqual(['setOpened', 'exitTriggered', 'orderWithdrawn', 'legOrderRequested']);
    expect(find(events, 'exitTriggered').rule).toBe('squareOff');
    expect(asksIn(events)).toEqual(['withdraw ne-2', 'sell 100']);
  });
});

describe('a stop that was never sent', () => {
  it('is withdrawn when the set leaves, and nothing waits for it', () => {
    const play = held(AT_EXCHANGE);
    const { now: at } = play;
    const events = play.exitNow();
    expect(kindsOf(events)).toEqual(['exitTriggered', 'orderWithdrawn', 'legOrderRequested']);
    expect(events[1]).toEqual({ kind: 'orderWithdrawn', orderId: 'ne-2', reason: 'The set leaves: byHand.', at });
  });

  it('is withdrawn when somebody else has left with all of it, and the set is closed', () => {
    const play = held(AT_EXCHANGE);
    const events = play.outside('sell', 200, { price: 101 });
    expect(kindsOf(events)).toEqual(['legFilled', 'exitTriggered', 'orderWithdrawn', 'setClosed']);
    expect(find(events, 'setClosed')).toMatchObject({ rule: 'byHandAtBroker', grossPaise: 200_00 });
    expect(play.state.phase).toBe('waiting');
  });

  it('is withdrawn when somebody else has left with a part, and asked for anew for the rest', () => {
    const play = held(AT_EXCHANGE);
    const events = play.outside('sell', 50);
    expect(kindsOf(events)).toEqual(['legFilled', 'exitTriggered', 'orderWithdrawn', 'positionReduced', 'legOrderRequested']);
    expect(asksIn(events)).toEqual(['withdraw ne-2', 'stop sell 150 at 90']);
  });

  it('is withdrawn with others of the position when one of them is lost, and the set stays open', () => {
    const play = BrokerPlay.entering(AT_EXCHANGE, { leg: { freezeQuantity: 100 } });
    play.approves = false;
    play.filled('ne-1');
    play.filled('ne-2');
    play.passes('ne-3');
    expect(kindsOf(play.rejected('ne-3'))).toEqual(['orderChanged', 'protectionLost', 'orderWithdrawn']);
    expect(play.state.phase).toBe('open');
  });
});

describe('an exit that was never sent', () => {
  it('is withdrawn when somebody else has left with all of it, and the set is closed', () => {
    const play = held();
    play.exitNow();
    const events = play.outside('sell', 200);
    expect(kindsOf(events)).toEqual(['legFilled', 'orderWithdrawn', 'setClosed']);
    expect(find(events, 'setClosed').rule).toBe('byHand');
  });

  it('makes way for a smaller one when somebody else has left with a part', () => {
    const play = held();
    play.exitNow();
    const events = play.outside('sell', 50);
    expect(kindsOf(events)).toEqual(['legFilled', 'orderWithdrawn', 'legOrderRequested']);
    expect(asksIn(events)).toEqual(['withdraw ne-2', 'sell 150']);
    expect(play.passes('ne-2')).toEqual([]);
    expect(kindsOf(play.passes('ne-3'))).toEqual(['orderSubmitted']);
  });

  it('is withdrawn, and the set goes the other way round at once', () => {
    const play = held({ exits: { oppositeSignal: 'reverse' } });
    play.signal('bearish');
    const events = play.outside('sell', 200);
    expect(kindsOf(events)).toEqual(['legFilled', 'orderWithdrawn', 'setClosed', 'preparationStarted']);
    expect(find(events, 'preparationStarted').signal.direction).toBe('bearish');
  });
});

describe('whatever happens to orders that wait for their turn', () => {
  /** The gate lets an order pass now and then, and refuses one now and then. */
  const happenings = () =>
    fc.tuple(setWords(), scripts(), fc.array(fc.constantFrom('passes', 'passes', 'refuses', 'waits'), { minLength: 60, maxLength: 60 }));

  function act(
    words: SetWords,
    script: readonly Step[],
    gate: readonly string[],
    look: (play: BrokerPlay, events: readonly SetEvent[]) => void,
  ) {
    const play = new BrokerPlay(words);
    play.approves = false;
    for (const [index, { afterMs, happening }] of script.entries()) {
      play.now += afterMs;
      look(play, play.tell(happening(play.state, play.now)));
      const first = play.state.orders.find(({ status }) => status === 'requested');
      const word = gate[index];
      if (first === undefined || word === 'waits') continue;
      const { orderId } = first.request;
      look(play, word === 'refuses' ? play.refuses(orderId) : play.passes(orderId));
    }
    return play;
  }

  it('what was set aside for an entry is given back, or is in a position', () =>
    fc.assert(
      fc.property(happenings(), ([words, script, gate]) => {
        let reserved = false;
        act(words, script, gate, ({ state }, events) => {
          for (const event of events) {
            if (event.kind === 'entryPlanned') reserved = true;
            if (event.kind === 'setClosed' || (event.kind === 'entryRefused' && (event.by === 'risk' || event.by === 'broker')))
              reserved = false;
          }
          if (state.phase === 'waiting' || state.phase === 'stopped' || state.phase === 'preparing') expect(reserved).toBe(false);
        });
      }),
      { numRuns: 300 },
    ));

  it('each of them is sent, refused or withdrawn, and never two of these', () =>
    fc.assert(
      fc.property(happenings(), ([words, script, gate]) => {
        const ends = new Map<string, number>();
        const { state } = act(words, script, gate, (_, events) => {
          for (const event of events) {
            if (event.kind === 'legOrderRequested') ends.set(event.order.orderId, 0);
            if (event.kind === 'orderSubmitted' || event.kind === 'orderRefused' || event.kind === 'orderWithdrawn')
              ends.set(event.orderId, (ends.get(event.orderId) ?? 0) + 1);
          }
        });
        const wait = new Set(state.orders.flatMap(({ status, request }) => (status === 'requested' ? [request.orderId] : [])));
        for (const [orderId, count] of ends) expect(count, orderId).toBeLessThanOrEqual(wait.has(orderId) ? 0 : 1);
      }),
      { numRuns: 300 },
    ));

  it('a set that waits, or is stopped, has none', () =>
    fc.assert(
      fc.property(happenings(), ([words, script, gate]) => {
        act(words, script, gate, ({ state }) => {
          if (state.phase !== 'waiting' && state.phase !== 'stopped' && state.phase !== 'preparing') return;
          expect(state.orders.filter(({ status }) => status === 'requested')).toEqual([]);
        });
      }),
      { numRuns: 300 },
    ));
});
