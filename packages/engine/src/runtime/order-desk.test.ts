import { describe, expect, it } from 'vitest';

import { anAccount } from '../config/plain-run.test-kit.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { BookAnswer } from '../plugins/broker.js';
import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { BARRED_MONDAY, MONDAY, time } from '../primitives/mondays.test-kit.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { deferred } from './deferred.test-kit.js';
import { aSet } from './runtime.test-kit.js';
import { acknowledged, inBook } from './scripted-broker.test-kit.js';
import { type Stage, stageWith } from './stage.test-kit.js';

const points = (count: number) => ({ kind: 'points', points: count }) as const;

const filled = ({ orderId, instrument, side, quantity, at }: OrderRequest, price = 1_000, fillId = `F-${orderId}`): BrokerNews => ({
  kind: 'filled',
  orderId,
  fill: { fillId, orderId, instrument, side, quantity, price, time: at },
  at,
});

const rejected = ({ orderId, at }: OrderRequest): Extract<BrokerNews, { kind: 'rejected' }> => ({
  kind: 'rejected',
  orderId,
  code: 'broker/margin',
  reason: 'No margin.',
  at,
});

describe('an order', () => {
  it('is journalled, approved by the gate, journalled as it is sent, and only then sent', async () => {
    const stage = await stageWith();
    await stage.signal('one', 'bullish');
    expect(stage.said).toEqual([
      'one setStarted',
      'one signalSeen',
      'one preparationStarted',
      'one legsChosen',
      'one entryPlanned',
      'one legOrderRequested',
      'one orderSubmitted',
      'one acknowledged',
    ]);
    expect(stage.broker.sent.map(({ orderId, side, quantity, kind }) => [orderId, side, quantity, kind])).toEqual([
      ['S0O1', 'buy', 10, 'market'],
    ]);
    expect(stage.records.map(({ sequence }) => sequence)).toEqual(stage.records.map((_, i) => i + 1));
  });

  it('is not sent when the gate refuses it, and the set says why', async () => {
    const stage = await stageWith([
      aSet({}, { id: 'big', legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: 9_999 }] }] }),
    ]);
    await stage.signal('big', 'bullish');
    expect(stage.broker.calls).toEqual([]);
    expect(last(stage.ofKind('entryRefused'))).toMatchObject({ by: 'risk', code: 'account/capital' });
    expect(stage.runner('big').state.phase).toBe('waiting');
  });

  it('is not sent when it was withdrawn while it waited for its turn', async () => {
    const limits = { accounts: [anAccount('main', { ordersPerSecond: 1 })] };
    const stage = await stageWith(['one', 'two'], { run: limits });
    await stage.signal('one', 'bullish');
    await stage.signal('two', 'bullish');
    expect(stage.runner('two').state).toMatchObject({ phase: 'entering', orders: [{ status: 'requested' }] });
    stage.floor.post(stage.runner('two'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.pass(60_000);
    expect(stage.broker.sent.map(({ orderId }) => orderId)).toEqual(['S0O1']);
    expect(stage.runner('two').state.phase).toBe('waiting');
  });

  it('waits for its turn, and is sent by itself when it has come', async () => {
    const stage = await stageWith(['one', 'two'], { run: { accounts: [anAccount('main', { ordersPerSecond: 1 })] } });
    await stage.signal('one', 'bullish');
    await stage.signal('two', 'bullish');
    await stage.pass(999);
    expect(stage.broker.sent).toHaveLength(1);
    await stage.pass(1);
    expect(stage.broker.sent).toHaveLength(2);
  });

  it('is paced by the exchange’s allowance where the account has no limit of its own', async () => {
    const sets = Array.from({ length: 12 }, (_, i) => `set ${i}`);
    const stage = await stageWith(sets);
    for (const set of sets) postSignal(stage, set);
    await stage.settle();
    expect(stage.broker.sent).toHaveLength(10);
    await stage.pass(1_000);
    expect(stage.broker.sent).toHaveLength(12);
  });

  it('that leaves waits for no entry', async () => {
    const stage = await stageWith(['one', 'two', 'three'], { run: { accounts: [anAccount('main', { ordersPerSecond: 2 })] } });
    await stage.open('one', 'bullish', 1_000);
    await stage.signal('two', 'bullish');
    await stage.signal('three', 'bullish');
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(stage.broker.sent.map(({ orderId, purpose }) => [orderId, purpose])).toEqual([
      ['S0O1', 'entry'],
      ['S1O1', 'entry'],
      ['S0O2', 'exit'],
    ]);
  });

  it('goes out as a protected limit once plain market orders are barred, and its journal says so', async () => {
    const stage = await stageWith(['one'], { now: time('10:00', BARRED_MONDAY) });
    await stage.signal('one', 'bullish');
    expect(first(stage.broker.sent)).toMatchObject({ kind: 'limit', price: 1_005, triggerPrice: null });
    expect(first(stage.ofKind('orderSubmitted'))).toMatchObject({ orderKind: 'limit', price: 1_005 });
  });

  it('that protects goes out as a stop with a limit then, and before as a stop at the market', async () => {
    const protectedSet = aSet({ stopLoss: points(20) }, { protection: 'exchange' });
    const before = await stageWith([protectedSet]);
    await before.open('one', 'bullish', 1_000);
    expect(last(before.broker.sent)).toMatchObject({ purpose: 'protect', kind: 'SL-M', price: null, triggerPrice: 980 });
    const after = await stageWith([protectedSet], { now: time('10:00', BARRED_MONDAY) });
    await after.open('one', 'bullish', 1_000);
    expect(last(after.broker.sent)).toMatchObject({ purpose: 'protect', kind: 'SL', price: 975.1, triggerPrice: 980 });
  });
});

describe('what a broker answers', () => {
  it('is taken up when everything is decided, in the order in which it was asked', async () => {
    const stage = await stageWith(['one', 'two']);
    for (const set of ['one', 'two']) postSignal(stage, set);
    await stage.settle();
    expect(stage.said.filter((what) => /Submitted|acknowledged/.test(what))).toEqual([
      'one orderSubmitted',
      'two orderSubmitted',
      'one acknowledged',
      'two acknowledged',
    ]);
  });

  it('may come later, and in any order', async () => {
    const answers = new Map<string, () => void>();
    const stage = await stageWith(['one', 'two'], {
      awaited: false,
      script: {
        submit: (order) => {
          const { promise, resolve } = deferred<ReturnType<typeof acknowledged>>();
          answers.set(order.orderId, () => resolve(acknowledged(order)));
          return promise;
        },
      },
    });
    for (const set of ['one', 'two']) await stage.signal(set, 'bullish');
    expect(stage.said.filter((what) => what.includes('acknowledged'))).toEqual([]);
    const posted = stage.floor.mailbox.posted();
    answers.get('S1O1')?.();
    await posted;
    await stage.settle();
    expect(stage.said.filter((what) => what.includes('acknowledged'))).toEqual(['two acknowledged']);
    answers.get('S0O1')?.();
    await Promise.resolve();
    await stage.settle();
    expect(stage.said.filter((what) => what.includes('acknowledged'))).toEqual(['two acknowledged', 'one acknowledged']);
  });

  it('is no answer: news will tell, and until then the order is waited for', async () => {
    const stage = await stageWith(['one'], { script: { submit: () => null } });
    await stage.signal('one', 'bullish');
    expect(stage.runner('one').state).toMatchObject({ orders: [{ status: 'submitted' }] });
    await stage.fill(first(stage.broker.sent), 1_000);
    expect(stage.runner('one').state.phase).toBe('open');
  });

  it('can be told within the call, and filled does not come before submitted', async () => {
    const stage = await stageWith(['one'], {
      script: {
        submit: (order) => {
          stage.tell(acknowledged(order));
          stage.tell(filled(order));
          return acknowledged(order);
        },
      },
    });
    await stage.signal('one', 'bullish');
    expect(stage.said.slice(-4)).toEqual(['one orderSubmitted', 'one acknowledged', 'one legFilled', 'one setOpened']);
  });

  it('that refuses ends the entry, and the set waits again without an instrument', async () => {
    const stage = await stageWith(['one'], { script: { submit: rejected } });
    await stage.signal('one', 'bullish');
    expect(stage.said.slice(-2)).toEqual(['one rejected', 'one entryRefused']);
    expect([stage.runner('one').state.phase, stage.runner('one').slot]).toEqual(['waiting', null]);
  });

  it('is unknown where its adapter throws, at once or later, and a person is told the adapter’s words', async () => {
    for (const submit of [
      () => {
        throw new Error('socket hang up');
      },
      () => Promise.reject(new Error('socket hang up')),
    ]) {
      const stage = await stageWith(['one'], { script: { submit } });
      await stage.signal('one', 'bullish');
      expect(stage.runner('one').state).toMatchObject({ phase: 'entering', orders: [{ status: 'unknown' }] });
      expect(last(stage.alerts)).toMatchObject({ severity: 'critical', code: 'order/unknown' });
      expect(last(stage.alerts).message).toContain('socket hang up');
    }
  });

  it('is unknown when none came in time, and nothing is sent again before the book has told', async () => {
    const stage = await stageWith(['one'], { script: { submit: () => null } });
    await stage.signal('one', 'bullish');
    await stage.pass(4_999);
    expect(stage.runner('one').state).toMatchObject({ orders: [{ status: 'submitted' }] });
    await stage.pass(1);
    expect(stage.runner('one').state).toMatchObject({ orders: [{ status: 'unknown' }] });
    const [order] = stage.broker.sent;
    if (order === undefined) throw new Error('Nothing was sent.');
    const fills = [{ fillId: 'X1', quantity: 10, price: 1_001, time: stage.now }];
    stage.broker.book.push(inBook(order, { status: 'filled', filledQuantity: 10, fills }));
    await stage.pass(1_000);
    expect(stage.runner('one').state).toMatchObject({ phase: 'open', holding: { quantity: 10, costPaise: 1_001_000 } });
    expect(stage.broker.sent).toHaveLength(1);
    // The news that was late says nothing new.
    const { length } = stage.records;
    stage.tell(acknowledged(order));
    stage.tell(filled(order, 1_001, 'X1'));
    await stage.settle();
    expect(stage.records).toHaveLength(length);
  });

  it('that comes after the order was given up for unknown still counts', async () => {
    const stage = await stageWith(['one'], { script: { submit: () => null, orders: () => null } });
    await stage.signal('one', 'bullish');
    await stage.pass(60_000);
    expect(stage.runner('one').state).toMatchObject({ phase: 'entering', orders: [{ status: 'unknown' }] });
    await stage.fill(first(stage.broker.sent), 1_000);
    expect(stage.runner('one').quantity).toBe(10);
  });
});

describe('an order that never reached the broker', () => {
  it('is given up after two looks five seconds apart that do not find it', async () => {
    const stage = await stageWith(['one'], { script: { submit: () => null } });
    await stage.signal('one', 'bullish');
    await stage.pass(20_000);
    expect(stage.said).toContain('one orderNeverReached');
    expect(stage.runner('one').state.phase).toBe('waiting');
    expect(stage.broker.sent).toHaveLength(1);
    expect(stage.alerts.map(({ code }) => code)).toEqual(['order/unknown', 'order/never-reached']);
  });

  it('is decided afresh if it was to leave, once the broker has confirmed what is held', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    stage.broker.script = { submit: () => null };
    stage.broker.held.push({ instrument: SHARE, product: 'MIS', quantity: 10 });
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.pass(15_000);
    expect(stage.broker.calls).toContain('positions');
    expect(stage.broker.sent.map(({ orderId }) => orderId)).toEqual(['S0O1', 'S0O2', 'S0O3']);
    expect(stage.ofKind('positionTold')).toMatchObject([{ expected: 10, found: 10 }]);
  });

  it('is not decided afresh while the broker has something else than we, and a person is told', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    stage.broker.script = { submit: () => null };
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.pass(60_000);
    expect(stage.broker.sent).toHaveLength(2);
    expect(stage.alerts.map(({ code }) => code)).toContain('order/position-unconfirmed');
  });

  it('does not take an answer that did not come for flat', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    stage.broker.script = { submit: () => null, positions: () => null };
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.pass(60_000);
    expect(stage.broker.sent).toHaveLength(2);
    expect(stage.ofKind('positionTold')).toEqual([]);
    expect(stage.broker.count('positions')).toBeGreaterThan(1);
    expect(stage.runner('one').state).toMatchObject({ phase: 'exiting', holding: { quantity: 10 } });
  });
});

describe('a look at the book', () => {
  it('that has been made four times in vain is told to a person', async () => {
    const stage = await stageWith(['one'], { script: { submit: () => null, orders: () => null } });
    await stage.signal('one', 'bullish');
    const told = () => stage.alerts.filter(({ code }) => code === 'order/unclear').length;
    await stage.until(time('10:00:19'));
    expect(told()).toBe(0);
    await stage.pass(20_000);
    expect(told()).toBe(1);
  });

  it('is shared by everybody who asks before the answer has come', async () => {
    const { promise, resolve } = deferred<BookAnswer>();
    const stage = await stageWith(['one', 'two'], { awaited: false, script: { submit: () => null, orders: () => promise } });
    for (const set of ['one', 'two']) postSignal(stage, set);
    await stage.pass(6_000);
    expect(stage.broker.count('orders')).toBe(1);
    resolve({ orders: stage.broker.sent.map((order) => inBook(order)), at: stage.now });
    await promise;
    await stage.settle();
    const statuses = stage.floor.runners.map(({ state }) => state.orders.map(({ status }) => status));
    expect(statuses).toEqual([['open'], ['open']]);
  });

  it('is made anew after one that was answered, and after one that failed', async () => {
    let count = 0;
    const stage = await stageWith(['one'], {
      script: {
        submit: () => null,
        orders: () => {
          count += 1;
          if (count === 1) throw new Error('500');
          return { orders: [], at: 0 };
        },
      },
    });
    await stage.signal('one', 'bullish');
    await stage.pass(8_000);
    expect(count).toBeGreaterThanOrEqual(2);
    expect(
      stage
        .ofKind('bookLooked')
        .map(({ outcome }) => outcome)
        .slice(0, 2),
    ).toEqual(['unanswered', 'absent']);
  });

  it('that is never answered keeps nobody from looking again', async () => {
    let asked = 0;
    const stage = await stageWith(['one'], {
      awaited: false,
      script: {
        submit: () => null,
        orders: () => {
          asked += 1;
          return asked === 1 ? new Promise(() => undefined) : { orders: stage.broker.sent.map((order) => inBook(order)), at: stage.now };
        },
      },
    });
    await stage.signal('one', 'bullish');
    await stage.pass(60_000);
    expect(asked).toBeGreaterThan(1);
    expect(stage.runner('one').state.orders[0]?.status).not.toBe('unknown');
  });
});

describe('news', () => {
  it('of the same fill counts once', async () => {
    const stage = await stageWith();
    await stage.signal('one', 'bullish');
    const order = first(stage.broker.sent);
    for (let i = 0; i < 3; i += 1) stage.tell(filled(order));
    await stage.settle();
    expect(stage.ofKind('legFilled')).toHaveLength(1);
    expect(stage.runner('one').quantity).toBe(10);
  });

  it('of an order that nobody remembers asks for a comparison where it is a deal, and is nothing else', async () => {
    const stage = await stageWith();
    const unknown = { orderId: 'somebody-else', at: stage.now };
    stage.tell({ kind: 'cancelled', filledQuantity: 0, reason: '', ...unknown });
    await stage.settle();
    expect(stage.broker.calls).toEqual([]);
    const fill = { fillId: 'F1', ...unknown, instrument: SHARE, side: 'buy', quantity: 1, price: 1_000, time: stage.now } as const;
    stage.tell({ kind: 'filled', fill, ...unknown });
    await stage.settle();
    expect(stage.broker.calls).toEqual(['orders', 'positions']);
  });

  it('that comes again when the position is closed, or another is open, changes nothing', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    const entry = first(stage.broker.sent);
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    const exit = last(stage.broker.sent);
    stage.tell(filled(exit));
    await stage.settle();
    expect(stage.said.at(-1)).toBe('one setClosed');
    const { length } = stage.records;
    stage.tell(filled(exit));
    stage.tell(filled(entry, 1_000, first(stage.ofKind('legFilled')).fill.fillId));
    await stage.settle();
    expect(stage.records).toHaveLength(length);
    await stage.open('one', 'bullish', 1_000);
    stage.tell(filled(exit));
    await stage.settle();
    expect(stage.runner('one').quantity).toBe(10);
  });

  it('of several fills charges the order’s brokerage once', async () => {
    const stage = await stageWith();
    await stage.signal('one', 'bullish');
    const order = first(stage.broker.sent);
    await stage.fill(order, 1_000, { quantity: 5, fillId: 'a' });
    await stage.fill(order, 1_000, { quantity: 5, fillId: 'b' });
    // The whole order costs ₹24.27, of which ₹20 are brokerage; each half is rounded on its own.
    expect(stage.ofKind('legFilled').map(({ chargesPaise }) => chargesPaise)).toEqual([2394, 34]);
  });

  it('has no earlier time than the run has come to', async () => {
    const stage = await stageWith();
    await stage.signal('one', 'bullish');
    const order = first(stage.broker.sent);
    await stage.pass(1_000);
    stage.tell({ ...filled(order), at: stage.now - 500 });
    await stage.settle();
    expect(last(stage.records).at).toBe(stage.now);
  });
});

describe('a change', () => {
  const exchange = aSet(
    { stopLoss: points(20), trailing: { start: points(10), distance: points(5), step: null } },
    { protection: 'exchange' },
  );

  async function protectedStage() {
    const stage = await stageWith([exchange]);
    await stage.open('one', 'bullish', 1_000);
    const stop = last(stage.broker.sent);
    const { orderId, quantity, price, triggerPrice } = stop;
    stage.tell({ kind: 'working', status: 'triggerPending', orderId, quantity, price, triggerPrice, at: stage.now });
    await stage.settle();
    return { stage, stop };
  }

  it('moves a stop that rests, and says so when the exchange has', async () => {
    const { stage, stop } = await protectedStage();
    await stage.price(1_020);
    expect(stage.broker.changes).toMatchObject([{ orderId: stop.orderId, kind: 'SL-M', quantity: 10, price: null, triggerPrice: 1_015 }]);
    const { orderId, quantity } = stop;
    stage.tell({ kind: 'working', status: 'triggerPending', orderId, quantity, price: null, triggerPrice: 1_015, at: stage.now });
    await stage.settle();
    expect(stage.runner('one').state.orders.at(-1)).toMatchObject({ triggerPrice: 1_015, change: null });
  });

  it('cancels a stop before another exit is sent, and sends that when the stop is gone', async () => {
    const { stage, stop } = await protectedStage();
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(stage.broker.calls.slice(-2)).toEqual([`submit ${stop.orderId}`, `cancel ${stop.orderId}`]);
    stage.tell({ kind: 'cancelled', orderId: stop.orderId, filledQuantity: 0, reason: 'Asked for.', at: stage.now });
    await stage.settle();
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit', side: 'sell', quantity: 10 });
  });

  it('that the gate refuses is not sent, and the order goes on as it was', async () => {
    const { stage } = await protectedStage();
    // After the exchange has closed nothing is changed any more.
    await stage.until(time('15:31'));
    await stage.price(1_020);
    expect(stage.broker.changes).toEqual([]);
    expect(stage.ofKind('orderChanged').at(-1)?.news).toMatchObject({ kind: 'changeRejected', code: 'order/outside-trading-hours' });
  });

  it('whose adapter throws has an unknown outcome, and the book is looked at', async () => {
    const { stage } = await protectedStage();
    stage.broker.script = { modify: () => Promise.reject(new Error('socket hang up')) };
    await stage.price(1_020);
    expect(stage.ofKind('orderChanged').at(-1)?.news).toMatchObject({ kind: 'changeUnknown', change: 'modify' });
    await stage.pass(1_000);
    expect(stage.broker.count('orders')).toBe(1);
  });

  it('that is refused is not asked for again before the book has told what became of the order', async () => {
    const { stage, stop } = await protectedStage();
    const { orderId } = stop;
    stage.broker.script = {
      cancel: () =>
        // Whoever asks without end is answered no more.
        stage.broker.count(`cancel ${orderId}`) > 20
          ? null
          : { kind: 'changeRejected', orderId, change: 'cancel', code: 'exchange/order-ended', reason: 'It has ended.', at: stage.now },
    };
    stage.broker.book.push(inBook(stop, { status: 'cancelled' }));
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(stage.broker.count(`cancel ${orderId}`)).toBe(1);
    await stage.pass(1_000);
    expect(stage.broker.count(`cancel ${orderId}`)).toBe(1);
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit', quantity: 10 });
  });

  it('that the switch holds is asked for once when it may go, however long that was', async () => {
    const { stage, stop } = await protectedStage();
    stage.broker.book.push(inBook(stop, { status: 'triggerPending' }));
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to: 'halted', by: 'asha', at: stage.now });
    await stage.price(1_020);
    await stage.pass(60_000);
    expect(stage.broker.changes).toEqual([]);
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to: 'active', by: 'asha', at: stage.now });
    await stage.pass(4_000);
    expect(stage.broker.changes).toMatchObject([{ orderId: stop.orderId, triggerPrice: 1_015 }]);
  });
});

describe('an entry that nobody fills', () => {
  /** The exchange takes every order and every change, and fills nothing. */
  function resting(stage: Stage): void {
    stage.broker.script = {
      submit: (order) => {
        const { orderId, quantity, price, triggerPrice } = order;
        stage.tell({ kind: 'working', status: 'open', orderId, quantity, price, triggerPrice, at: stage.now });
        return acknowledged(order);
      },
      modify: ({ orderId, quantity, price, triggerPrice }) => ({
        kind: 'working',
        status: 'open',
        orderId,
        quantity,
        price,
        triggerPrice,
        at: stage.now,
      }),
      cancel: (orderId) => ({ kind: 'cancelled', orderId, filledQuantity: 0, reason: 'Asked for.', at: stage.now }),
    };
  }

  it('follows the market so often, and is cancelled when its time is over', async () => {
    const execution = { answerWithinMs: 5_000, entryWithinMs: 10_000, chaseEveryMs: 2_000, chases: 3, chaseWithin: 0.2 };
    const stage = await stageWith([aSet({}, { execution })], { now: time('10:00', BARRED_MONDAY) });
    resting(stage);
    await stage.signal('one', 'bullish');
    for (let i = 1; i <= 9; i += 1) {
      await stage.pass(1_000);
      await stage.price(1_000 + 10 * i);
    }
    expect(stage.broker.changes).toHaveLength(3);
    await stage.pass(1_000);
    expect(stage.broker.count('cancel S0O1')).toBe(1);
    expect(stage.runner('one').state.phase).toBe('waiting');
  });

  it('is cancelled however long it may take', async () => {
    const execution = { answerWithinMs: 5_000, entryWithinMs: 120_000, chaseEveryMs: 2_000, chases: 1, chaseWithin: null };
    const stage = await stageWith([aSet({}, { execution })], { now: time('10:00', BARRED_MONDAY) });
    resting(stage);
    await stage.signal('one', 'bullish');
    await stage.pass(121_000);
    expect(stage.broker.count('cancel S0O1')).toBe(1);
    expect(stage.runner('one').state.phase).toBe('waiting');
  });
});

describe('the trading switch', () => {
  const halt = (stage: Stage, to: 'active' | 'exits-only' | 'halted') =>
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to, by: 'asha', at: stage.now });

  it('holds an exit when halted, and it goes when it is released', async () => {
    const stage = await stageWith([aSet({ stopLoss: points(20) })]);
    await stage.open('one', 'bullish', 1_000);
    halt(stage, 'halted');
    await stage.price(970);
    await stage.pass(120_000);
    expect(stage.broker.sent).toHaveLength(1);
    expect(stage.runner('one').state).toMatchObject({ phase: 'exiting', orders: [{}, { status: 'requested' }] });
    halt(stage, 'active');
    await stage.settle();
    expect(stage.broker.sent.map(({ purpose }) => purpose)).toEqual(['entry', 'exit']);
  });

  it('lets a person’s exit pass when halted', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    halt(stage, 'halted');
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit' });
  });

  it('refuses entries at once when halted or on exits only', async () => {
    for (const to of ['halted', 'exits-only'] as const) {
      const stage = await stageWith();
      halt(stage, to);
      await stage.signal('one', 'bullish');
      expect(stage.broker.sent).toEqual([]);
      expect(last(stage.ofKind('entryRefused'))).toMatchObject({
        by: 'risk',
        code: to === 'halted' ? 'system/halted' : 'system/exits-only',
      });
    }
  });

  it('lets exits pass on exits only', async () => {
    const stage = await stageWith([aSet({ stopLoss: points(20) })]);
    await stage.open('one', 'bullish', 1_000);
    halt(stage, 'exits-only');
    await stage.price(970);
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit' });
  });

  it('is in the journal, and told in capitals', async () => {
    const stage = await stageWith();
    halt(stage, 'halted');
    halt(stage, 'halted');
    await stage.settle();
    expect(stage.ofKind('switchChanged')).toMatchObject([{ from: 'active', to: 'halted', by: 'asha' }]);
    expect(stage.alerts).toMatchObject([{ severity: 'critical', message: 'TRADING IS HALTED by asha.' }]);
  });
});

describe('a deal from outside', () => {
  it('is the set’s whose holding it closes, and the set is closed with its dealer as the reason', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    stage.tellOutside({ quantity: 10, price: 1_010 });
    await stage.settle();
    expect(last(stage.ofKind('legFilled'))).toMatchObject({ by: 'byHandAtBroker', purpose: 'exit', realisedPaise: 10_000 });
    expect(last(stage.ofKind('setClosed'))).toMatchObject({ rule: 'byHandAtBroker', grossPaise: 10_000 });
    expect(stage.broker.calls).not.toContain('positions');
  });

  it('is shared out among two sets in one instrument, each to its own books', async () => {
    const stage = await stageWith(['one', 'two']);
    for (const set of ['one', 'two']) await stage.open(set, 'bullish', 1_000);
    stage.tellOutside({ quantity: 15, price: 1_000 });
    await stage.settle();
    expect(stage.floor.runners.map(({ quantity }) => quantity)).toEqual([0, 5]);
    expect(stage.place.account.quantityOf(SHARE)).toBe(5);
    expect(stage.runner('two').state).toMatchObject({ phase: 'open', position: { quantity: 5 } });
  });

  it('of more than anybody holds asks for a comparison', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    stage.tellOutside({ quantity: 12 });
    await stage.settle();
    expect(stage.runner('one').quantity).toBe(0);
    expect(stage.broker.calls.slice(-2)).toEqual(['orders', 'positions']);
  });

  it('counts once, by its id, however often it is told', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    for (let i = 0; i < 3; i += 1) stage.tellOutside({ quantity: 4 });
    await stage.settle();
    expect(stage.runner('one').quantity).toBe(6);
  });
});

describe('the hour at which a set looks at what it holds', () => {
  it('that comes while a part leaves is made up for when the part has left', async () => {
    const exits = { squareOff: 915, endOfDay: { onlyIfTargetShare: 0.5 }, target: { kind: 'points', points: 20 } } as const;
    const stage = await stageWith([aSet({ ...exits, partial: [{ at: { kind: 'points', points: 10 }, share: 0.5 }] }, { product: 'NRML' })]);
    stage.floor.beginDay(MONDAY, { countsFrom: null });
    await stage.open('one', 'bullish', 1_000);
    await stage.price(1_011);
    const part = last(stage.broker.sent);
    expect(part).toMatchObject({ purpose: 'exit', quantity: 5 });
    await stage.until(time('15:15:01'));
    await stage.fill(part, 1_011);
    // It has earned more than half of its target, and only what has earned less is held overnight.
    expect(stage.ofKind('positionReduced')).toHaveLength(1);
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit', quantity: 5 });
    expect(stage.runner('one').state).toMatchObject({ phase: 'exiting', leaving: { rule: 'squareOff', keep: 0 } });
  });
});

describe('an account’s end', () => {
  it('closes its line', async () => {
    const stage = await stageWith();
    await stage.place.broker.close();
    expect(stage.broker.closed).toBe(true);
  });
});

function postSignal(stage: Stage, set: string): void {
  const runner = stage.runner(set);
  const signal = { kind: 'enter', direction: 'bullish', at: stage.now, reason: '', values: {} } as const;
  stage.floor.post(runner, { kind: 'signal', signal, squareOffAt: null, barred: null, at: stage.now });
}
