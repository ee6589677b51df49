import { describe, expect, it } from 'vitest';

import { arrayFeed } from '../feeds/array-feed.js';
import type { DayBlock, MarketBlock } from '../plugins/feed.js';
import { EngineError } from '../primitives/errors.js';
import { atIst, MINUTE_MS } from '../primitives/time.js';
import { FeedCursor, type PointSink } from './feed-cursor.js';
import { Slot } from './slot.js';

const OPEN = atIst('2026-02-02', 555);
const KEY = 'NSE:RELIANCE';

type Row = readonly [open: number, high: number, low: number, close: number];

const candlesOf = (rows: readonly Row[], from = OPEN, length = MINUTE_MS): MarketBlock => ({
  kind: 'candles',
  instrument: KEY,
  timeframe: '1m',
  columns: {
    length: rows.length,
    openTime: Float64Array.from(rows, (_, i) => from + i * length),
    closeTime: Float64Array.from(rows, (_, i) => from + (i + 1) * length),
    open: Float64Array.from(rows, ([open]) => open),
    high: Float64Array.from(rows, ([, high]) => high),
    low: Float64Array.from(rows, ([, , low]) => low),
    close: Float64Array.from(rows, ([, , , close]) => close),
    volume: new Float64Array(rows.length),
  },
});

const ticksOf = (prices: readonly number[]): MarketBlock => ({
  kind: 'ticks',
  columns: {
    length: prices.length,
    instruments: [KEY],
    instrument: new Uint32Array(prices.length),
    receivedTime: Float64Array.from(prices, (_, i) => OPEN + i * 700),
    exchangeTime: new Float64Array(prices.length).fill(Number.NaN),
    price: Float64Array.from(prices),
    volume: new Float64Array(prices.length).fill(Number.NaN),
    openInterest: new Float64Array(prices.length).fill(Number.NaN),
    bid: new Float64Array(prices.length).fill(Number.NaN),
    ask: new Float64Array(prices.length).fill(Number.NaN),
  },
});

type Point = readonly [seconds: number, what: string, price: number];

/** Reads everything, and what each point was: seconds after the open, what happened, the price then. */
async function pointsOf(
  blocks: readonly MarketBlock[],
  lines = 1,
): Promise<{ readonly points: readonly Point[]; readonly days: readonly DayBlock[]; readonly slot: Slot }> {
  const points: Point[] = [];
  const days: DayBlock[] = [];
  const slot = new Slot(KEY, lines);
  const seconds = (at: number): number => (at - OPEN) / 1000;
  const sink: PointSink = {
    slot: () => slot,
    dayOpened: (block) => days.push(block),
    ticked: (_, at, columns, row) => points.push([seconds(at), 'tick', columns.price[row] ?? Number.NaN]),
    // Somebody notices every point.
    passes: () => false,
    candleOpened: (own, at, price) => {
      own.jump(at, price);
      points.push([seconds(at), 'open', price]);
    },
    arrived: (own, at) => {
      own.arrived(at);
      points.push([seconds(at), 'arrived', own.price(at)]);
    },
    candleDone: (_, at, columns, row) => points.push([seconds(at), 'done', columns.close[row] ?? Number.NaN]),
  };
  const cursor = new FeedCursor(arrayFeed(blocks), sink, { from: null, to: null, tradedFrom: null });
  while (cursor.time < Infinity) {
    if (cursor.time === -Infinity) await cursor.load();
    else cursor.step();
  }
  return { points, days, slot };
}

describe('a candle’s path', () => {
  it('is open, nearer extreme, other extreme, close: at once, after a quarter, after half, a second before the end', async () => {
    const { points } = await pointsOf([candlesOf([[100, 110, 95, 104]])]);
    expect(points).toEqual([
      [0, 'open', 100],
      [15, 'arrived', 95],
      [30, 'arrived', 110],
      [59, 'arrived', 104],
      [59, 'done', 104],
    ]);
  });

  it('goes to the high first where that is nearer, and to the low where both are', async () => {
    const prices = async (row: Row) => (await pointsOf([candlesOf([row])])).points.map(([, , price]) => price);
    expect(await prices([100, 102, 95, 104])).toEqual([100, 102, 95, 104, 104]);
    expect(await prices([100, 105, 95, 101])).toEqual([100, 95, 105, 101, 101]);
    expect(await prices([100, 100, 100, 100])).toEqual([100, 100, 100, 100, 100]);
  });

  it('ends within a sixtieth of its time before the end, where a second is longer', async () => {
    const { points } = await pointsOf([candlesOf([[100, 101, 99, 100]], OPEN, 6_000)]);
    expect(points.map(([time]) => time)).toEqual([0, 1.5, 3, 5.9, 5.9]);
  });

  it('has both orders at once on the pessimistic path', async () => {
    const { slot, points } = await pointsOf([candlesOf([[100, 102, 95, 101]])], 2);
    expect(points.map(([, , price]) => price)).toEqual([100, 95, 102, 101, 101]);
    expect([slot.price(OPEN + 59_000, 0), slot.price(OPEN + 59_000, 1)]).toEqual([101, 101]);
  });

  it('jumps to the next candle’s open', async () => {
    const { points } = await pointsOf([
      candlesOf([
        [100, 101, 99, 100],
        [200, 201, 199, 200],
      ]),
    ]);
    expect(points.slice(4, 6)).toEqual([
      [59, 'done', 100],
      [60, 'open', 200],
    ]);
  });
});

describe('the volume of a candle', () => {
  const withVolumes = (...volumes: readonly number[]): MarketBlock => {
    const block = candlesOf(volumes.map(() => [100, 110, 95, 105] as const));
    return block.kind === 'candles' ? { ...block, columns: { ...block.columns, volume: Float64Array.from(volumes) } } : block;
  };

  /** What has been traded at each point, for readers that follow every one and for those that take candles whole. */
  async function tradedAt(block: MarketBlock, isWhole: boolean): Promise<readonly number[]> {
    const slot = new Slot(KEY, 1);
    const traded: number[] = [];
    const see = (): void => void traded.push(slot.volume);
    const sink: PointSink = {
      slot: () => slot,
      dayOpened: () => undefined,
      ticked: see,
      passes: () => isWhole,
      candleOpened: see,
      arrived: see,
      candleDone: see,
    };
    const cursor = new FeedCursor(arrayFeed([block]), sink, { from: null, to: null, tradedFrom: null });
    while (cursor.time < Infinity) {
      if (cursor.time === -Infinity) await cursor.load();
      else cursor.step(Infinity);
    }
    return traded;
  }

  it('is spread evenly over its time, in whole units, and adds up over the day', async () => {
    expect(await tradedAt(withVolumes(1_001, 6), false)).toEqual([0, 250, 500, 1_001, 1_001, 1_001, 1_002, 1_004, 1_007, 1_007]);
    expect(await tradedAt(withVolumes(1_001, 6), true)).toEqual([1_001, 1_007]);
  });

  it('is not known where the source has none', async () => {
    expect(await tradedAt(withVolumes(0, 8), true)).toEqual([Number.NaN, 8]);
  });
});

describe('a feed', () => {
  it('gives ticks at the times at which they were received', async () => {
    const { points } = await pointsOf([ticksOf([10, 11, 12])]);
    expect(points).toEqual([
      [0, 'tick', 10],
      [0.7, 'tick', 11],
      [1.4, 'tick', 12],
    ]);
  });

  it('opens its days on the way, and passes over blocks without rows', async () => {
    const day: DayBlock = { kind: 'day', date: '2026-02-02', sessions: null, instruments: [] };
    const { points, days } = await pointsOf([day, candlesOf([]), candlesOf([[1, 1, 1, 1]])]);
    expect([days, points.length]).toEqual([[day], 5]);
  });

  it('is stopped when a block begins before the one before it has ended', async () => {
    const error: unknown = await pointsOf([candlesOf([[1, 1, 1, 1]], OPEN + MINUTE_MS), candlesOf([[1, 1, 1, 1]])]).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: 'feed/time-went-back' });
  });
});
