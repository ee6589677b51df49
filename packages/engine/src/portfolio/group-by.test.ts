import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { atIst, MINUTE_MS } from '../primitives/time.js';
import { type Grouping, groupBy } from './group-by.js';
import type { RoundTrip } from './round-trip.js';

/** 2026-11-23 is a Monday. */
const OPEN = atIst('2026-11-23', 555);

const roundTrip = (entryMinute: number, exitMinute: number, netPaise = 100): RoundTrip => ({
  set: netPaise > 0 ? 'winner' : 'loser',
  strategy: 'ema-crossover',
  account: 'main',
  underlying: 'NSE_INDEX:NIFTY',
  entryTime: OPEN + entryMinute * MINUTE_MS,
  exitTime: OPEN + exitMinute * MINUTE_MS,
  grossPaise: netPaise + 10,
  chargesPaise: 10,
  netPaise,
  tradedPaise: 5_000,
});

const DAY = 24 * 60;

describe('groups of round trips', () => {
  it('come by weekday and hour of the entry, in Indian time', () => {
    const list = [roundTrip(0, 5), roundTrip(44, 50), roundTrip(45, 50, -30), roundTrip(DAY, DAY + 5)];
    expect(groupBy(list, 'weekday').map(({ key, figures }) => [key, figures.roundTrips])).toEqual([
      ['1', 3],
      ['2', 1],
    ]);
    expect(groupBy(list, 'hour').map(({ key, figures }) => [key, figures.roundTrips, figures.netPaise])).toEqual([
      ['09', 3, 300],
      ['10', 1, -30],
    ]);
    expect(groupBy(list, 'set').map(({ key }) => key)).toEqual(['loser', 'winner']);
  });

  it('add up to the whole, by any grouping', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 4000 }), fc.integer({ min: -500, max: 500 }))),
        fc.constantFrom<Grouping>('set', 'strategy', 'account', 'underlying', 'weekday', 'hour'),
        (list, grouping) => {
          const all = list.map(([minute, net]) => roundTrip(minute, minute + 1, net));
          const groups = groupBy(all, grouping);
          expect(groups.reduce((sum, { figures }) => sum + figures.roundTrips, 0)).toBe(all.length);
          expect(groups.reduce((sum, { figures }) => sum + figures.netPaise, 0)).toBe(all.reduce((sum, one) => sum + one.netPaise, 0));
        },
      ),
    ));
});
