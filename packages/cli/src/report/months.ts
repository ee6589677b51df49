import { type Paise, tradingDate } from '@sauda/engine';

import type { SavedReport } from './saved-form.js';
import { exitOf } from './trips.js';

/** Net results of a calendar year in India. */
export interface YearRow {
  /** `2026`. */
  readonly year: string;
  /** January first, twelve of them; `null`: no round trip ended in that month. */
  readonly months: readonly (Paise | null)[];
  readonly netPaise: Paise;
}

/** Net of the round trips by the month in which they ended, oldest year first; years without any are left out. All of it adds up to the net of the round trips. */
export function monthlyNet(roundTrips: SavedReport['roundTrips']): readonly YearRow[] {
  const years = new Map<string, (Paise | null)[]>();
  for (const trip of roundTrips) {
    const date = tradingDate(exitOf(trip));
    const months = years.get(date.slice(0, 4)) ?? Array.from({ length: 12 }, (): Paise | null => null);
    const month = Number(date.slice(5, 7)) - 1;
    months[month] = (months[month] ?? 0) + trip.netPaise;
    years.set(date.slice(0, 4), months);
  }
  return [...years]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([year, months]) => ({ year, months, netPaise: months.reduce<number>((sum, net) => sum + (net ?? 0), 0) }));
}
