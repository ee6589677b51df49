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

/** Exposure and turnover of round trips over the sessions, oldest first, that they were made in. */
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
  const total = sessions.reduce((sum, { open, close }) => sum + close - open, 0);
  if (total === 0) return null;
  const held = heldStretches(roundTrips);
  let covered = 0;
  let first = 0;
  for (const session of sessions) {
    while (first < held.length && held[first]!.close <= session.open) first += 1;
    for (let index = first; index < held.length; index += 1) {
      const { open, close } = held[index]!;
      if (open >= session.close) break;
      covered += Math.min(close, session.close) - Math.max(open, session.open);
    }
  }
  return covered / total;
}

/** Stretches with an open round trip, oldest first, none touching another. */
function heldStretches(roundTrips: readonly Activity[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { entryTime, exitTime } of [...roundTrips].sort((left, right) => left.entryTime - right.entryTime)) {
    const last = stretches.at(-1);
    if (last !== undefined && entryTime <= last.close)
      stretches[stretches.length - 1] = { open: last.open, close: Math.max(last.close, exitTime) };
    else stretches.push({ open: entryTime, close: exitTime });
  }
  return stretches;
}
