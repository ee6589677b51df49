import { assert } from '../primitives/assert.js';
import type { TradingDate } from '../primitives/time.js';
import type { Fact } from './rules/fact.js';
import { TICK_SIZES, type TickSubject } from './rules/tick-sizes.js';

/** The smallest step of a price on a date, in rupees or points. */
export function tickSizeOf(subject: TickSubject, name: string, on: TradingDate): Fact<number> {
  let found: Fact<number> | null = null;
  for (const row of TICK_SIZES) {
    if (row.subject !== subject || (row.from !== null && row.from > on)) continue;
    if (row.underlyings !== null && !row.underlyings.split(' ').includes(name)) continue;
    found = { value: row.tick, status: row.status, source: row.source };
  }
  assert(found !== null, `No tick size for ${subject}.`);
  return found;
}
