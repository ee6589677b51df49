import { describe, expect, it } from 'vitest';

import type { Segment, Session } from '../market/session.js';
import { NO_CHARGES } from '../portfolio/charge-kinds.js';
import { atIst, minuteOfDay } from '../primitives/time.js';
import type { ReportedRoundTrip } from './report.js';
import { reportFigures } from './report-figures.js';

const DATE = '2026-11-20';

const session = (from: string, to: string): Session => ({
  date: DATE,
  open: atIst(DATE, minuteOfDay(from)),
  close: atIst(DATE, minuteOfDay(to)),
});

/** Hours that differ, as they do since August 2026. */
const HOURS: Readonly<Record<Segment, readonly Session[]>> = {
  equity: [session('09:15', '15:15')],
  fno: [session('09:15', '15:40')],
  index: [session('09:15', '15:30')],
};
const calendar = { sessionsOn: (_: string, segment: Segment) => HOURS[segment] };

/** Held from one time of day to another, bought for ₹1,000 and sold for ₹1,020 in two pieces. */
function held(instrument: string, from: string, to: string): ReportedRoundTrip {
  const [entryTime, exitTime] = [atIst(DATE, minuteOfDay(from)), atIst(DATE, minuteOfDay(to))];
  const order = {
    id: 'a',
    purpose: 'entry',
    rule: null,
    by: null,
    instrument,
    side: 'buy',
    quantity: 10,
    kind: 'market',
    limit: null,
    trigger: null,
    status: 'filled',
    reason: null,
    decidedAt: entryTime,
    decidedPrice: null,
    slippagePaise: null,
    fills: [{ time: entryTime, quantity: 10, price: 100, chargesPaise: 5 }],
  } as const;
  const piece = { time: exitTime, quantity: 5, price: 102, chargesPaise: 4 };
  return {
    set: 'one',
    strategy: 'made-up',
    account: 'main',
    underlying: instrument,
    product: 'MIS',
    legs: [{ instrument, side: 'buy', quantity: 10, entryTime, entryPrice: 100, exitTime, exitPrice: 102, premium: 'recorded' }],
    exitReason: 'target',
    grossPaise: 2_000,
    chargesPaise: 13,
    netPaise: 1_987,
    charges: { ...NO_CHARGES, brokeragePaise: 10, sttPaise: 3 },
    tradedPaise: 202_000,
    signal: null,
    orders: [order, { ...order, id: 'b', purpose: 'exit', side: 'sell', fills: [piece, piece] }],
  };
}

const figuresOf = (roundTrips: readonly ReportedRoundTrip[], chargesPaise = 0) =>
  reportFigures(
    { roundTrips, equity: [{ date: DATE, equityPaise: 100_000 }] },
    { startPaise: 100_000, adjustments: chargesPaise === 0 ? [] : [{ account: 'main', date: DATE, chargesPaise }], calendar },
  );

describe('the figures of a report', () => {
  it.each([
    ['of shares over the hours of shares', ['NSE:SBIN'], 360],
    ['of contracts over theirs', ['NFO:NIFTY24NOV26FUT'], 385],
    ['of both over the longer', ['NSE:SBIN', 'NFO:NIFTY24NOV26FUT'], 385],
  ])('have the exposure %s', (_, instruments, minutes) => {
    const { exposure } = figuresOf(instruments.map((instrument) => held(instrument, '10:00', '11:00')));
    expect(exposure).toBeCloseTo(60 / minutes, 12);
  });

  it('count every fill as dealt', () => {
    expect(figuresOf([held('NSE:SBIN', '10:00', '11:00')])).toMatchObject({ tradedPaise: 202_000, turnover: 2.02, exposure: 60 / 360 });
  });

  it('have what contract notes adjusted in net and charges, as a kind of its own', () => {
    const trips = [held('NSE:SBIN', '10:00', '11:00'), held('NSE:SBIN', '12:00', '13:00')];
    const figures = figuresOf(trips, -7);
    expect(figures).toMatchObject({ netPaise: 3_981, chargesPaise: 19, grossPaise: 4_000 });
    expect(figures.charges).toEqual({ ...NO_CHARGES, brokeragePaise: 20, sttPaise: 6, adjustmentsPaise: -7 });
  });

  it('have no exposure but zero where nothing was traded', () => {
    expect(figuresOf([])).toMatchObject({ exposure: 0, tradedPaise: 0, turnover: 0, charges: { adjustmentsPaise: 0 } });
  });
});
