import { describe, expect, it } from 'vitest';

import { riskFor, riskSchema } from './risk-schema.js';

describe('what watches over all accounts', () => {
  it('lets a backtest run on by itself: the calendar re-arms, and gaps in its data are no silence', () => {
    expect(riskFor('backtest', riskSchema.parse({}))).toEqual({
      tradingSwitch: 'active',
      rearm: 'nextPeriod',
      feedStaleMs: null,
      brokerLostMs: 60_000,
      clockSkewMs: null,
      maxQuoteAgeMs: null,
      reconcileEveryMs: null,
    });
  });

  it('asks for a person on paper, as live', () => {
    expect(riskFor('paper', riskSchema.parse({}))).toEqual({
      tradingSwitch: 'active',
      rearm: 'byHand',
      feedStaleMs: 180_000,
      brokerLostMs: 60_000,
      clockSkewMs: 2_000,
      maxQuoteAgeMs: null,
      reconcileEveryMs: 300_000,
    });
    expect(riskFor('live', riskSchema.parse({}))).toMatchObject({ rearm: 'byHand', feedStaleMs: 60_000, maxQuoteAgeMs: 5_000 });
  });

  it('is what is written, in every mode, and nothing where off is', () => {
    const written = { switch: 'halted', rearm: 'byHand', feedStale: '90s', brokerLost: 'off', clockSkew: '500ms', maxQuoteAge: '3s' };
    for (const mode of ['backtest', 'paper', 'live'] as const) {
      expect(riskFor(mode, riskSchema.parse({ ...written, reconcileEvery: 'off' }))).toEqual({
        tradingSwitch: 'halted',
        rearm: 'byHand',
        feedStaleMs: 90_000,
        brokerLostMs: null,
        clockSkewMs: 500,
        maxQuoteAgeMs: 3_000,
        reconcileEveryMs: null,
      });
    }
  });
});
