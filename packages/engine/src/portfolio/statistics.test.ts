import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addDays, weekdayOf } from '../primitives/time.js';
import type { EquityCurve } from './equity-curve.js';
import { losingAccount } from './losing-account.fixture.js';
import type { RoundTripResult } from './round-trip.js';
import { equityFigures, type PerformanceFigures, performanceFigures, roundTripFigures } from './statistics.js';

/** The project's reference vectors, beside the repository. */
const ORACLE = fileURLToPath(new URL('../../../../../shared/oracles/statistics.json', import.meta.url));

interface OracleAccount {
  readonly tradingDates: readonly string[];
  readonly equityPaise: readonly number[];
  readonly roundTrips: readonly RoundTripResult[];
  readonly expected: PerformanceFigures;
}

const roundTrip = (netPaise: number, chargesPaise = 0): RoundTripResult => ({
  grossPaise: netPaise + chargesPaise,
  chargesPaise,
  netPaise,
});

function curveOf([startPaise = 0, ...equity]: readonly number[]): EquityCurve {
  let date = '2026-01-01';
  const days = equity.map((equityPaise) => {
    do date = addDays(date, 1);
    while (weekdayOf(date) === 0 || weekdayOf(date) === 6);
    return { date, equityPaise };
  });
  return { startPaise, days };
}

function expectFigures(found: PerformanceFigures, expected: PerformanceFigures): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    const own = Object.entries(found).find(([key]) => key === name)?.[1];
    // Not available is not 0, which a difference alone would take for the same.
    expect(own === null, name).toBe(value === null);
    expect(Math.abs(own - value), name).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
  }
}

describe('performance figures', () => {
  it('equal the reference of an account that lost', () => {
    const roundTrips = losingAccount.roundTrips.map(([gross, charges]) => roundTrip(gross - charges, charges));
    expectFigures(performanceFigures(roundTrips, curveOf(losingAccount.equityPaise)), losingAccount.expected);
  });

  describe.skipIf(!existsSync(ORACLE))('of ../shared/oracles/statistics.json', () => {
    const accounts: Readonly<Record<string, OracleAccount>> = existsSync(ORACLE) ? JSON.parse(readFileSync(ORACLE, 'utf8')) : {};
    it.each(Object.entries(accounts))('equal the reference of "%s"', (_, { tradingDates, equityPaise, roundTrips, expected }) => {
      const days = tradingDates.map((date, index) => ({ date, equityPaise: equityPaise[index + 1]! }));
      expectFigures(performanceFigures(roundTrips, { startPaise: equityPaise[0]!, days }), expected);
    });
  });

  it('are null where there is nothing to compute them from', () => {
    expect(performanceFigures([], curveOf([100]))).toEqual({
      roundTrips: 0,
      netPaise: 0,
      grossPaise: 0,
      chargesPaise: 0,
      winRate: null,
      profitFactor: null,
      averageWinPaise: null,
      averageLossPaise: null,
      expectancyPaise: null,
      longestLosingStreak: 0,
      maxDrawdown: 0,
      maxDrawdownPaise: 0,
      longestDrawdownDays: 0,
      sharpe: null,
      sortino: null,
    });
    expect(roundTripFigures([roundTrip(500)])).toMatchObject({
      winRate: 1,
      profitFactor: null,
      averageLossPaise: null,
      expectancyPaise: 500,
    });
  });

  it('count a round trip of exactly nothing in the win rate, but neither as won nor as lost', () => {
    const figures = roundTripFigures([roundTrip(100), roundTrip(-50), roundTrip(0), roundTrip(-50)]);
    expect(figures).toMatchObject({ winRate: 0.25, profitFactor: 1, averageWinPaise: 100, averageLossPaise: -50, longestLosingStreak: 1 });
  });

  it('have no ratios with one day, without deviation, without a losing day, or once equity was used up', () => {
    expect(equityFigures(curveOf([1000, 900]))).toMatchObject({ sharpe: null, sortino: null });
    expect(equityFigures(curveOf([1000, 1000, 1000]))).toMatchObject({ sharpe: null, sortino: null });
    expect(equityFigures(curveOf([1000, 2000, 4000, 8000]))).toMatchObject({ sharpe: null, sortino: null });
    expect(equityFigures(curveOf([1000, 2000, 2500])).sharpe).toBeGreaterThan(0);
    expect(equityFigures(curveOf([1000, 2000, 2500])).sortino).toBeNull();
    expect(equityFigures(curveOf([1000, -10, 20]))).toMatchObject({ sharpe: null, sortino: null, maxDrawdownPaise: 1010 });
  });

  it('do not change when money is counted in another unit, but for the money', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1000, max: 9000 }), { minLength: 2, maxLength: 40 }), (equity) => {
        const once = equityFigures(curveOf(equity));
        const twice = equityFigures(curveOf(equity.map((one) => one * 2)));
        expect(twice).toEqual({ ...once, maxDrawdownPaise: once.maxDrawdownPaise * 2 });
      }),
    ));

  it('split net into won and lost without a remainder', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 })), (nets) => {
        const { roundTrips, winRate, averageWinPaise, averageLossPaise, netPaise } = roundTripFigures(nets.map((net) => roundTrip(net, 7)));
        const won = Math.round((winRate ?? 0) * roundTrips);
        const lost = nets.filter((net) => net < 0).length;
        expect(won * (averageWinPaise ?? 0) + lost * (averageLossPaise ?? 0)).toBeCloseTo(netPaise, 6);
      }),
    ));
});
