import type { RunReport } from '@sauda/engine';

import { fixedReport } from '../cli.test-kit.js';
import type { SavedReport } from './saved-form.js';

/** A report of one-leg round trips with these nets in paise and these moments of exit; each was entered an hour before. */
export function reportOf(trips: readonly { readonly netPaise: number; readonly exitTime: number }[]): RunReport {
  const [model] = fixedReport.roundTrips;
  const [leg] = model?.legs ?? [];
  if (model === undefined || leg === undefined) throw new Error('The fixed report has a round trip.');
  const netPaise = trips.reduce((sum, trip) => sum + trip.netPaise, 0);
  return {
    ...fixedReport,
    roundTrips: trips.map((trip) => ({
      ...model,
      grossPaise: trip.netPaise,
      chargesPaise: 0,
      netPaise: trip.netPaise,
      legs: [{ ...leg, entryTime: trip.exitTime - 3_600_000, exitTime: trip.exitTime }],
    })),
    figures: { ...fixedReport.figures, roundTrips: trips.length, netPaise, grossPaise: netPaise, chargesPaise: 0 },
  };
}

/** 2024-01-03, 11:05:12 in India. */
const TRIPPED = 1704260112000;

/** The fixed report with a breaker that tripped, alerts of each severity, and two contract notes that were adjusted. */
export const guardedReport: RunReport = {
  ...fixedReport,
  breakers: [
    {
      account: 'main',
      code: 'account/daily-loss',
      reason: 'Loss of the day ₹5,012.00, limit ₹5,000.00.',
      limit: 500_000,
      value: 501_200,
      time: TRIPPED,
      closedBy: [
        {
          orderId: 'S0O5',
          set: 'nifty-ema',
          instrument: 'NFO:NIFTY11JAN2421650PE',
          side: 'buy',
          quantity: 1800,
          price: 1230.15,
          time: TRIPPED + 100,
        },
      ],
      closedAt: TRIPPED + 100,
      rearm: 'from 2024-01-04 by itself, or: rearm main',
      rearmedAt: 1704339900000,
      rearmedBy: 'calendar',
    },
    {
      account: 'main',
      code: 'system/feed-stale',
      reason: 'No price has come since 2024-01-04 10:00:00: 200 seconds, limit 180.',
      limit: 180_000,
      value: 200_000,
      time: 1704342800000,
      closedBy: [],
      closedAt: null,
      rearm: 'rearm main',
      rearmedAt: null,
      rearmedBy: null,
    },
  ],
  alerts: [
    {
      time: TRIPPED,
      severity: 'info',
      code: 'account/closed',
      message: 'Account main holds nothing.',
      remedy: '',
      account: 'main',
      set: null,
    },
    {
      time: TRIPPED,
      severity: 'critical',
      code: 'account/daily-loss',
      message: 'Account main is stopped.',
      remedy: 'Say: rearm main.',
      account: 'main',
      set: null,
    },
  ],
  adjustments: [
    { account: 'main', date: '2024-01-02', chargesPaise: 56 },
    { account: 'main', date: '2024-01-04', chargesPaise: -20 },
  ],
  figures: {
    ...fixedReport.figures,
    netPaise: fixedReport.figures.netPaise - 36,
    chargesPaise: fixedReport.figures.chargesPaise + 36,
    charges: { ...fixedReport.figures.charges, adjustmentsPaise: 36 },
  },
};

/** The fixed report as an earlier version has written it. */
export function oldReport(): SavedReport {
  const {
    breakers: _breakers,
    alerts: _alerts,
    adjustments: _adjustments,
    accounts: _accounts,
    chargesFrom: _from,
    ...report
  } = fixedReport;
  const { charges: _charges, exposure: _exposure, tradedPaise: _traded, turnover: _turnover, ...figures } = report.figures;
  const roundTrips = report.roundTrips.map(
    ({ product: _product, charges: _kinds, tradedPaise: _dealt, signal: _signal, orders: _orders, ...trip }) => trip,
  );
  return { ...report, figures, roundTrips };
}
