import { describe, expect, it } from 'vitest';

import { Board } from './board.js';
import { Slot } from './slot.js';
import type { Watcher } from './watcher.js';

interface Told {
  readonly watcher: Watcher;
  readonly woken: number[];
  readonly followed: number[];
}

function watcher(bounds: Partial<Watcher>): Told {
  const woken: number[] = [];
  const followed: number[] = [];
  return {
    woken,
    followed,
    watcher: {
      low: -Infinity,
      high: Infinity,
      followBelow: -Infinity,
      followAbove: Infinity,
      line: 0,
      since: Number.NaN,
      muted: false,
      ...bounds,
      wake: (price) => woken.push(price),
      follow: (price) => followed.push(price),
    },
  };
}

function slotAt(price: number, lines = 1): Slot {
  const slot = new Slot('NSE:RELIANCE', lines);
  slot.jump(0, price);
  return slot;
}

describe('who waits for a level', () => {
  it('is woken when the path is there, with the level as the price', () => {
    const slot = slotAt(100);
    const { watcher: waiting, woken } = watcher({ low: 98, high: 104 });
    slot.attach(waiting, 0);
    expect(slot.reachedAt).toBe(Infinity);
    slot.glide(0, 15_000, 110, Number.NaN);
    expect(slot.reachedAt).toBe(6_000);
    slot.wakeReached(6_000);
    expect(woken).toEqual([104]);
  });

  it('sleeps on until the next point when nothing came of it, and is asked again there', () => {
    const slot = slotAt(100);
    const { watcher: waiting, woken } = watcher({ high: 104 });
    slot.attach(waiting, 0);
    slot.glide(0, 15_000, 110, Number.NaN);
    slot.wakeReached(6_000);
    expect(slot.reachedAt).toBe(Infinity);
    slot.arrived(15_000);
    expect(woken).toEqual([104, 110]);
    slot.glide(15_000, 30_000, 100, Number.NaN);
    slot.arrived(30_000);
    expect(woken).toEqual([104, 110]);
  });

  it('is woken with the price behind a jump that goes past the level', () => {
    const slot = slotAt(100);
    const { watcher: waiting, woken } = watcher({ low: 98 });
    slot.attach(waiting, 0);
    slot.jump(60_000, 91);
    expect(woken).toEqual([91]);
  });

  it('is woken at once, with the price as it is, when it joins beyond its level', () => {
    const slot = slotAt(100);
    const { watcher: waiting, woken } = watcher({ low: 101 });
    slot.attach(waiting, 5);
    expect(slot.reachedAt).toBe(5);
    slot.wakeReached(5);
    expect(woken).toEqual([100]);
  });

  it('hears nothing any more when it has left', () => {
    const slot = slotAt(100);
    const { watcher: waiting, woken } = watcher({ low: 98 });
    slot.attach(waiting, 0);
    slot.detach(waiting, 0);
    slot.jump(1, 50);
    expect([woken, slot.reachedAt]).toEqual([[], Infinity]);
  });

  it('does not wake others before their own level', () => {
    const slot = slotAt(100);
    const near = watcher({ high: 102 });
    const far = watcher({ high: 108 });
    slot.attach(near.watcher, 0);
    slot.attach(far.watcher, 0);
    slot.glide(0, 10_000, 110, Number.NaN);
    slot.wakeReached(slot.reachedAt);
    expect([near.woken, far.woken, slot.reachedAt]).toEqual([[102], [], 8_000]);
    slot.wakeReached(8_000);
    expect(far.woken).toEqual([108]);
  });
});

describe('who follows', () => {
  it('is told of points at or beyond its bound, and of nothing between them', () => {
    const slot = slotAt(100);
    const { watcher: following, followed } = watcher({ followAbove: 105 });
    slot.attach(following, 0);
    slot.glide(0, 10_000, 104, Number.NaN);
    slot.arrived(10_000);
    slot.glide(10_000, 20_000, 109, Number.NaN);
    slot.arrived(20_000);
    slot.jump(60_000, 106);
    expect(followed).toEqual([109, 106]);
  });

  it('is told last: who is woken at a point does not follow there', () => {
    const slot = slotAt(100);
    const told = watcher({ high: 105, followAbove: 103 });
    slot.attach(told.watcher, 0);
    slot.jump(1, 107);
    expect([told.woken, told.followed]).toEqual([[107], []]);
  });
});

describe('the pessimistic path', () => {
  it('has a line for each order of the extremes: sellers and holders on the one that falls first', () => {
    const slot = slotAt(100, 2);
    slot.glide(0, 15_000, 90, 120);
    expect([slot.price(15_000, slot.lineFor('sell')), slot.price(15_000, slot.lineFor('buy'))]).toEqual([90, 120]);
  });

  it('wakes on the watcher’s own line', () => {
    const slot = slotAt(100, 2);
    const long = watcher({ low: 95 });
    const short = watcher({ high: 110, line: 1 });
    slot.attach(long.watcher, 0);
    slot.attach(short.watcher, 0);
    slot.glide(0, 10_000, 90, 120);
    expect(slot.reachedAt).toBe(5_000);
    slot.wakeReached(5_000);
    expect([long.woken, short.woken]).toEqual([[95], [110]]);
  });

  it('lets nobody follow before the candle is over', () => {
    const slot = slotAt(100, 2);
    const { watcher: following, followed } = watcher({ followAbove: 105 });
    slot.attach(following, 0);
    slot.glide(0, 15_000, 90, 120);
    slot.arrived(15_000);
    slot.glide(15_000, 30_000, 120, 90);
    slot.arrived(30_000);
    slot.glide(30_000, 59_000, 101, 101);
    slot.arrived(59_000);
    expect(followed).toEqual([]);
    slot.candleEnded(59_000, 120, 90);
    expect(followed).toEqual([120]);
  });
});

describe('an instrument without a price of its own', () => {
  const modelled = (board: Board): readonly [Slot, Slot] => {
    const under = board.slot('NSE_INDEX:NIFTY');
    const option = board.slot('NFO:NIFTY27JAN2624000CE');
    option.model = (spot, at) => spot / 100 + at / 10_000;
    option.underlying = under;
    return [under, option];
  };

  it('is priced at each point of its underlying, and goes straight between them', () => {
    const board = new Board({ pessimistic: false });
    const [under, option] = modelled(board);
    under.jump(0, 24_000);
    board.use(option, 0);
    expect(option.price(0)).toBe(240);
    under.glide(0, 10_000, 24_100, Number.NaN);
    expect([option.price(5_000), option.price(10_000)]).toEqual([241, 242]);
    under.arrived(10_000);
    under.jump(60_000, 24_000);
    expect(option.price(60_000)).toBe(246);
  });

  it('goes along to the end of a stretch that it joins in the middle', () => {
    const board = new Board({ pessimistic: false });
    const [under, option] = modelled(board);
    under.jump(0, 24_000);
    under.glide(0, 10_000, 24_200, Number.NaN);
    board.use(option, 5_000);
    expect([option.price(5_000), option.price(10_000)]).toEqual([241.5, 243]);
  });

  it('wakes its own watchers, and stands still when nobody uses it', () => {
    const board = new Board({ pessimistic: false });
    const [under, option] = modelled(board);
    under.jump(0, 24_000);
    board.use(option, 0);
    const { watcher: waiting, woken } = watcher({ high: 241 });
    option.attach(waiting, 0);
    under.glide(0, 10_000, 24_100, Number.NaN);
    expect(board.nextReached()).toBe(5_000);
    option.wakeReached(5_000);
    expect(woken).toEqual([241]);
    board.release(option);
    expect([board.nextReached(), under.modelled]).toEqual([Infinity, []]);
    under.jump(20_000, 30_000);
    expect(option.price(20_000)).toBe(242);
  });

  it('is used until the last of its users has left', () => {
    const board = new Board({ pessimistic: false });
    const [under, option] = modelled(board);
    under.jump(0, 24_000);
    board.use(option, 0);
    board.use(option, 0);
    board.release(option);
    expect([board.watched.includes(option), under.modelled.length]).toEqual([true, 1]);
    board.release(option);
    expect([board.watched.includes(option), under.modelled.length]).toEqual([false, 0]);
  });
});
