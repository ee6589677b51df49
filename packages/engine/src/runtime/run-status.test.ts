import { describe, expect, it } from 'vitest';

import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { MONDAY, time } from '../primitives/mondays.test-kit.js';
import { initialSetState } from '../sets/evolve-set.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { RunControl } from './run-control.js';
import type { RunStatus } from './run-status.js';
import { aSet } from './runtime.test-kit.js';
import { type Stage, stageWith } from './stage.test-kit.js';

/** A stage on a date that counts, with a person at its controls. */
async function begun(...args: Parameters<typeof stageWith>): Promise<{ readonly stage: Stage; readonly status: () => RunStatus }> {
  const stage = await stageWith(...args);
  const control = new RunControl();
  control.attach(stage.floor, stage.clock);
  stage.floor.beginDay(MONDAY, { countsFrom: stage.now });
  await stage.settle();
  const status = (): RunStatus => {
    const told = control.status();
    if (told === null) throw new Error('The run has not begun.');
    return told;
  };
  return { stage, status };
}

describe('the status of a run', () => {
  it('is that of its accounts and sets at the moment', async () => {
    const { status } = await begun();
    expect(status()).toEqual({
      at: time('10:00'),
      tradingSwitch: 'active',
      accounts: [
        {
          account: 'main',
          capitalPaise: 10_00_000_00,
          equityPaise: 10_00_000_00,
          dayPaise: 0,
          openSets: 0,
          ordersToday: 0,
          line: 'up',
          reconciled: true,
          halted: null,
          closing: false,
          disputed: [],
          ignored: {},
        },
      ],
      sets: [
        {
          instance: `one|${SHARE}|main`,
          set: 'one',
          account: 'main',
          underlying: SHARE,
          phase: 'waiting',
          halted: null,
          position: null,
          orders: [],
          entriesToday: 0,
          netTodayPaise: 0,
        },
      ],
    });
  });

  it('is plain data: it comes back from JSON as it was', async () => {
    const { stage, status } = await begun([aSet({ stopLoss: { kind: 'percent', share: 0.1 } }, { id: 'one', protection: 'exchange' })]);
    await stage.open('one', 'bullish', 1_000);
    expect(JSON.parse(JSON.stringify(status()))).toEqual(status());
  });

  it('has what a set holds, at its price, with its levels and what leaving would bring', async () => {
    const { stage, status } = await begun([aSet({ stopLoss: { kind: 'percent', share: 0.1 }, target: { kind: 'percent', share: 0.2 } })]);
    await stage.open('one', 'bullish', 1_000);
    await stage.price(1_010.5);
    const [set] = status().sets;
    expect(set).toMatchObject({
      phase: 'open',
      entriesToday: 1,
      position: { instrument: SHARE, quantity: 10, entryPrice: 1_000, price: 1_010.5, openPaise: 105_00, stop: 900, target: 1_200 },
    });
    const [account] = status().accounts;
    expect(account).toMatchObject({ openSets: 1, ordersToday: 1 });
    expect(account?.dayPaise).toBe((account?.equityPaise ?? 0) - 10_00_000_00);
  });

  it('has a sold position as what it is: fewer than none', async () => {
    const { stage, status } = await begun();
    await stage.open('one', 'bearish', 1_000);
    await stage.price(990);
    expect(status().sets[0]?.position).toMatchObject({ quantity: -10, openPaise: 100_00, stop: null, target: null });
  });

  it('has the part of an entry that is filled, and the order that is not', async () => {
    const { stage, status } = await begun();
    await stage.signal('one', 'bullish');
    const order = first(stage.broker.sent);
    await stage.fill(order, 1_000, { quantity: 4 });
    const [set] = status().sets;
    expect(set).toMatchObject({ phase: 'entering', position: { quantity: 4, entryPrice: 1_000 } });
    expect(set?.orders).toEqual([
      {
        orderId: order.orderId,
        purpose: 'entry',
        side: 'buy',
        quantity: 10,
        filledQuantity: 4,
        status: 'partiallyFilled',
        price: order.price,
        triggerPrice: null,
      },
    ]);
    await stage.fill(order, 1_000, { quantity: 6 });
    expect(status().sets[0]?.orders).toEqual([]);
  });

  it('says what stopped an account, and that its positions are being closed', async () => {
    const { stage, status } = await begun();
    await stage.open('one', 'bullish', 1_000);
    stage.place.account.found({ code: 'system/clock-skew', reason: 'A test says so.', limit: 1, value: 2 });
    await stage.settle();
    expect(status().accounts).toMatchObject([
      { halted: { code: 'system/clock-skew', reason: 'A test says so.', until: null }, closing: true },
    ]);
    await stage.fill(last(stage.broker.sent), 1_000);
    expect(status().accounts).toMatchObject([{ closing: false }]);
  });

  it('says that a line is lost, and of what the broker has something else', async () => {
    const { stage, status } = await begun();
    await stage.open('one', 'bullish', 1_000);
    stage.broker.held.push({ instrument: SHARE, product: 'MIS', quantity: 4 });
    stage.place.reconciler.soon();
    await stage.pass(5_000);
    stage.line('down');
    await stage.settle();
    expect(status().accounts).toMatchObject([{ line: 'down', disputed: [SHARE], halted: { code: 'account/position-mismatch' } }]);
  });

  it('says that a set cools, and who halted one', async () => {
    const { stage, status } = await begun([aSet({}, { reentry: { mode: 'signal', times: null, coolDownMs: 60_000 } })]);
    await stage.open('one', 'bullish', 1_000);
    const runner = stage.runner('one');
    stage.floor.post(runner, { kind: 'exitNow', by: 'byHand', price: 1_000, at: stage.now });
    await stage.settle();
    await stage.fill(last(stage.broker.sent), 990);
    expect(status().sets).toMatchObject([{ phase: 'cooling', position: null }]);
    expect(status().sets[0]?.netTodayPaise).toBeLessThanOrEqual(-100_00);
    stage.floor.post(runner, { kind: 'halt', by: 'strategy x', reason: 'It failed.', at: stage.now });
    await stage.settle();
    expect(status().sets).toMatchObject([{ halted: { by: 'strategy x', reason: 'It failed.' } }]);
  });
});

describe('there is no status', () => {
  it('without a run', () => expect(new RunControl().status()).toBeNull());

  it('before the first date that counts, and after the run', async () => {
    const stage = await stageWith();
    const control = new RunControl();
    control.attach(stage.floor, stage.clock);
    expect(control.status()).toBeNull();
    stage.floor.beginDay(MONDAY, { countsFrom: null });
    await stage.settle();
    expect(control.status()).toBeNull();
    stage.floor.beginDay(MONDAY, { countsFrom: stage.now });
    await stage.settle();
    expect(control.status()).not.toBeNull();
    control.detach();
    expect(control.status()).toBeNull();
  });

  it('in a run that goes on, before its sets have got their states back', async () => {
    const stage = await stageWith();
    const runner = stage.runner('one');
    const { state } = runner;
    const control = new RunControl();
    control.attach(stage.floor, stage.clock);
    stage.floor.beginDay(MONDAY, { countsFrom: stage.now });
    await stage.settle();
    runner.state = initialSetState;
    expect(control.status()).toBeNull();
    stage.floor.restore(runner, state);
    expect(control.status()).not.toBeNull();
  });
});
