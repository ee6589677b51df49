import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { SlippageConfig } from '../config/run-config.js';
import { type Side, signOf } from '../orders/order-request.js';
import { isOnTickGrid } from '../primitives/price.js';
import { marketPrice } from './slippage.js';

const unquoted = { price: 100, bid: NaN, ask: NaN };
const quoted = { price: 100, bid: 99.8, ask: 100.3 };

describe('a market order pays', () => {
  it.each<[string, SlippageConfig, number, number]>([
    ['the last price', { kind: 'none' }, 100, 100],
    ['so many ticks more', { kind: 'ticks', ticks: 2 }, 100.1, 99.9],
    ['a share of the price more', { kind: 'price', share: 0.001 }, 100.1, 99.9],
    ['nothing of a spread that is not known', { kind: 'spread', share: 0.5 }, 100, 100],
  ])('%s, without a quote', (_, slippage, buy, sell) => {
    expect(marketPrice('buy', unquoted, slippage, 0.05)).toBe(buy);
    expect(marketPrice('sell', unquoted, slippage, 0.05)).toBe(sell);
  });

  it.each<[string, SlippageConfig, number, number]>([
    ['the far side of the quote', { kind: 'none' }, 100.3, 99.8],
    ['so many ticks beyond it', { kind: 'ticks', ticks: 1 }, 100.35, 99.75],
    ['half a spread beyond it', { kind: 'spread', share: 0.5 }, 100.55, 99.55],
  ])('%s, with one', (_, slippage, buy, sell) => {
    expect(marketPrice('buy', quoted, slippage, 0.05)).toBe(buy);
    expect(marketPrice('sell', quoted, slippage, 0.05)).toBe(sell);
  });

  it('the worse side of the grid', () => {
    const between = { price: 100.02, bid: NaN, ask: NaN };
    expect(marketPrice('buy', between, { kind: 'none' }, 0.05)).toBe(100.05);
    expect(marketPrice('sell', between, { kind: 'none' }, 0.05)).toBe(100);
  });

  it('a tick at least, on either side', () => {
    const worthless = { price: 0, bid: NaN, ask: NaN };
    expect(marketPrice('buy', worthless, { kind: 'none' }, 0.05)).toBe(0.05);
    expect(marketPrice('sell', worthless, { kind: 'ticks', ticks: 3 }, 0.05)).toBe(0.05);
  });

  it('nothing for a spread that is crossed', () => {
    expect(marketPrice('buy', { price: 100, bid: 100.5, ask: 100 }, { kind: 'spread', share: 1 }, 0.05)).toBe(100);
  });

  it('never better than what prevails, and always on the grid', () =>
    fc.assert(
      fc.property(
        fc.constantFrom<Side[]>('buy', 'sell'),
        fc.integer({ min: 1, max: 10_000 }),
        fc.nat({ max: 20 }),
        fc.oneof<fc.Arbitrary<SlippageConfig>[]>(
          fc.constant({ kind: 'none' }),
          fc.record({ kind: fc.constant('ticks' as const), ticks: fc.nat({ max: 5 }) }),
          fc.record({ kind: fc.constant('spread' as const), share: fc.constantFrom(0, 0.25, 1) }),
          fc.record({ kind: fc.constant('price' as const), share: fc.constantFrom(0, 0.0005, 0.01) }),
        ),
        (side, ticks, spread, slippage) => {
          const bid = ticks / 20;
          const ask = (ticks + spread) / 20;
          const paid = marketPrice(side, { price: bid, bid, ask }, slippage, 0.05);
          expect(signOf(side) * (paid - (side === 'buy' ? ask : bid))).toBeGreaterThanOrEqual(side === 'sell' && bid <= 0.05 ? -0.05 : 0);
          expect(isOnTickGrid(paid, 0.05)).toBe(true);
        },
      ),
      { numRuns: 100 },
    ));
});
