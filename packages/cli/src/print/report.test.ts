import { describe, expect, it } from 'vitest';

import { fakeIo, fixedReport } from '../cli.test-kit.js';
import { guardedReport, oldReport } from '../report/report.test-kit.js';
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
      Bought and sold                  ₹42,77,130.00    Charges, share of it                   0.026 %
      Turnover                            4.75 times    Exposure                                41.0 %
      Charges are brokerage ₹120.00, STT ₹604.44, exchange fee ₹206.57,
                  SEBI fee ₹5.01, stamp duty ₹24.77, GST ₹158.39.
      Sharpe and Sortino are those of 3 daily returns (2024-01-02 to 2024-01-04), for a year of 252 days.

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

  it('tells the trail of each breaker, and what alerts and contract notes came to', () => {
    const text = printReport(guardedReport, { last: null, quiet: true }, noStyle);
    expect(text).toContain(`
breaker 2024-01-03 11:05:12  main  Loss of the day ₹5,012.00, limit ₹5,000.00.
  account/daily-loss: limit ₹5,000.00, found ₹5,012.00; flat 2024-01-03 11:05:12
  11:05:12  bought 1800 NIFTY11JAN2421650PE at 1,230.15, order S0O5
  re-armed 2024-01-04 09:15:00 by the calendar (from 2024-01-04 by itself, or: rearm main)
breaker 2024-01-04 10:03:20  main  No price has come since 2024-01-04 10:00:00: 200 seconds, limit 180.
  system/feed-stale: limit 180 s, found 200 s; flat not yet
  re-armed not yet (rearm main)

2 alerts: 1 critical, 1 info.
2 contract notes ask for ₹0.36 more than was charged fill by fill; it is among the charges.
`);
    expect(text).toContain('GST ₹158.39, contract notes ₹0.36.');
  });

  it('prints the last breakers, and of each the first fills, where there are many', () => {
    const [breaker] = guardedReport.breakers;
    const [fill] = breaker?.closedBy ?? [];
    if (breaker === undefined || fill === undefined) throw new Error('The guarded report has both.');
    const breakers = Array.from({ length: 7 }, (_, index) => ({
      ...breaker,
      code: `code/${index}`,
      closedBy: Array.from({ length: 9 }, () => fill),
    }));
    const text = printReport({ ...guardedReport, breakers }, view, noStyle);
    expect(text.match(/^breaker /gm)).toHaveLength(5);
    expect(text).not.toContain('code/1');
    expect(text).toContain('code/6');
    expect(text).toContain('  and 3 more\n');
    expect(text).toContain('The first 2 breakers are not shown');
  });

  it('says of an old document what it has, and makes nothing up', () => {
    const text = printReport(oldReport(), view, noStyle);
    expect(text).toContain('Net profit                       -₹2,02,164.18');
    expect(text).not.toMatch(/Exposure|Turnover|Charges are|breaker|alert|contract note/);
  });

  it('stays within 120 columns', () => {
    const longest = Math.max(
      ...printReport(guardedReport, view, noStyle)
        .split('\n')
        .map(({ length }) => length),
    );
    expect(longest).toBeLessThanOrEqual(120);
  });

  it('names the sets, and splits by what there are several of, where a run has several', () => {
    const [won, lost] = fixedReport.roundTrips;
    if (won === undefined || lost === undefined) throw new Error('The fixed report has two round trips.');
    const named = { strategy: 'ema-crossover', account: 'family', set: 'a-set-with-a-long-name' };
    const several = {
      ...fixedReport,
      roundTrips: [
        { ...won, strategy: 'opening-breakout' },
        { ...lost, ...named },
      ],
    };
    const text = printReport(several, view, noStyle);
    expect(text.split('\n').slice(2, 7).join('\n')).toMatchInlineSnapshot(`
      "Entry          Exit        Set            Instrument            Qty          Prices Reason       Charges          Net
      ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      24-01-02 12:20 13:00       nifty-ema      NIFTY04JAN2421650CE    50   118.35→142.05 target         59.59     1,125.41
      24-01-03 11:03 01-04 12:03 a-set-with-a-… NIFTY11JAN2421650PE -1800 1118.30→1230.15 setStopLoss 1,059.59 -2,03,289.59
      24-01-03 11:03 01-04 12:03 a-set-with-a-… NIFTY11JAN2421650CE -1800     10.00→10.50"
    `);
    expect(text.slice(text.indexOf('\nSet  '), text.indexOf('\n₹10,01'))).toMatchInlineSnapshot(`
      "
      Set                     Round trips  Win rate         Gross   Charges           Net  Profit factor    Expectancy
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      a-set-with-a-long-name            1     0.0 %  -2,02,230.00  1,059.59  -2,03,289.59           0.00  -2,03,289.59
      nifty-ema                         1   100.0 %      1,185.00     59.59      1,125.41            n/a      1,125.41

      Strategy          Round trips  Win rate         Gross   Charges           Net  Profit factor    Expectancy
      ──────────────────────────────────────────────────────────────────────────────────────────────────────────
      ema-crossover               1     0.0 %  -2,02,230.00  1,059.59  -2,03,289.59           0.00  -2,03,289.59
      opening-breakout            1   100.0 %      1,185.00     59.59      1,125.41            n/a      1,125.41

      Account  Round trips  Win rate         Gross   Charges           Net  Profit factor    Expectancy
      ─────────────────────────────────────────────────────────────────────────────────────────────────
      family             1     0.0 %  -2,02,230.00  1,059.59  -2,03,289.59           0.00  -2,03,289.59
      main               1   100.0 %      1,185.00     59.59      1,125.41            n/a      1,125.41
      "
    `);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(printReport(several, { last: null, quiet: true }, noStyle)).not.toContain('\nStrategy');
    expect(printReport(fixedReport, view, noStyle)).not.toContain('\nSet ');
  });

  it('begins with the waivers', () => expect(printReport(fixedReport, view, noStyle)).toMatch(/^Waived: nifty-ema: globalStability\n/));

  it('leaves out the first round trips, and says how to see them', () => {
    const text = printReport(fixedReport, { last: 1, quiet: false }, noStyle);
    expect(text).not.toContain('NIFTY04JAN2421650CE');
    expect(text).toContain('NIFTY11JAN2421650PE');
    expect(text).toContain('The first round trip is not shown: --all prints every one, --last n the last n.');
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
