import { describe, expect, it } from 'vitest';

import { anAccount } from '../config/plain-run.test-kit.js';
import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { BARRED_MONDAY, time } from '../primitives/mondays.test-kit.js';
import type { AccountLimits } from '../risk/account-limits.js';
import type { TradingSwitch } from '../risk/trading-switch.js';
import { aSet } from './runtime.test-kit.js';
import { type Stage, stageWith } from './stage.test-kit.js';

/** An entry of ten shares, decided at ₹1,000, rests; whatever the broker is asked to change or cancel it does at once. */
async function entering(limits: Partial<AccountLimits> = {}, chaseWithin: number | null = null): Promise<Stage> {
  const execution = { answerWithinMs: 5_000, entryWithinMs: 10_000, chaseEveryMs: 2_000, chases: 4, chaseWithin };
  const stage = await stageWith([aSet({}, { execution })], {
    now: time('10:00', BARRED_MONDAY),
    run: { accounts: [anAccount('main', limits)] },
  });
  stage.broker.script = {
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
  await stage.signal('one', 'bullish');
  const { orderId, quantity, price } = first(stage.broker.sent);
  stage.tell({ kind: 'working', status: 'open', orderId, quantity, price, triggerPrice: null, at: stage.now });
  await stage.settle();
  return stage;
}

async function setSwitch(stage: Stage, to: TradingSwitch): Promise<void> {
  stage.floor.mailbox.post(stage.floor.system, { kind: 'setSwitch', to, by: 'asha', at: stage.now });
  await stage.settle();
}

const pricesOf = ({ broker }: Stage) => broker.changes.map(({ price }) => price);
const cancels = ({ broker }: Stage) => broker.count('cancel S0O1');
const whyNot = (stage: Stage) => stage.ofKind('orderChanged').flatMap(({ news }) => (news.kind === 'changeRejected' ? [news.code] : []));

describe('an entry that follows the market', () => {
  it('goes so far from the price at its decision, and is cancelled beyond', async () => {
    const stage = await entering();
    await stage.price(1_010);
    await stage.pass(2_000);
    expect(pricesOf(stage)).toEqual([1_015.05]);
    await stage.price(1_020);
    await stage.pass(2_000);
    expect(pricesOf(stage)).toEqual([1_015.05]);
    expect([cancels(stage), whyNot(stage)]).toEqual([1, ['order/chased-too-far']]);
    expect(stage.runner('one').state.phase).toBe('waiting');
    expect(stage.place.account.view(stage.now)).toMatchObject({ marginInUsePaise: 0, openSets: 0 });
  });

  it('goes as far as the set says', async () => {
    const stage = await entering({}, 0.1);
    await stage.price(1_090);
    await stage.pass(2_000);
    expect(pricesOf(stage)).toEqual([1_095.45]);
    expect(cancels(stage)).toBe(0);
  });

  it('keeps what was filled of it when it goes no farther', async () => {
    const stage = await entering();
    await stage.fill(first(stage.broker.sent), 1_003, { quantity: 4 });
    stage.broker.script = { cancel: (orderId) => ({ kind: 'cancelled', orderId, filledQuantity: 4, reason: '', at: stage.now }) };
    await stage.price(1_050);
    await stage.pass(2_000);
    expect(stage.runner('one').state).toMatchObject({ phase: 'open', position: { quantity: 4 } });
  });

  it('stays within the value of an order that the account allows', async () => {
    const stage = await entering({ maxOrderValuePaise: 10_100_00 });
    await stage.price(1_006);
    await stage.pass(2_000);
    expect([cancels(stage), whyNot(stage)]).toEqual([1, ['account/order-value']]);
  });

  it('stays within the capital that the account gives one trade', async () => {
    const stage = await entering({ capitalPerTradePaise: 10_100_00 });
    await stage.price(1_009);
    await stage.pass(2_000);
    expect(pricesOf(stage)).toEqual([1_014]);
    await stage.price(1_010.5);
    await stage.pass(2_000);
    expect([cancels(stage), whyNot(stage)]).toEqual([1, ['account/capital-per-trade']]);
  });

  it('stays within what the account has', async () => {
    const stage = await entering({ maxMarginUse: 0.010_05 });
    await stage.price(1_006);
    await stage.pass(2_000);
    expect([cancels(stage), whyNot(stage)]).toEqual([1, ['account/margin-use']]);
  });

  it('follows it back, whatever the limits', async () => {
    const stage = await entering({ maxOrderValuePaise: 10_050_00 });
    await stage.price(990);
    await stage.pass(2_000);
    expect(pricesOf(stage)).toEqual([994.95]);
  });

  it('is no exit: that goes as far as it must', async () => {
    const stage = await entering();
    await stage.fill(first(stage.broker.sent), 1_000);
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'breaker', price: null, at: stage.now });
    await stage.settle();
    const { orderId, quantity, price } = last(stage.broker.sent);
    stage.tell({ kind: 'working', status: 'open', orderId, quantity, price, triggerPrice: null, at: stage.now });
    await stage.price(800);
    await stage.pass(2_000);
    expect(pricesOf(stage)).toEqual([796]);
  });
});

describe('an entry under way when the trading switch is set', () => {
  it('to exits only is cancelled', async () => {
    const stage = await entering();
    await setSwitch(stage, 'exits-only');
    expect(cancels(stage)).toBe(1);
    expect(stage.runner('one').state.phase).toBe('waiting');
  });

  it('to exits only does not follow the market, though a cancellation was refused', async () => {
    const stage = await entering();
    const { script } = stage.broker;
    stage.broker.script = {
      ...script,
      cancel: (orderId) => ({ kind: 'changeRejected', orderId, change: 'cancel', code: 'x', reason: 'Not now.', at: stage.now }),
    };
    await setSwitch(stage, 'exits-only');
    await stage.price(1_005);
    await stage.pass(9_000);
    expect(pricesOf(stage)).toEqual([]);
  });

  it('to halted stays at the exchange, and is cancelled when a person has the set leave', async () => {
    const stage = await entering();
    await setSwitch(stage, 'halted');
    await stage.pass(500);
    expect(cancels(stage)).toBe(0);
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    expect(cancels(stage)).toBe(1);
    expect(stage.runner('one').state.phase).toBe('waiting');
  });

  it('to halted is not cancelled when a breaker has the set leave', async () => {
    const stage = await entering();
    await setSwitch(stage, 'halted');
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'breaker', price: null, at: stage.now });
    await stage.pass(30_000);
    expect(cancels(stage)).toBe(0);
  });
});
