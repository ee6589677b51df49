import type { Candle, Signal } from '@sauda/engine';
import { from, NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';

import { emaCrossover } from './ema-crossover.js';

const MINUTE_MS = 60_000;
/** 09:15 in India on a Monday. */
const OPEN = Date.parse('2026-02-02T03:45:00Z');

const candleOf = (close: number, nth: number): Candle => ({
  openTime: OPEN + nth * MINUTE_MS,
  closeTime: OPEN + (nth + 1) * MINUTE_MS,
  open: close,
  high: close,
  low: close,
  close,
  volume: 0,
  complete: true,
});

/** What the strategy says over one-minute candles with these closes. */
function signalsOver(closes: readonly number[], params: unknown = {}): readonly Signal[] {
  const said: Signal[] = [];
  const market = { candles: () => from(closes.map(candleOf)), ticks: () => NEVER };
  const set = { id: 'one', underlying: 'NSE_INDEX:NIFTY', chart: { type: 'candlestick', timeframe: '1m' } } as const;
  emaCrossover.signals({ market, set, params: emaCrossover.params.parse(params) }).subscribe((signal) => said.push(signal));
  return said;
}

// The average of one close is the close. The one of two closes moves by two thirds of the distance: 10, 10, 12, 10, 14, 14.
const CLOSES = [10, 10, 10, 13, 9, 16, 14];
const QUICK = { fast: 1, slow: 2, rsi: { period: 2 } };

describe('a crossing', () => {
  it('upwards is bullish, downwards bearish, told at the close of its candle with both averages', () => {
    expect(signalsOver(CLOSES, QUICK)).toMatchObject([
      {
        kind: 'enter',
        direction: 'bearish',
        at: OPEN + 5 * MINUTE_MS,
        reason: 'EMA 1 crossed below EMA 2',
        values: { fast: 9, slow: expect.closeTo(10, 12) },
      },
      {
        kind: 'enter',
        direction: 'bullish',
        at: OPEN + 6 * MINUTE_MS,
        reason: 'EMA 1 crossed above EMA 2',
        values: { fast: 16, slow: expect.closeTo(14, 12) },
      },
    ]);
  });

  it('is none where the averages only part for the first time, or touch', () => {
    expect(signalsOver([10, 10, 10, 13, 14, 15], QUICK)).toEqual([]);
    // 12 is both averages at the third candle; then it goes on upwards.
    expect(signalsOver([10, 10, 13, 12, 12, 14], QUICK).map(({ direction }) => direction)).toEqual([]);
  });

  it('is told once, not at every candle after it', () => {
    expect(signalsOver([10, 10, 13, 9, 8, 7, 6], QUICK)).toHaveLength(1);
  });
});

describe('the RSI', () => {
  it('is recorded with the signal once it is warm', () => {
    // Wilder's averages of two changes: after 0, 0, +3, −4 the gains average 0.75 and the losses 2; after +7 they are 3.875 and 1.
    const [down, up] = signalsOver(CLOSES, QUICK);
    expect(down?.values['rsi']).toBeCloseTo((100 * 0.75) / 2.75, 9);
    expect(up?.values['rsi']).toBeCloseTo((100 * 3.875) / 4.875, 9);
    expect(signalsOver(CLOSES, { ...QUICK, rsi: { period: 14 } }).map(({ values }) => 'rsi' in values)).toEqual([false, false]);
  });

  it('lets pass what it is required to confirm, and nothing else', () => {
    const directions = (rsi: object) => signalsOver(CLOSES, { ...QUICK, rsi: { period: 2, ...rsi } }).map(({ direction }) => direction);
    expect(directions({ bullishAbove: 79 })).toEqual(['bearish', 'bullish']);
    expect(directions({ bullishAbove: 80 })).toEqual(['bearish']);
    expect(directions({ bearishBelow: 28 })).toEqual(['bearish', 'bullish']);
    expect(directions({ bearishBelow: 27 })).toEqual(['bullish']);
  });

  it('confirms nothing while it is not warm', () => {
    expect(signalsOver(CLOSES, { ...QUICK, rsi: { period: 14, bullishAbove: 1, bearishBelow: 99 } })).toEqual([]);
  });
});

describe('the parameters', () => {
  it('are EMA 9 and EMA 15 with RSI 14, and four slow periods of warm-up', () => {
    const params = emaCrossover.params.parse({});
    expect(params).toEqual({ fast: 9, slow: 15, rsi: { period: 14 } });
    expect(emaCrossover.warmup({ params })).toBe(60);
  });

  it('are refused where the fast average is not the shorter one', () => {
    for (const wrong of [{ fast: 15, slow: 15 }, { fast: 20, slow: 15 }, { fast: 15 }]) {
      const { error } = emaCrossover.params.safeParse(wrong);
      expect(error?.issues).toMatchObject([{ path: ['fast'], message: 'The fast average must be shorter than the slow one.' }]);
    }
  });

  it('are whole numbers of candles, and nothing unknown is among them', () => {
    for (const wrong of [
      { fast: 0 },
      { fast: 2.5 },
      { slow: -1 },
      { rsi: { period: 0 } },
      { rsi: { bullishAbove: 101 } },
      { slwo: 20 },
      { rsi: { peroid: 3 } },
    ]) {
      expect(emaCrossover.params.safeParse(wrong).success).toBe(false);
    }
  });
});
