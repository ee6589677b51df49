import { describe, expect, it } from 'vitest';

import type { OrderRequest } from '../orders/order-request.js';
import { last } from '../primitives/ends-of-a-list.test-kit.js';
import { BARRED_MONDAY, time } from '../primitives/mondays.test-kit.js';
import { aSet } from './runtime.test-kit.js';
import { type Stage, stageWith } from './stage.test-kit.js';

/** An order rests at the exchange at its limit, or at another. */
async function rests(stage: Stage, order: OrderRequest, price = order.price): Promise<void> {
  const { orderId, quantity } = order;
  stage.tell({ kind: 'working', status: 'open', orderId, quantity, price, triggerPrice: null, at: stage.now });
  await stage.settle();
}

async function cancelled(stage: Stage, { orderId }: OrderRequest, filledQuantity = 0): Promise<void> {
  stage.tell({ kind: 'cancelled', orderId, filledQuantity, reason: '', at: stage.now });
  await stage.settle();
}

async function leave(stage: Stage, set: string): Promise<void> {
  stage.floor.post(stage.runner(set), { kind: 'exitNow', by: 'breaker', price: null, at: stage.now });
  await stage.settle();
}

const exitsOf = ({ broker }: Stage) => broker.sent.filter(({ purpose }) => purpose === 'exit');

/** `a` holds ten shares, and an entry of `b` rests at ₹1,005 where the exit of `a`, with its limit of ₹995, would meet it. */
async function entryInTheWay(): Promise<{ readonly stage: Stage; readonly entry: OrderRequest }> {
  const stage = await stageWith(['a', 'b'], { now: time('10:00', BARRED_MONDAY) });
  await stage.open('a', 'bullish', 1_000);
  await stage.signal('b', 'bullish');
  const entry = last(stage.broker.sent);
  await rests(stage, entry);
  return { stage, entry };
}

describe('an exit behind an entry of another set', () => {
  it('has the entry cancelled at once, and goes when it is', async () => {
    const { stage, entry } = await entryInTheWay();
    await leave(stage, 'a');
    expect(stage.broker.count(`cancel ${entry.orderId}`)).toBe(1);
    expect(exitsOf(stage)).toEqual([]);
    await stage.pass(200);
    await cancelled(stage, entry);
    expect(exitsOf(stage)).toMatchObject([{ side: 'sell', quantity: 10, price: 995 }]);
    expect(stage.runner('b').state.phase).toBe('waiting');
    // It is no failure, and nobody is woken for it.
    expect(stage.said).not.toContain('a exitPostponed');
    expect(stage.alerts).toEqual([]);
  });

  it('leaves the other set with what it has got of its entry', async () => {
    const { stage, entry } = await entryInTheWay();
    await leave(stage, 'a');
    await stage.fill(entry, 1_005, { quantity: 4 });
    await cancelled(stage, entry, 4);
    expect(stage.runner('b').state).toMatchObject({ phase: 'open', position: { quantity: 4 } });
    expect(exitsOf(stage)).toHaveLength(1);
  });

  it('waits no longer than two seconds for the end of the entry: then it passes beside it', async () => {
    const { stage, entry } = await entryInTheWay();
    await leave(stage, 'a');
    await stage.pass(1_999);
    expect(exitsOf(stage)).toEqual([]);
    await stage.pass(1);
    expect(exitsOf(stage)).toMatchObject([{ kind: 'limit', price: 1_005.05 }]);
    // From there it follows the market, as soon as nothing is in its way.
    await rests(stage, last(exitsOf(stage)));
    await cancelled(stage, entry);
    await stage.pass(2_000);
    expect(last(stage.broker.changes)).toMatchObject({ orderId: last(exitsOf(stage)).orderId, price: 995 });
  });

  it('has an entry that is not acknowledged yet cancelled as soon as it is there', async () => {
    const stage = await stageWith(['a', 'b'], { now: time('10:00', BARRED_MONDAY) });
    await stage.open('a', 'bullish', 1_000);
    stage.broker.script = { submit: () => null };
    await stage.signal('b', 'bullish');
    const entry = last(stage.broker.sent);
    await leave(stage, 'a');
    expect(stage.broker.count(`cancel ${entry.orderId}`)).toBe(0);
    await rests(stage, entry);
    expect(stage.broker.count(`cancel ${entry.orderId}`)).toBe(1);
  });

  it('goes when the entry has been filled', async () => {
    const { stage, entry } = await entryInTheWay();
    await leave(stage, 'a');
    await stage.fill(entry, 1_005);
    expect(exitsOf(stage)).toHaveLength(1);
  });

  it('is not sent when nothing is left to leave', async () => {
    const { stage } = await entryInTheWay();
    await leave(stage, 'a');
    stage.tellOutside({ quantity: 10 });
    await stage.settle();
    expect(stage.runner('a').state.phase).toBe('waiting');
    await stage.pass(60_000);
    expect(exitsOf(stage)).toEqual([]);
  });

  it('stays at home when trading is halted while it waits', async () => {
    const { stage, entry } = await entryInTheWay();
    await leave(stage, 'a');
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to: 'halted', by: 'asha', at: stage.now });
    await stage.pass(5_000);
    await cancelled(stage, entry);
    expect(exitsOf(stage)).toEqual([]);
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to: 'active', by: 'asha', at: stage.now });
    await stage.settle();
    expect(exitsOf(stage)).toHaveLength(1);
  });

  it('that rests already, and would follow the market into it, has it cancelled and stays beside it', async () => {
    const stage = await stageWith(['a', 'b'], { now: time('10:00', BARRED_MONDAY) });
    await stage.open('a', 'bullish', 1_000);
    await leave(stage, 'a');
    const exit = last(stage.broker.sent);
    await rests(stage, exit);
    await stage.price(980);
    await stage.signal('b', 'bullish');
    const entry = last(stage.broker.sent);
    expect(entry).toMatchObject({ purpose: 'entry', price: 984.9 });
    await rests(stage, entry);
    await stage.pass(2_000);
    expect(last(stage.broker.changes)).toMatchObject({ orderId: exit.orderId, price: 984.95 });
    expect(stage.broker.count(`cancel ${entry.orderId}`)).toBe(1);
  });
});

describe('an exit behind an exit of another set', () => {
  /** `long` and `short` hold ten shares each way, and the exit of `short` rests at ₹1,005. */
  async function exitInTheWay(): Promise<{ readonly stage: Stage; readonly cover: OrderRequest }> {
    const stage = await stageWith(['long', 'short'], { now: time('10:00', BARRED_MONDAY) });
    await stage.open('long', 'bullish', 1_000);
    await stage.open('short', 'bearish', 1_000);
    await leave(stage, 'short');
    const cover = last(stage.broker.sent);
    await rests(stage, cover);
    return { stage, cover };
  }

  it('goes when the other one is filled', async () => {
    const { stage, cover } = await exitInTheWay();
    await leave(stage, 'long');
    expect(exitsOf(stage)).toHaveLength(1);
    await stage.fill(cover, 1_002);
    expect(exitsOf(stage)).toMatchObject([{}, { side: 'sell', price: 995 }]);
  });

  it('passes beside one that is not filled for long, and cancels nothing', async () => {
    const { stage } = await exitInTheWay();
    await leave(stage, 'long');
    await stage.pass(2_000);
    expect(last(exitsOf(stage))).toMatchObject({ side: 'sell', price: 1_005.05 });
    expect(stage.broker.calls.filter((call) => call.startsWith('cancel'))).toEqual([]);
  });

  it('that rests keeps both from following the market into each other', async () => {
    const { stage, cover } = await exitInTheWay();
    await leave(stage, 'long');
    await stage.pass(2_000);
    const exit = last(exitsOf(stage));
    await rests(stage, exit);
    for (let seconds = 0; seconds < 30; seconds += 1) {
      await stage.pass(1_000);
      for (const { orderId, price } of stage.broker.changes.splice(0)) await rests(stage, orderId === cover.orderId ? cover : exit, price);
      const [bid, ask] = [stage.runner('short'), stage.runner('long')].map(({ state }) => last(state.orders).price ?? Number.NaN);
      expect(bid).toBeLessThan(ask ?? Number.NaN);
    }
  });

  it('is tried again by the clock where the band leaves no room beside the other', async () => {
    const stage = await stageWith(['long', 'short'], { now: time('10:00', BARRED_MONDAY), bandOf: () => ({ low: 900, high: 1_005 }) });
    await stage.open('long', 'bullish', 1_000);
    await stage.open('short', 'bearish', 1_000);
    await leave(stage, 'short');
    await rests(stage, last(stage.broker.sent));
    await leave(stage, 'long');
    await stage.pass(2_000);
    expect(last(stage.ofKind('orderRefused')).code).toBe('order/outside-price-band');
    expect(stage.said).toContain('long exitPostponed');
  });
});

describe('a stop at the exchange that was hit', () => {
  it('has an entry cancelled into which it would follow the market', async () => {
    const sets = [aSet({ stopLoss: { kind: 'points', points: 20 } }, { id: 'a', protection: 'exchange' }), 'b'] as const;
    const stage = await stageWith(sets, { now: time('10:00', BARRED_MONDAY) });
    await stage.open('a', 'bullish', 1_000);
    const stop = last(stage.broker.sent);
    const triggered = { kind: 'working', orderId: stop.orderId, quantity: 10, price: stop.price, triggerPrice: 980 } as const;
    stage.tell({ ...triggered, status: 'triggerPending', at: stage.now });
    await stage.settle();
    await stage.price(970);
    stage.tell({ ...triggered, status: 'open', at: stage.now });
    await stage.signal('b', 'bullish');
    const entry = last(stage.broker.sent);
    await rests(stage, entry);
    expect(entry).toMatchObject({ purpose: 'entry', price: 974.85 });
    await stage.pass(2_000);
    expect(stage.broker.count(`cancel ${entry.orderId}`)).toBe(1);
    expect(last(stage.broker.changes)).toMatchObject({ orderId: stop.orderId, price: 974.9 });
  });
});
