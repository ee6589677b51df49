import { describe, expect, it } from 'vitest';

import { createCalendar } from '../market/calendar.js';
import type { Candle, CandleColumns } from '../market/candle.js';
import type { TickColumns } from '../market/tick.js';
import type { Timeframe } from '../market/timeframe.js';
import { atIst, formatIst, MINUTE_MS } from '../primitives/time.js';
import type { ChartConfig } from '../sets/set-config.js';
import { ChartBook } from './chart-book.js';
import { Slot } from './slot.js';

const KEY = 'NSE:RELIANCE';
const OPEN = atIst('2026-02-02', 555);
const candlestick = (timeframe: Timeframe): ChartConfig => ({ type: 'candlestick', timeframe });

const minute = (nth: number, price: number): CandleColumns => ({
  length: 1,
  openTime: Float64Array.of(OPEN + nth * MINUTE_MS),
  closeTime: Float64Array.of(OPEN + (nth + 1) * MINUTE_MS),
  open: Float64Array.of(price),
  high: Float64Array.of(price + 1),
  low: Float64Array.of(price - 1),
  close: Float64Array.of(price + 0.5),
  volume: Float64Array.of(10),
});

const tick = (at: number, price: number, volume = Number.NaN): TickColumns => ({
  length: 1,
  instruments: [KEY],
  instrument: Uint32Array.of(0),
  receivedTime: Float64Array.of(at),
  exchangeTime: Float64Array.of(Number.NaN),
  price: Float64Array.of(price),
  volume: Float64Array.of(volume),
  openInterest: Float64Array.of(Number.NaN),
  bid: Float64Array.of(Number.NaN),
  ask: Float64Array.of(Number.NaN),
});

function bookWith(...timeframes: readonly Timeframe[]) {
  const charts = new ChartBook(createCalendar());
  const slot = new Slot(KEY, 1);
  const told: (readonly [Timeframe, Candle])[] = [];
  for (const timeframe of timeframes) charts.candles(KEY, candlestick(timeframe)).subscribe((candle) => told.push([timeframe, candle]));
  const times = () =>
    told.map(
      ([timeframe, { openTime, closeTime }]) => `${timeframe} ${formatIst(openTime).slice(11, 16)}-${formatIst(closeTime).slice(11, 16)}`,
    );
  return { charts, slot, told, times };
}

describe('candles', () => {
  it('end by the clock: nothing more need come', () => {
    const { charts, slot, told } = bookWith('1m');
    expect(charts.nextClose).toBe(Infinity);
    charts.merge(slot, minute(0, 100), 0);
    expect([charts.nextClose, told.length]).toEqual([OPEN + MINUTE_MS, 0]);
    charts.closeDue(OPEN + MINUTE_MS);
    expect(told.map(([, candle]) => candle)).toEqual([
      { openTime: OPEN, closeTime: OPEN + MINUTE_MS, open: 100, high: 101, low: 99, close: 100.5, volume: 10, complete: true },
    ]);
    expect(charts.nextClose).toBe(Infinity);
  });

  it('of several timeframes come in the order in which they were asked for first', () => {
    const { charts, slot, times } = bookWith('5m', '1m', '3m');
    for (let nth = 0; nth < 15; nth += 1) {
      charts.merge(slot, minute(nth, 100 + nth), 0);
      charts.closeDue(OPEN + (nth + 1) * MINUTE_MS);
    }
    expect(times().slice(-3)).toEqual(['5m 09:25-09:30', '1m 09:29-09:30', '3m 09:27-09:30']);
    expect(times()).toHaveLength(3 + 15 + 5);
  });

  it('are whole although minutes are missing', () => {
    const { charts, slot, told } = bookWith('5m');
    charts.merge(slot, minute(1, 100), 0);
    charts.merge(slot, minute(3, 90), 0);
    charts.closeDue(charts.nextClose);
    expect(told[0]?.[1]).toMatchObject({ openTime: OPEN, closeTime: OPEN + 5 * MINUTE_MS, open: 100, low: 89, close: 90.5, volume: 20 });
  });

  it('are built from ticks in the same way; a tick at the boundary belongs to the next', () => {
    const { charts, slot, told } = bookWith('1m');
    for (const [seconds, price] of [
      [0, 100],
      [20, 104],
      [59.9, 99],
    ] as const)
      charts.add(slot, OPEN + seconds * 1000, tick(OPEN + seconds * 1000, price), 0);
    charts.closeDue(OPEN + MINUTE_MS);
    charts.add(slot, OPEN + MINUTE_MS, tick(OPEN + MINUTE_MS, 98), 0);
    expect(told.map(([, { open, high, low, close }]) => [open, high, low, close])).toEqual([[100, 104, 99, 99]]);
    expect(charts.nextClose).toBe(OPEN + 2 * MINUTE_MS);
  });

  it('lie within trading hours: what comes outside is counted', () => {
    const { charts, slot, told } = bookWith('1m');
    charts.add(slot, OPEN - 1, tick(OPEN - 1, 100), 0);
    charts.closeDue(OPEN + MINUTE_MS);
    expect([told, charts.dropped()]).toEqual([[], { late: 0, outside: 1 }]);
  });
});

describe('a chart', () => {
  it('is one stream for all who watch it, and built once', () => {
    const charts = new ChartBook(createCalendar());
    expect(charts.candles(KEY, candlestick('5m'))).toBe(charts.candles(KEY, candlestick('5m')));
    expect(charts.candles(KEY, candlestick('5m'))).not.toBe(charts.candles('NSE:TCS', candlestick('5m')));
    const seen: Candle[] = [];
    const slot = new Slot(KEY, 1);
    for (let listener = 0; listener < 3; listener += 1)
      charts.candles(KEY, { type: 'heikin-ashi', timeframe: '1m' }).subscribe((candle) => seen.push(candle));
    charts.merge(slot, minute(0, 100), 0);
    charts.closeDue(OPEN + MINUTE_MS);
    expect(seen).toHaveLength(3);
    expect(new Set(seen).size).toBe(1);
    // Heikin Ashi closes at the mean of the four prices.
    expect(seen[0]?.close).toBe((100 + 101 + 99 + 100.5) / 4);
  });

  it('gives the ticks of an instrument to those who watch them, and of no other', () => {
    const charts = new ChartBook(createCalendar());
    const prices: number[] = [];
    charts.ticks(KEY).subscribe(({ price }) => prices.push(price));
    const slot = new Slot(KEY, 1);
    slot.jump(OPEN, 100);
    charts.pointed(slot, OPEN);
    charts.add(slot, OPEN + 5, tick(OPEN + 5, 101), 0);
    charts.pointed(new Slot('NSE:TCS', 1), OPEN + 6);
    expect(prices).toEqual([100, 101]);
  });

  it('ends when nothing more will come', () => {
    const charts = new ChartBook(createCalendar());
    let ended = 0;
    charts.candles(KEY, candlestick('1m')).subscribe({ complete: () => (ended += 1) });
    charts.ticks(KEY).subscribe({ complete: () => (ended += 1) });
    charts.complete();
    expect(ended).toBe(2);
  });
});
