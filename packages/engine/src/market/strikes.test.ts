import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { indexStrikeStep, nearestStrike, stockStrikeStep } from './strikes.js';

describe('strike steps', () => {
  it.each([
    ['NIFTY', '2024-01-02', 50, 'data'],
    ['NIFTY', '2013-01-02', 50, 'unverified'],
    ['BANKNIFTY', '2024-01-02', 100, 'data'],
    ['MIDCPNIFTY', '2025-11-14', 25, 'data'],
    ['BANKEX', '2026-01-01', 100, 'unverified'],
  ])('of %s on %s is %d (%s)', (name, on, step, status) => expect(indexStrikeStep(name, on)).toMatchObject({ value: step, status }));

  it.each([
    ['COALINDIA', '2025-11-14', 0.25, 'data'],
    ['M&M', '2025-12-01', 50, 'data'],
    ['YESBANK', '2025-12-01', 1, 'data'],
    ['360ONE', '2025-12-01', 20, 'data'],
    ['WIPRO', '2026-06-30', 2.5, 'unverified'],
    ['ABB', '2026-07-01', 100, 'confirmed'],
    ['AXISBANK', '2026-06-30', 10, 'unverified'],
    ['AXISBANK', '2026-07-01', 20, 'confirmed'],
    ['KOTAKBANK', '2026-01-14', 4, 'derived'],
  ])('of the stock %s on %s is %d (%s)', (name, on, step, status) =>
    expect(stockStrikeStep(name, on)).toMatchObject({ value: step, status }),
  );

  it('are not known for other names, nor for stocks before they were seen', () => {
    expect(indexStrikeStep('NIFTYIT', '2026-01-01')).toBeNull();
    expect(stockStrikeStep('RELIANCE', '2025-11-13')).toBeNull();
    expect(stockStrikeStep('MRPL', '2026-01-01')).toBeNull();
  });
});

describe('nearestStrike', () => {
  it.each([
    [21624.99, 50, 21600],
    [21625, 50, 21650],
    [1463.8, 2.5, 1465],
    [380.12, 0.25, 380],
  ])('of %d on a grid of %d is %d', (price, step, strike) => expect(nearestStrike(price, step)).toBe(strike));

  it('is on the grid and at most half a step away', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(0.25, 1, 2.5, 5, 50, 100), (paise, step) => {
        const strike = nearestStrike(paise / 100, step);
        expect(Math.abs(strike - paise / 100)).toBeLessThanOrEqual(step / 2 + 1e-9);
        expect(Number.isInteger(strike / step)).toBe(true);
      }),
    ));
});
