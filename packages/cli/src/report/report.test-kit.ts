import type { RunReport } from '@sauda/engine';

import { fixedReport } from '../cli.test-kit.js';

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
