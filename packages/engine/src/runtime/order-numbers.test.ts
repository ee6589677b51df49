import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAccount, aRun } from '../config/plain-run.test-kit.js';
import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { OrderNumbers, orderPrefixOf } from './order-numbers.js';
import { snapshotOf } from './recovery.js';
import { aSet } from './runtime.test-kit.js';
import { inBook } from './scripted-broker.test-kit.js';
import { restarted, type Stage, stageWith } from './stage.test-kit.js';

const named = (...ids: readonly string[]) => aRun(ids.map((id) => aSet({}, { id })));

/** What a set has sent, by the ids alone. */
const idsOf = ({ broker }: Stage) => broker.sent.map(({ orderId }) => orderId);

/** A set enters and leaves again. */
async function tradeOnce(stage: Stage, set: string): Promise<void> {
  await stage.open(set, 'bullish', 1_000);
  stage.floor.post(stage.runner(set), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
  await stage.settle();
  await stage.fill(last(stage.broker.sent), 1_000);
}

describe('the numbers of orders', () => {
  it('go by the place in the configuration where nothing is remembered', async () => {
    const stage = await stageWith(['one', 'two']);
    for (const set of ['two', 'one']) await stage.signal(set, 'bullish');
    expect(idsOf(stage)).toEqual(['S1O1', 'S0O1']);
  });

  it('stay with their set when another one is put before it', async () => {
    const stage = await stageWith(['one']);
    await stage.open('one', 'bullish', 1_000);
    stage.broker.held.push({ instrument: SHARE, product: 'MIS', quantity: 10 });
    const next = await restarted(stage, { config: named('zero', 'one') });
    await next.pass(10_000);
    await next.signal('zero', 'bullish');
    next.floor.post(next.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: next.now });
    await next.settle();
    expect(idsOf(next)).toEqual(['S1O1', 'S0O2']);
  });

  it('are not taken over by a new set, which would take the fill of an old order for its own', async () => {
    const stage = await stageWith(['one']);
    await stage.open('one', 'bullish', 1_000);
    const fills = [{ fillId: 'F1', quantity: 10, price: 1_000, time: stage.now }];
    stage.broker.book.push(inBook(first(stage.broker.sent), { status: 'filled', filledQuantity: 10, fills }));
    stage.broker.held.push({ instrument: SHARE, product: 'MIS', quantity: 10 });
    const next = await restarted(stage, { config: named('zero', 'one'), script: { submit: () => null } });
    await next.pass(30_000);
    await next.signal('zero', 'bullish');
    await next.pass(60_000);
    expect([next.runner('zero').quantity, next.runner('one').quantity]).toEqual([0, 10]);
  });

  it('go on where they were for an underlying that another one is put before', async () => {
    const over = (...underlyings: readonly string[]) => aRun([aSet({}, { underlyings })]);
    const stage = await stageWith([aSet({}, { underlyings: [SHARE] })]);
    await tradeOnce(stage, 'one');
    const next = await restarted(stage, { config: over('NSE:SBIN', SHARE) });
    const [other, same] = next.floor.runners;
    expect([other?.instance.orderPrefix, same?.instance.orderPrefix]).toEqual(['S1O', 'S0O']);
  });

  it('of a set that is gone are nobody else’s, with a snapshot or without, and its own when it comes back', async () => {
    const stage = await stageWith(['one']);
    await tradeOnce(stage, 'one');
    for (const withSnapshot of [false, true]) {
      const without = await restarted(stage, { config: named('two') });
      without.records.unshift(...stage.records);
      const snapshot = withSnapshot ? structuredClone(snapshotOf(without.floor, without.now)) : null;
      const both = await restarted(without, { config: named('three', 'two', 'one'), snapshot });
      await both.pass(10_000);
      for (const set of ['three', 'two', 'one']) await both.signal(set, 'bullish');
      expect(idsOf(both)).toEqual(['S1O1', 'S2O1', 'S0O3']);
    }
  });

  it('that two sets have shared are used by neither of them any more', () => {
    const numbers = new OrderNumbers();
    numbers.used('one', 'S0O1');
    numbers.used('zero', 'S0O1');
    numbers.used('two', 'S1Oz');
    expect(['one', 'zero', 'two', 'new'].map((id) => numbers.prefixOf(id))).toEqual([undefined, undefined, 'S1O', undefined]);
    expect(numbers.firstFree('')).toBe(2);
  });

  it('of another run leave those of this one free', () => {
    const numbers = new OrderNumbers();
    numbers.used('one', `${orderPrefixOf('t4k2s0', 7)}1`);
    expect(numbers.prefixOf('one')).toBe('t4k2s0S7O');
    expect(numbers.firstFree('t4k2s1')).toBe(0);
  });

  it('never come twice, however sets are added, left out and put in another order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ sets: fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 1 }), snapshot: fc.boolean() }), {
          minLength: 2,
          maxLength: 6,
        }),
        async (lives) => {
          const ids: string[] = [];
          let stage: Stage | null = null;
          for (const { sets, snapshot } of lives) {
            const config = named(...sets);
            const before: Stage | null = stage;
            if (before === null) stage = await stageWith(sets);
            else {
              const kept = snapshot ? structuredClone(snapshotOf(before.floor, before.now)) : null;
              stage = await restarted(before, { config, snapshot: kept });
              stage.records.unshift(...before.records);
              await stage.pass(10_000);
            }
            for (const set of sets) await tradeOnce(stage, set);
            ids.push(...idsOf(stage));
          }
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
      { numRuns: 40 },
    ));
});

describe('an account that is not configured any more', () => {
  it('keeps no books, and keeps nobody from starting', async () => {
    const config = aRun([aSet({}, { id: 'one', accounts: ['main', 'other'] })], { accounts: [anAccount('main'), anAccount('other')] });
    const stage = await stageWith([], { run: config });
    stage.floor.beginDay('2026-02-02', { countsFrom: stage.now });
    await stage.settle();
    for (const snapshot of [null, structuredClone(snapshotOf(stage.floor, stage.now))]) {
      const next = await restarted(stage, { config: named('one'), snapshot });
      expect(next.place.account.money.day?.from).toBe('2026-02-02');
    }
  });
});
