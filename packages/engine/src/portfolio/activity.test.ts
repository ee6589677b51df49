import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Session } from '../market/session.js';
import { atIst, MINUTE_MS } from '../primitives/time.js';
import { activityFigures } from './activity.js';
import type { RoundTrip } from './round-trip.js';

const OPEN = atIst('2026-11-23', 555);

/** Minutes are counted from the first session's open. */
const roundTrip = (entryMinute: number, exitMinute: number): RoundTrip => ({
  set: 'nifty-ema',
  strategy: 'ema-crossover',
  account: 'main',
  underlying: 'NSE_INDEX:NIFTY',
  entryTime: OPEN + entryMinute * MINUTE_MS,
  exitTime: OPEN + exitMinute * MINUTE_MS,
  grossPaise: 110,
  chargesPaise: 10,
  netPaise: 100,
  tradedPaise: 5_000,
});

const day = (date: string): Session => ({ date, open: atIst(date, 555), close: atIst(date, 930) });
const sessions = [day('2026-11-23'), day('2026-11-24')];
const DAY = 24 * 60;

describe('activity', () => {
  const equity = { startPaise: 1000, days: [{ date: '2026-11-23', equityPaise: 20_000 }] };

  it('counts overlapping round trips once, and no time outside sessions', () => {
    const list = [roundTrip(0, 30), roundTrip(10, 75), roundTrip(300, DAY + 75)];
    expect(activityFigures(list, { sessions, equity })).toEqual({ exposure: (75 + 75 + 75) / 750, tradedPaise: 15_000, turnover: 0.75 });
  });

  it('is null without sessions or days', () => {
    const nothing = { sessions: [], equity: { startPaise: 1000, days: [] } };
    expect(activityFigures([], nothing)).toEqual({ exposure: null, tradedPaise: 0, turnover: null });
  });

  it('equals a count minute by minute', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 2000 }), fc.nat({ max: 400 })), { maxLength: 8 }), (list) => {
        const all = list.map(([entry, length]) => roundTrip(entry, entry + length));
        let minutes = 0;
        for (const { open, close } of sessions) {
          for (let at = open; at < close; at += MINUTE_MS)
            if (all.some(({ entryTime, exitTime }) => entryTime <= at && at < exitTime)) minutes += 1;
        }
        expect(activityFigures(all, { sessions, equity }).exposure).toBeCloseTo(minutes / 750, 12);
      }),
      { numRuns: 40 },
    ));
});
