import { describe, expect, it } from 'vitest';

import { fixedReport } from '../cli.test-kit.js';
import { curvesOf } from './curves.js';

describe('curvesOf', () => {
  it('begins with the capital, a day before the first date', () => {
    const { times, equity, drawdown, fromStart } = curvesOf({ ...fixedReport, capitalPaise: 100_000_000 });
    expect(fromStart).toBe(true);
    expect(times[0]).toBe(Date.parse('2024-01-01T00:00:00Z') / 1000);
    expect(equity).toEqual([1_000_000, 1_001_125.41, 900_000, 797_835.82]);
    expect(drawdown[1]).toBe(0);
    expect(drawdown[3]).toBeCloseTo(-20328959 / 100112541, 12);
  });

  it('begins with the first day where the capital is not known', () => {
    const { times, fromStart } = curvesOf(fixedReport);
    expect([times.length, fromStart]).toEqual([3, false]);
  });

  it('is empty without days', () => expect(curvesOf({ equity: [], capitalPaise: 1 }).times).toEqual([]));
});
