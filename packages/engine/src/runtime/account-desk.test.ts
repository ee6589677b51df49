import { describe, expect, it } from 'vitest';

import { anAccount } from '../config/plain-run.test-kit.js';
import type { OrderKind } from '../orders/order-request.js';
import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { BARRED_MONDAY, MONDAY, time } from '../primitives/mondays.test-kit.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { aSet } from './runtime.test-kit.js';
import { restarted, type Stage, stageWith } from './stage.test-kit.js';

const points = (count: number) => ({ kind: 'points', points: count }) as const;
const rupees = (amount: number) => ({ kind: 'money', paise: amount * 100 }) as const;
const lots = (id: string, count: number, accounts = ['main']) =>
  aSet({}, { id, accounts, legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: count }] }] });

const rejecting = {
  submit: ({ orderId, at }: { readonly orderId: string; readonly at: number }) =>
    ({ kind: 'rejected', orderId, code: 'broker/margin', reason: 'No margin.', at }) as const,
};

/** A day begins: from now on losses are counted. */
async function begin(stage: Stage, date = '2026-02-02'): Promise<void> {
  stage.floor.beginDay(date, { countsFrom: stage.now });
  await stage.settle();
}

/** What leaves is filled at a price. */
async function fillExits(stage: Stage, price: number, account?: string): Promise<void> {
  const set = first(stage.floor.runners).instance.config.id;
  for (const order of stage.brokerOf(set, account).sent.filter(({ purpose }) => purpose === 'exit')) await stage.fill(order, price);
}

describe('an account', () => {
  it('sets aside what an entry costs, and keeps it while the position is open', async () => {
    const stage = await stageWith();
    const view = () => stage.place.account.view(stage.now);
    await stage.signal('one', 'bullish');
    const { marginInUsePaise, openSets, ordersToday } = view();
    expect([marginInUsePaise > 0, openSets, ordersToday]).toEqual([true, 1, 1]);
    await stage.fill(first(stage.broker.sent), 1_000);
    expect(view().marginInUsePaise).toBe(marginInUsePaise);
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    await stage.fill(last(stage.broker.sent), 1_010);
    expect(view()).toMatchObject({ marginInUsePaise: 0, openSets: 0, ordersToday: 2 });
  });

  it('gives it back when the broker refuses, and when the gate does', async () => {
    const refused = await stageWith(['one'], { script: rejecting });
    await refused.signal('one', 'bullish');
    expect(refused.place.account.view(refused.now)).toMatchObject({ marginInUsePaise: 0, openSets: 0, availablePaise: 10_00_000_00 });
    const poor = await stageWith(['one'], { run: { accounts: [{ ...anAccount(), capitalPaise: 100_00 }] } });
    await poor.signal('one', 'bullish');
    expect(poor.place.account.view(poor.now)).toMatchObject({ marginInUsePaise: 0, openSets: 0, ordersToday: 0 });
  });

  it('is worth its cash and what is open at the price of the moment', async () => {
    const stage = await stageWith();
    const equity = () => stage.place.account.equityPaise(stage.now);
    await stage.signal('one', 'bullish');
    expect(equity()).toBe(10_00_000_00);
    await stage.fill(first(stage.broker.sent), 1_000);
    // ₹24.27 of charges, see the example in the backtest's tests.
    expect(equity()).toBe(10_00_000_00 - 24_27);
    await stage.price(1_003.35);
    expect(equity()).toBe(10_00_000_00 - 24_27 + 33_50);
    await begin(stage, '2026-02-03');
    await stage.price(1_000);
    expect(stage.place.account.view(stage.now)).toMatchObject({ dayLossPaise: 33_50, ordersToday: 0 });
  });

  it('values what has no price yet at what it cost', async () => {
    const stage = await stageWith();
    await stage.open('one', 'bullish', 1_000);
    stage.runner('one').leave();
    expect(stage.place.account.equityPaise(stage.now)).toBe(10_00_000_00 - 24_27);
  });

  it('knows what all its sets hold of an instrument, together', async () => {
    const stage = await stageWith([lots('one', 10), lots('two', 4)]);
    await stage.open('one', 'bullish', 1_000);
    await stage.open('two', 'bearish', 1_000);
    expect(stage.place.account.quantityOf(SHARE)).toBe(6);
    expect(stage.place.account.quantityOf('NSE:TCS')).toBe(0);
  });

  it('knows which of its sets hold something or may yet, and who sold', async () => {
    const stage = await stageWith(['bought', 'sold', 'entering', 'idle']);
    await stage.open('bought', 'bullish', 1_000);
    await stage.open('sold', 'bearish', 1_000);
    await stage.signal('entering', 'bearish');
    expect(stage.place.account.held().map(({ instance, short }) => [instance.split('|')[0], short])).toEqual([
      ['bought', false],
      ['sold', true],
      ['entering', true],
    ]);
  });

  it('counts from the day’s beginning once, also when it is told of it again', async () => {
    const stage = await stageWith();
    await begin(stage);
    await begin(stage);
    expect(stage.ofKind('accountDayStarted')).toHaveLength(1);
  });

  it('books what the contract note of a day asks for beside', async () => {
    const stage = await stageWith(['one'], { run: { contractNotes: true } });
    await begin(stage);
    await stage.open('one', 'bearish', 1_000);
    const before = stage.place.account.money;
    stage.floor.endDay('2026-02-02');
    await stage.settle();
    const [{ chargesPaise } = { chargesPaise: 0 }] = stage.ofKind('chargesAdjusted');
    expect(chargesPaise).not.toBe(0);
    expect(stage.place.account.money.cashPaise).toBe(before.cashPaise - chargesPaise);
  });
});

describe('a limit on the loss of the day', () => {
  const withDailyLoss = (amount: number, sets = ['one']) =>
    stageWith(sets, { run: { accounts: [anAccount('main', { dailyLoss: rupees(amount) })] } });

  it('trips at the very price at which it is reached, closes, and lets nothing in', async () => {
    const stage = await withDailyLoss(124.27);
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    await stage.price(990.05);
    expect(stage.ofKind('breakerTripped')).toEqual([]);
    await stage.price(990);
    const tripped = { code: 'account/daily-loss', limit: 124_27, value: 124_27, until: '2026-02-03', at: stage.now };
    expect(stage.ofKind('breakerTripped')).toMatchObject([tripped]);
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit', side: 'sell', quantity: 10 });
    expect(last(stage.ofKind('exitTriggered')).rule).toBe('breaker');
    await fillExits(stage, 990);
    expect(last(stage.ofKind('closingCompleted')).orders).toEqual(['S0O2']);
    await stage.signal('one', 'bullish');
    expect(last(stage.ofKind('entryRefused'))).toMatchObject({ by: 'risk', code: 'account/daily-loss' });
    expect(stage.broker.sent).toHaveLength(2);
  });

  it('is reached on the way between two points, at the moment of the level', async () => {
    const stage = await withDailyLoss(124.27);
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    const from = stage.now;
    stage.board.slot(SHARE).glide(from, from + 10_000, 980, Number.NaN);
    await stage.until(from + 10_000);
    expect(first(stage.ofKind('breakerTripped')).at).toBe(from + 5_000);
  });

  it('counts what all sets lose together, and what one gains for another', async () => {
    const stage = await withDailyLoss(300, ['one', 'two']);
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    await stage.open('two', 'bearish', 1_000);
    for (const price of [900, 1_100, 950, 1_050]) await stage.price(price);
    expect(stage.ofKind('breakerTripped')).toEqual([]);
  });

  it('counts for its own account alone', async () => {
    const sets = [aSet({}, { accounts: ['main', 'second'] })];
    const accounts = [anAccount('main', { dailyLoss: rupees(100) }), anAccount('second')];
    const stage = await stageWith(sets, { run: { accounts } });
    await begin(stage);
    for (const account of ['main', 'second']) await stage.open('one', 'bullish', 1_000, account);
    await stage.price(900);
    expect(stage.said.filter((what) => what.includes('breakerTripped'))).toEqual(['account:main breakerTripped']);
    expect(stage.brokerOf('one', 'second').sent).toHaveLength(1);
    expect(stage.floor.accounts.map(({ account }) => account.money.halted?.code)).toEqual(['account/daily-loss', undefined]);
  });

  it('counts again from where a person has re-armed the account', async () => {
    const stage = await withDailyLoss(124.27);
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    await stage.price(990);
    await fillExits(stage, 990);
    stage.floor.postAccount(stage.place.account, {
      kind: 'rearm',
      by: 'asha',
      equityPaise: stage.place.account.equityPaise(stage.now),
      at: stage.now,
    });
    await stage.settle();
    await stage.open('one', 'bullish', 990);
    await stage.price(985);
    expect(stage.ofKind('breakerTripped')).toHaveLength(1);
    await stage.price(980);
    expect(stage.ofKind('breakerTripped')).toHaveLength(2);
  });

  it('finds a set that is about to enter, and the entry is given up', async () => {
    const stage = await withDailyLoss(124.27, ['one', 'two']);
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    await stage.signal('two', 'bullish');
    await stage.price(990);
    expect(stage.broker.calls).toContain('cancel S1O1');
  });
});

describe('a fall from the peak, a week’s loss and a profit target', () => {
  it('trip and stop as they say', async () => {
    const limits = { maxDrawdown: 0.001, weeklyLoss: rupees(5_000) };
    const stage = await stageWith([lots('one', 100)], { run: { accounts: [anAccount('main', limits)] } });
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    await stage.price(989);
    expect(first(stage.ofKind('breakerTripped'))).toMatchObject({ code: 'account/drawdown', limit: 1_000_00, until: null });
  });

  it('of which the first is that from the day’s own peak, as prices made it', async () => {
    const stage = await stageWith([lots('one', 900)], { run: { accounts: [anAccount('main', { maxDrawdown: 0.05 })] } });
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    await stage.price(1_200);
    expect(last(stage.ofKind('equityPeaked')).equityPaise).toBe(stage.place.account.equityPaise(stage.now));
    await stage.price(1_136);
    expect(stage.ofKind('breakerTripped')).toEqual([]);
    await stage.price(1_134);
    expect(stage.ofKind('breakerTripped')).toMatchObject([{ code: 'account/drawdown' }]);
    // A restart knows of the peak.
    stage.broker.held.push({ instrument: SHARE, product: 'MIS', quantity: 900 });
    const next = await restarted(stage);
    expect(next.place.account.money.peakEquityPaise).toBe(stage.place.account.money.peakEquityPaise);
  });

  it('of which the first counts what has been earned, too', async () => {
    const stage = await stageWith([lots('one', 900)], { run: { accounts: [anAccount('main', { maxDrawdown: 0.05 })] } });
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    await fillExits(stage, 1_100);
    const { money } = stage.place.account;
    expect(money.peakEquityPaise).toBe(money.capitalPaise + money.realisedPaise - money.chargesPaise);
  });

  it('are not told of tick by tick while prices climb', async () => {
    const stage = await stageWith([lots('one', 900)], { run: { accounts: [anAccount('main', { maxDrawdown: 0.05 })] } });
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    for (let price = 1_000; price < 1_100; price += 0.1) await stage.price(Math.round(price * 20) / 20);
    const peaks = stage.ofKind('equityPeaked');
    expect(peaks.length).toBeGreaterThan(20);
    expect(peaks.length).toBeLessThan(45);
  });

  it('of which the target only informs unless it is to stop', async () => {
    for (const stop of [false, true]) {
      const limits = { profitTargets: { weekPaise: 500_00, monthPaise: null, stop } };
      const stage = await stageWith(['one', 'two'], { run: { accounts: [anAccount('main', limits)] } });
      await begin(stage);
      await stage.open('one', 'bullish', 1_000);
      for (const price of [1_060, 1_050, 1_070]) await stage.price(price);
      expect(stage.ofKind('profitTargetReached')).toMatchObject([{ code: 'account/week-profit-target', limit: 500_00 }]);
      expect(stage.ofKind('exitTriggered')).toEqual([]);
      await stage.signal('two', 'bullish');
      expect(stage.broker.sent).toHaveLength(stop ? 1 : 2);
    }
  });
});

describe('rejections in a row', () => {
  it('trip at their limit, whichever sets’ orders they were', async () => {
    const stage = await stageWith(['one', 'two'], {
      script: rejecting,
      run: { accounts: [anAccount('main', { rejectionsInARow: 3 })] },
    });
    for (const set of ['one', 'two', 'one', 'two']) await stage.signal(set, 'bullish');
    expect(stage.ofKind('breakerTripped')).toMatchObject([{ code: 'account/rejections', limit: 3, value: 3, until: null }]);
    expect(stage.broker.sent).toHaveLength(3);
  });

  it('count from nothing after a person has re-armed the account', async () => {
    const stage = await stageWith(['one'], { script: rejecting, run: { accounts: [anAccount('main', { rejectionsInARow: 2 })] } });
    for (let i = 0; i < 2; i += 1) await stage.signal('one', 'bullish');
    stage.floor.postAccount(stage.place.account, { kind: 'rearm', by: 'asha', equityPaise: 10_00_000_00, at: stage.now });
    await stage.settle();
    await stage.signal('one', 'bullish');
    expect(stage.ofKind('breakerTripped')).toHaveLength(1);
    await stage.signal('one', 'bullish');
    expect(stage.ofKind('breakerTripped')).toHaveLength(2);
  });
});

describe('sizes that follow results', () => {
  it('come with the legs, and are as configured until there are results enough', async () => {
    const limits = { adaptive: { roundTrips: 1, min: 0.3, max: 1 } };
    const stage = await stageWith(['one'], { run: { accounts: [anAccount('main', limits)] } });
    await begin(stage);
    await stage.open('one', 'bullish', 1_000);
    stage.floor.post(stage.runner('one'), { kind: 'exitNow', by: 'byHand', price: null, at: stage.now });
    await stage.settle();
    await fillExits(stage, 900);
    await stage.signal('one', 'bullish');
    expect(stage.ofKind('legsChosen').map(({ sizeScale }) => sizeScale)).toEqual([1, 0.3]);
    expect(stage.broker.sent.map(({ quantity }) => quantity)).toEqual([10, 10, 3]);
  });
});

describe('what the gate is told', () => {
  it('is what an entry can lose by its stop, or by the premium of what is bought', async () => {
    const stage = await stageWith([aSet({ stopLoss: points(5) }), lots('free', 10)], {
      run: { accounts: [anAccount('main', { riskPerTrade: rupees(49) })] },
    });
    await stage.signal('one', 'bullish');
    expect(last(stage.ofKind('entryRefused'))).toMatchObject({ code: 'account/risk-per-trade' });
    await stage.signal('free', 'bullish');
    expect(last(stage.ofKind('entryRefused'))).toMatchObject({ code: 'order/stop-missing' });
  });

  it('is the account as it was for who came first: slot and money go to the first of several who plan at one moment', async () => {
    for (const limits of [{ maxOpenSets: 1 }, { onePosition: true }]) {
      const stage = await stageWith(['one', 'two', 'three'], { run: { accounts: [anAccount('main', limits)] } });
      for (const runner of stage.floor.runners) {
        const signal = { kind: 'enter', direction: 'bullish', at: stage.now, reason: '', values: {} } as const;
        stage.floor.post(runner, { kind: 'signal', signal, squareOffAt: null, barred: null, at: stage.now });
      }
      await stage.settle();
      expect(stage.broker.sent.map(({ instance }) => instance.split('|')[0])).toEqual(['one']);
      expect(stage.place.account.view(stage.now).openSets).toBe(1);
    }
  });

  it('is the kind of order that a set asks for, on days on which exchanges take none at the market, too', async () => {
    for (const date of [MONDAY, BARRED_MONDAY]) {
      const sentUnder = async (orderKinds: readonly OrderKind[]) => {
        const stage = await stageWith(['one'], { now: time('10:00', date), run: { accounts: [anAccount('main', { orderKinds })] } });
        await stage.signal('one', 'bullish');
        return [stage.broker.sent.length, ...stage.ofKind('entryRefused').map(({ code }) => code)];
      };
      expect(await sentUnder(['market'])).toEqual([1]);
      expect(await sentUnder(['limit', 'SL'])).toEqual([0, 'account/order-kind']);
    }
  });

  it('is how many orders went within the minute', async () => {
    const stage = await stageWith(['one', 'two', 'three'], { run: { accounts: [anAccount('main', { ordersPerMinute: 2 })] } });
    for (const set of ['one', 'two', 'three']) await stage.open(set, 'bullish', 1_000);
    expect(last(stage.ofKind('entryRefused'))).toMatchObject({ by: 'risk', code: 'account/order-rate' });
    await stage.until(time('10:01'));
    await stage.signal('three', 'bullish');
    expect(stage.broker.sent).toHaveLength(3);
  });

  it('is that after a restart, too', async () => {
    const stage = await stageWith(['one', 'two', 'three'], { run: { accounts: [anAccount('main', { ordersPerMinute: 2 })] } });
    for (const set of ['one', 'two']) await stage.open(set, 'bullish', 1_000);
    stage.broker.held.push({ instrument: SHARE, product: 'MIS', quantity: 20 });
    const next = await restarted(stage);
    await next.pass(10_000);
    await next.signal('three', 'bullish');
    expect(last(next.ofKind('entryRefused'))).toMatchObject({ by: 'risk', code: 'account/order-rate' });
    await next.until(time('10:01'));
    await next.signal('three', 'bullish');
    expect(next.broker.sent).toHaveLength(1);
  });

  it.each(['ordersPerMinute', 'ordersPerDay'] as const)('counts changes and cancellations like orders towards %s', async (limit) => {
    const stage = await stageWith(['one', 'two'], {
      now: time('10:00', BARRED_MONDAY),
      run: { accounts: [anAccount('main', { [limit]: 2 })] },
    });
    await begin(stage, BARRED_MONDAY);
    await stage.signal('one', 'bullish');
    const { orderId, quantity, price } = first(stage.broker.sent);
    stage.tell({ kind: 'working', status: 'open', orderId, quantity, price, triggerPrice: null, at: stage.now });
    await stage.price(1_002);
    await stage.pass(2_000);
    expect(stage.broker.changes).toHaveLength(1);
    await stage.signal('two', 'bullish');
    expect(last(stage.ofKind('entryRefused'))).toMatchObject({ by: 'risk', code: 'account/order-rate' });
  });
});
