import { describe, expect, it } from 'vitest';

import { fakeIo, fixedReport } from '../cli.test-kit.js';
import { equityCurve } from './equity-curve.js';
import { printReport } from './report.js';
import { noStyle, styleFor } from './style.js';

const view = { last: null, quiet: false };
const terminal = styleFor(fakeIo('.', { outIsTerminal: true }), 'out');

describe('printReport', () => {
  it('prints what a trader reads', () => {
    expect(`\n${printReport(fixedReport, view, noStyle)}`).toMatchInlineSnapshot(`
      "
      Waived: nifty-ema: globalStability

      Entry          Exit        Instrument            Qty          Prices Reason             Gross  Charges          Net
      ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      24-01-02 12:20 13:00       NIFTY04JAN2421650CE    50   118.35→142.05 target          1,185.00    59.59     1,125.41
      24-01-03 11:03 01-04 12:03 NIFTY11JAN2421650PE -1800 1118.30→1230.15 setStopLoss -2,02,230.00 1,059.59 -2,03,289.59
      24-01-03 11:03 01-04 12:03 NIFTY11JAN2421650CE -1800     10.00→10.50

      Net profit                       -₹2,02,164.18    Round trips                                  2
      Gross profit                     -₹2,01,045.00    Win rate                                50.0 %
      Charges                              ₹1,119.18    Profit factor                             0.01
      Average win                          ₹1,125.41    Average loss                     -₹2,03,289.59
      Expectancy                       -₹1,01,082.09    Longest losing streak                        1
      Largest drawdown         ₹2,03,289.59 (20.3 %)    Longest drawdown                         1 day
      Sharpe                                     n/a    Sortino                                    n/a

      ₹10,01,125.41 │█
                    │█
                    │█▁
                    │██
                    │██
       ₹7,97,835.82 │██▁
                    └───
                     2024-01-02 2024-01-04

      1 signal: 1 entered.

      · Candles are replayed on a straight path: open, the nearer extreme, the other one, close.

      warning 2 missing candles inside trading hours (2024-01-03). (data/missing-minute)

      1125 candles, decisions 7d865e959b246691
      "
    `);
  });

  it('stays within 120 columns', () => {
    const longest = Math.max(
      ...printReport(fixedReport, view, noStyle)
        .split('\n')
        .map(({ length }) => length),
    );
    expect(longest).toBeLessThanOrEqual(120);
  });

  it('begins with the waivers', () => expect(printReport(fixedReport, view, noStyle)).toMatch(/^Waived: nifty-ema: globalStability\n/));

  it('leaves out the first round trips, and says how to see them', () => {
    const text = printReport(fixedReport, { last: 1, quiet: false }, noStyle);
    expect(text).not.toContain('NIFTY04JAN2421650CE');
    expect(text).toContain('NIFTY11JAN2421650PE');
    expect(text).toContain('The first 1 round trips are not shown: --all prints every one, --last n the last n.');
  });

  it('prints the figures alone when it is to be quiet', () => {
    const text = printReport(fixedReport, { last: null, quiet: true }, noStyle);
    expect(text).toContain('Net profit');
    expect(text).not.toContain('NIFTY11JAN2421650PE');
    expect(text).not.toContain('│');
  });

  it('is coloured on a terminal alone, and not with NO_COLOR', () => {
    expect(printReport(fixedReport, view, terminal)).toContain('\u001b[32m1,125.41\u001b[0m');
    expect(printReport(fixedReport, view, terminal)).toContain('\u001b[31m-2,03,289.59\u001b[0m');
    const refused = styleFor(fakeIo('.', { outIsTerminal: true, environment: { NO_COLOR: '1' } }), 'out');
    expect(printReport(fixedReport, view, refused)).not.toContain('\u001b');
    expect(printReport(fixedReport, view, styleFor(fakeIo('.'), 'out'))).not.toContain('\u001b');
  });

  it('says so when nothing was traded', () => {
    expect(printReport({ ...fixedReport, roundTrips: [], signals: [], equity: [] }, view, noStyle)).toContain('No round trips.');
  });
});

describe('equityCurve', () => {
  const days = (values: readonly number[]) =>
    values.map((equityPaise, index) => ({ date: `2024-01-${String(index + 1).padStart(2, '0')}`, equityPaise }));

  it('has one column a day, from the lowest to the highest', () => {
    expect(`\n${equityCurve(days([100_00, 150_00, 200_00]), { height: 2 })}`).toMatchInlineSnapshot(`
      "
      ₹200.00 │ ▁█
      ₹100.00 │▁██
              └───
               2024-01-01 2024-01-03"
    `);
  });

  it('is no wider than asked for', () => {
    const text = equityCurve(days(Array.from({ length: 30 }, (_, index) => index)), { width: 10 });
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(40);
  });

  it('draws a line where nothing moves, and nothing for a single day', () => {
    expect(equityCurve(days([5, 5, 5]))).toContain('███');
    expect(equityCurve(days([5]))).toBe('');
  });
});
