import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { UNREGISTERED_ORDERS_PER_SECOND } from '../market/algo-rules.js';
import { SECOND_MS } from '../primitives/time.js';
import { OrderRate } from '../risk/order-rate.js';
import { Outbox } from './outbox.js';
import type { RunClock } from './run-clock.js';

interface Sent {
  readonly orderId: string;
  readonly urgent: boolean;
  readonly at: number;
}

/** An outbox with a clock that the test moves; whoever goes counts in the rate, as an order does. */
function outboxWith(perSecond: number) {
  const clock: RunClock = { now: 0 };
  const rate = new OrderRate();
  const outbox = new Outbox({ clock, rate, perSecond, whenDecided: (act) => act() });
  const sent: Sent[] = [];
  const state = { halted: false };
  const add = (orderId: string, urgent = false, passes = false): void =>
    outbox.add({
      orderId,
      urgent,
      mayGo: () => passes || !state.halted,
      go: () => {
        rate.record(clock.now);
        sent.push({ orderId, urgent, at: clock.now });
      },
    });
  /** Time goes on, and whatever has its turn on the way goes. */
  const until = (end: number): void => {
    for (let next = outbox.nextTime; next <= end; next = outbox.nextTime) {
      clock.now = Math.max(clock.now, next);
      outbox.pump();
    }
    clock.now = end;
  };
  const ids = (): readonly string[] => sent.map(({ orderId }) => orderId);
  return { clock, outbox, sent, ids, add, until, state };
}

/** The most that went within any second; one sent exactly a second later is not within. */
function mostInASecond(sent: readonly Sent[]): number {
  return Math.max(0, ...sent.map(({ at }) => sent.filter((other) => other.at >= at && other.at < at + SECOND_MS).length));
}

const arrivals = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 400 }), urgent: fc.boolean() }), { minLength: 1, maxLength: 60 });

describe('an outbox', () => {
  it('sends no more entries in any second than the account allows, and nothing beyond the allowance of the exchange', () =>
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 14 }), (errands, perSecond) => {
        const { clock, sent, add, until } = outboxWith(perSecond);
        errands.forEach(({ afterMs, urgent }, i) => {
          until(clock.now + afterMs);
          add(String(i), urgent);
        });
        until(clock.now + 100 * SECOND_MS);
        expect(sent).toHaveLength(errands.length);
        expect(mostInASecond(sent)).toBeLessThanOrEqual(Math.max(perSecond, UNREGISTERED_ORDERS_PER_SECOND));
        // When an entry went, fewer than the account allows had gone in the second up to then.
        for (const [i, { at, urgent }] of sent.entries()) {
          if (urgent) continue;
          const before = sent.slice(0, i).filter((other) => other.at > at - SECOND_MS).length;
          expect(before).toBeLessThan(perSecond);
        }
      }),
    ));

  it('keeps the order of what enters, and that of what is urgent', () =>
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 14 }), (errands, perSecond) => {
        const { clock, sent, add, until } = outboxWith(perSecond);
        errands.forEach(({ afterMs, urgent }, i) => {
          until(clock.now + afterMs);
          add(String(i), urgent);
        });
        until(clock.now + 100 * SECOND_MS);
        for (const kind of [true, false]) {
          const went = sent.filter(({ urgent }) => urgent === kind).map(({ orderId }) => Number(orderId));
          expect(went).toEqual([...went].sort((a, b) => a - b));
        }
      }),
    ));

  it('never lets what is urgent wait behind an entry', () =>
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 14 }), (errands, perSecond) => {
        const { clock, sent, add, until } = outboxWith(perSecond);
        const added = new Map<string, number>();
        errands.forEach(({ afterMs, urgent }, i) => {
          until(clock.now + afterMs);
          added.set(String(i), clock.now);
          add(String(i), urgent);
        });
        until(clock.now + 100 * SECOND_MS);
        for (const [i, one] of sent.entries()) {
          if (one.urgent) continue;
          // What is urgent and went later than this entry came later than it went.
          const overtaken = sent.slice(i + 1).filter(({ orderId, urgent }) => urgent && (added.get(orderId) ?? 0) < one.at);
          expect(overtaken).toEqual([]);
        }
      }),
    ));

  it('sends at once what has its turn', () => {
    const { ids, add, outbox } = outboxWith(50);
    for (let i = 0; i < 50; i += 1) add(String(i), i % 2 === 0);
    expect(ids()).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
    expect(outbox.nextTime).toBe(Infinity);
  });

  it('has the whole allowance of the exchange for what is urgent, where entries have the smaller one of the account', () => {
    const { ids, add, until, outbox } = outboxWith(9);
    for (let i = 0; i < 9; i += 1) add(`entry ${i}`);
    add('entry 9');
    add('exit', true);
    expect(ids().slice(-2)).toEqual(['entry 8', 'exit']);
    expect(outbox.nextTime).toBe(SECOND_MS);
    until(SECOND_MS);
    expect(ids().at(-1)).toBe('entry 9');
  });

  it('has more for what is urgent than the exchange’s usual allowance only where the account has, as one that is registered', () => {
    const { ids, add } = outboxWith(12);
    for (let i = 0; i < 14; i += 1) add(String(i), true);
    expect(ids()).toHaveLength(12);
  });

  it('holds what the switch holds, and lets it go in its order when it may', () => {
    const { ids, add, outbox, state } = outboxWith(9);
    state.halted = true;
    add('exit 1', true);
    add('exit 2', true);
    expect([ids(), outbox.nextTime]).toEqual([[], Infinity]);
    state.halted = false;
    expect(outbox.nextTime).toBe(0);
    outbox.pump();
    expect(ids()).toEqual(['exit 1', 'exit 2']);
  });

  it('lets a person’s errand pass those that the switch holds', () => {
    const { ids, add, state } = outboxWith(9);
    state.halted = true;
    add('exit', true);
    add('by hand', true, true);
    expect(ids()).toEqual(['by hand']);
  });

  it('does not let entries wait for what is held', () => {
    const { ids, add, state } = outboxWith(9);
    state.halted = true;
    add('exit', true);
    add('entry', false);
    expect(ids()).toEqual(['entry']);
  });

  it('lets one go at a time, when everything is decided that the one before has led to', () => {
    const clock: RunClock = { now: 0 };
    const waiting: (() => void)[] = [];
    const sent: string[] = [];
    const outbox = new Outbox({ clock, rate: new OrderRate(), perSecond: 9, whenDecided: (act) => waiting.push(act) });
    const add = (orderId: string, urgent: boolean): void =>
      outbox.add({ orderId, urgent, mayGo: () => true, go: () => sent.push(orderId) });
    add('entry', false);
    add('exit', true);
    // Its turn has been announced: time brings nothing to this until then.
    expect([sent, waiting.length, outbox.nextTime]).toEqual([[], 1, Infinity]);
    waiting.shift()?.();
    expect([sent, waiting.length]).toEqual([['exit'], 1]);
    outbox.remove('entry');
    waiting.shift()?.();
    expect([sent, waiting.length]).toEqual([['exit'], 0]);
  });

  it('takes back what waits of an order, and nothing else', () => {
    const { ids, add, outbox, until } = outboxWith(1);
    for (const id of ['1', '2', '3']) add(id);
    outbox.remove('2');
    outbox.remove('unknown');
    until(10 * SECOND_MS);
    expect(ids()).toEqual(['1', '3']);
  });
});
