import { describe, expect, it } from 'vitest';

import { first, last } from '../primitives/ends-of-a-list.test-kit.js';
import { time } from '../primitives/mondays.test-kit.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { RunControl } from './run-control.js';
import { aSet } from './runtime.test-kit.js';
import { type Stage, stageWith } from './stage.test-kit.js';

const held = (quantity: number) => ({ instrument: SHARE, product: 'MIS', quantity }) as const;

/** A stage with a person at its controls. */
async function controlled(...args: Parameters<typeof stageWith>): Promise<{ readonly stage: Stage; readonly control: RunControl }> {
  const stage = await stageWith(...args);
  const control = new RunControl();
  control.attach(stage.floor, stage.clock);
  return { stage, control };
}

const DONE = { done: true };
const by = 'asha';

describe('a command', () => {
  it('before the run, or after it, says what to do', async () => {
    const control = new RunControl();
    const refused = { done: false, reason: 'The run has not begun, or is over.', remedy: 'Send it while the run goes on.' };
    expect(control.send({ kind: 'switch', to: 'halted', by })).toEqual(refused);
    const stage = await stageWith();
    control.attach(stage.floor, stage.clock);
    control.detach();
    expect(control.send({ kind: 'switch', to: 'halted', by })).toEqual(refused);
  });

  it('about something that is not there names what is', async () => {
    const { control } = await controlled(['one', 'two']);
    expect(control.send({ kind: 'exit', set: 'three', by })).toMatchObject({ done: false, remedy: 'There is: one, two.' });
    expect(control.send({ kind: 'rearm', account: 'other', by })).toMatchObject({ done: false, remedy: 'There is: main.' });
  });

  it('is journalled with who gave it', async () => {
    const { stage, control } = await controlled();
    expect(control.send({ kind: 'switch', to: 'exits-only', by })).toEqual(DONE);
    expect(control.send({ kind: 'stop', set: 'one', by })).toEqual(DONE);
    await stage.settle();
    expect(stage.ofKind('switchChanged')).toMatchObject([{ to: 'exits-only', by }]);
    expect(stage.ofKind('setStopped')).toMatchObject([{ by }]);
    expect(control.send({ kind: 'start', set: 'one', by })).toEqual(DONE);
    await stage.settle();
    expect(last(stage.ofKind('setStarted'))).toMatchObject({ by });
  });

  it('that is scheduled comes when the market has come to its moment, also where it was given before the run', async () => {
    const stage = await stageWith();
    const control = new RunControl();
    control.sendAt(time('10:05'), { kind: 'switch', to: 'halted', by });
    control.attach(stage.floor, stage.clock);
    control.sendAt(time('10:10'), { kind: 'switch', to: 'active', by });
    await stage.until(time('10:20'));
    expect(stage.ofKind('switchChanged').map(({ to, at }) => [to, at])).toEqual([
      ['halted', time('10:05')],
      ['active', time('10:10')],
    ]);
  });

  it('reaches every instance of a set, or one by its own id', async () => {
    const sets = [aSet({}, { underlyings: [SHARE, 'NSE:TCS'] })];
    const { stage, control } = await controlled(sets);
    control.send({ kind: 'stop', set: 'one|NSE:TCS|main', by });
    await stage.settle();
    expect(stage.floor.runners.map(({ state }) => state.phase)).toEqual(['waiting', 'stopped']);
    control.send({ kind: 'stop', set: 'one', by });
    await stage.settle();
    expect(stage.floor.runners.map(({ state }) => state.phase)).toEqual(['stopped', 'stopped']);
  });
});

describe('stop', () => {
  it('fills no more of an entry under way; what was filled of it is a position as any other', async () => {
    const { stage, control } = await controlled();
    await stage.price(1_000);
    await stage.signal('one', 'bullish');
    const entry = first(stage.broker.sent);
    await stage.fill(entry, 1_000, { quantity: 4 });
    control.send({ kind: 'stop', set: 'one', by });
    await stage.settle();
    expect(last(stage.broker.calls)).toBe(`cancel ${entry.orderId}`);
    stage.tell({ kind: 'cancelled', orderId: entry.orderId, filledQuantity: 4, reason: 'On request.', at: stage.now });
    await stage.settle();
    expect(stage.runner('one').state).toMatchObject({ phase: 'open', halted: { by }, position: { quantity: 4 } });
  });

  it('of what holds something changes nothing about that', async () => {
    const { stage, control } = await controlled();
    await stage.open('one', 'bullish', 1_000);
    const { length } = stage.broker.calls;
    control.send({ kind: 'stop', set: 'one', by });
    await stage.pass(60_000);
    expect(stage.broker.calls).toHaveLength(length);
    expect(stage.runner('one').state).toMatchObject({ phase: 'open', halted: { by } });
  });
});

describe('exit', () => {
  it('leaves what a set holds, by hand', async () => {
    const { stage, control } = await controlled();
    await stage.open('one', 'bullish', 1_000);
    control.send({ kind: 'exit', set: 'one', by });
    await stage.settle();
    expect(last(stage.ofKind('exitTriggered'))).toMatchObject({ rule: 'byHand', price: 1_000 });
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit', quantity: 10 });
  });

  it('of a set that holds nothing does nothing', async () => {
    const { stage, control } = await controlled();
    const { length } = stage.records;
    expect(control.send({ kind: 'exit', set: 'one', by })).toEqual(DONE);
    await stage.settle();
    expect(stage.records).toHaveLength(length);
  });
});

describe('rearm', () => {
  it('lets an account trade again, and says so where nothing has to be done', async () => {
    const { stage, control } = await controlled();
    expect(control.send({ kind: 'rearm', account: 'main', by })).toMatchObject({ done: false, reason: 'Account "main" is not stopped.' });
    stage.place.account.found({ code: 'system/clock-skew', reason: 'A test says so.', limit: 1, value: 2 });
    await stage.settle();
    await stage.signal('one', 'bullish');
    expect(stage.broker.sent).toEqual([]);
    expect(control.send({ kind: 'rearm', account: 'main', by })).toEqual(DONE);
    await stage.settle();
    await stage.signal('one', 'bullish');
    expect(stage.broker.sent).toHaveLength(1);
    expect(first(stage.ofKind('accountRearmed'))).toMatchObject({ by, equityPaise: 10_00_000_00 });
  });
});

describe('ignore', () => {
  it('takes what the broker has beside ours for none of ours', async () => {
    const { stage, control } = await controlled();
    await stage.open('one', 'bullish', 1_000);
    stage.broker.held.push(held(14));
    stage.place.reconciler.soon();
    await stage.pass(5_000);
    expect(stage.ofKind('positionMismatched')).toHaveLength(1);
    expect(control.send({ kind: 'ignore', account: 'main', instrument: SHARE, by })).toEqual(DONE);
    control.send({ kind: 'rearm', account: 'main', by });
    await stage.pass(60_000);
    expect(stage.ofKind('positionIgnored')).toMatchObject([{ by, instrument: SHARE, quantity: 4 }]);
    expect([stage.place.account.disputed, stage.place.account.money.halted]).toEqual([[], null]);
    expect(stage.ofKind('positionMismatched')).toHaveLength(1);
  });

  it('changes nothing where the broker does not answer', async () => {
    const { stage, control } = await controlled(['one'], { script: { positions: () => null } });
    control.send({ kind: 'ignore', account: 'main', instrument: SHARE, by });
    await stage.settle();
    expect(stage.ofKind('positionIgnored')).toEqual([]);
  });
});

describe('adopt', () => {
  async function disputed(quantity: number): Promise<{ readonly stage: Stage; readonly control: RunControl }> {
    const { stage, control } = await controlled();
    await stage.open('one', 'bullish', 1_000);
    stage.broker.held.push(held(quantity));
    stage.place.reconciler.soon();
    await stage.pass(5_000);
    return { stage, control };
  }

  it('has the set hold what the broker has, where that is less', async () => {
    const { stage, control } = await disputed(4);
    expect(control.send({ kind: 'adopt', account: 'main', instrument: SHARE, by })).toEqual(DONE);
    await stage.pass(10_000);
    expect(stage.runner('one')).toMatchObject({ quantity: 4, state: { phase: 'open', position: { quantity: 4 } } });
    expect(stage.place.account.disputed).toEqual([]);
    expect(stage.ofKind('positionAdopted')).toMatchObject([{ by, instrument: SHARE, quantity: 4 }]);
  });

  it('has it leave what it did not ask for, where that is more', async () => {
    const { stage, control } = await disputed(14);
    control.send({ kind: 'adopt', account: 'main', instrument: SHARE, by });
    await stage.pass(1_000);
    expect(stage.runner('one').quantity).toBe(14);
    expect(last(stage.broker.sent)).toMatchObject({ purpose: 'exit', side: 'sell', quantity: 4 });
  });

  it('closes the set where the broker has nothing', async () => {
    const { stage, control } = await disputed(0);
    control.send({ kind: 'adopt', account: 'main', instrument: SHARE, by });
    await stage.pass(1_000);
    expect(stage.runner('one')).toMatchObject({ quantity: 0, state: { phase: 'waiting' } });
    expect(stage.broker.sent).toHaveLength(1);
  });

  it('counts at a price on the grid, also while the price moves from one point to the next', async () => {
    const { stage, control } = await disputed(4);
    stage.board.slot(SHARE).glide(stage.now, stage.now + 9_000, 1_010, Number.NaN);
    await stage.pass(1_000);
    control.send({ kind: 'adopt', account: 'main', instrument: SHARE, by });
    await stage.pass(1_000);
    expect(last(stage.ofKind('legFilled')).fill).toMatchObject({ quantity: 6, price: 1_001.1 });
  });

  it('finds nobody where no set has to do with the instrument, and says what else there is', async () => {
    const { control } = await controlled();
    expect(control.send({ kind: 'adopt', account: 'main', instrument: 'NSE:TCS', by })).toMatchObject({
      done: false,
      remedy: "Close it in the broker's app, or: ignore main NSE:TCS.",
    });
  });
});
