import { segmentOf } from '../market/segment-of.js';
import type { Segment, Session, SessionCalendar } from '../market/session.js';
import { type Activity, activityFigures } from '../portfolio/activity.js';
import { type ChargeKinds, chargesTogether, NO_CHARGES } from '../portfolio/charge-kinds.js';
import type { EquityPoint } from '../portfolio/equity-curve.js';
import { performanceFigures } from '../portfolio/statistics.js';
import type { Paise } from '../primitives/money.js';
import type { ReportedAdjustment, ReportedFigures, ReportedRoundTrip } from './report.js';

/** What a run has done. */
export interface Recorded {
  readonly roundTrips: readonly ReportedRoundTrip[];
  readonly equity: readonly EquityPoint[];
}

/** The figures of a whole run, over the sessions of what it traded. What contract notes ask for is no round trip's, and paid all the same. */
export function reportFigures(
  { roundTrips, equity: days }: Recorded,
  {
    startPaise,
    adjustments,
    calendar,
  }: {
    readonly startPaise: Paise;
    readonly adjustments: readonly ReportedAdjustment[];
    readonly calendar: Pick<SessionCalendar, 'sessionsOn'>;
  },
): ReportedFigures {
  const equity = { startPaise, days };
  const figures = performanceFigures(roundTrips, equity);
  const adjustmentsPaise = adjustments.reduce((sum, { chargesPaise }) => sum + chargesPaise, 0);
  const kinds = roundTrips.reduce<ChargeKinds>((sum, { charges }) => chargesTogether(sum, charges), NO_CHARGES);
  return {
    ...figures,
    netPaise: figures.netPaise - adjustmentsPaise,
    chargesPaise: figures.chargesPaise + adjustmentsPaise,
    charges: { ...kinds, adjustmentsPaise },
    ...activityFigures(roundTrips.map(activityOf), { sessions: tradedSessions(roundTrips, days, calendar), equity }),
  };
}

function activityOf({ legs, tradedPaise }: ReportedRoundTrip): Activity {
  let entryTime = Infinity;
  let exitTime = -Infinity;
  for (const leg of legs) {
    entryTime = Math.min(entryTime, leg.entryTime);
    exitTime = Math.max(exitTime, leg.exitTime);
  }
  return { entryTime, exitTime, tradedPaise };
}

/** The sessions of the segments that were traded; without a round trip those of the indices. */
function tradedSessions(
  roundTrips: readonly ReportedRoundTrip[],
  days: readonly EquityPoint[],
  calendar: Pick<SessionCalendar, 'sessionsOn'>,
): readonly Session[] {
  const segments = new Set<Segment>();
  for (const { legs } of roundTrips) for (const { instrument } of legs) segments.add(segmentOf(instrument));
  if (segments.size === 0) segments.add('index');
  return days.flatMap(({ date }) => [...segments].flatMap((segment) => calendar.sessionsOn(date, segment)));
}
