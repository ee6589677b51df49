import { describe, expect, it } from 'vitest';

import { aRun } from '../config/plain-run.test-kit.js';
import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { EngineError } from '../primitives/errors.js';
import { time } from '../primitives/mondays.test-kit.js';
import { MINUTE_MS, SECOND_MS } from '../primitives/time.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import { atTheMoney } from '../sets/at-the-money.test-kit.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { snapshotOf } from './recovery.js';
import { aSet } from './runtime.test-kit.js';
import { inBook } from './scripted-broker.test-kit.js';
import { restarted, Stage, stageWith } from './stage.test-kit.js';

const INDEX = 'NSE_INDEX:NIFTY';
const points = (count: number) => ({ kind: 'points', points: count }) as const;
const held = (quantity: number) => ({ instrument: SHARE, product: 'MIS', quantity }) as const;

const options = aSet(
  { stopLoss: points(20) },
  {
    id: 'options',
    underlyings: [INDEX],
    legs: [{ ...atTheMoney, optionType: 'CE' }],
  },
);

async function optionStage(): Promise<Stage> {
  const stage = new Stage(aRun([options]));
  await stage.start();
  await stage.price(24_000, INDEX);
  return stage;
}

describe('an engine that is started again', () => {
  it('holds what it held, and waits for what it waited for', async () => {
    const stage = await stageWith([aSet({ stopLoss: points(50), trailing: { start: points(10), distance: points(5), step: null } })]);
    await stage.open('one', 'bullish', 1_000);
    await stage.price(1_020);
    stage.broker.held.push(held(10));
    const next = await restarted(stage);
    expect(next.runner('one').state).toEqual(stage.runner('one').state);
    expect(next.runner('one').state).toMatchObject({ phase: 'open', position: { stop: 1_015, best: 1_020 } });
    await next.price(1_015);
    expect(last(next.ofKind('exitTriggered'))).toMatchObject({ rule: 'trailingStop' });
  });

  it('has the money that it had', async () => {
    const stage = await stageWith();
    stage.floor.beginDay('2026-02-02', { countsFrom: stage.now });
    await stage.open('one', 'bullish', 1_000);
    await stage.price(990);
    stage.broker.held.push(held(10));
    const next = await restarted(stage);
    expect(next.place.account.money).toEqual(stage.place.account.money);
    expect(next.place.account.equityPaise(next.now)).toBe(stage.place.account.equityPaise(stage.now));
    expect(next.place.account.view(next.now).dayLossPaise).toBe(100_00 + 24_27);
  });

  it('begins another day with what it holds counted in, at what it cost while nobody knows a price', async () => {
    const stage = await stageWith([aSet({}, { product: 'NRML' })]);
    stage.floor.beginDay('2026-02-02', { countsFrom: stage.now });
    await stage.open('one', 'bullish', 1_000);
    const next = new Stage(stage.config, { now: time('09:15', '2026-02-03'), kept: stage.records });
    next.broker.held.push(held(10));
    // Replayed: the day begins before the sets go on.
    next.floor.beginDay('2026-02-03', { countsFrom: next.now });
    await next.start();
    expect(first(next.ofKind('accountDayStarted')).equityPaise).toBe(10_00_000_00 - 35_47);
    await next.price(900);
    expect(next.place.account.view(next.now).dayLossPaise).toBe(1_000_00);
  });

  it('goes on with the numbers of records and of orders where it was', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    stage.broker.held.push(held(10));
    const next = await restarted(stage);
    next.floor.post(next.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: next.now });
    await next.settle();
    expect(first(next.records).sequence).toBe(stage.records.length + 1);
    expect(first(next.broker.sent).orderId).toBe('S0O2');
  });

  it('remembers the trading switch, and who is stopped and why', async () => {
    const stage = await stageWith();
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to: 'exits-only', by: 'asha', at: stage.now });
    stage.place.account.found({ code: 'system/clock-skew', reason: 'A test says so.', limit: 1, value: 2 });
    await stage.settle();
    const next = await restarted(stage);
    expect(next.floor.system.tradingSwitch).toBe('exits-only');
    expect(next.place.account.money.halted).toEqual(stage.place.account.money.halted);
  });

  it('goes on closing what a breaker was closing', async () => {
    const stage = await stageWith(['one', 'two'], { script: { submit: () => null } });
    stage.broker.script = {};
    for (const set of ['one', 'two']) await stage.open(set, 'bullish', 1_000);
    stage.broker.script = { submit: () => null };
    stage.place.account.found({ code: 'system/clock-skew', reason: 'A test says so.', limit: 1, value: 2 });
    await stage.settle();
    stage.broker.held.push(held(20));
    const next = await restarted(stage);
    // Neither exit has reached the broker, which two looks prove.
    await next.pass(MINUTE_MS);
    for (const order of next.broker.sent) await next.fill(order, 1_000);
    expect(last(next.ofKind('closingCompleted')).orders).toHaveLength(2);
  });

  it('takes what the book has already told of a deal by hand for told', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    const fills = [{ fillId: 'H1', quantity: 4, price: 1_000, time: stage.now }];
    stage.broker.book.push(
      inBook(first(stage.broker.sent), { orderId: null, brokerOrderId: 'BH', side: 'sell', status: 'filled', filledQuantity: 4, fills }),
    );
    stage.broker.held.push(held(6));
    stage.place.reconciler.soon();
    await stage.settle();
    expect(stage.runner('one').quantity).toBe(6);
    for (const snapshot of [null, structuredClone(snapshotOf(stage.floor, stage.now))]) {
      const next = await restarted(stage, { snapshot });
      await next.pass(MINUTE_MS);
      expect(next.runner('one').quantity).toBe(6);
      expect(next.place.account.reconciled).toBe(true);
    }
  });

  it('knows that the line which was lost then is up now', async () => {
    const stage = await stageWith();
    stage.line('down');
    await stage.settle();
    const next = await restarted(stage);
    await next.settle();
    expect(next.place.account.lineUp).toBe(true);
    await next.signal('one', 'bullish');
    expect(next.broker.sent).toHaveLength(1);
  });

  it('holds nothing that its configuration does not know any more', async () => {
    const stage = await stageWith(['one', 'two']);
    await stage.open('one', 'bullish', 1_000);
    const without = aRun([aSet({}, { id: 'two' })]);
    await expect(restarted(stage, { config: without })).rejects.toThrow(EngineError);
    await expect(restarted(stage, { config: without })).rejects.toMatchObject({ code: 'safety/position-without-set' });
  });

  it('has no orders on their way that its configuration does not know any more', async () => {
    const stage = await stageWith(['one', 'two'], { script: { submit: () => null } });
    await stage.signal('one', 'bullish');
    const without = aRun([aSet({}, { id: 'two' })]);
    await expect(restarted(stage, { config: without })).rejects.toMatchObject({
      code: 'safety/position-without-set',
      context: { quantity: 0, orders: 'S0O1' },
    });
  });

  it('has no trouble with a set that is gone and held nothing', async () => {
    const stage = await stageWith(['one', 'two']);
    const next = await restarted(stage, { config: aRun([aSet({}, { id: 'two' })]) });
    expect(next.runner('two').state.phase).toBe('waiting');
  });

  it('opens a new set beside those that it remembers', async () => {
    const stage = await stageWith(['one']);
    const next = await restarted(stage, { config: aRun([aSet({}, { id: 'one' }), aSet({}, { id: 'new' })]) });
    expect(next.floor.runners.map(({ state }) => state.phase)).toEqual(['waiting', 'waiting']);
  });
});

describe('the trading switch', () => {
  const withSwitch = (tradingSwitch: TradingSwitch) => aRun([aSet({})], { risk: { tradingSwitch } });

  it.each([
    ['active', 'halted', 'halted'],
    ['exits-only', 'halted', 'halted'],
    ['halted', 'active', 'halted'],
    ['exits-only', 'active', 'exits-only'],
  ] as const)('that was left at %s is, where the configuration says %s, %s', async (left, configured, then) => {
    const stage = await stageWith([aSet({})]);
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to: left, by: 'asha', at: stage.now });
    await stage.settle();
    const next = await restarted(stage, { config: withSwitch(configured) });
    await next.settle();
    expect(next.floor.system.tradingSwitch).toBe(then);
  });
});

describe('an order that was on its way', () => {
  it('and only asked for is withdrawn, and never sent', async () => {
    const stage = await stageWith(['one'], { journal: dyingAfter('legOrderRequested') });
    await expect(stage.signal('one', 'bullish')).rejects.toThrow('The engine is gone.');
    const next = await restarted(stage);
    await next.pass(MINUTE_MS);
    expect([...stage.broker.sent, ...next.broker.sent]).toEqual([]);
    expect(next.said).toContain('one orderWithdrawn');
    expect(next.runner('one').state.phase).toBe('waiting');
    expect(next.place.account.view(next.now)).toMatchObject({ marginInUsePaise: 0, openSets: 0 });
  });

  it('and journalled as sent is looked for, and given up when it never arrived', async () => {
    const stage = await stageWith(['one'], { journal: dyingAfter('orderSubmitted') });
    await expect(stage.signal('one', 'bullish')).rejects.toThrow('The engine is gone.');
    expect(stage.broker.sent).toEqual([]);
    const next = await restarted(stage);
    expect(first(next.runner('one').state.orders).status).toBe('unknown');
    await next.pass(MINUTE_MS);
    expect(next.said).toContain('one orderNeverReached');
    expect(next.broker.sent).toEqual([]);
    expect(next.runner('one').state.phase).toBe('waiting');
  });

  it('and filled meanwhile is held, at what it cost', async () => {
    const stage = await stageWith();
    await stage.signal('one', 'bullish');
    const fills = [{ fillId: 'X', quantity: 10, price: 1_001, time: stage.now }];
    stage.broker.book.push(inBook(first(stage.broker.sent), { status: 'filled', filledQuantity: 10, fills }));
    stage.broker.held.push(held(10));
    const next = await restarted(stage);
    await next.pass(10 * SECOND_MS);
    expect(next.runner('one').state).toMatchObject({ phase: 'open', holding: { quantity: 10, costPaise: 1_001_000 } });
    expect(next.place.account.money.cashPaise).toBe(-1_001_000 - 24_27);
  });

  it('for an option without a recorded price is held at the model’s, and its stop is watched', async () => {
    const stage = await optionStage();
    await stage.signal('options', 'bullish');
    const entry = first(stage.broker.sent);
    const { price } = stage.runner('options');
    const fills = [{ fillId: 'X', quantity: entry.quantity, price: Math.round(price * 20) / 20, time: stage.now }];
    stage.broker.book.push(inBook(entry, { status: 'filled', filledQuantity: entry.quantity, fills }));
    stage.broker.held.push({ instrument: entry.instrument, product: 'MIS', quantity: entry.quantity });
    const next = await restarted(stage);
    await next.pass(10 * SECOND_MS);
    expect(next.runner('options').state.phase).toBe('open');
    expect(next.runner('options').price).toBeCloseTo(price, 1);
    await next.price(23_900, INDEX);
    expect(last(next.ofKind('exitTriggered'))).toMatchObject({ rule: 'stopLoss' });
  });

  it('that leaves an option is filled after the start, too: the option has a price', async () => {
    const stage = await optionStage();
    await stage.signal('options', 'bullish');
    const entry = first(stage.broker.sent);
    await stage.fill(entry, 100);
    stage.broker.held.push({ instrument: entry.instrument, product: 'MIS', quantity: entry.quantity });
    const next = await restarted(stage);
    expect(next.runner('options').price).toBeGreaterThan(0);
    expect(next.place.account.equityPaise(next.now)).toBe(stage.place.account.equityPaise(stage.now));
  });
});

describe('a time that came while the engine was gone', () => {
  it('to square off is made up for at once', async () => {
    const stage = await stageWith([aSet({ squareOff: 615 })]);
    stage.floor.beginDay('2026-02-02', { countsFrom: stage.now });
    await stage.open('one', 'bullish', 1_000);
    stage.broker.held.push(held(10));
    // Replayed: the day has begun and its times have come before the sets go on.
    const next = new Stage(stage.config, { now: time('10:10'), kept: stage.records });
    next.broker.held.push(...stage.broker.held);
    await next.price(1_000);
    next.floor.beginDay('2026-02-02', { countsFrom: next.now });
    await next.until(time('10:20'));
    await next.start();
    await next.pass(1);
    expect(next.ofKind('exitTriggered')).toMatchObject([{ rule: 'squareOff' }]);
  });

  it('to leave after so long is, too', async () => {
    const stage = await stageWith([aSet({ timeInTradeMs: 5 * MINUTE_MS })]);
    await stage.open('one', 'bullish', 1_000);
    stage.broker.held.push(held(10));
    const next = await restarted(stage, { now: time('10:20') });
    await next.pass(1);
    expect(last(next.ofKind('exitTriggered'))).toMatchObject({ rule: 'timeInTrade' });
  });
});

/** A journal that keeps records up to one with an event of a kind, and is gone with its engine then. */
function dyingAfter(kind: string) {
  return {
    append: ({ events }: { readonly events: readonly { readonly kind: string }[] }) => {
      if (events.some((event) => event.kind === kind)) throw new Error('The engine is gone.');
    },
    hash: () => '',
    close: () => undefined,
  };
}
