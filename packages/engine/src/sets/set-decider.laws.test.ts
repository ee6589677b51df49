import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isTerminal } from '../orders/order-life.js';
import { type Side, signOf } from '../orders/order-request.js';
import { turnoverPaise } from '../primitives/price.js';
import { setDecider } from './set-decider.js';
import type { SetEvent } from './set-event.js';
import { deepFreeze, SetPlay, type SetWords, setConfig, setInstance } from './set-play.test-kit.js';
import { type Step, scripts, setWords } from './set-script.test-kit.js';
import type { SetState } from './set-state.js';

/** Lets a script happen, and looks at the set after each step. */
function act(
  words: SetWords,
  script: readonly Step[],
  look: (play: SetPlay, events: readonly SetEvent[], before: SetState) => void,
): SetPlay {
  const play = new SetPlay(words);
  look(play, play.events.slice(), setDecider(play.instance).initial);
  for (const { afterMs, happening } of script) {
    play.now += afterMs;
    const before = play.state;
    look(play, play.tell(happening(before, play.now)), before);
  }
  return play;
}

const always = (look: (play: SetPlay, events: readonly SetEvent[], before: SetState) => void): void =>
  fc.assert(
    fc.property(setWords(), scripts(), (words, script) => {
      act(words, script, look);
    }),
    { numRuns: 150 },
  );

const signed = (side: Side, quantity: number): number => (side === 'buy' ? quantity : 0 - quantity);

/** Units held by the state's own account, signed. */
function heldBy(state: SetState): number {
  switch (state.phase) {
    case 'entering':
      return signed(state.leg.side, state.order.filledQuantity);
    case 'open':
      return signed(state.position.side, state.position.quantity);
    case 'exiting':
      return signed(state.position.side, state.position.quantity - (state.leaving.order?.filledQuantity ?? 0));
    default:
      return 0;
  }
}

/** Books that are kept from the journalled fills alone, a round trip at a time. */
class Books {
  quantity = 0;
  cashPaise = 0;

  add(event: SetEvent): void {
    if (event.kind !== 'legFilled') return;
    const { side, quantity, price } = event.fill;
    this.quantity += signOf(side) * quantity;
    this.cashPaise -= signOf(side) * turnoverPaise(price, quantity) + event.chargesPaise;
  }
}

describe('a set, whatever happens to it', () => {
  it('holds the signed sum of the fills it counted', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const books = new Books();
        act(words, script, ({ state }, events) => {
          for (const event of events) books.add(event);
          expect(heldBy(state)).toBe(books.quantity);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('conserves cash: what it realised, less what is open cost and less charges, is the cash that moved', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        let books = new Books();
        act(words, script, ({ state }, events) => {
          for (const event of events) {
            books.add(event);
            if (event.kind === 'setClosed') {
              expect(event.grossPaise - event.chargesPaise).toBe(books.cashPaise);
              books = new Books();
            }
          }
          if (!('ledger' in state)) return;
          const { realisedPaise, costPaise, chargesPaise } = state.ledger;
          expect(realisedPaise - costPaise - chargesPaise).toBe(books.cashPaise);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('counts in a day what that day’s round trips came to', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        let netPaise = 0;
        let entries = 0;
        const { state } = act(words, script, (_, events) => {
          for (const event of events) {
            if (event.kind === 'setClosed') netPaise += event.grossPaise - event.chargesPaise;
            if (event.kind === 'setOpened') entries += 1;
          }
        });
        expect(state.day).toMatchObject({ netPaise, entries });
        expect(state.day.bullishEntries + state.day.bearishEntries).toBe(entries);
      }),
      { numRuns: 50 },
    );
  });

  it('has one position and one order at most, and never the same order id twice', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const ids = new Set<string>();
        let open = 0;
        let live: string | null = null;
        act(words, script, (_, events) => {
          for (const event of events) {
            switch (event.kind) {
              case 'setOpened':
                open += 1;
                live = null;
                break;
              case 'setClosed':
                open -= 1;
                live = null;
                break;
              case 'legOrderRequested':
                expect(live).toBeNull();
                expect(ids.has(event.order.orderId)).toBe(false);
                ids.add(event.order.orderId);
                live = event.order.orderId;
                break;
              case 'entryRefused':
                // The set's own refusals are about other signals.
                if (event.by !== 'set') live = null;
                break;
              case 'exitPostponed':
              case 'positionReduced':
                live = null;
                break;
              default:
            }
            expect(open === 0 || open === 1).toBe(true);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('never asks to leave with more than it holds, nor on the wrong side', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const books = new Books();
        act(words, script, (_, events) => {
          for (const event of events) {
            books.add(event);
            if (event.kind !== 'legOrderRequested' || event.order.purpose !== 'exit') continue;
            expect(event.order.quantity).toBeGreaterThan(0);
            expect(event.order.quantity).toBeLessThanOrEqual(Math.abs(books.quantity));
            expect(signOf(event.order.side)).toBe(-Math.sign(books.quantity));
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('is leaving by an order, or has a time at which it asks again', () => {
    always(({ state, watch }) => {
      if (state.phase !== 'exiting') return;
      const { order, retryAt } = state.leaving;
      if (order === null) expect(watch.time).toBe(retryAt);
      else expect(isTerminal(order)).toBe(false);
    });
  });

  it('has left, with the whole or the part, as soon as the market takes its orders', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const play = act(words, script, () => undefined);
        if (play.state.phase === 'entering') play.ended('cancelled');
        for (let i = 0; i < 5 && (play.state.phase === 'open' || play.state.phase === 'exiting'); i += 1) {
          if (play.state.phase === 'open') play.tell({ kind: 'exitNow', by: 'endOfData', price: null, at: play.now });
          if (play.watch.time < Infinity) {
            play.now = Math.max(play.now, play.watch.time);
            play.due(100);
          }
          const { orderId, instrument, side, quantity } = play.order.request;
          const fill = {
            fillId: 'last',
            orderId,
            instrument,
            side,
            quantity: quantity - play.order.filledQuantity,
            price: 100,
            time: play.now,
          };
          play.news({ kind: 'filled', orderId, fill: { ...fill, fillId: `last ${i}` }, at: play.now });
        }
        expect(['waiting', 'stopped', 'preparing']).toContain(play.state.phase);
        const count = (...kinds: readonly string[]): number => play.events.filter(({ kind }) => kinds.includes(kind)).length;
        expect(count('exitTriggered')).toBe(count('setClosed', 'positionReduced'));
      }),
      { numRuns: 150 },
    );
  });

  it('counts an order’s fills upwards, and a final order stays as it ended', () => {
    let last: { readonly orderId: string; readonly filled: number } | null = null;
    always(({ state }) => {
      const order = state.phase === 'entering' ? state.order : state.phase === 'exiting' ? state.leaving.order : null;
      if (order === null) {
        last = null;
        return;
      }
      expect(isTerminal(order)).toBe(false);
      const { orderId } = order.request;
      if (last?.orderId === orderId) expect(order.filledQuantity).toBeGreaterThanOrEqual(last.filled);
      last = { orderId, filled: order.filledQuantity };
    });
  });

  it('moves its stop towards the price only', () => {
    always(({ state }, events, before) => {
      if (before.phase !== 'open' || state.phase !== 'open' || events.every(({ kind }) => kind !== 'stopMoved')) return;
      const { stop, side } = state.position;
      const old = before.position.stop;
      if (stop === null || old === null) return;
      expect(signOf(side) * (stop - old)).toBeGreaterThan(0);
    });
  });
});

describe('a set’s journal', () => {
  it('gives the live state back at every event, from JSON, and with another configuration', () => {
    fc.assert(
      fc.property(setWords(), scripts(), setWords(), (words, script, otherWords) => {
        const other = setDecider(setInstance(setConfig(otherWords)));
        let folded = other.initial;
        act(words, script, ({ state }, events) => {
          for (const event of events) {
            const read: SetEvent = JSON.parse(JSON.stringify(event));
            expect(isDeepStrictEqual(read, event)).toBe(true);
            folded = deepFreeze(other.evolve(folded, read));
          }
          expect(isDeepStrictEqual(folded, state)).toBe(true);
          expect(isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)).toBe(true);
        });
      }),
      { numRuns: 120 },
    );
  });

  it('says when: no event is of another time than its input', () => {
    always((play, events) => {
      for (const { at } of events) expect(at).toBe(play.now);
    });
  });
});

describe('a decision', () => {
  it('is the same for the same state and input', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const play = new SetPlay(words);
        const decider = setDecider(setInstance(setConfig(words)));
        for (const { afterMs, happening } of script) {
          play.now += afterMs;
          const input = happening(play.state, play.now);
          const before: SetState = JSON.parse(JSON.stringify(play.state));
          const twice = decider.decide(before, JSON.parse(JSON.stringify(input)));
          expect(isDeepStrictEqual(twice, play.tell(input))).toBe(true);
        }
      }),
      { numRuns: 80 },
    );
  });
});
