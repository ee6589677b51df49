import fc from 'fast-check';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { candles } from '../testing/arbitraries/candles.js';
import type { BrickSize } from './brick-size.js';
import { allSeries, type ChartCase, someCandles } from './chart-oracle.test-kit.js';
import { renko, renkoBricks } from './renko.js';

const series = (...closes: readonly number[]): readonly Candle[] =>
  closes.map((close, i) => ({ openTime: i, closeTime: i + 1, open: close, high: close, low: close, close, volume: 10, complete: true }));

const bricksOf = (source: readonly Candle[], size: BrickSize): readonly Candle[] => {
  const chart = renko(size);
  return source.flatMap((candle) => chart.next(candle));
};

const edges = (bricks: readonly Candle[]): readonly (readonly number[])[] =>
  bricks.map(({ openTime, open, close }) => [openTime, open, close]);

const points = (found: number): BrickSize => ({ kind: 'points', points: found });

const size = (): fc.Arbitrary<BrickSize> =>
  fc.oneof(
    fc.integer({ min: 1, max: 400 }).map((ticks) => points(ticks * 0.05)),
    fc.double({ min: 0.001, max: 0.2, noNaN: true }).map((share) => ({ kind: 'percent' as const, share })),
    fc.integer({ min: 1, max: 20 }).map((period) => ({ kind: 'atr' as const, period })),
  );

function expectAll({ candles: source, brick, bricks }: ChartCase): void {
  const indexed = source.map((candle, i) => ({ ...candle, openTime: i }));
  expect(edges(bricksOf(indexed, points(brick)))).toEqual(bricks);
}

describe('renko', () => {
  it('equals the reference', () => {
    expect(someCandles.bricks.length).toBeGreaterThan(50);
    expectAll(someCandles);
  });

  it.skipIf(allSeries() === undefined)('equals the reference on five series (needs ../shared/oracles)', () => {
    for (const found of allSeries() ?? []) expectAll(found);
  });

  it('anchors the grid at the first close floored to the brick, from where either side is one brick away', () => {
    expect(edges(bricksOf(series(103, 109.9, 110), points(10)))).toEqual([[2, 100, 110]]);
    expect(edges(bricksOf(series(103, 90.1, 90), points(10)))).toEqual([[2, 100, 90]]);
  });

  it('takes two bricks to turn', () => {
    expect(edges(bricksOf(series(100, 120, 100.1, 100, 119.9, 120), points(10)))).toEqual([
      [1, 100, 110],
      [1, 110, 120],
      [3, 110, 100],
      [5, 110, 120],
    ]);
  });

  it('keeps to the price grid without dust, and reaches an edge that binary fractions blur', () => {
    expect(edges(bricksOf(series(118.2, 118.3), points(0.05)))).toEqual([
      [1, 118.2, 118.25],
      [1, 118.25, 118.3],
    ]);
  });

  it('has bricks of a share in proportion to the price', () => {
    expect(edges(bricksOf(series(1_000, 1_210, 1_000), { kind: 'percent', share: 0.1 }))).toMatchObject([
      [1, 1_000, 1_100],
      [1, 1_100, expect.closeTo(1_210)],
      [2, 1_100, expect.closeTo(1_000)],
    ]);
  });

  it('has bricks as tall as the average true range was when the brick before was completed', () => {
    const bricks = bricksOf(series(100, 102, 104, 106, 126, 128, 148), { kind: 'atr', period: 2 });
    // The range is 2 from the third candle on; the jump of 20 makes it 11, and the candle after that 6.5, which nothing was completed by.
    expect(edges(bricks)).toEqual([
      [3, 104, 106],
      ...[106, 108, 110, 112, 114, 116, 118, 120, 122, 124].map((from) => [4, from, from + 2]),
      [6, 126, 137],
      [6, 137, 148],
    ]);
  });

  it('makes at most a thousand bricks by the range of a candle when a dead market jumps', () => {
    const bricks = bricksOf(series(0.05, 0.05, 0.05, 250), { kind: 'atr', period: 2 });
    expect(bricks.length).toBeGreaterThan(990);
    expect(bricks.length).toBeLessThanOrEqual(1_001);
  });

  it('never lets neighbours overlap, and turns by two bricks alone', () =>
    fc.assert(
      fc.property(candles(), size(), (source, brickSize) => {
        const bricks = bricksOf(source, brickSize);
        for (const [i, { open, close, high, low }] of bricks.entries()) {
          expect([low, high]).toEqual([Math.min(open, close), Math.max(open, close)]);
          expect(high).toBeGreaterThan(low);
          const before = bricks[i - 1];
          if (before === undefined) continue;
          const isTurn = Math.sign(close - open) !== Math.sign(before.close - before.open);
          expect(open).toBe(isTurn ? before.open : before.close);
        }
      }),
    ));

  it('knows no brick before its candle, reaches no farther than its close, and loses no volume', () =>
    fc.assert(
      fc.property(candles(), size(), (source, brickSize) => {
        const chart = renko(brickSize);
        let volume = 0;
        let made = 0;
        for (const candle of source) {
          const bricks = chart.next(candle);
          volume += candle.volume;
          for (const brick of bricks) {
            expect([brick.openTime, brick.closeTime, brick.complete]).toEqual([candle.openTime, candle.closeTime, true]);
            expect(Math.sign(brick.close - brick.open) * (candle.close - brick.close)).toBeGreaterThanOrEqual(-1e-9 * candle.close);
            made += brick.volume;
          }
          if (bricks.length > 0) expect(made).toBe(volume);
        }
      }),
    ));

  it('is the same as a stream, for each subscription, whatever unfinished candles come in between', () =>
    fc.assert(
      fc.property(candles(), size(), (source, brickSize) => {
        const live$ = from(source.flatMap((candle) => [{ ...candle, close: candle.close * 2, complete: false }, candle])).pipe(
          renkoBricks(brickSize),
        );
        const expected = bricksOf(source, brickSize);
        for (let subscription = 0; subscription < 2; subscription += 1) {
          const found: Candle[] = [];
          live$.subscribe((brick) => found.push(brick));
          expect(found).toEqual(expected);
        }
      }),
    ));

  it.each([points(0), points(NaN), { kind: 'percent', share: 1 }, { kind: 'percent', share: 0 }, { kind: 'atr', period: 0.5 }] as const)(
    'refuses %o',
    (wrong) => {
      expect(() => renkoBricks(wrong)).toThrow(expect.objectContaining({ code: 'candles/brick-invalid' }));
    },
  );

  it('refuses to make more than a hundred thousand bricks of a candle', () => {
    expect(() => bricksOf(series(1, 52_000), points(0.05))).toThrow(expect.objectContaining({ code: 'candles/brick-too-small' }));
    expect(() => bricksOf(series(1, 2), points(1e-20))).toThrow(expect.objectContaining({ code: 'candles/brick-too-small' }));
  });
});
