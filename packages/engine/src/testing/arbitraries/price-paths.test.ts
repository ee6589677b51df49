import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isOnTickGrid } from '../../primitives/price.js';
import { pricePaths } from './price-paths.js';

describe('pricePaths', () => {
  it('draws prices on the grid, never under one tick', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(0.01, 0.05, 0.1, 1).chain((tickSize) => pricePaths({ from: 20, tickSize }).map((path) => ({ tickSize, path }))),
        ({ tickSize, path }) => {
          expect(path.every((price) => isOnTickGrid(price, tickSize) && price >= tickSize)).toBe(true);
        },
      ),
      { numRuns: 50 },
    ));

  it('draws as many as it was asked for', () =>
    fc.assert(
      fc.property(pricePaths({ minLength: 3, maxLength: 5 }), (path) => {
        expect(path.length).toBeGreaterThanOrEqual(3);
        expect(path.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 20 },
    ));
});
