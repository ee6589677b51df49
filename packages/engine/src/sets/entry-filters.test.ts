import { describe, expect, it } from 'vitest';

import { find, ist, kindsOf, SetPlay, type SetWords } from './set-play.test-kit.js';
import { phaseAt } from './set-state.js';
import type { Signal } from './signal.js';

/** The code of the refusal of a signal, or what it led to instead. */
function answerTo(play: SetPlay, direction: 'bullish' | 'bearish' | 'neutral' = 'bullish', more: Partial<Signal> = {}): string {
  const events = play.signal(direction, more);
  expect(events[0]).toMatchObject({ kind: 'signalSeen' });
  const last = events.at(-1);
  return last?.kind === 'entryRefused' ? last.code : (last?.kind ?? 'nothing');
}

const at = (time: string, words: SetWords = {}, date?: string): SetPlay => {
  const play = new SetPlay(words);
  play.now = ist(time, date);
  return play;
};

/** One round trip: in at 100, out at a price. */
function roundTrip(play: SetPlay, exitPrice: number, side: 'buy' | 'sell' = 'buy'): void {
  play.enter(side, 100);
  play.tell({ kind: 'exitNow', by: 'byHand', price: exitPrice, at: play.now });
  play.fill(exitPrice);
  expect(play.state.phase).toBe('waiting');
}

describe('the entry window', () => {
  it('begins at its first minute and ends before its last', () => {
    expect(answerTo(at('09:19'))).toBe('set/outside-window');
    expect(answerTo(at('09:20'))).toBe('preparationStarted');
    expect(answerTo(at('15:14'))).toBe('preparationStarted');
    expect(answerTo(at('15:15'))).toBe('set/outside-window');
  });

  it('is said in words', () => {
    const [, refusal] = at('15:15').signal('bullish');
    expect(refusal).toMatchObject({ reason: '15:15:00 is outside the entry window 09:20–15:15.', by: 'set' });
  });
});

describe('a set enters', () => {
  it('on its weekdays only', () => {
    expect(answerTo(at('10:00', {}, '2026-11-28'))).toBe('set/weekday');
    expect(answerTo(at('10:00', { rest: { weekdays: [2] } }))).toBe('set/weekday');
    expect(answerTo(at('10:00', { rest: { weekdays: [2] } }, '2026-11-24'))).toBe('preparationStarted');
  });

  it('not on a signal older than its tolerance', () => {
    const fresh = at('10:00');
    expect(answerTo(fresh, 'bullish', { at: fresh.now - 60_000 })).toBe('preparationStarted');
    const stale = at('10:00');
    expect(answerTo(stale, 'bullish', { at: stale.now - 60_001 })).toBe('set/signal-stale');
  });

  it('not from the square-off time on', () => {
    const before = at('15:09');
    before.squareOffAt = ist('15:10');
    expect(answerTo(before)).toBe('preparationStarted');
    const after = at('15:10');
    after.squareOffAt = ist('15:10');
    expect(answerTo(after)).toBe('set/after-square-off');
  });

  it('not while it is stopped, or halted', () => {
    const stopped = at('10:00');
    stopped.tell({ kind: 'stop', by: 'asha', reason: 'Results today.', at: stopped.now });
    expect(answerTo(stopped)).toBe('set/stopped');
    const halted = at('10:00');
    halted.tell({ kind: 'halt', by: 'risk', reason: 'The account has lost enough.', at: halted.now });
    expect(answerTo(halted)).toBe('set/halted');
  });

  it('on neutral signals and signals that are no entries not at all', () => {
    expect(answerTo(at('10:00'), 'neutral')).toBe('set/neutral');
    expect(answerTo(at('10:00'), 'bullish', { kind: 'exit' })).toBe('set/nothing-open');
    expect(answerTo(at('10:00'), 'bullish', { kind: 'adjust' })).toBe('set/nothing-open');
  });

  it('once: a signal while it prepares, enters, holds or leaves is refused and disturbs nothing', () => {
    const play = at('10:00');
    play.signal('bullish');
    expect(answerTo(play)).toBe('set/preparing');
    expect(answerTo(play, 'bearish', { kind: 'exit' })).toBe('set/nothing-open');
    expect(play.state.phase).toBe('preparing');
    play.legs();
    expect(answerTo(play, 'bearish')).toBe('set/entering');
    expect(answerTo(play, 'neutral')).toBe('set/neutral');
    expect(play.state.phase).toBe('entering');
    play.fill(100);
    expect(answerTo(play)).toBe('set/already-open');
    expect(answerTo(play, 'bearish')).toBe('set/already-open');
    play.tell({ kind: 'exitNow', by: 'byHand', price: null, at: play.now });
    expect(answerTo(play)).toBe('set/exiting');
    expect(play.state.phase).toBe('exiting');
    expect(kindsOf(play.fill(101))).toEqual(['legFilled', 'setClosed']);
  });
});

describe('a cool-down', () => {
  it('begins with the exit, and ends on time', () => {
    const play = at('10:00', { reentry: { coolDownMs: 300_000 } });
    roundTrip(play, 101);
    expect(phaseAt(play.state, play.now)).toBe('cooling');
    play.now += 299_999;
    expect(answerTo(play)).toBe('set/cooling');
    play.now += 1;
    expect(phaseAt(play.state, play.now)).toBe('waiting');
    expect(answerTo(play)).toBe('preparationStarted');
  });
});

describe('re-entry', () => {
  it('off: once a day', () => {
    const play = at('10:00', { reentry: { mode: 'off' } });
    roundTrip(play, 101);
    expect(answerTo(play)).toBe('set/reentry-off');
    play.now = ist('10:00', '2026-11-24');
    expect(answerTo(play)).toBe('preparationStarted');
  });

  it('on the next signal: any number of times', () => {
    const play = at('10:00');
    for (let i = 0; i < 5; i += 1) roundTrip(play, 101);
    expect(answerTo(play)).toBe('preparationStarted');
  });

  it('in the same direction: at most so many times, each direction for itself', () => {
    const play = at('10:00', { reentry: { mode: 'sameDirection', times: 1 } });
    roundTrip(play, 101);
    roundTrip(play, 101);
    expect(answerTo(play)).toBe('set/reentry-limit');
    roundTrip(play, 99, 'sell');
    roundTrip(play, 99, 'sell');
    expect(answerTo(play, 'bearish')).toBe('set/reentry-limit');
    play.now = ist('10:00', '2026-11-24');
    expect(answerTo(play)).toBe('preparationStarted');
  });
});

describe('the loss limit of a day', () => {
  const words = { exits: { set: { stopLoss: null, target: null, dayLossPaise: 1_000_00 } } };

  it('is an exit of the position that reaches it, and no entry for the rest of the day', () => {
    const play = at('10:00', words);
    play.enter('buy', 100);
    expect(play.position.dayLossStop).toBe(80);
    expect(find(play.tick(80), 'exitTriggered').rule).toBe('dayLoss');
    play.fill(80);
    expect(answerTo(play)).toBe('set/day-loss');
    play.now = ist('10:00', '2026-11-24');
    expect(answerTo(play)).toBe('preparationStarted');
  });

  it('counts what the day has lost and earned before, charges with it', () => {
    const play = at('10:00', words);
    play.chargesPaise = 25_00;
    roundTrip(play, 92);
    // 400 lost, 50 of charges: 550 are left for 50 units.
    play.enter('buy', 100);
    expect(play.position.dayLossStop).toBe(89);
    const other = at('10:00', words);
    roundTrip(other, 110);
    other.enter('sell', 100);
    expect(other.position.dayLossStop).toBe(130);
  });

  it('is reached to the paisa', () => {
    const just = at('10:00', words);
    roundTrip(just, 80);
    expect(answerTo(just)).toBe('set/day-loss');
    const almost = at('10:00', words);
    roundTrip(almost, 80.05);
    expect(answerTo(almost)).toBe('preparationStarted');
  });
});
