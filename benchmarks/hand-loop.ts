import type { CandleColumns } from '@sauda/engine';

/**
 * The least that must be done to find the crossings of two averages: a loop over numbers as one writes it down, without candles, streams, orders
 * or money. What the engine costs is told as a multiple of it, which means the same on every machine.
 *
 * Averages begin with the mean of their first closes. A side is known once both are there.
 *
 * @returns how many crossings there were from candle number `warmup` on.
 */
export function handLoop(columns: readonly CandleColumns[], fast: number, slow: number, warmup: number): number {
  let fastAverage = 0;
  let slowAverage = 0;
  let seen = 0;
  let side = 0;
  let crossings = 0;
  for (const { close, length } of columns) {
    for (let i = 0; i < length; i += 1) {
      const price = close[i] as number;
      seen += 1;
      // The running mean of the first closes, then the average proper.
      fastAverage += seen <= fast ? (price - fastAverage) / seen : ((price - fastAverage) * 2) / (fast + 1);
      slowAverage += seen <= slow ? (price - slowAverage) / seen : ((price - slowAverage) * 2) / (slow + 1);
      if (seen < slow) continue;
      const now = Math.sign(fastAverage - slowAverage) || side;
      if (now !== side && side !== 0 && seen >= warmup) crossings += 1;
      side = now;
    }
  }
  return crossings;
}
