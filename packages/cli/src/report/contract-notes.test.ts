import { atIst, type RunReport } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { fakeIo, fixedReport, folderWith, paperYaml } from '../cli.test-kit.js';
import { main } from '../main.js';
import { printNotes } from '../print/notes.js';
import { noStyle } from '../print/style.js';
import { contractNotes } from './contract-notes.js';
import { oldReport } from './report.test-kit.js';
import { savedForm } from './saved-form.js';

type Order = RunReport['roundTrips'][number]['orders'][number];

const DAY = '2026-11-20';
const OPTION = 'NFO:NIFTY24NOV2626000CE';

/** An order of 65 options, filled in one piece. */
function filled(change: Partial<Order>, { on = DAY, price, chargesPaise }: { on?: string; price: number; chargesPaise: number }): Order {
  const [order] = fixedReport.roundTrips[0]?.orders ?? [];
  if (order === undefined) throw new Error('The fixed report has orders.');
  return { ...order, instrument: OPTION, quantity: 65, ...change, fills: [{ time: atIst(on, 600), quantity: 65, price, chargesPaise }] };
}

/** A run with one round trip of these orders for each account. */
function reportWith(orders: readonly Order[], accounts: readonly string[] = ['main']): RunReport {
  const [trip] = fixedReport.roundTrips;
  if (trip === undefined) throw new Error('The fixed report has a round trip.');
  return {
    ...fixedReport,
    accounts: accounts.map((id) => ({ id, broker: 'paper', capitalPaise: 1 })),
    roundTrips: accounts.map((account) => ({ ...trip, account, product: 'NRML', orders })),
  };
}

const bought = filled({ id: 'a', side: 'buy' }, { price: 100, chargesPaise: 26_53 });
const sold = filled({ id: 'b', side: 'sell', purpose: 'exit' }, { price: 110, chargesPaise: 37_33 });

describe('the contract notes of a run', () => {
  it('are those of a day that was worked out by hand', () => {
    // Bought for ₹6,500: fee 0.03553 % 2.30945, SEBI 0.0065, stamp 0.003 % 0.195, GST 18 % of 22.31595 4.016871, with brokerage 26.527816.
    // Sold for ₹7,150: tax 0.15 % 10.725, fee 2.540395, SEBI 0.00715, GST 4.05856, with brokerage 37.33.
    // The note: fee of ₹13,650 4.849845, SEBI 0.01365, stamp 0.195 (a half goes to the even paisa), GST 18 % of 44.863495 8.075429; tax to the rupee.
    expect(printNotes(reportWith([bought, sold]), noStyle)).toBe(`Account main
Contract note of 2026-11-20

NSE options
  buy 65 NFO:NIFTY24NOV2626000CE for ₹6,500.00, brokerage ₹20.00 (order a)
  sell 65 NFO:NIFTY24NOV2626000CE for ₹7,150.00, brokerage ₹20.00 (order b)
  bought                         ₹6,500.00
  sold                           ₹7,150.00
  brokerage                         ₹40.00
  STT                               ₹10.72
  exchange fee                       ₹4.85
  SEBI fee                           ₹0.01
  stamp duty                         ₹0.20
  GST                                ₹8.08
  charges                           ₹63.86

All segments
  bought                         ₹6,500.00
  sold                           ₹7,150.00
  STT to the rupee                   ₹0.28
  brokerage                         ₹40.00
  STT                               ₹11.00
  exchange fee                       ₹4.85
  SEBI fee                           ₹0.01
  stamp duty                         ₹0.20
  GST                                ₹8.08
  charges                           ₹64.14
  to be received                   ₹585.86

  charged fill by fill              ₹63.86
  adjustment                         ₹0.28

warning The run has not booked these adjustments: its figures are those of the charges fill by fill. To book them: contractNotes: true.
`);
  });

  it('are one for each day and account, in their order', () => {
    const later = filled({ id: 'b', side: 'sell' }, { on: '2026-11-23', price: 110, chargesPaise: 37_33 });
    const notes = contractNotes(reportWith([bought, later], ['second', 'main']));
    expect(notes.map(({ account, note }) => [note.on, account, note.segments[0]?.orders.length])).toEqual([
      ['2026-11-20', 'main', 1],
      ['2026-11-20', 'second', 1],
      ['2026-11-23', 'main', 1],
      ['2026-11-23', 'second', 1],
    ]);
  });

  it('say what the exchange has settled', () => {
    const settled = filled({ id: 'outside:F9', side: 'sell', by: 'settlement', kind: null }, { price: 80.04, chargesPaise: 0 });
    expect(printNotes(reportWith([bought, settled]), noStyle)).toContain(
      `  settled by the exchange: sold 65 ${OPTION} at 80.04 (outside:F9)\n`,
    );
  });

  it('say that futures stand with their contract value', () => {
    const words = "futures stand with their contract value; what is paid for them is each day's mark to market";
    const future = { ...bought, instrument: 'NFO:NIFTY24NOV26FUT' };
    expect(printNotes(reportWith([future]), noStyle)).toContain(words);
    expect(printNotes(reportWith([bought]), noStyle)).not.toContain(words);
  });

  it('know contracts of years whose lots nobody knows', () => {
    const old = {
      ...bought,
      instrument: 'NFO:NIFTY31JAN13FUT',
      fills: bought.fills.map((fill) => ({ ...fill, time: atIst('2013-01-07', 600) })),
    };
    const notes = contractNotes({ ...reportWith([old]), chargesFrom: '2024-10-01' });
    expect(notes.map(({ note }) => [note.on, note.segments[0]?.segment])).toEqual([['2013-01-07', 'futures']]);
  });

  it('ask for exactly what the run has booked', async () => {
    const io = fakeIo(
      folderWith({ 'sauda.config.yaml': `${paperYaml.replace('paper', 'backtest').replace('days: 1', 'days: 4')}contractNotes: true\n` }),
    );
    expect(await main(['backtest', '--json'], io)).toBe(0);
    const report = savedForm.parse(JSON.parse(io.printed.out));
    const asked = contractNotes(report).map(({ account, note }) => ({ account, date: note.on, chargesPaise: note.adjustmentPaise }));
    expect(report.adjustments?.length).toBeGreaterThan(1);
    expect(asked.filter(({ chargesPaise }) => chargesPaise !== 0)).toEqual(report.adjustments);
    expect(printNotes(report, noStyle)).not.toContain('has not booked');
  });

  it('are not made of a document that does not have the orders', () => {
    expect(() => contractNotes(oldReport())).toThrow(/does not have the orders of its round trips, from which a contract note is made/);
  });

  it('are none where nothing was dealt', () => {
    expect(printNotes(reportWith([], []), noStyle)).toBe('No contract notes: nothing was dealt.\n');
  });
});
