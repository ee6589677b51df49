import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DurationMs } from '../primitives/time.js';
import { asksIn, asProtectedLimit, BrokerPlay } from './broker-play.test-kit.js';
import type { SetConfig } from './set-config.js';
import type { SetEvent } from './set-event.js';
import { find, kindsOf } from './set-play.test-kit.js';

const SECOND = 1_000;
const TRAILING = { trailing: { start: { kind: 'points', points: 1 }, distance: { kind: 'points', points: 1 }, step: null } } as const;

/** An entry of four lots that is in the market as a limit. */
function resting(execution: Partial<SetConfig['execution']> = {}): BrokerPlay {
  const play = new BrokerPlay({ size: [{ kind: 'lots', lots: 4 }], rest: { execution: { ...USUAL, ...execution } } });
  play.sentAs = asProtectedLimit;
  play.signal('bullish');
  play.legs();
  play.working('ne-1');
  return play;
}

const USUAL: SetConfig['execution'] = {
  answerWithinMs: 5 * SECOND,
  entryWithinMs: 10 * SECOND,
  chaseEveryMs: 2 * SECOND,
  chases: 4,
  chaseWithin: null,
};

/** A set that leaves four lots by a limit that is in the market. */
function leaving(leg: { readonly freezeQuantity: number | null } = { freezeQuantity: null }): BrokerPlay {
  const play = BrokerPlay.holding({}, { leg });
  play.sentAs = asProtectedLimit;
  play.exitNow();
  for (const { request, status } of play.state.orders) if (status === 'submitted') play.working(request.orderId);
  return play;
}

/** Seconds since a moment at which the set is woken, and what it asks for then; each change that it asks for is made at once. */
function* wakings(play: BrokerPlay, orderId: string): Generator<readonly [seconds: number, asks: readonly string[]], never> {
  const since = play.now;
  for (;;) {
    const events = play.wakes();
    yield [(play.now - since) / SECOND, asksIn(events)];
    if (play.of(orderId).change?.kind === 'modify') play.working(orderId);
  }
}

const take = <Value>(values: Generator<Value>, count: number): readonly Value[] =>
  Array.from({ length: count }, () => values.next().value as Value);

describe('an order that nobody has answered', () => {
  it('is unknown after five seconds, and not before', () => {
    const play = BrokerPlay.entering();
    expect(play.watch.time).toBe(play.now + 5 * SECOND);
    expect(play.later(5 * SECOND - 1)).toEqual([]);
    const { now } = play;
    expect(play.later(1)).toEqual([
      {
        kind: 'orderChanged',
        news: { kind: 'unknown', orderId: 'ne-1', reason: 'No answer within 5 seconds.', at: now + 1 },
        at: now + 1,
      },
    ]);
    expect(play.of('ne-1').status).toBe('unknown');
  });

  it('is unknown after as long as is configured', () => {
    const play = BrokerPlay.entering({ rest: { execution: { ...USUAL, answerWithinMs: 1_500 } } });
    expect(play.later(1_499)).toEqual([]);
    expect(play.later(1)).toMatchObject([{ news: { kind: 'unknown', reason: 'No answer within 1.5 seconds.' } }]);
  });

  it('is not unknown before it was sent, however long it waits for its turn', () => {
    const play = BrokerPlay.holding();
    play.approves = false;
    play.exitNow();
    expect(play.watch.time).toBe(Infinity);
    expect(play.later(3_600 * SECOND)).toEqual([]);
    play.passes('ne-2');
    expect(play.watch.time).toBe(play.now + 5 * SECOND);
  });
});

describe('an unknown order', () => {
  it('is looked for in the book after 1, 2, 4, 8, 15 and 30 seconds, then every 15', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.unknown('ne-2');
    const since = play.now;
    for (const [index, seconds] of [1, 2, 4, 8, 15, 30, 45, 60, 75].entries()) {
      expect(play.watch.time - since).toBe(seconds * SECOND);
      expect(play.later(play.watch.time - play.now - 1)).toEqual([]);
      expect(play.wakes()).toEqual([{ kind: 'bookLookRequested', orderId: 'ne-2', count: index + 1, at: since + seconds * SECOND }]);
      expect(play.looked('ne-2', 'unanswered')).toEqual([
        { kind: 'bookLooked', orderId: 'ne-2', outcome: 'unanswered', at: since + seconds * SECOND },
      ]);
    }
    expect(play.of('ne-2').status).toBe('unknown');
  });

  it('is looked for again when a look is not answered in five seconds', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.unknown('ne-2');
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
    expect(play.watch.time).toBe(play.now + 5 * SECOND);
    expect(play.wakes()).toEqual([{ kind: 'bookLooked', orderId: 'ne-2', outcome: 'unanswered', at: play.now }]);
    // The looks after 2 and 4 seconds are overdue.
    expect(play.watch.time).toBe(play.now);
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
  });
});

describe('an order at the market of which nothing is heard', () => {
  it('is looked for every five seconds, for it should have been filled', () => {
    const play = BrokerPlay.entering({ rest: { execution: { ...USUAL, entryWithinMs: 60 * SECOND } } });
    play.acknowledged('ne-1');
    for (let i = 0; i < 3; i += 1) {
      expect(play.watch.time).toBe(play.now + 5 * SECOND);
      expect(play.wakes()).toEqual([{ kind: 'bookLookRequested', orderId: 'ne-1', count: 1, at: play.now }]);
      play.looked('ne-1', play.inBook('ne-1', 'acknowledged'));
    }
  });

  it('is filled as the book has it', () => {
    const play = BrokerPlay.entering();
    play.acknowledged('ne-1');
    play.wakes();
    const fill = { fillId: 'F1', quantity: 200, price: 101, time: play.now };
    expect(kindsOf(play.looked('ne-1', play.inBook('ne-1', 'filled', [fill])))).toEqual(['legFilled', 'setOpened', 'bookLooked']);
    expect(play.position).toMatchObject({ quantity: 200, entryPrice: 101 });
  });
});

describe('a change that nobody has answered', () => {
  it.each(['cancel', 'modify'] as const)('to %s is unknown after five seconds, and the order is looked for', (kind) => {
    const play = resting();
    if (kind === 'cancel') play.exitNow();
    else play.later(2 * SECOND);
    expect(play.of('ne-1').change).toEqual({ kind, at: play.now });
    expect(play.later(5 * SECOND - 1)).toEqual([]);
    const at = play.now + 1;
    const reason = 'No answer within 5 seconds.';
    expect(play.later(1)).toEqual([
      { kind: 'orderChanged', news: { kind: 'changeUnknown', orderId: 'ne-1', change: kind, reason, at }, at },
    ]);
    expect(play.of('ne-1')).toMatchObject({ status: 'open', change: null, look: { nextAt: at + SECOND } });
  });
});

describe('an entry that rests', () => {
  it('is moved after the market every two seconds, four times, and cancelled ten seconds after it was decided', () => {
    const play = resting();
    expect(take(wakings(play, 'ne-1'), 5)).toEqual([
      [2, ['chase ne-1']],
      [4, ['chase ne-1']],
      [6, ['chase ne-1']],
      [8, ['chase ne-1']],
      [10, ['cancel ne-1']],
    ]);
    expect(play.events.slice(-2)).toEqual([
      { kind: 'entryTimedOut', at: play.now },
      { kind: 'orderChangeRequested', orderId: 'ne-1', change: { kind: 'cancel', reason: 'It was not filled in time.' }, at: play.now },
    ]);
    expect(play.cancelled('ne-1')).toMatchObject([
      { kind: 'orderChanged' },
      { kind: 'entryRefused', by: 'broker', code: 'broker/order-cancelled', reason: 'So it is said.' },
    ]);
    expect(play.state.phase).toBe('waiting');
  });

  it('is not moved while a change is on its way', () => {
    const play = resting();
    expect(asksIn(play.wakes())).toEqual(['chase ne-1']);
    expect(play.later(2 * SECOND)).toEqual([]);
    play.working('ne-1', { price: 104 });
    expect(play.later(2 * SECOND - 1)).toEqual([]);
    expect(asksIn(play.later(1))).toEqual(['chase ne-1']);
  });

  it('opens with what was filled when its time is over', () => {
    const play = resting();
    play.filled('ne-1', 50);
    expect(asksIn(play.later(10 * SECOND))).toEqual(['cancel ne-1']);
    expect(kindsOf(play.cancelled('ne-1'))).toEqual(['orderChanged', 'setOpened']);
    expect(play.position.quantity).toBe(50);
  });

  it('opens with all of it when it is filled before the cancellation arrives', () => {
    const play = resting();
    play.later(10 * SECOND);
    expect(kindsOf(play.filled('ne-1'))).toEqual(['legFilled', 'setOpened']);
    expect(play.changeRejected('ne-1', 'cancel')).toEqual([]);
    expect(play.position.quantity).toBe(200);
  });

  it('is looked for while it waits for its end, where that is far beyond the last move', () => {
    const play = resting({ entryWithinMs: 60 * SECOND, chases: 1 });
    const waking = wakings(play, 'ne-1');
    expect(take(waking, 2)).toEqual([
      [2, ['chase ne-1']],
      [32, ['look for ne-1']],
    ]);
    play.looked('ne-1', play.inBook('ne-1', 'open'));
    expect(waking.next().value).toEqual([60, ['cancel ne-1']]);
  });

  it('that nobody can say the outcome of is given up in time, and cancelled when it is found alive', () => {
    const play = BrokerPlay.entering();
    play.unknown('ne-1');
    expect(kindsOf(play.later(10 * SECOND))).toEqual(['bookLookRequested', 'entryTimedOut']);
    const events = play.looked('ne-1', play.inBook('ne-1', 'open'));
    expect(asksIn(events)).toEqual(['cancel ne-1']);
    expect(kindsOf(play.cancelled('ne-1'))).toEqual(['orderChanged', 'entryRefused']);
  });

  it('is over in its time, whatever the timing: no order is left that nobody has asked to cancel', () =>
    fc.assert(
      fc.property(
        fc.record({
          answerWithinMs: fc.integer({ min: 1, max: 60 * SECOND }),
          entryWithinMs: fc.integer({ min: 1, max: 300 * SECOND }),
          chaseEveryMs: fc.integer({ min: 1, max: 60 * SECOND }),
          chases: fc.nat({ max: 20 }),
        }),
        fc.nat({ max: 10 * SECOND }),
        (execution, answeredAfterMs) => {
          const play = resting(execution);
          const { now: since } = play;
          for (let i = 0; i < 2_000 && play.state.phase === 'entering' && play.state.giveUpAt !== null; i += 1) {
            const answered = play.of('ne-1').change === null ? Infinity : play.now + answeredAfterMs;
            if (answered < play.watch.time) {
              play.now = answered;
              play.working('ne-1');
              continue;
            }
            const told = play.wakes();
            // It is woken for something, and does not sleep beyond its time.
            expect(told.length).toBeGreaterThan(0);
            if (play.of('ne-1').look?.askedAt != null) play.looked('ne-1', play.inBook('ne-1', 'open'));
          }
          expect(play.now - since).toBe(execution.entryWithinMs);
          expect(play.of('ne-1').chases).toBeLessThanOrEqual(execution.chases);
          expect(play.of('ne-1').change?.kind).toBe('cancel');
        },
      ),
      { numRuns: 200 },
    ));
});

describe('an exit that rests', () => {
  it('is moved after the market four times, then a person is told once, and it is moved every thirty seconds on and on', () => {
    const play = leaving();
    const since = play.now;
    expect(take(wakings(play, 'ne-2'), 8)).toEqual([2, 4, 6, 8, 38, 68, 98, 128].map((seconds) => [seconds, ['chase ne-2']]));
    expect(play.events.filter(({ kind }) => kind === 'exitStuck')).toEqual([
      { kind: 'exitStuck', orderId: 'ne-2', price: 97, at: since + 38 * SECOND },
    ]);
    expect(kindsOf(play.filled('ne-2', undefined, 60))).toEqual(['legFilled', 'setClosed']);
  });

  it('is told of once, though it is in several orders', () => {
    const play = leaving({ freezeQuantity: 100 });
    for (let i = 0; i < 4; i += 1) {
      expect(asksIn(play.later(2 * SECOND))).toEqual(['chase ne-3', 'chase ne-4']);
      play.working('ne-3');
      play.working('ne-4');
    }
    const events = play.later(30 * SECOND);
    expect(kindsOf(events)).toEqual(['exitStuck', 'orderChangeRequested', 'orderChangeRequested']);
    expect(find(events, 'exitStuck').orderId).toBe('ne-3');
  });

  it('is cancelled after twenty modifications, and another takes its place for what is left', () => {
    const play = leaving();
    for (let i = 0; i < 20; i += 1) {
      expect(asksIn(play.wakes())).toEqual(['chase ne-2']);
      play.working('ne-2');
    }
    play.filled('ne-2', 50);
    expect(play.wakes()).toEqual([
      {
        kind: 'orderChangeRequested',
        orderId: 'ne-2',
        change: { kind: 'cancel', reason: 'It was modified 20 times, and another one takes its place.' },
        at: play.now,
      },
    ]);
    expect(play.later(4 * SECOND)).toEqual([]);
    const events = play.cancelled('ne-2');
    expect(kindsOf(events)).toEqual(['orderChanged', 'legOrderRequested']);
    expect(find(events, 'legOrderRequested').order).toMatchObject({ orderId: 'ne-3', quantity: 150, purpose: 'exit' });
    play.working('ne-3');
    expect(asksIn(play.later(2 * SECOND))).toEqual(['chase ne-3']);
    expect(play.events.filter(({ kind }) => kind === 'exitStuck')).toHaveLength(1);
  });

  it('goes on after a change that could not be made: it is looked for, and moved again', () => {
    const play = leaving();
    play.wakes();
    play.changeRejected('ne-2', 'modify');
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
    play.looked('ne-2', play.inBook('ne-2', 'open'));
    expect(play.later(2 * SECOND - 1)).toEqual([]);
    expect(asksIn(play.later(1))).toEqual(['chase ne-2']);
  });

  it('is looked for where it was sent at the market, since there is no limit to move', () => {
    const play = BrokerPlay.holding();
    play.exitNow();
    play.working('ne-2');
    expect(asksIn(play.wakes())).toEqual(['look for ne-2']);
  });

  it('is a stop whose trigger was hit, too, and that it was moved before means nothing then', () => {
    const play = new BrokerPlay({
      size: [{ kind: 'lots', lots: 4 }],
      exits: { stopLoss: { kind: 'points', points: 10 }, ...TRAILING },
      rest: { protection: 'exchange' },
    });
    play.sentAs = ({ kind, price, triggerPrice }) =>
      kind === 'SL-M' ? { kind: 'SL', price: 87.3, triggerPrice } : { kind, price, triggerPrice };
    play.enter('buy', 100);
    play.working('ne-2');
    for (const price of [101, 102, 103, 104]) {
      play.tick(price);
      play.working('ne-2', { triggerPrice: play.position.stop });
    }
    play.triggered('ne-2');
    expect(kindsOf(play.later(2 * SECOND))).toEqual(['orderChangeRequested']);
    expect(asksIn(play.events).at(-1)).toBe('chase ne-2');
  });
});

describe('a stop that rests', () => {
  /** The price goes up by a tick, and the stop with it. */
  const tickUp = (play: BrokerPlay, ticks: number): readonly SetEvent[] => play.tick(Math.round((101 + ticks * 0.05) * 100) / 100);

  it('is cancelled after twenty moves, and another takes its place where the stop is by then', () => {
    const play = BrokerPlay.holding({ exits: { stopLoss: { kind: 'points', points: 10 }, ...TRAILING }, rest: { protection: 'exchange' } });
    play.working('ne-2');
    for (let i = 0; i < 20; i += 1) {
      const [ask] = asksIn(tickUp(play, i));
      expect(ask).toMatch(/^move ne-2 to /);
      play.working('ne-2', { triggerPrice: play.position.stop });
    }
    expect(asksIn(tickUp(play, 20))).toEqual(['cancel ne-2']);
    tickUp(play, 21);
    const events = play.cancelled('ne-2');
    expect(kindsOf(events)).toEqual(['orderChanged', 'legOrderRequested']);
    expect(asksIn(events)).toEqual(['stop sell 200 at 101.05']);
    expect(play.position.stop).toBe(101.05);
  });

  it('that makes way for another is not given up, though the answer to its cancellation was lost', () => {
    const play = BrokerPlay.holding({ exits: { stopLoss: { kind: 'points', points: 10 }, ...TRAILING }, rest: { protection: 'exchange' } });
    play.working('ne-2');
    for (let i = 0; i <= 20; i += 1) {
      tickUp(play, i);
      play.working('ne-2', { triggerPrice: play.position.stop });
    }
    play.later(5 * SECOND);
    expect(play.of('ne-2').change).toBeNull();
    expect(asksIn(play.cancelled('ne-2'))).toEqual(['stop sell 200 at 101']);
  });
});

describe('a time that has come', () => {
  const timings = fc.array(fc.integer({ min: 1, max: 20 * SECOND }), { minLength: 1, maxLength: 30 });

  it('changes nothing before it is the one that the set waits for', () =>
    fc.assert(
      fc.property(timings, fc.boolean(), (pauses: readonly DurationMs[], leaves) => {
        const play = leaves ? leaving() : resting();
        for (const pause of pauses) {
          const { time } = play.watch;
          const early = Math.min(pause, time - play.now - 1);
          if (early > 0 && early < Infinity) expect(play.later(early)).toEqual([]);
          if (play.watch.time < Infinity) expect(play.wakes()).not.toEqual([]);
        }
      }),
      { numRuns: 200 },
    ));
});
