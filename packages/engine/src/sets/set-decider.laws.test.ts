import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { BookOrder } from '../orders/book.js';
import { isSettled, isTerminal, type OrderState, remainingQuantity } from '../orders/order-life.js';
import { signOf } from '../orders/order-request.js';
import { turnoverPaise } from '../primitives/price.js';
import { setDecider } from './set-decider.js';
import type { SetEvent } from './set-event.js';
import { deepFreeze, SetPlay, type SetWords, setConfig, setInstance } from './set-play.test-kit.js';
import { type Step, scripts } from './set-script.test-kit.js';
import type { SetState } from './set-state.js';
import { setWords } from './set-words.test-kit.js';

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
    const told = play.events.length;
    play.tell(happening(before, play.now));
    look(play, play.events.slice(told), before);
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

/** A patient market and a broker that tells the truth: what is asked for is filled, what is looked for is found as it is. */
function leaveAll(play: SetPlay): void {
  for (let round = 0; round < 200; round += 1) {
    const { state } = play;
    const sought = state.orders.find(({ look }) => look?.askedAt != null);
    const live = state.orders.find((order) => !isTerminal(order) && order.look === null && order.status !== 'requested');
    if (sought !== undefined) tellTruth(play, sought);
    else if (live !== undefined) fillOrCancel(play, live);
    else if (state.phase === 'exiting' && state.leaving.confirming) {
      play.tell({ kind: 'positionTold', expected: state.holding.quantity, found: state.holding.quantity, at: play.now });
      if (play.watch.time < Infinity) play.now = Math.max(play.now, play.watch.time);
    } else if (play.watch.time < Infinity && state.phase !== 'open') {
      play.now = Math.max(play.now, play.watch.time);
      play.due(100);
    } else if (state.phase === 'open' || state.phase === 'entering' || state.phase === 'preparing') {
      play.tell({ kind: 'exitNow', by: 'endOfData', price: null, at: play.now });
    } else return;
  }
}

function fillOrCancel(play: SetPlay, { request, quantity, filledQuantity, change }: OrderState): void {
  const { orderId, instrument, side } = request;
  const { now: at } = play;
  if (change?.kind === 'cancel') {
    play.news({ kind: 'cancelled', orderId, filledQuantity, reason: 'On request.', at });
    return;
  }
  const fill = {
    fillId: `T${orderId}-${filledQuantity}`,
    orderId,
    instrument,
    side,
    quantity: quantity - filledQuantity,
    price: 100,
    time: at,
  };
  play.news({ kind: 'filled', orderId, fill, at });
}

/** The book has what was heard of, and for an order that had ended the fills that were told of. */
function tellTruth(play: SetPlay, { request, kind, quantity, price, triggerPrice, filledQuantity, toldFilled, status }: OrderState): void {
  const { orderId, instrument, side, product } = request;
  const { now: at } = play;
  const missing = Math.max(0, (toldFilled ?? filledQuantity) - filledQuantity);
  const fills = missing === 0 ? [] : [{ fillId: `T${orderId}-m`, quantity: missing, price: 100, time: at }];
  const told: BookOrder['status'] = status === 'expired' || status === 'filled' || status === 'rejected' ? status : 'cancelled';
  const terms = { quantity, price, triggerPrice };
  const found = {
    orderId,
    brokerOrderId: `B-${orderId}`,
    instrument,
    side,
    kind,
    product,
    status: told,
    reason: '',
    filledQuantity: filledQuantity + missing,
    fills,
    ...terms,
  };
  play.tell({ kind: 'looked', orderId, found, chargesPaise: {}, squareOffAt: null, at });
}

describe('a set, whatever happens to it', () => {
  it('holds the signed sum of the fills it counted', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const books = new Books();
        act(words, script, ({ state }, events) => {
          for (const event of events) books.add(event);
          expect(state.holding.quantity).toBe(books.quantity);
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
          const { realisedPaise, costPaise, chargesPaise } = state.holding;
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

  it('has one position at most, and never the same order id twice', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const ids = new Set<string>();
        let open = 0;
        act(words, script, (_, events) => {
          for (const event of events) {
            if (event.kind === 'setOpened') open += 1;
            if (event.kind === 'setClosed') open -= 1;
            if (event.kind === 'legOrderRequested') {
              expect(ids.has(event.order.orderId)).toBe(false);
              ids.add(event.order.orderId);
            }
            expect(open === 0 || open === 1).toBe(true);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('never asks to leave with more than it holds, after all that is under way, nor on the wrong side', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const play = new SetPlay(words);
        play.approves = false;
        for (const { afterMs, happening } of script) {
          play.now += afterMs;
          const input = happening(play.state, play.now);
          const before = play.state.orders;
          const events = play.tell(input);
          const { holding, orders } = play.state;
          const asked = events.flatMap((event) => (event.kind === 'legOrderRequested' && event.purpose === 'exit' ? [event.order] : []));
          for (const { orderId } of asked) {
            play.tell({ kind: 'approved', orderId, orderKind: 'market', price: null, triggerPrice: null, at: play.now });
          }
          if (asked.length === 0 || events.some(({ kind }) => kind === 'setClosed' || kind === 'legFilled')) continue;
          const side = asked[0]?.side ?? 'buy';
          expect(signOf(side)).toBe(-Math.sign(holding.quantity));
          const known = new Set(before.map(({ request }) => request.orderId));
          const underWay = orders
            .filter(
              ({ request }) =>
                request.side === side && (known.has(request.orderId) || asked.some(({ orderId }) => orderId === request.orderId)),
            )
            .reduce((sum, order) => sum + (isSettled(order) ? 0 : remainingQuantity(order)), 0);
          expect(underWay).toBeLessThanOrEqual(Math.abs(holding.quantity));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is leaving by an order, or has a time at which it asks again', () => {
    always(({ state, watch }) => {
      if (state.phase !== 'exiting') return;
      if (state.orders.every(isSettled) || state.leaving.confirming) expect(watch.time).toBeLessThan(Infinity);
    });
  });

  it('waits for no order forever: what is not resting at the exchange has a time at which something is done about it', () => {
    always(({ state, watch }) => {
      const waits = state.orders.some(({ status }) => status === 'submitted' || status === 'unknown' || status === 'acknowledged');
      if (waits) expect(watch.time).toBeLessThan(Infinity);
    });
  });

  it('is woken for something: at the time that it waits for it does something, or waits for a later one', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const play = act(words, script, () => undefined);
        for (let i = 0; i < 5 && play.watch.time < Infinity; i += 1) {
          play.now = Math.max(play.now, play.watch.time);
          const told = play.due(100);
          expect(told.length > 0 || play.watch.time > play.now).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('opens nothing and adds nothing while nobody can say what became of one of its orders', () => {
    always((_, events, before) => {
      if (!before.orders.some(({ status }) => status === 'unknown')) return;
      expect(events.filter((event) => event.kind === 'legOrderRequested' && event.purpose === 'entry')).toEqual([]);
    });
  });

  it('never sends what it has withdrawn, and sends nothing twice', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const over = new Set<string>();
        act(words, script, (_, events) => {
          for (const event of events) {
            if (event.kind === 'orderWithdrawn' || event.kind === 'orderRefused') over.add(event.orderId);
            if (event.kind !== 'orderSubmitted') continue;
            expect(over.has(event.orderId)).toBe(false);
            over.add(event.orderId);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('has left, with the whole or the part, as soon as the market takes its orders and the book is read', () => {
    fc.assert(
      fc.property(setWords(), scripts(), (words, script) => {
        const play = act(words, script, () => undefined);
        leaveAll(play);
        expect(['waiting', 'stopped'], JSON.stringify(play.state)).toContain(play.state.phase);
        expect(play.state.holding.quantity).toBe(0);
        const count = (...kinds: readonly string[]): number => play.events.filter(({ kind }) => kinds.includes(kind)).length;
        expect(count('setOpened')).toBe(count('setClosed'));
      }),
      { numRuns: 300 },
    );
  });

  it('counts an order’s fills upwards, and one that is over stays as it ended', () => {
    always(({ state }, _, before) => {
      for (const order of before.orders) {
        const now = state.orders.find(({ request }) => request.orderId === order.request.orderId);
        if (now === undefined) continue;
        expect(now.filledQuantity).toBeGreaterThanOrEqual(order.filledQuantity);
        if (isTerminal(order)) expect(now.status).toBe(order.status);
      }
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
