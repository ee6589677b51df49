import { describe, expect, it } from 'vitest';

import { accountPresets, defaultLimits } from '../risk/presets.js';
import { limitsSchema } from './limits-schema.js';

describe('limits', () => {
  it('begin with the option buyer', () => expect(limitsSchema.parse({})).toEqual(defaultLimits));

  it.each(['option-buyer', 'strangle', 'futures'] as const)('of the preset %s are its own', (preset) =>
    expect(limitsSchema.parse({ preset })).toEqual(accountPresets[preset].limits),
  );

  it('name every limit, each in its unit', () => {
    expect(
      limitsSchema.parse({
        maxOpenSets: 8,
        onePosition: true,
        capitalPerTrade: 25000,
        firstEntryMargin: '50%',
        maxMarginUse: '40%',
        riskPerTrade: '1%',
        dailyLoss: { money: 5000 },
        weeklyLoss: '10%',
        maxDrawdown: '12%',
        profitTargets: { week: 1000, month: 4000, stop: true },
        ordersPerSecond: 5,
        ordersPerMinute: 60,
        ordersPerDay: 200,
        maxOrderValue: 500000,
        maxLeverage: 4,
        products: ['MIS'],
        instruments: ['NSE_INDEX:NIFTY'],
        orderKinds: ['limit', 'SL'],
        rejectionsInARow: 3,
        adaptive: { min: '50%', max: '150%' },
      }),
    ).toEqual({
      maxOpenSets: 8,
      onePosition: true,
      capitalPerTradePaise: 25_000_00,
      firstEntryMarginShare: 0.5,
      maxMarginUse: 0.4,
      riskPerTrade: { kind: 'share', share: 0.01 },
      dailyLoss: { kind: 'money', paise: 5_000_00 },
      weeklyLoss: { kind: 'share', share: 0.1 },
      maxDrawdown: 0.12,
      profitTargets: { weekPaise: 1_000_00, monthPaise: 4_000_00, stop: true },
      ordersPerSecond: 5,
      ordersPerMinute: 60,
      ordersPerDay: 200,
      maxOrderValuePaise: 5_00_000_00,
      maxLeverage: 4,
      products: ['MIS'],
      instruments: ['NSE_INDEX:NIFTY'],
      orderKinds: ['limit', 'SL'],
      rejectionsInARow: 3,
      adaptive: { roundTrips: 20, min: 0.5, max: 1.5 },
    });
  });

  it('are taken away by off', () => {
    expect(limitsSchema.parse({ capitalPerTrade: 'off', dailyLoss: 'off', ordersPerSecond: 'off' })).toMatchObject({
      capitalPerTradePaise: null,
      dailyLoss: null,
      ordersPerSecond: null,
    });
  });
});
