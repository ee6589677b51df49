import type { Tick } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { MarketRecord } from './market-record.js';

const tick = (receivedTime: number, price: number): Tick => ({
  instrument: 'NSE:RELIANCE',
  exchangeTime: receivedTime,
  receivedTime,
  price,
  volume: null,
  openInterest: null,
  bid: null,
  ask: null,
});

const day = { kind: 'day', date: '2026-02-02', sessions: null, instruments: [] } as const;

const timesOf = (blocks: readonly { readonly kind: string }[]): readonly unknown[] =>
  blocks.flatMap((block) => ('receivedTime' in block && Array.isArray(block.receivedTime) ? block.receivedTime : []));

describe('what a market has brought', () => {
  it('is given once to those who watch, and in all to whoever comes later', () => {
    const record = new MarketRecord();
    record.addBlock(day);
    record.addTick(tick(1, 100));
    record.addTick(tick(2, 101));
    expect(record.takeFresh().map(({ kind }) => kind)).toEqual(['day', 'ticks']);
    expect(record.takeFresh()).toEqual([]);
    record.addTick(tick(3, 102));
    expect(timesOf(record.takeFresh())).toEqual([3]);
    expect(timesOf(record.since(null))).toEqual([1, 2, 3]);
  });

  it.each([
    [0, [1, 2, 3]],
    [1, [2, 3]],
    [2, [3]],
    [3, []],
  ])('is given from a time on: after %d', (after, times) => {
    const record = new MarketRecord();
    record.addBlock(day);
    for (const time of [1, 2, 3]) record.addTick(tick(time, 100 + time));
    const since = record.since(after);
    expect(timesOf(since)).toEqual(times);
    expect(since[0]?.kind).toBe('day');
  });
});
