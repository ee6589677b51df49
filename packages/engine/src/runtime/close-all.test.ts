import { describe, expect, it } from 'vitest';

import { anAccount } from '../config/plain-run.test-kit.js';
import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { time } from '../primitives/mondays.test-kit.js';
import { MINUTE_MS } from '../primitives/time.js';
import { closeAll } from './close-all.js';
import { aSet } from './runtime.test-kit.js';
import { acknowledged, inBook } from './scripted-broker.test-kit.js';
import { type Stage, stageWith } from './stage.test-kit.js';

/** The data of a stage has ended. Its broker deals by itself, if at all: no exchange has anything to do. */
async function end(stage: Stage): Promise<void> {
  for (const { account } of stage.floor.accounts) account.alwaysOpen = true;
  stage.floor.timers.stop();
  await closeAll({ floor: stage.floor, clock: stage.clock, exchangeTime: () => Infinity, exchangeActs: () => undefined });
}

/** From now on every order is filled within the call, at a price. */
function fillsAt(stage: Stage, price: number): void {
  stage.broker.script = {
    submit: (order) => {
      void stage.fill(order, price);
      return acknowledged(order);
    },
  };
}

const phases = (stage: Stage) => stage.floor.runners.map(({ state }) => state.phase);

describe('when the data has ended', () => {
  it('what is open leaves, for that reason', async () => {
    const stage = await stageWith(['one', 'two', 'idle']);
    await stage.open('one', 'bullish', 1_000);
    await stage.open('two', 'bearish', 1_000);
    fillsAt(stage, 1_005);
    await end(stage);
    expect(phases(stage)).toEqual(['waiting', 'waiting', 'waiting']);
    expect(stage.ofKind('setClosed').map(({ rule, grossPaise }) => [rule, grossPaise])).toEqual([
      ['endOfData', 50_00],
      ['endOfData', -50_00],
    ]);
    expect(stage.broker.sent).toHaveLength(4);
  });

  it('it does so at any hour', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    await stage.until(time('16:00'));
    fillsAt(stage, 1_005);
    await end(stage);
    expect(phases(stage)).toEqual(['waiting']);
  });

  it('an order on its way comes first, and what it opens leaves then', async () => {
    const stage = await stageWith(['one'], { script: { submit: () => null } });
    await stage.signal('one', 'bullish');
    const entry = first(stage.broker.sent);
    const fills = [{ fillId: 'X', quantity: 10, price: 1_000, time: stage.now }];
    stage.broker.book.push(inBook(entry, { status: 'filled', filledQuantity: 10, fills }));
    fillsAt(stage, 1_001);
    await end(stage);
    expect(phases(stage)).toEqual(['waiting']);
    expect(last(stage.ofKind('setClosed'))).toMatchObject({ rule: 'endOfData', grossPaise: 10_00 });
  });

  it('an exit that waits for the next session waits no longer', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    await stage.until(time('15:31'));
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(stage.broker.sent).toHaveLength(1);
    fillsAt(stage, 1_005);
    await end(stage);
    expect(last(stage.ofKind('setClosed'))).toMatchObject({ rule: 'byHand' });
  });

  it('an entry that nobody fills is given up', async () => {
    const stage = await stageWith();
    await stage.signal('one', 'bullish');
    stage.broker.script = {
      cancel: (orderId) => ({ kind: 'cancelled', orderId, filledQuantity: 0, reason: 'Asked for.', at: stage.now }),
    };
    await end(stage);
    expect(phases(stage)).toEqual(['waiting']);
    expect(stage.broker.count('cancel S0O1')).toBe(1);
  });

  it('an entry whose order waits for its turn has it, and is left then', async () => {
    const stage = await stageWith(['one', 'two'], { run: { accounts: [anAccount('main', { ordersPerSecond: 1 })] } });
    await stage.open('one', 'bullish', 1_000);
    await stage.signal('two', 'bullish');
    fillsAt(stage, 1_005);
    await end(stage);
    expect(phases(stage)).toEqual(['waiting', 'waiting']);
    expect(stage.broker.sent).toHaveLength(4);
  });

  it('a broker that answers nothing is not waited for without end: what is held stays, for everybody to see', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    const from = stage.now;
    stage.broker.script = { submit: () => null, orders: () => null };
    await end(stage);
    expect(stage.runner('one')).toMatchObject({ quantity: 10, state: { phase: 'exiting' } });
    expect(stage.now - from).toBeLessThanOrEqual(30 * MINUTE_MS);
    expect(stage.broker.sent).toHaveLength(2);
  });

  it('a set that the broker refuses to let go is tried again, and then left as it is', async () => {
    const stage = await stageWith([aSet({}, { id: 'one' })]);
    await stage.open('one', 'bullish', 1_000);
    stage.broker.script = {
      submit: ({ orderId, at }) => ({ kind: 'rejected', orderId, code: 'broker/margin', reason: 'No.', at }),
    };
    await end(stage);
    expect(stage.broker.sent.length).toBeGreaterThan(2);
    expect(stage.broker.sent.length).toBeLessThan(100);
    expect(stage.runner('one').quantity).toBe(10);
  });

  it('nothing happens where nothing is held', async () => {
    const stage = await stageWith();
    const { length } = stage.records;
    await end(stage);
    expect(stage.records).toHaveLength(length);
  });
});
