import fc from 'fast-check';

import type { Candle } from '../../market/candle.js';
import { DAY_MS, IST_OFFSET_MS, MINUTE_MS } from '../../primitives/time.js';

/** Which series {@link candles} draws. */
export interface CandlesOptions {
  /** Fewest candles; 0 unless given. */
  readonly minLength?: number;
  /** Most candles; 120 unless given. */
  readonly maxLength?: number;
  /** Length of a candle in minutes, a divisor of a session's 375 or not; 5 unless given. */
  readonly minutes?: number;
  /** The grid that all prices are on, in rupees; 0.05 unless given. */
  readonly tickSize?: number;
  /** Whether some candles are missing, as on a contract that is seldom traded; no unless given. */
  readonly missing?: boolean;
}

/**
 * Series of valid, complete candles of one instrument, oldest first: low ≤ open, close ≤ high, above 0 and on the grid, without overlap,
 * within the hours 09:15 to 15:30 IST of weekdays from 2026-11-23 on, beginning anywhere in a session so that short series have new sessions too.
 *
 * There are gaps from close to open, candles that do not move, and candles without volume. Shrinks towards short and flat.
 */
export function candles({
  minLength = 0,
  maxLength = 120,
  minutes = 5,
  tickSize = 0.05,
  missing = false,
}: CandlesOptions = {}): fc.Arbitrary<readonly Candle[]> {
  const slots = Math.ceil(SESSION_MINUTES / minutes);
  return fc
    .record({
      firstSlot: fc.nat({ max: slots - 1 }),
      firstTicks: fc.integer({ min: 1, max: 60_000 }),
      shapes: fc.array(shape(missing), { minLength, maxLength }),
    })
    .map(({ firstSlot, firstTicks, shapes }) => {
      const series: Candle[] = [];
      let slot = firstSlot - 1;
      let last = firstTicks;
      for (const { skipped, gap, body, above, below, volume } of shapes) {
        slot += 1 + skipped;
        const open = Math.max(1, last + gap);
        const close = Math.max(1, open + body);
        const high = Math.max(open, close) + above;
        const low = Math.max(1, Math.min(open, close) - below);
        series.push({
          ...slotTimes(slot, slots, minutes),
          open: rupees(open, tickSize),
          high: rupees(high, tickSize),
          low: rupees(low, tickSize),
          close: rupees(close, tickSize),
          volume,
          complete: true,
        });
        last = close;
      }
      return series;
    });
}

const SESSION_OPEN_MINUTE = 555;
const SESSION_MINUTES = 375;
/** 2026-11-23, a Monday, in days since 1970-01-01. */
const FIRST_DAY = 20_780;

/** One candle's moves, in ticks. */
const shape = (missing: boolean) =>
  fc.record({
    skipped: missing ? fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 100 }) }) : fc.constant(0),
    gap: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: around(20) }, { weight: 1, arbitrary: around(5_000) }),
    body: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: around(60) }),
    above: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat({ max: 40 }) }),
    below: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat({ max: 40 }) }),
    volume: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat({ max: 1_000_000 }) }),
  });

const around = (ticks: number) => fc.integer({ min: -ticks, max: ticks });

/** As few digits as the grid has, so that equal prices are equal numbers. */
const rupees = (ticks: number, tickSize: number): number => Math.round(ticks * tickSize * 1e4) / 1e4;

/** Times of the n-th candle after the first day's open; the last candle of a session can be shorter. */
function slotTimes(slot: number, slots: number, minutes: number): Pick<Candle, 'openTime' | 'closeTime'> {
  const weekday = Math.floor(slot / slots);
  const day = FIRST_DAY + Math.floor(weekday / 5) * 7 + (weekday % 5);
  const sessionOpen = day * DAY_MS - IST_OFFSET_MS + SESSION_OPEN_MINUTE * MINUTE_MS;
  const openMinute = (slot % slots) * minutes;
  const closeMinute = Math.min(openMinute + minutes, SESSION_MINUTES);
  return { openTime: sessionOpen + openMinute * MINUTE_MS, closeTime: sessionOpen + closeMinute * MINUTE_MS };
}
