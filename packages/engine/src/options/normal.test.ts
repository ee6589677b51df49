import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalCdf, normalPdf } from './normal.js';

// mpmath 1.3 (ncdf, npdf) at 50 digits, rounded to doubles.
const CDF = [
  [-37.5, 4.605353009581955e-308],
  [-20, 2.7536241186062337e-89],
  [-8, 6.220960574271784e-16],
  [-5.7, 5.990371401063528e-9],
  [-5.6, 1.071759025831093e-8],
  [-3, 0.0013498980316300946],
  [-1, 0.15865525393145705],
  [-0.67, 0.2514288950953101],
  [-1e-9, 0.49999999960105773],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1.96, 0.9750021048517795],
  [6, 0.9999999990134123],
] as const;

describe('the normal distribution', () => {
  it.each(CDF)('has at %f the cumulative probability that mpmath gives', (x, expected) => {
    expect(Math.abs(normalCdf(x) / expected - 1)).toBeLessThan(2e-15);
  });

  it('has the density that mpmath gives', () => {
    expect(normalPdf(0)).toBe(0.3989422804014327);
    expect(normalPdf(1.5) / 0.12951759566589172).toBeCloseTo(1, 14);
    expect(normalPdf(-10) / 7.694598626706419e-23).toBeCloseTo(1, 14);
  });

  it('is exactly 0 and 1 at the infinities', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalPdf(-Infinity), normalPdf(Infinity)]).toEqual([0, 1, 0, 0]);
  });

  it('is symmetric, and never falls', () =>
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), fc.double({ min: 1e-6, max: 5, noNaN: true }), (x, step) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15);
        expect(normalCdf(x + step)).toBeGreaterThanOrEqual(normalCdf(x));
      }),
    ));
});
