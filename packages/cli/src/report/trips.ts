import type { RoundTrip, RunReport } from '@sauda/engine';

/** One round trip of a report. */
export type ReportedTrip = RunReport['roundTrips'][number];

/** When a round trip began: its first leg's entry. Milliseconds since 1970. */
export const entryOf = ({ legs }: ReportedTrip): number => legs.reduce((first, { entryTime }) => Math.min(first, entryTime), Infinity);

/** When a round trip ended: its last leg's exit. Milliseconds since 1970. */
export const exitOf = ({ legs }: ReportedTrip): number => legs.reduce((last, { exitTime }) => Math.max(last, exitTime), -Infinity);

/** Bought and sold by a round trip, in paise to the nearest: average prices have more digits than a fill has. */
export const tradedPaise = ({ legs }: ReportedTrip): number =>
  Math.round(legs.reduce((sum, { entryPrice, exitPrice, quantity }) => sum + (entryPrice + exitPrice) * quantity * 100, 0));

/** The round trips as the engine groups them. A strategy that a document does not name is an empty text. */
export const tripsOf = (report: RunReport): readonly RoundTrip[] =>
  report.roundTrips.map((trip) => ({
    set: trip.set,
    strategy: trip.strategy ?? '',
    account: trip.account,
    underlying: trip.underlying,
    entryTime: entryOf(trip),
    exitTime: exitOf(trip),
    tradedPaise: tradedPaise(trip),
    grossPaise: trip.grossPaise,
    chargesPaise: trip.chargesPaise,
    netPaise: trip.netPaise,
  }));
