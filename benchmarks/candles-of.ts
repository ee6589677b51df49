import type { Candle, CandleColumns } from '@sauda/engine';

/** The candles of a block as objects, the way streams bring them. */
export function candlesOf({ length, openTime, closeTime, open, high, low, close, volume }: CandleColumns): readonly Candle[] {
  return Array.from({ length }, (_, row) => {
    const at = (column: Float64Array): number => column[row] ?? Number.NaN;
    const prices = { open: at(open), high: at(high), low: at(low), close: at(close) };
    return { openTime: at(openTime), closeTime: at(closeTime), ...prices, volume: at(volume), complete: true };
  });
}
