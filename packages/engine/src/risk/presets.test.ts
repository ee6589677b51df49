import { describe, expect, it } from 'vitest';

import { formatRupees } from '../primitives/money.js';
import { moneyLimitPaise } from './money-limit.js';
import { accountPresets, defaultLimits } from './presets.js';

describe('account presets', () => {
  it('have the capital and the daily loss that traders start from', () => {
    const told = Object.entries(accountPresets).map(([name, { capitalPaise, limits }]) => [
      name,
      formatRupees(capitalPaise),
      formatRupees(moneyLimitPaise(limits.dailyLoss, capitalPaise) ?? 0),
      formatRupees(moneyLimitPaise(limits.riskPerTrade, capitalPaise) ?? 0),
      limits.onePosition,
    ]);
    expect(told).toEqual([
      ['option-buyer', '₹1,00,000.00', '₹5,000.00', '₹0.00', false],
      ['strangle', '₹6,00,00,000.00', '₹2,00,000.00', '₹1,00,000.00', true],
      ['futures', '₹1,20,00,000.00', '₹1,50,000.00', '₹60,000.00', true],
    ]);
  });

  it('name targets, leverage and margin as the spec has them', () => {
    expect(accountPresets.strangle.limits).toMatchObject({
      firstEntryMarginShare: 0.5,
      maxMarginUse: 0.4,
      profitTargets: { weekPaise: 1_75_000_00, monthPaise: 7_00_000_00, stop: false },
    });
    expect(accountPresets.futures.limits).toMatchObject({
      firstEntryMarginShare: 0.5,
      maxLeverage: 5,
      profitTargets: { weekPaise: 1_50_000_00, monthPaise: 6_00_000_00, stop: false },
    });
    expect(defaultLimits).toMatchObject({ maxOpenSets: 5, capitalPerTradePaise: 20_000_00, maxDrawdown: 0.15, ordersPerSecond: 9 });
  });

  it('trip a breaker at five rejected orders in a row, and scale no size, unless told otherwise', () => {
    for (const { limits } of Object.values(accountPresets)) {
      expect(limits).toMatchObject({ rejectionsInARow: 5, adaptive: null, maxDrawdown: 0.15, weeklyLoss: null, ordersPerSecond: 9 });
    }
  });
});
