import { EngineError } from '@sauda/engine';

import type { SavedOrder, SavedReport, SavedTrip } from './saved-form.js';

/** A round trip whose orders are known. */
export type TripWithOrders = SavedTrip & { readonly orders: readonly SavedOrder[] };

/**
 * The round trips of a report with their orders.
 *
 * @param what is made of them, for the message: `a trade journal`.
 * @throws EngineError `data/report-without-orders` for a document of a version that did not write orders down.
 */
export function needOrders({ roundTrips }: SavedReport, what: string): readonly TripWithOrders[] {
  return roundTrips.map((trip) => {
    const { orders } = trip;
    if (orders === undefined) throw withoutOrders(what);
    return { ...trip, orders };
  });
}

/** The error for a document that is too old for what is asked of it. */
export const withoutOrders = (what: string): EngineError =>
  new EngineError('data/report-without-orders', {
    message: `The document does not have the orders of its round trips, from which ${what} is made: an earlier version has written it.`,
    remedy: 'Run it again with this version: sauda backtest --json > run.json.',
    context: { what },
  });
