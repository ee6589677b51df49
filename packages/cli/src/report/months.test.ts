import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fixedReport } from '../cli.test-kit.js';
import { monthlyNet } from './months.js';
import { reportOf } from './report.test-kit.js';

describe('monthlyNet', () => {
  it('puts a round trip where it ended', () => {
    expect(monthlyNet(fixedReport.roundTrips)).toEqual([
      { year: '2024', months: [112541 - 20328959, ...Array.from({ length: 11 }, () => null)], netPaise: -20216418 },
    ]);
  });

  it('goes by the date in India', () => {
    // 18:29 UTC on 31 December is 23:59 in India; a minute later it is January.
    const midnight = Date.parse('2025-12-31T18:30:00Z');
    const rows = monthlyNet(
      reportOf([
        { netPaise: 5, exitTime: midnight },
        { netPaise: 7, exitTime: midnight - 60_000 },
      ]).roundTrips,
    );
    expect(rows.map(({ year, netPaise }) => [year, netPaise])).toEqual([
      ['2025', 7],
      ['2026', 5],
    ]);
  });

  it('adds up to the net of the report', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ netPaise: fc.integer({ min: -1e9, max: 1e9 }), exitTime: fc.integer({ min: 1.5e12, max: 1.8e12 }) })),
        (trips) => {
          const { roundTrips, figures } = reportOf(trips);
          const years = monthlyNet(roundTrips);
          expect(years.reduce((sum, { netPaise }) => sum + netPaise, 0)).toBe(figures.netPaise);
          for (const { months, netPaise } of years) expect(months.reduce<number>((sum, net) => sum + (net ?? 0), 0)).toBe(netPaise);
        },
      ),
    ));
});
