import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { gridAbove, gridBelow, isOnTickGrid } from '../primitives/price.js';
import type { Side } from './order-request.js';
import { type PriceBand, protectedLimit, protectionPoints } from './protected-limit.js';

const OPTION = { kind: 'option', tickSize: 0.05 } as const;
const FUTURE = { kind: 'future', tickSize: 0.1 } as const;
const SHARE = { kind: 'equity', tickSize: 0.05 } as const;

const buy = (price: number, instrument: typeof OPTION | typeof FUTURE | typeof SHARE = OPTION, band: PriceBand | null = null): number =>
  protectedLimit(price, { side: 'buy', instrument, band });
const sell = (price: number, instrument: typeof OPTION | typeof FUTURE | typeof SHARE = OPTION, band: PriceBand | null = null): number =>
  protectedLimit(price, { side: 'sell', instrument, band });

describe('a protected limit', () => {
  it('lies ten paise away from an option below a rupee', () => {
    expect([buy(0.5), sell(0.5)]).toEqual([0.6, 0.4]);
    expect([buy(0.95), sell(0.95)]).toEqual([1.05, 0.85]);
  });

  it('lies as far away from dearer options as their slab has it, rounded to the inner side of the grid', () => {
    expect([buy(4), sell(4)]).toEqual([4.4, 3.6]);
    expect([buy(8), sell(8)]).toEqual([8.4, 7.6]);
    expect([buy(50), sell(50)]).toEqual([51.5, 48.5]);
    expect([buy(200), sell(200)]).toEqual([204, 196]);
    expect([buy(600), sell(600)]).toEqual([606, 594]);
    expect([buy(66.65), sell(66.65)]).toEqual([68.6, 64.7]);
  });

  it('lies as far away from shares and futures as theirs has it', () => {
    expect([buy(50, SHARE), sell(50, SHARE)]).toEqual([51, 49]);
    expect([buy(200, SHARE), sell(200, SHARE)]).toEqual([202, 198]);
    expect([buy(2_500, SHARE), sell(2_500, SHARE)]).toEqual([2_512.5, 2_487.5]);
    expect([buy(26_000, FUTURE), sell(26_000, FUTURE)]).toEqual([26_130, 25_870]);
  });

  it('changes its slab at each bound: of an option at 1, 5, 10, 100, and above 500', () => {
    const points = (price: number): number => Math.round(protectionPoints(price, 'option') * 1e6) / 1e6;
    expect([0.99, 1, 4.99, 5, 9.99, 10, 99, 100, 500, 500.05].map(points)).toEqual([
      0.1, 0.1, 0.499, 0.25, 0.4995, 0.3, 2.97, 2, 10, 5.0005,
    ]);
  });

  it('changes its slab at each bound: of a share at 100, and above 500', () => {
    const points = (price: number): number => Math.round(protectionPoints(price, 'equity') * 1e6) / 1e6;
    expect([99, 100, 500, 500.05].map(points)).toEqual([1.98, 1, 5, 2.50025]);
    expect(protectionPoints(400, 'future')).toBe(4);
  });

  it('lies one tick away at least, where the slab is narrower than that', () => {
    const wide = { kind: 'equity', tickSize: 5 } as const;
    expect(protectedLimit(100, { side: 'buy', instrument: wide, band: null })).toBe(105);
    expect(protectedLimit(100, { side: 'sell', instrument: wide, band: null })).toBe(95);
  });

  it('is a tick at the least: nobody sells for nothing', () => {
    expect([sell(0.05), sell(0.1), sell(0.15)]).toEqual([0.05, 0.05, 0.05]);
  });

  it('stays inside the day’s band, on the grid', () => {
    expect(buy(100, OPTION, { low: 90, high: 101 })).toBe(101);
    expect(buy(100, OPTION, { low: 90, high: 101.03 })).toBe(101);
    expect(buy(100, OPTION, { low: 90, high: 100 })).toBe(100);
    expect(sell(100, OPTION, { low: 99.97, high: 120 })).toBe(100);
    expect(sell(100, OPTION, { low: 90, high: 120 })).toBe(98);
  });
});

describe('a protected limit, at any price', () => {
  const cases = () =>
    fc
      .record({
        side: fc.constantFrom<Side>('buy', 'sell'),
        kind: fc.constantFrom('option' as const, 'future' as const, 'equity' as const),
        tickSize: fc.constantFrom(0.01, 0.05, 0.1, 0.2, 1),
        // In paise, so also between two ticks: a price from a model, or the middle of a quote.
        paise: fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 90_000_00 })),
      })
      .filter(({ paise, tickSize }) => paise / 100 >= tickSize);

  it('is marketable, on the grid, a tick away at least, and no farther than the slab or what the grid needs', () =>
    fc.assert(
      fc.property(cases(), ({ side, kind, tickSize, paise }) => {
        const price = paise / 100;
        const limit = protectedLimit(price, { side, instrument: { kind, tickSize }, band: null });
        const away = side === 'buy' ? limit - price : price - limit;
        expect(isOnTickGrid(limit, tickSize)).toBe(true);
        expect(away).toBeGreaterThanOrEqual(-1e-9);
        if (side === 'buy' || price > 2 * tickSize) expect(away).toBeGreaterThanOrEqual(tickSize - 1e-6 * tickSize);
        const needed = side === 'buy' ? gridAbove(price + tickSize, tickSize) - price : price - gridBelow(price - tickSize, tickSize);
        expect(away).toBeLessThanOrEqual(Math.max(protectionPoints(price, kind), needed) + 1e-5 * tickSize);
      }),
      { numRuns: 1_000 },
    ));

  it('stays inside a band that has the price in it, and is marketable there', () =>
    fc.assert(
      fc.property(cases(), fc.nat({ max: 30 }), fc.nat({ max: 30 }), ({ side, kind, tickSize, paise }, below, above) => {
        const price = paise / 100;
        const low = Math.max(tickSize, gridBelow(price, tickSize) - below * tickSize);
        const high = gridAbove(price, tickSize) + above * tickSize;
        const limit = protectedLimit(price, { side, instrument: { kind, tickSize }, band: { low, high } });
        expect(limit).toBeGreaterThanOrEqual(low - 1e-9);
        expect(limit).toBeLessThanOrEqual(high + 1e-9);
        expect(side === 'buy' ? limit - price : price - limit).toBeGreaterThanOrEqual(-1e-9);
      }),
      { numRuns: 1_000 },
    ));
});
