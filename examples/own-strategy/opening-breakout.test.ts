import type { Candle, Signal, StrategyContext } from '@sauda/engine';
import { fiveMinuteSeries } from '@sauda/engine/testing';
import { EMPTY, from } from 'rxjs';
import { describe, expect, it } from 'vitest';

import { runExample } from '../run-example.test-kit.js';
import { openingBreakout } from './opening-breakout.js';

/** Five-minute candles of one point around these closes, from 09:15 on. */
const candlesAt = (...closes: readonly number[]): readonly Candle[] =>
  fiveMinuteSeries(closes.map((close) => ({ open: close, high: close + 1, low: close - 1, close, volume: 0 })));

function signalsOf(candles: readonly Candle[], written: object = { minutes: 15 }): readonly Signal[] {
  const signals: Signal[] = [];
  const set = { id: 'one', underlying: 'NSE_INDEX:NIFTY', chart: { type: 'candlestick', timeframe: '5m' } } as const;
  const context: StrategyContext<{ minutes: number }> = {
    market: { candles: () => from(candles), ticks: () => EMPTY },
    set,
    params: openingBreakout.params.parse(written),
  };
  openingBreakout.signals(context).subscribe((signal) => signals.push(signal));
  return signals;
}

/** Five candles to stay in the range of the first three, 99 to 103. */
const morning = [100, 101, 102, 101, 100];

describe('openingBreakout', () => {
  it('says nothing while closes stay in the range, its edges included', () => {
    expect(signalsOf(candlesAt(...morning, 103, 99))).toEqual([]);
  });

  it('speaks at the close of the first candle outside, and once a side', () => {
    const signals = signalsOf(candlesAt(...morning, 104, 105, 102, 104, 98, 97));
    expect(signals.map(({ direction, values }) => [direction, values['close']])).toEqual([
      ['bullish', 104],
      ['bearish', 98],
    ]);
    expect(new Date(signals[0]?.at ?? 0).toISOString()).toBe('2026-11-23T04:15:00.000Z');
  });

  it('begins anew each day', () => {
    const day = [...morning, 104, ...Array.from({ length: 69 }, () => 104)];
    expect(signalsOf(candlesAt(...day, ...day)).map(({ direction }) => direction)).toEqual(['bullish', 'bullish']);
  });

  it('gives the same signals when later candles are not there yet', () => {
    const candles = candlesAt(...morning, 104, 98, 105, 101, 97);
    const all = signalsOf(candles);
    for (let length = 0; length <= candles.length; length += 1) {
      const seen = signalsOf(candles.slice(0, length));
      expect(seen).toEqual(all.slice(0, seen.length));
    }
  });

  it('refuses a range of no length', () => {
    expect(openingBreakout.params.safeParse({ minutes: 0 }).success).toBe(false);
  });

  it('is backtested by the configuration beside it', async () => {
    const { roundTrips, signals } = await runExample('own-strategy/sauda.config.yaml', [openingBreakout]);
    expect(signals.length).toBeGreaterThanOrEqual(10);
    expect(roundTrips.length).toBeGreaterThanOrEqual(5);
  });
});
