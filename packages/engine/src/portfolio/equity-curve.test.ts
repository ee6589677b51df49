import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addDays, atIst } from '../primitives/time.js';
import { dailyEquity, dailyReturns, drawdowns, type EquityCurve } from './equity-curve.js';

const curve = (startPaise: number, ...equity: readonly number[]): EquityCurve => ({
  startPaise,
  days: equity.map((equityPaise, index) => ({ date: addDays('2026-11-02', index), equityPaise })),
});

describe('an equity curve', () => {
  it('keeps the last mark of each Indian date', () => {
    const marks = [
      { time: atIst('2026-11-23', 555), equityPaise: 1 },
      { time: atIst('2026-11-23', 1439), equityPaise: 2 },
      { time: atIst('2026-11-24', 0), equityPaise: 3 },
    ];
    expect(dailyEquity(marks)).toEqual([
      { date: '2026-11-23', equityPaise: 2 },
      { date: '2026-11-24', equityPaise: 3 },
    ]);
  });

  it('lists drawdowns with peak, trough, recovery and length', () => {
    expect(drawdowns(curve(100, 90, 95, 100, 120, 60, 130, 117))).toEqual([
      { peakDate: null, troughDate: '2026-11-02', recoveryDate: '2026-11-04', peakPaise: 100, paise: 10, share: 0.1, days: 2 },
      { peakDate: '2026-11-05', troughDate: '2026-11-06', recoveryDate: '2026-11-07', peakPaise: 120, paise: 60, share: 0.5, days: 1 },
      { peakDate: '2026-11-07', troughDate: '2026-11-08', recoveryDate: null, peakPaise: 130, paise: 13, share: 0.1, days: 1 },
    ]);
  });

  it('has no return after a day that used equity up', () => {
    expect(dailyReturns(curve(100, 110, 99))?.map((value) => Number(value.toFixed(9)))).toEqual([0.1, -0.1]);
    expect(dailyReturns(curve(100, -5))).toEqual([-1.05]);
    expect(dailyReturns(curve(100, 0, 5))).toBeNull();
  });

  it('is below a peak on exactly the days of its drawdowns', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 1, max: 50 })), (start, equity) => {
        const below = equity.filter((value, index) => value < Math.max(start, ...equity.slice(0, index))).length;
        const found = drawdowns(curve(start, ...equity));
        expect(found.reduce((sum, { days }) => sum + days, 0)).toBe(below);
        expect(found.every(({ share, paise }) => share > 0 && share < 1 && paise > 0)).toBe(true);
      }),
    ));
});
