import type { Paise, RoundTrip, RunReport } from '@sauda/engine';

import type { SavedReport, SavedTrip } from './saved-form.js';

/** When a round trip began: its first leg's entry. Milliseconds since 1970. */
export const entryOf = ({ legs }: SavedTrip): number => legs.reduce((first, { entryTime }) => Math.min(first, entryTime), Infinity);

/** When a round trip ended: its last leg's exit. Milliseconds since 1970. */
export const exitOf = ({ legs }: SavedTrip): number => legs.reduce((last, { exitTime }) => Math.max(last, exitTime), -Infinity);

/** Bought and sold by a round trip. Where the document does not say, to the nearest paisa: average prices have more digits than a fill has. */
export const tradedOf = ({ legs, tradedPaise }: SavedTrip): Paise =>
  tradedPaise ?? Math.round(legs.reduce((sum, { entryPrice, exitPrice, quantity }) => sum + (entryPrice + exitPrice) * quantity * 100, 0));

/** What the orders of a round trip cost more, or brought less, than the prices they were decided on; `null` where none says. */
export function slippageOf({ orders = [] }: SavedTrip): Paise | null {
  let paise: Paise | null = null;
  for (const { slippagePaise } of orders) if (slippagePaise !== null) paise = (paise ?? 0) + slippagePaise;
  return paise;
}

/** The signal behind a round trip, where the report has it. */
export const signalOf = ({ signal }: SavedTrip, signals: RunReport['signals']): RunReport['signals'][number] | undefined =>
  signal === null || signal === undefined ? undefined : signals[signal];

/** The round trips as the engine groups them. A strategy that a document does not name is an empty text. */
export const tripsOf = (report: SavedReport): readonly RoundTrip[] =>
  report.roundTrips.map((trip) => ({
    set: trip.set,
    strategy: trip.strategy ?? '',
    account: trip.account,
    underlying: trip.underlying,
    entryTime: entryOf(trip),
    exitTime: exitOf(trip),
    tradedPaise: tradedOf(trip),
    grossPaise: trip.grossPaise,
    chargesPaise: trip.chargesPaise,
    netPaise: trip.netPaise,
  }));
