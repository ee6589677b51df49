import type { Session } from '../market/session.js';
import type { Paise } from '../primitives/money.js';
import type { EquityCurve } from './equity-curve.js';
import type { RoundTrip } from './round-trip.js';

/** How much was done. */
export interface ActivityFigures {
  /** Time in sessions with at least one open round trip, as a share of the sessions' time; `null` without sessions. */
  readonly exposure: number | null;
  /** Everything bought and sold. */
  readonly tradedPaise: Paise;
  /** The same ÷ the average equity at the ends of days; `null` without days or when that is not above 0. */
  readonly turnover: number | null;
}

/** What exposure and turnover ask of a round trip. */
export type Activity = Pick<RoundTrip, 'entryTime' | 'exitTime' | 'tradedPaise'>;

/** Exposure and turnover of round trips over the sessions that they were made in; sessions of several segments may lie over each other. */
export const activityFigures = (
  roundTrips: readonly Activity[],
  { sessions, equity }: { readonly sessions: readonly Session[]; readonly equity: EquityCurve },
): ActivityFigures => {
  const tradedPaise = roundTrips.reduce((sum, roundTrip) => sum + roundTrip.tradedPaise, 0);
  const average = equity.days.reduce((sum, day) => sum + day.equityPaise, 0) / equity.days.length;
  return { exposure: exposure(roundTrips, sessions), tradedPaise, turnover: average > 0 ? tradedPaise / average : null };
};

type Stretch = Pick<Session, 'open' | 'close'>;

function exposure(roundTrips: readonly Activity[], sessions: readonly Stretch[]): number | null {
  const traded = joined(sessions);
  const total = traded.reduce((sum, { open, close }) => sum + close - open, 0);
  if (total === 0) return null;
  const held = joined(roundTrips.map(({ entryTime, exitTime }) => ({ open: entryTime, close: exitTime })));
  let covered = 0;
  let first = 0;
  for (const session of traded) {
    while (first < held.length && held[first]!.close <= session.open) first += 1;
    for (let index = first; index < held.length; index += 1) {
      const { open, close } = held[index]!;
      if (open >= session.close) break;
      covered += Math.min(close, session.close) - Math.max(open, session.open);
    }
  }
  return covered / total;
}

/** The same time in stretches of which none touches another, oldest first. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const apart: Stretch[] = [];
  for (const { open, close } of [...stretches].sort((left, right) => left.open - right.open)) {
    const last = apart.at(-1);
    if (last !== undefined && open <= last.close) apart[apart.length - 1] = { open: last.open, close: Math.max(last.close, close) };
    else apart.push({ open, close });
  }
  return apart;
}
