import { describe, expect, it } from 'vitest';

import { fixedReport } from '../cli.test-kit.js';
import { oldReport } from '../report/report.test-kit.js';
import { noStyle } from './style.js';
import { printJournal } from './trip-journal.js';

describe('printJournal', () => {
  it('has a block for each round trip', () => {
    expect(`\n${printJournal(fixedReport, null, noStyle)}`).toMatchInlineSnapshot(`
      "
      #1  nifty-ema  NSE_INDEX:NIFTY, main
        2024-01-02 12:20:00 to 2024-01-02 13:00:12, target
        signal of 2024-01-02 12:20:00: bullish, EMA 9 crossed above EMA 15
          fast 21612.10, slow 21611.44
        Entry: buy 50 NIFTY04JAN2421650CE at the market (S0O1, filled)
          decided 2024-01-02 12:20:00 at 118.30, slippage ₹2.50
          2024-01-02 12:20:00  50 at 118.35, charges ₹27.31
        Exit, target: sell 50 NIFTY04JAN2421650CE at the market (S0O2, filled)
          decided 2024-01-02 13:00:12 at 142.20, slippage ₹7.50
          2024-01-02 13:00:12  50 at 142.05, charges ₹32.28
        gross ₹1,185.00, charges ₹59.59, net ₹1,125.41
          brokerage 40.00, STT 4.44, exchange fee 6.57, SEBI fee 0.01, stamp duty 0.18, GST 8.39

      #2  nifty-ema  NSE_INDEX:NIFTY, main
        2024-01-03 11:03:20 to 2024-01-04 12:03:20, setStopLoss
        Entry: sell 1800 NIFTY11JAN2421650PE at the market (S0O3, filled)
          decided 2024-01-03 11:03:19
          2024-01-03 11:03:20  1800 at 1,118.30, charges ₹600.00
        Entry: sell 1800 NIFTY11JAN2421650CE at the market (S0O4, filled)
          decided 2024-01-03 11:03:19
          2024-01-03 11:03:20  1800 at 10.00, charges ₹29.59
        Exit, setStopLoss: buy 1800 NIFTY11JAN2421650PE at the market (S0O5, filled)
          decided 2024-01-04 12:03:19
          2024-01-04 12:03:20  1800 at 1,230.15, charges ₹400.00
        Exit, setStopLoss: buy 1800 NIFTY11JAN2421650CE at the market (S0O6, filled)
          decided 2024-01-04 12:03:19
          2024-01-04 12:03:20  1800 at 10.50, charges ₹30.00
        gross -₹2,02,230.00, charges ₹1,059.59, net -₹2,03,289.59
          brokerage 80.00, STT 600.00, exchange fee 200.00, SEBI fee 5.00, stamp duty 24.59, GST 150.00
      "
    `);
  });

  it('keeps its numbers when the first are left out, and says how to see them', () => {
    const text = printJournal(fixedReport, 1, noStyle);
    expect(text).toMatch(/^#2 {2}nifty-ema/);
    expect(text).toContain('The first round trip is not shown');
  });

  it('names what was not filled, and what nobody ordered', () => {
    const [trip] = fixedReport.roundTrips;
    const [order] = trip?.orders ?? [];
    if (trip === undefined || order === undefined) throw new Error('The fixed report has both.');
    const reason = '"NFO:NIFTY04JAN2421650CE" is not in a trading session.';
    const refused = { ...order, id: 'S0O7', status: 'refused' as const, reason, fills: [], slippagePaise: null };
    const settled = {
      ...order,
      id: 'outside:F9',
      purpose: 'exit' as const,
      rule: 'settlement' as const,
      by: 'settlement' as const,
      kind: null,
    };
    const stop = {
      ...order,
      id: 'S0O8',
      purpose: 'protect' as const,
      kind: 'SL' as const,
      trigger: 90,
      limit: 85.5,
      status: 'cancelled' as const,
    };
    const text = printJournal({ ...fixedReport, roundTrips: [{ ...trip, orders: [refused, settled, stop] }] }, null, noStyle);
    expect(text).toContain('Entry: buy 50 NIFTY04JAN2421650CE at the market (S0O7, refused by the gate)');
    expect(text).toContain('\n    decided 2024-01-02 12:20:00 at 118.30\n    "NFO:NIFTY04JAN2421650CE" is not in a trading session.\n');
    expect(text).toContain(
      'Settled by the exchange: buy 50 NIFTY04JAN2421650CE no order of ours (outside:F9, filled)\n    2024-01-02 12:20:00  50 at',
    );
    expect(text).toContain('Stop at the exchange: buy 50 NIFTY04JAN2421650CE stop 90.00, limit 85.50 (S0O8, cancelled)');
  });

  it('is not made of a document that does not have the orders', () => {
    expect(() => printJournal(oldReport(), null, noStyle)).toThrow(
      /does not have the orders of its round trips, from which a trade journal is made/,
    );
  });

  it('says so when nothing was traded', () =>
    expect(printJournal({ ...fixedReport, roundTrips: [] }, null, noStyle)).toBe('No round trips.\n'));
});
