import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type AccountState, applyPosting, openAccount } from '../portfolio/account.js';
import { accountDecisions, equityBand, nextPeak, type ToldTargets } from './account-decisions.js';
import type { AccountLimits, MoneyLimit } from './account-limits.js';
import { accountPresets, defaultLimits } from './presets.js';

const CAPITAL = 1_00_000_00;
/** A Tuesday in a week that began at 1,02,000 and a day that began at 1,01,000. */
const tuesday: AccountState = [
  { kind: 'dayStarted', date: '2026-11-23', equityPaise: 1_02_000_00 } as const,
  { kind: 'dayStarted', date: '2026-11-24', equityPaise: 1_01_000_00 } as const,
].reduce(applyPosting, openAccount(CAPITAL));
const NOT_TOLD: ToldTargets = { week: null, month: null };
const DAY = { from: '2026-11-24', until: '2026-11-25' };
const WEEK = { from: '2026-11-23', until: '2026-11-30' };
const MONTH = { from: '2026-11-01', until: '2026-12-01' };

const at = (equityPaise: number, change: Partial<AccountLimits> = {}, state = tuesday) =>
  accountDecisions(state, equityPaise, { ...defaultLimits, ...change }).map(({ code, limitPaise, valuePaise, effect, period }) => [
    code,
    limitPaise,
    valuePaise,
    effect,
    period,
  ]);

describe('the decisions of an account', () => {
  it('trip at the daily loss, not a paisa before', () => {
    expect(at(96_000_01)).toEqual([]);
    expect(at(96_000_00)).toEqual([['account/daily-loss', 5_000_00, 5_000_00, 'trip', DAY]]);
  });

  it('trip at the weekly loss, not a paisa before', () => {
    const weeklyLoss = { kind: 'share', share: 0.03 } as const;
    expect(at(99_000_01, { weeklyLoss })).toEqual([]);
    expect(at(99_000_00, { weeklyLoss })).toEqual([['account/weekly-loss', 3_000_00, 3_000_00, 'trip', WEEK]]);
  });

  it('trip for no period at the fall from the peak, which comes first, then the week and the day', () => {
    expect(at(86_700_01, { dailyLoss: null })).toEqual([]);
    expect(at(86_700_00, { weeklyLoss: { kind: 'money', paise: 7_000_00 } })).toEqual([
      ['account/drawdown', 15_300_00, 15_300_00, 'trip', null],
      ['account/weekly-loss', 7_000_00, 15_300_00, 'trip', WEEK],
      ['account/daily-loss', 5_000_00, 14_300_00, 'trip', DAY],
    ]);
  });

  it('inform of a profit target, or stop where that is asked for', () => {
    const targets = { weekPaise: 1_000_00, monthPaise: 1_500_00, stop: false };
    expect(at(1_02_999_99, { profitTargets: targets })).toEqual([]);
    expect(at(1_03_500_00, { profitTargets: targets })).toEqual([
      ['account/month-profit-target', 1_500_00, 1_500_00, 'inform', MONTH],
      ['account/week-profit-target', 1_000_00, 1_500_00, 'inform', WEEK],
    ]);
    expect(at(1_03_500_00, { profitTargets: { ...targets, stop: true } })).toEqual([
      ['account/month-profit-target', 1_500_00, 1_500_00, 'stop', MONTH],
      ['account/week-profit-target', 1_000_00, 1_500_00, 'stop', WEEK],
    ]);
  });

  it('say limit and value in words', () => {
    expect(accountDecisions(tuesday, 95_999_50, defaultLimits)[0]?.reason).toBe('Loss of the day ₹5,000.50, limit ₹5,000.00.');
  });

  it('end a month on its last day, in a leap February and in December too', () => {
    const untilOf = (date: string): unknown => {
      const state = applyPosting(openAccount(CAPITAL), { kind: 'dayStarted', date, equityPaise: CAPITAL });
      return at(CAPITAL + 1, { profitTargets: { weekPaise: null, monthPaise: 1, stop: true } }, state)[0]?.[4];
    };
    expect(untilOf('2028-02-29')).toEqual({ from: '2028-02-01', until: '2028-03-01' });
    expect(untilOf('2026-12-31')).toEqual({ from: '2026-12-01', until: '2027-01-01' });
  });

  it('are none before the first day', () => {
    expect(at(0, {}, openAccount(CAPITAL))).toEqual([]);
    expect(equityBand(openAccount(CAPITAL), defaultLimits, NOT_TOLD)).toEqual({ low: -Infinity, high: Infinity });
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

describe('the band of equity in which there is nothing to decide', () => {
  const share = fc.integer({ min: 1, max: 1_000 }).map((permille) => permille / 1_000);
  const moneyLimit = (): fc.Arbitrary<MoneyLimit | null> =>
    fc.option(
      fc.oneof(
        share.map((one) => ({ kind: 'share', share: one }) as const),
        fc.integer({ min: 1, max: 50_000_00 }).map((paise) => ({ kind: 'money', paise }) as const),
      ),
    );
  const target = fc.option(fc.integer({ min: 1, max: 50_000_00 }));
  const limits = (): fc.Arbitrary<AccountLimits> =>
    fc
      .record({
        dailyLoss: moneyLimit(),
        weeklyLoss: moneyLimit(),
        maxDrawdown: fc.option(share),
        profitTargets: fc.record({ weekPaise: target, monthPaise: target, stop: fc.boolean() }),
      })
      .map((some) => ({ ...defaultLimits, ...some }));
  const paise = fc.integer({ min: 1_00, max: 3 * CAPITAL });
  const states = (): fc.Arbitrary<AccountState> =>
    fc
      .array(
        fc.record({ date: fc.constantFrom('2026-11-23', '2026-11-24', '2026-12-01'), equityPaise: paise, rearmedAt: fc.option(paise) }),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      .map((days) =>
        days.reduce((state, { date, equityPaise, rearmedAt }) => {
          const began = applyPosting(state, { kind: 'dayStarted', date, equityPaise });
          return rearmedAt === null ? began : applyPosting(began, { kind: 'rearmed', equityPaise: rearmedAt });
        }, openAccount(CAPITAL)),
      );

  it('lies between the nearest loss and the nearest target', () => {
    const told: AccountLimits = {
      ...defaultLimits,
      weeklyLoss: { kind: 'money', paise: 4_000_00 },
      profitTargets: { weekPaise: 3_000_00, monthPaise: 9_000_00, stop: false },
      maxDrawdown: null,
    };
    expect(equityBand(tuesday, told, NOT_TOLD)).toEqual({ low: 98_000_00, high: 1_05_000_00 });
    expect(equityBand(tuesday, { ...told, weeklyLoss: null }, { week: '2026-11-23', month: null })).toEqual({
      low: 96_000_00,
      high: 1_11_000_00,
    });
    expect(equityBand(tuesday, { ...told, weeklyLoss: null, dailyLoss: null }, { week: '2026-11-16', month: '2026-11-01' })).toEqual({
      low: -Infinity,
      high: 1_05_000_00,
    });
  });

  it('lies between the fall that is allowed from the peak and a twentieth of it above the peak, where the next one is told of', () => {
    const fall = { ...defaultLimits, dailyLoss: null };
    expect(equityBand(tuesday, fall, NOT_TOLD)).toEqual({ low: 86_700_00, high: 1_02_765_00 });
    expect(equityBand(tuesday, { ...fall, maxDrawdown: 1e-9 }, NOT_TOLD).high).toBe(1_02_000_01);
  });

  it('is the whole line without limits', () => {
    const none = { ...defaultLimits, dailyLoss: null, weeklyLoss: null, maxDrawdown: null };
    expect(equityBand(tuesday, none, NOT_TOLD)).toEqual({ low: -Infinity, high: Infinity });
  });

  it('has no decision inside, and one at its ends and outside, but for a paisa of rounding', () =>
    fc.assert(
      fc.property(
        states(),
        limits(),
        paise,
        fc.integer({ min: -2, max: 2 }),
        fc.constantFrom('low', 'high', 'any'),
        (state, some, any, near, end) => {
          const { low, high } = equityBand(state, some, NOT_TOLD);
          const bound = end === 'low' ? low : high;
          const equity = end === 'any' || !Number.isFinite(bound) ? any : bound + near;
          const decided = accountDecisions(state, equity, some).length > 0 || equity >= nextPeak(state, some);
          if (equity > low && equity < high) expect(decided).toBe(false);
          if (equity <= low - 1 || equity >= high) expect(decided).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    ));

  it('has no decision inside but targets that have been told', () =>
    fc.assert(
      fc.property(states(), limits(), paise, fc.boolean(), fc.boolean(), (state, some, equity, week, month) => {
        const told = { week: week ? (state.week?.from ?? null) : null, month: month ? (state.month?.from ?? null) : null };
        const { low, high } = equityBand(state, some, told);
        fc.pre(equity > low && equity < high);
        for (const { code } of accountDecisions(state, equity, some)) {
          expect(code === 'account/week-profit-target' ? week : code === 'account/month-profit-target' && month).toBe(true);
        }
      }),
      { numRuns: 500 },
    ));
});
