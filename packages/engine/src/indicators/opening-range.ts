import { MINUTE_MS } from '../primitives/time.js';
import { checkedFactor } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { type SessionOptions, sessionStarts } from './session-start.js';

/** Highest and lowest price of a session's first minutes, in rupees. */
export interface OpeningRangeValue {
  readonly high: number;
  readonly low: number;
}

/** How long the range is. */
export interface OpeningRangeOptions extends SessionOptions {
  /** Minutes from the session's open; 15 unless given. A candle that begins before they are over belongs to the range. */
  readonly minutes?: number;
}

/**
 * Opening range: high and low of the first `minutes` (15) of each session, in rupees.
 *
 * Without value until they are over; the candle that ends with them has the first one. With `sessionOpen` the minutes count from there, and a session
 * whose first candle comes later than that has no range; otherwise they count from the first candle of the date.
 *
 * @throws EngineError `indicator/factor-invalid` if `minutes` is not above 0.
 * @see Toby Crabel, Day Trading with Short Term Price Patterns and Opening Range Breakout, 1990.
 * @example candles$.pipe(indicate({ range: openingRange({ minutes: 15 }) }), filter(({ candle, values }) => candle.close > values.range.high))
 */
export function openingRange({ minutes = 15, ...session }: OpeningRangeOptions = {}): IndicatorRecipe<OpeningRangeValue> {
  checkedFactor(minutes, { indicator: 'openingRange', option: 'minutes' });
  return recipe({ pauses: true }, () => {
    const startsSession = sessionStarts(session);
    let end = 0;
    let high = -Infinity;
    let low = Infinity;
    let range: OpeningRangeValue | undefined;
    return {
      next(candle) {
        if (startsSession(candle)) {
          end = (session.sessionOpen?.(candle) ?? candle.openTime) + minutes * MINUTE_MS;
          high = -Infinity;
          low = Infinity;
          range = undefined;
        }
        if (candle.openTime < end) {
          high = Math.max(high, candle.high);
          low = Math.min(low, candle.low);
        }
        if (range === undefined && candle.closeTime >= end && high > -Infinity) range = { high, low };
        return range;
      },
    };
  });
}
