import { describe, expect, it } from 'vitest';

import { anAccount } from '../config/plain-run.test-kit.js';
import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { time } from '../primitives/mondays.test-kit.js';
import { aSet } from './runtime.test-kit.js';
import { type Stage, stageWith } from './stage.test-kit.js';

const lots = (id: string, count: number) =>
  aSet({}, { id, legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: count }] }] });

/** An order that was sent rests at the exchange with a limit, as a protected one does. */
async function rests(stage: Stage, price: number): Promise<void> {
  const { orderId, quantity, triggerPrice } = last(stage.broker.sent);
  stage.tell({ kind: 'working', status: 'open', orderId, quantity, price, triggerPrice, at: stage.now });
  await stage.settle();
}

const refusal = (stage: Stage) => last(stage.ofKind('orderRefused')).code;

describe('our own orders that rest', () => {
  it('are not met by another of the account, whichever set’s it is', async () => {
    const stage = await stageWith(['one', 'two']);
    await stage.signal('one', 'bullish');
    await rests(stage, 1_001);
    await stage.signal('two', 'bearish');
    expect(refusal(stage)).toBe('order/crosses-own-order');
    expect(stage.broker.sent).toHaveLength(1);
  });

  it('do not hinder one on their own side', async () => {
    const stage = await stageWith(['one', 'two']);
    await stage.signal('one', 'bullish');
    await rests(stage, 1_001);
    await stage.signal('two', 'bullish');
    expect(stage.broker.sent).toHaveLength(2);
  });

  it('do not hinder anybody any more when they are over', async () => {
    const stage = await stageWith(['one', 'two']);
    await stage.signal('one', 'bullish');
    await rests(stage, 1_001);
    await stage.fill(first(stage.broker.sent), 1_001);
    await stage.signal('two', 'bearish');
    expect(stage.broker.sent).toHaveLength(2);
  });

  it('that wait for a trigger are in no book yet', async () => {
    const stage = await stageWith([aSet({ stopLoss: { kind: 'points', points: 20 } }, { id: 'one', protection: 'exchange' }), 'two']);
    await stage.open('one', 'bullish', 1_000);
    const { orderId, quantity } = last(stage.broker.sent);
    stage.tell({ kind: 'working', status: 'triggerPending', orderId, quantity, price: 975, triggerPrice: 980, at: stage.now });
    await stage.settle();
    await stage.signal('two', 'bullish');
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'entry', side: 'buy' });
  });

  it('of another account are none of this one’s', async () => {
    const sets = [aSet({}, { id: 'one', accounts: ['main'] }), aSet({}, { id: 'two', accounts: ['second'] })];
    const stage = await stageWith(sets, { run: { accounts: [anAccount('main'), anAccount('second')] } });
    await stage.signal('one', 'bullish');
    await rests(stage, 1_001);
    await stage.signal('two', 'bearish');
    expect(stage.brokerOf('two').sent).toHaveLength(1);
  });
});

describe('what the gate looks at of the moment', () => {
  it('is the price, and its age where that has a limit', async () => {
    const stage = await stageWith(['one'], { run: { risk: { maxQuoteAgeMs: 5_000 } } });
    await stage.pass(5_001);
    await stage.signal('one', 'bullish');
    expect(refusal(stage)).toBe('order/quote-stale');
    await stage.price(1_000);
    await stage.signal('one', 'bullish');
    expect(stage.broker.sent).toHaveLength(1);
  });

  it('is the band of the day, at which exits stop too', async () => {
    const stage = await stageWith(['one'], { now: time('10:00', '2026-06-01'), bandOf: () => ({ low: 900, high: 1_002 }) });
    await stage.signal('one', 'bullish');
    expect(first(stage.broker.sent)).toMatchObject({ kind: 'limit', price: 1_002 });
  });

  it('is the hour: an exit waits for the exchange to open, an entry is refused', async () => {
    const stage = await stageWith(['one', 'two']);
    await stage.open('one', 'bullish', 1_000);
    await stage.until(time('15:31'));
    await stage.signal('two', 'bullish');
    expect(refusal(stage)).toBe('order/outside-trading-hours');
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(last(stage.ofKind('exitPostponed'))).toMatchObject({ retryAt: time('09:15', '2026-02-03') });
    expect(stage.broker.sent).toHaveLength(1);
    await stage.until(time('09:15', '2026-02-03'));
    await stage.settle();
    expect(stage.broker.sent).toHaveLength(2);
  });

  it('is that the data has ended: what is held is left at any hour, and nothing is entered', async () => {
    const stage = await stageWith(['one', 'two']);
    await stage.open('one', 'bullish', 1_000);
    await stage.until(time('15:31'));
    stage.place.account.alwaysOpen = true;
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'endOfData', price: null, at: stage.now });
    await stage.signal('two', 'bullish');
    expect(stage.broker.sent.map(({ purpose }) => purpose)).toEqual(['entry', 'exit']);
  });

  it('is the account with the entry’s own money set aside', async () => {
    const stage = await stageWith([lots('fits', 4_900), lots('does not', 200)]);
    await stage.signal('fits', 'bullish');
    await stage.signal('does not', 'bullish');
    expect(refusal(stage)).toBe('account/capital');
    expect(stage.broker.sent).toHaveLength(1);
  });

  it('is the line: without one nothing is entered, and what leaves is tried', async () => {
    const stage = await stageWith(['one', 'two']);
    await stage.open('one', 'bullish', 1_000);
    stage.line('down');
    await stage.settle();
    await stage.signal('two', 'bullish');
    expect(refusal(stage)).toBe('account/line-down');
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit' });
  });
});

describe('a person', () => {
  const halted = { run: { risk: { tradingSwitch: 'halted' } } } as const;

  it('leaves where the engine alone would not', async () => {
    const stage = await stageWith([aSet({ stopLoss: { kind: 'points', points: 20 } })]);
    await stage.open('one', 'bullish', 1_000);
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to: 'halted', by: 'asha', at: stage.now });
    await stage.settle();
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit' });
  });

  it('leaves what the engine has wanted to leave already, and was not allowed to', async () => {
    const stage = await stageWith([aSet({ stopLoss: { kind: 'points', points: 20 } })]);
    await stage.open('one', 'bullish', 1_000);
    stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to: 'halted', by: 'asha', at: stage.now });
    await stage.price(970);
    expect(stage.broker.sent).toHaveLength(1);
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit' });
  });

  it('does not pass for one where the engine enters', async () => {
    const stage = await stageWith(['one'], halted);
    await stage.signal('one', 'bullish');
    expect(refusal(stage)).toBe('system/halted');
  });
});
