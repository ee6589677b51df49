import type { Candle } from '../market/candle.js';
import { atIst, MINUTE_MS } from '../primitives/time.js';

const SESSION_CANDLES = 75;

/** Five-minute candles, 75 a session from 2026-11-23 on, without move and volume. */
export const flatSeries = (count = 300, price = 512): readonly Candle[] =>
  fiveMinuteSeries(Array.from({ length: count }, () => ({ open: price, high: price, low: price, close: price, volume: 0 })));

/** Five-minute candles that swing, jump up by 18 %, stand still without volume for 30 candles and swing on. */
export function gapSeries(count = 300): readonly Candle[] {
  const gapAt = Math.floor(count / 2);
  let last = 100;
  return fiveMinuteSeries(
    Array.from({ length: count }, (_, i) => {
      if (i === gapAt) last *= 1.18;
      if (i >= gapAt && i < gapAt + 30) return { open: last, high: last, low: last, close: last, volume: 0 };
      const open = last;
      // A saw whose teeth are of different lengths is enough of a market.
      last = open * (1 + (((i * 7) % 11) - 5) / 1_000);
      return { open, high: Math.max(open, last) * 1.001, low: Math.min(open, last) * 0.999, close: last, volume: 100 + ((i * 13) % 50) };
    }),
  );
}

/** The same candles as those of an index, which has no volume. */
export const withoutVolume = (series: readonly Candle[]): readonly Candle[] => series.map((candle) => ({ ...candle, volume: 0 }));

/** Prices and volumes as complete five-minute candles of consecutive weekdays, 75 a session from 09:15 IST of Monday 2026-11-23 on. */
export function fiveMinuteSeries(bars: readonly Pick<Candle, 'open' | 'high' | 'low' | 'close' | 'volume'>[]): readonly Candle[] {
  const firstOpen = atIst('2026-11-23', 555);
  return bars.map((bar, i) => {
    const weekday = Math.floor(i / SESSION_CANDLES);
    const days = Math.floor(weekday / 5) * 7 + (weekday % 5);
    const openTime = firstOpen + (days * 1_440 + (i % SESSION_CANDLES) * 5) * MINUTE_MS;
    return { ...bar, openTime, closeTime: openTime + 5 * MINUTE_MS, complete: true };
  });
}
