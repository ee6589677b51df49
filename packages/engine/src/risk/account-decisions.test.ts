import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type AccountState, applyPosting, openAccount } from '../portfolio/account.js';
import { accountDecisions } from './account-decisions.js';
import type { AccountLimits } from './account-limits.js';
import { accountPresets, defaultLimits } from './presets.js';

const CAPITAL = 1_00_000_00;
/** A Tuesday in a week that began at 1,02,000 and a day that began at 1,01,000. */
const tuesday: AccountState = [
  { kind: 'dayStarted', date: '2026-11-23', equityPaise: 1_02_000_00 } as const,
  { kind: 'dayStarted', date: '2026-11-24', equityPaise: 1_01_000_00 } as const,
].reduce(applyPosting, openAccount(CAPITAL));

const at = (equityPaise: number, change: Partial<AccountLimits> = {}, state = tuesday) =>
  accountDecisions(state, equityPaise, { ...defaultLimits, ...change }).map(({ code, limitPaise, valuePaise, effect, until }) => [
    code,
    limitPaise,
    valuePaise,
    effect,
    until,
  ]);

describe('the decisions of an account', () => {
  it('halt for the day at the daily loss, not a paisa before', () => {
    expect(at(96_000_01)).toEqual([]);
    expect(at(96_000_00)).toEqual([['account/daily-loss', 5_000_00, 5_000_00, 'halt', '2026-11-25']]);
  });

  it('halt for the week at the weekly loss', () => {
    const weeklyLoss = { kind: 'share', share: 0.03 } as const;
    expect(at(99_000_00, { weeklyLoss })).toEqual([['account/weekly-loss', 3_000_00, 3_000_00, 'halt', '2026-11-30']]);
  });

  it('halt until a person re-arms at the drawdown, which comes first', () => {
    expect(at(86_700_00)).toEqual([
      ['account/drawdown', 15_300_00, 15_300_00, 'halt', null],
      ['account/daily-loss', 5_000_00, 14_300_00, 'halt', '2026-11-25'],
    ]);
  });

  it('inform of a profit target, or stop where that is asked for', () => {
    const targets = { weekPaise: 1_000_00, monthPaise: 1_500_00, stop: false };
    expect(at(1_03_500_00, { profitTargets: targets })).toEqual([
      ['account/month-profit-target', 1_500_00, 1_500_00, 'inform', null],
      ['account/week-profit-target', 1_000_00, 1_500_00, 'inform', null],
    ]);
    expect(at(1_03_500_00, { profitTargets: { ...targets, stop: true } })).toEqual([
      ['account/month-profit-target', 1_500_00, 1_500_00, 'halt', '2026-12-01'],
      ['account/week-profit-target', 1_000_00, 1_500_00, 'halt', '2026-11-30'],
    ]);
  });

  it('are none before the first day, and while the account is halted', () => {
    expect(at(0, {}, openAccount(CAPITAL))).toEqual([]);
    const halted = applyPosting(tuesday, { kind: 'halted', code: 'account/drawdown', reason: '', at: 1, until: null });
    expect(at(0, {}, halted)).toEqual([]);
  });

  it('are none after a person has accepted the loss', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 * CAPITAL }), fc.constantFrom(...Object.values(accountPresets)), (equity, { limits }) => {
        const losses = { ...limits, profitTargets: { weekPaise: null, monthPaise: null, stop: false } };
        const rearmed = applyPosting(tuesday, { kind: 'rearmed', equityPaise: equity });
        expect(accountDecisions(rearmed, equity, losses)).toEqual([]);
      }),
    ));

  it('only grow as equity falls', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_02_000_00 }), fc.nat({ max: 50_000_00 }), (equity, fall) => {
        const weeklyLoss = { kind: 'share', share: 0.07 } as const;
        expect(at(equity - fall, { weeklyLoss }).length).toBeGreaterThanOrEqual(at(equity, { weeklyLoss }).length);
      }),
    ));
});
