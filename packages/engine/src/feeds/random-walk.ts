import type { InstrumentKey } from '../market/instrument.js';
import type { Feed, MarketBlock } from '../plugins/feed.js';
import { type SeededRandom, seededRandom } from '../primitives/seeded-random.js';
import { addDays, atIst, MINUTE_MS, type TradingDate, weekdayOf } from '../primitives/time.js';
import { arrayFeed } from './array-feed.js';

/** A market without memory or drift, in which nobody can make money before costs. */
export interface RandomWalkOptions {
  readonly seed: number;
  readonly instrument?: InstrumentKey;
  /** The first weekday at or after this date is the first day. */
  readonly start?: TradingDate;
  /** Trading days, gap days not counted. */
  readonly days?: number;
  /** One-minute candles from 09:15. */
  readonly candlesPerDay?: number;
  /** Steps of which a candle is made: its high and low are those of a path, not of two draws. */
  readonly ticksPerCandle?: number;
  readonly startPrice?: number;
  /** Standard deviation of a step, in ticks of 0.05. */
  readonly stepTicks?: number;
  /** Standard deviation of the step from one day to the next, in ticks of 0.05. */
  readonly overnightTicks?: number;
  /** Share of weekdays without any candle. */
  readonly gapDays?: number;
  /** Share of minutes without a candle; the price moves on unseen. */
  readonly missingMinutes?: number;
  /** Share of candles that occur twice, the second time with other values; a block with such candles breaks the contract of feeds. */
  readonly duplicateStamps?: number;
}

const TICKS_PER_RUPEE = 20;

/** A feed of a driftless random walk in one-minute candles. The same options give the same candles on every machine. */
export const randomWalkFeed = (options: RandomWalkOptions): Feed =>
  arrayFeed(randomWalkBlocks(options), { name: `random-walk:${options.seed}` });

/** The same as blocks: for each day its session, then its candles. */
export function randomWalkBlocks({
  seed,
  instrument = 'NSE_INDEX:NIFTY',
  start = '2026-01-01',
  days = 5,
  candlesPerDay = 375,
  ticksPerCandle = 30,
  startPrice = 24_000,
  stepTicks = 12,
  overnightTicks = 1_500,
  gapDays = 0,
  missingMinutes = 0,
  duplicateStamps = 0,
}: RandomWalkOptions): readonly MarketBlock[] {
  const random = seededRandom(seed);
  const blocks: MarketBlock[] = [];
  let ticks = Math.round(startPrice * TICKS_PER_RUPEE);
  let date = start;
  for (let made = 0; made < days; date = addDays(date, 1)) {
    if (weekdayOf(date) === 0 || weekdayOf(date) === 6) continue;
    if (gapDays > 0 && random.next() < gapDays) continue;
    made += 1;
    ticks = step(random, ticks, overnightTicks);
    const open = atIst(date, 555);
    const rows: number[][] = [];
    for (let candle = 0; candle < candlesPerDay; candle += 1) {
      const path = candlePath(random, ticks, ticksPerCandle, stepTicks);
      ticks = path.close;
      const openTime = open + candle * MINUTE_MS;
      if (missingMinutes > 0 && random.next() < missingMinutes) continue;
      rows.push(rowOf(openTime, path));
      if (duplicateStamps > 0 && random.next() < duplicateStamps)
        rows.push(rowOf(openTime, candlePath(random, ticks, ticksPerCandle, stepTicks)));
    }
    const sessions = [{ date, open, close: open + candlesPerDay * MINUTE_MS }];
    blocks.push({ kind: 'day', date, sessions, instruments: [] });
    if (rows.length > 0) blocks.push({ kind: 'candles', instrument, timeframe: '1m', columns: columnsOf(rows) });
  }
  return blocks;
}

interface CandlePath {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

function candlePath(random: SeededRandom, from: number, steps: number, stepTicks: number): CandlePath {
  const open = step(random, from, stepTicks);
  let close = open;
  let high = open;
  let low = open;
  for (let count = 1; count < steps; count += 1) {
    close = step(random, close, stepTicks);
    if (close > high) high = close;
    if (close < low) low = close;
  }
  return { open, high, low, close };
}

/** Rounded towards zero on both sides alike, so that rounding brings no drift. */
const step = (random: SeededRandom, ticks: number, size: number): number => ticks + Math.trunc(random.normal() * size);

const rowOf = (openTime: number, { open, high, low, close }: CandlePath): number[] => [
  openTime,
  openTime + MINUTE_MS,
  open / TICKS_PER_RUPEE,
  high / TICKS_PER_RUPEE,
  low / TICKS_PER_RUPEE,
  close / TICKS_PER_RUPEE,
];

function columnsOf(rows: readonly (readonly number[])[]) {
  const column = (place: number): Float64Array => Float64Array.from(rows, (row) => row[place] ?? Number.NaN);
  return {
    length: rows.length,
    openTime: column(0),
    closeTime: column(1),
    open: column(2),
    high: column(3),
    low: column(4),
    close: column(5),
    volume: new Float64Array(rows.length),
  };
}
