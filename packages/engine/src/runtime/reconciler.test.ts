import { describe, expect, it } from 'vitest';

import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { BARRED_MONDAY, time } from '../primitives/mondays.test-kit.js';
import { MINUTE_MS, SECOND_MS } from '../primitives/time.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { aSet } from './runtime.test-kit.js';
import { inBook } from './scripted-broker.test-kit.js';
import { restarted, type Stage, stageWith } from './stage.test-kit.js';

const held = (quantity: number) => ({ instrument: SHARE, product: 'MIS', quantity }) as const;

/** A set that holds ten shares, on an account whose broker has so many. */
async function holdingWith(quantity: number, options: Parameters<typeof stageWith>[1] = {}): Promise<Stage> {
  const stage = await stageWith(['one'], options);
  await stage.open('one', 'bullish', 1_000);
  if (quantity !== 0) stage.broker.held.push(held(quantity));
  return stage;
}

/** Compares now, and again when it is due, for as long as it is said. */
async function compare(stage: Stage, forMs = 0): Promise<void> {
  stage.place.reconciler.soon();
  await stage.pass(forMs);
}

/** After a start nothing is entered before everything agrees. */
function started(stage: Stage): void {
  stage.place.account.reconciled = false;
  stage.place.reconciler.soon();
}

const mismatches = (stage: Stage) => stage.ofKind('positionMismatched').map(({ expected, found }) => [expected, found]);

describe('a comparison', () => {
  it('reads the book, then what is held', async () => {
    const stage = await holdingWith(10);
    stage.broker.calls.length = 0;
    await compare(stage);
    expect(stage.broker.calls).toEqual(['orders', 'positions']);
    expect([mismatches(stage), stage.place.account.money.halted]).toEqual([[], null]);
  });

  it('comes by itself from the first moment on, as often as it is to', async () => {
    const stage = await stageWith(['one'], { run: { risk: { reconcileEveryMs: 5 * MINUTE_MS } } });
    stage.floor.beginDay('2026-02-02', { countsFrom: stage.now });
    await stage.pass(16 * MINUTE_MS);
    expect(stage.broker.count('positions')).toBe(3);
  });

  it('comes when it is asked for, and by itself never, where it is to come only then', async () => {
    const stage = await stageWith();
    stage.floor.beginDay('2026-02-02', { countsFrom: stage.now });
    await stage.pass(60 * MINUTE_MS);
    expect(stage.broker.count('positions')).toBe(0);
    expect(stage.place.reconciler.nextTime).toBe(Infinity);
  });

  it('follows a line that is back', async () => {
    const stage = await holdingWith(10);
    stage.line('down');
    await stage.settle();
    stage.line('up');
    await stage.settle();
    expect(stage.broker.count('positions')).toBe(1);
  });

  it('is asked for by a deal of an order that nobody remembers', async () => {
    const stage = await holdingWith(11);
    const fill = { fillId: 'X', orderId: 'unknown', instrument: SHARE, side: 'buy', quantity: 1, price: 1_000, time: stage.now } as const;
    stage.tell({ kind: 'filled', orderId: 'unknown', fill, at: stage.now });
    await stage.pass(5 * SECOND_MS);
    expect(mismatches(stage)).toEqual([[10, 11]]);
  });
});

describe('the book', () => {
  const protectedSet = aSet({ stopLoss: { kind: 'points', points: 20 } }, { protection: 'exchange' });

  /** A set with a stop that rests at the exchange. */
  async function withStop(): Promise<Stage> {
    const stage = await stageWith([protectedSet]);
    await stage.open('one', 'bullish', 1_000);
    const { orderId, quantity, price, triggerPrice } = last(stage.broker.sent);
    stage.tell({ kind: 'working', status: 'triggerPending', orderId, quantity, price, triggerPrice, at: stage.now });
    await stage.settle();
    return stage;
  }

  it('tells of a fill whose news was lost, of an order that nobody had a reason to look for', async () => {
    const stage = await withStop();
    const stop = last(stage.broker.sent);
    const fills = [{ fillId: 'X', quantity: 10, price: 979, time: stage.now }];
    stage.broker.book.push(inBook(stop, { status: 'filled', filledQuantity: 10, fills }));
    await compare(stage);
    expect(last(stage.ofKind('legFilled'))).toMatchObject({ purpose: 'protect', fill: { fillId: 'X', price: 979, quantity: 10 } });
    expect(last(stage.ofKind('legFilled')).chargesPaise).toBeGreaterThan(0);
    expect(stage.runner('one').state.phase).toBe('waiting');
    expect(mismatches(stage)).toEqual([]);
  });

  it('tells of terms that were changed by hand, and of an order that was cancelled', async () => {
    const stage = await withStop();
    const stop = last(stage.broker.sent);
    stage.broker.book.push(inBook(stop, { status: 'triggerPending', triggerPrice: 970 }));
    await compare(stage);
    expect(stage.runner('one').state).toMatchObject({ position: { stop: 970 } });
    stage.broker.book[0] = inBook(stop, { status: 'cancelled', triggerPrice: 970 });
    stage.broker.held.push(held(10));
    await compare(stage);
    expect(stage.said).toContain('one protectionLost');
  });

  it('tells of a deal by hand whose news was lost, once', async () => {
    const stage = await holdingWith(6);
    const fills = [{ fillId: 'H1', quantity: 4, price: 1_000, time: stage.now }];
    const byHand = inBook(first(stage.broker.sent), {
      orderId: null,
      brokerOrderId: 'BH',
      side: 'sell',
      status: 'filled',
      filledQuantity: 4,
      fills,
    });
    stage.broker.book.push(byHand);
    await compare(stage);
    await compare(stage);
    stage.tellOutside({ fillId: 'H1', quantity: 4 });
    await stage.settle();
    expect(stage.runner('one').quantity).toBe(6);
    expect(mismatches(stage)).toEqual([]);
  });

  it('that says nothing new changes nothing', async () => {
    const stage = await withStop();
    stage.broker.book.push(inBook(last(stage.broker.sent), { status: 'triggerPending' }));
    stage.broker.held.push(held(10));
    const { length } = stage.records;
    await compare(stage);
    expect(stage.records).toHaveLength(length);
  });
});

describe('a difference', () => {
  it('counts when it is still the same after five seconds: the account is halted, and a person is told once', async () => {
    const stage = await holdingWith(4);
    await compare(stage, 4_999);
    expect(mismatches(stage)).toEqual([]);
    await stage.pass(1);
    expect(mismatches(stage)).toEqual([[10, 4]]);
    expect(stage.place.account.money.halted).toMatchObject({ code: 'account/position-mismatch', until: null, closes: false });
    await compare(stage, 30_000);
    expect(mismatches(stage)).toHaveLength(1);
    expect(stage.alerts.map(({ severity, code }) => [severity, code])).toEqual([['critical', 'account/position-mismatch']]);
    expect(last(stage.alerts).remedy).toContain(`adopt main ${SHARE}, or ignore main ${SHARE}`);
  });

  it('keeps everybody from entering, and lets nothing be left but what the broker has', async () => {
    const stage = await stageWith(['one', 'two']);
    await stage.open('one', 'bullish', 1_000);
    stage.broker.held.push(held(4));
    await compare(stage, 5_000);
    await stage.signal('two', 'bullish');
    expect(last(stage.ofKind('entryRefused'))).toMatchObject({ by: 'risk', code: 'account/position-mismatch' });
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(stage.broker.sent.slice(1).map(({ purpose, quantity }) => [purpose, quantity])).toEqual([['exit', 4]]);
    await stage.fill(last(stage.broker.sent), 1_000);
    stage.broker.held.length = 0;
    await stage.pass(MINUTE_MS);
    // The broker has nothing any more, and six are still held by our books.
    expect(stage.broker.sent).toHaveLength(2);
    expect(stage.runner('one')).toMatchObject({ quantity: 6, state: { phase: 'exiting' } });
  });

  it('that is mended in the broker’s app is over, and the exit that waited goes', async () => {
    const stage = await holdingWith(0);
    await compare(stage, 5_000);
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(stage.broker.sent).toHaveLength(1);
    stage.broker.held.push(held(10));
    await compare(stage, 60_000);
    expect(stage.ofKind('positionAgreed')).toMatchObject([{ instrument: SHARE }]);
    expect(stage.broker.sent[1]).toMatchObject({ purpose: 'exit', quantity: 10 });
  });

  it('that is gone by then was news on its way', async () => {
    const stage = await holdingWith(0);
    await compare(stage, 3_000);
    stage.broker.held.push(held(10));
    await stage.pass(60_000);
    expect(mismatches(stage)).toEqual([]);
    expect(stage.place.reconciler.nextTime).toBe(Infinity);
  });

  it('that has become another one is waited for anew', async () => {
    const stage = await holdingWith(4);
    await compare(stage, 3_000);
    stage.broker.held[0] = held(6);
    await stage.pass(2_000);
    expect(mismatches(stage)).toEqual([]);
    await stage.pass(5_000);
    expect(mismatches(stage)).toEqual([[10, 6]]);
  });

  it('in something that we have nothing to do with counts too', async () => {
    const stage = await holdingWith(10);
    stage.broker.held.push({ instrument: 'NSE:TCS', product: 'CNC', quantity: 5 });
    await compare(stage, 5_000);
    expect(stage.ofKind('positionMismatched')).toMatchObject([{ instrument: 'NSE:TCS', expected: 0, found: 5 }]);
  });

  it('is none while an order’s outcome is unknown', async () => {
    const stage = await stageWith(['one'], { script: { submit: () => null, orders: () => null } });
    stage.broker.held.push(held(10));
    await stage.signal('one', 'bullish');
    await compare(stage, 60_000);
    expect(mismatches(stage)).toEqual([]);
  });

  it('is none while an order’s change is under way: the book was not asked about that order, which may have been filled', async () => {
    const execution = { answerWithinMs: 20_000, entryWithinMs: 60_000, chaseEveryMs: 2_000, chases: 4, chaseWithin: null };
    const stage = await stageWith([aSet({}, { execution })], { now: time('10:00', BARRED_MONDAY) });
    await stage.signal('one', 'bullish');
    const order = last(stage.broker.sent);
    const { orderId, quantity, price } = order;
    stage.tell({ kind: 'working', status: 'open', orderId, quantity, price, triggerPrice: null, at: stage.now });
    await stage.price(1_001);
    await stage.pass(2_000);
    expect(stage.broker.changes).toHaveLength(1);
    // The news of this is lost, and so is the answer to the change.
    const fills = [{ fillId: 'X', quantity: 4, price: 1_001, time: stage.now }];
    stage.broker.book.push(inBook(order, { filledQuantity: 4, fills }));
    stage.broker.held.push(held(4));
    await compare(stage, 6_000);
    expect(mismatches(stage)).toEqual([]);
    await stage.pass(20_000);
    expect(stage.runner('one').quantity).toBe(4);
  });

  it('is none while an order is looked for in a book that lags behind what is held', async () => {
    const stage = await stageWith(['one']);
    await stage.signal('one', 'bullish');
    const order = last(stage.broker.sent);
    // It was filled while nobody listened, and the broker's book does not know of it yet.
    const next = await restarted(stage);
    next.broker.held.push(held(10));
    await compare(next, 7_000);
    expect(mismatches(next)).toEqual([]);
    next.broker.book.push(
      inBook(order, { status: 'filled', filledQuantity: 10, fills: [{ fillId: 'X', quantity: 10, price: 1_000, time: next.now }] }),
    );
    await next.pass(20_000);
    expect([next.runner('one').quantity, mismatches(next)]).toEqual([10, []]);
  });

  it('counts in the end, where the book never shows an order that was there', async () => {
    const stage = await stageWith(['one']);
    await stage.signal('one', 'bullish');
    const next = await restarted(stage);
    next.broker.held.push(held(10));
    await compare(next, MINUTE_MS);
    expect(mismatches(next)).toEqual([[0, 10]]);
  });
});

describe('a broker that does not answer', () => {
  it('proves nothing: its silence is not flat, and it is asked again', async () => {
    for (const script of [{ orders: () => null }, { positions: () => null }]) {
      const stage = await holdingWith(0, { script });
      started(stage);
      await stage.pass(60 * SECOND_MS);
      expect(mismatches(stage)).toEqual([]);
      expect(stage.place.account.reconciled).toBe(false);
      expect(stage.broker.count('orders')).toBe(5);
    }
  });

  it('and never will is asked again all the same', async () => {
    for (const question of ['orders', 'positions'] as const) {
      let asked = 0;
      const stage = await holdingWith(10, { awaited: false });
      stage.broker.script = {
        [question]: () => {
          asked += 1;
          if (asked === 1) return new Promise(() => undefined);
          return question === 'orders' ? { orders: [], at: 0 } : { positions: [held(10)], at: 0 };
        },
      };
      started(stage);
      await stage.pass(MINUTE_MS);
      expect([question, asked > 1, stage.place.account.reconciled]).toEqual([question, true, true]);
    }
  });
});

describe('after a start', () => {
  it('nothing is entered before a comparison has found no difference', async () => {
    const stage = await stageWith(['one'], { script: { positions: () => null } });
    started(stage);
    await stage.signal('one', 'bullish');
    expect(last(stage.ofKind('entryRefused'))).toMatchObject({ by: 'risk', code: 'account/not-reconciled' });
    stage.broker.script = {};
    await stage.pass(15 * SECOND_MS);
    await stage.signal('one', 'bullish');
    expect(stage.broker.sent).toHaveLength(1);
  });

  it('positions are left all the same', async () => {
    const stage = await holdingWith(10, { script: { positions: () => null } });
    started(stage);
    await stage.settle();
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit' });
  });

  it('a comparison waits for orders whose outcome is unknown, and comes again', async () => {
    const stage = await stageWith(['one'], { script: { submit: () => null } });
    await stage.signal('one', 'bullish');
    started(stage);
    await stage.pass(4_000);
    expect([stage.place.account.reconciled, mismatches(stage)]).toEqual([false, []]);
    await stage.pass(30 * SECOND_MS);
    expect(stage.said).toContain('one orderNeverReached');
    expect(stage.place.account.reconciled).toBe(true);
  });

  it('an account that was stopped for a difference compares again when a person re-arms it', async () => {
    const stage = await stageWith();
    stage.broker.held.push(held(5));
    started(stage);
    await stage.pass(10 * SECOND_MS);
    expect(stage.place.account.money.halted?.code).toBe('account/position-mismatch');
    // The person has sold it in the broker's app.
    stage.broker.held.length = 0;
    stage.floor.postAccount(stage.place.account, { kind: 'rearm', by: 'asha', equityPaise: 10_00_000_00, at: stage.now });
    await stage.pass(10 * SECOND_MS);
    await stage.signal('one', 'bullish');
    expect(stage.broker.sent).toHaveLength(1);
  });
});
