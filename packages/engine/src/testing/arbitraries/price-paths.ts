import fc from 'fast-check';

import type { Price } from '../../primitives/price.js';

/** Which paths {@link pricePaths} draws. */
export interface PricePathsOptions {
  /** Where the path begins, in rupees; 100 unless given. */
  readonly from?: Price;
  /** The grid that all prices are on, in rupees; 0.05 unless given. */
  readonly tickSize?: number;
  readonly minLength?: number;
  /** Most prices; 80 unless given. */
  readonly maxLength?: number;
}

/**
 * Paths of prices of one instrument, on its grid and never under one tick: small steps mostly, stretches that stand still, runs in one
 * direction, and now and then a jump of up to a quarter of the first price. Shrinks towards short and still.
 */
export function pricePaths({
  from = 100,
  tickSize = 0.05,
  minLength = 0,
  maxLength = 80,
}: PricePathsOptions = {}): fc.Arbitrary<readonly Price[]> {
  const first = Math.round(from / tickSize);
  const perRupee = Math.round(1 / tickSize);
  return fc.array(step(Math.ceil(first / 4)), { minLength, maxLength }).map((steps) => {
    let ticks = first;
    return steps.map((moved) => {
      ticks = Math.max(1, ticks + moved);
      return ticks / perRupee;
    });
  });
}

/** A move in ticks. */
const step = (jump: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.integer({ min: -8, max: 8 }) },
    { weight: 3, arbitrary: fc.integer({ min: -60, max: 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: -jump, max: jump }) },
  );
