import { HOUR_MS, istTimeOfDayMs, tradingDate, weekdayOf } from '../primitives/time.js';
import type { RoundTrip } from './round-trip.js';
import { type RoundTripFigures, roundTripFigures } from './statistics.js';

/** By what round trips are put together. Weekday and hour are those of the entry, in Indian time. */
export type Grouping = 'set' | 'strategy' | 'account' | 'underlying' | 'weekday' | 'hour';

/** Round trips that have something in common, and their figures. */
export interface RoundTripGroup {
  /** The set's id, the strategy's name, …; a weekday is `0` (Sunday) to `6`, an hour `00` to `23`. */
  readonly key: string;
  readonly figures: RoundTripFigures;
}

/** Figures of round trips by a grouping, ordered by key; each round trip, given in the order in which they ended, is in one group. */
export function groupBy(roundTrips: readonly RoundTrip[], grouping: Grouping): readonly RoundTripGroup[] {
  const groups = new Map<string, RoundTrip[]>();
  for (const roundTrip of roundTrips) {
    const key = keyOf(roundTrip, grouping);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [roundTrip]);
    else group.push(roundTrip);
  }
  return [...groups.keys()].sort().map((key) => ({ key, figures: roundTripFigures(groups.get(key) ?? []) }));
}

function keyOf(roundTrip: RoundTrip, grouping: Grouping): string {
  switch (grouping) {
    case 'weekday':
      return String(weekdayOf(tradingDate(roundTrip.entryTime)));
    case 'hour':
      return String(Math.floor(istTimeOfDayMs(roundTrip.entryTime) / HOUR_MS)).padStart(2, '0');
    default:
      return roundTrip[grouping];
  }
}
