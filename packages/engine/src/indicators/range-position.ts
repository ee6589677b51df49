import type { Indicator } from './indicator.js';
import { slidingMax, slidingMin } from './sliding.js';

/** Where a close stands between the lowest low (0) and the highest high (100) of the last `period` candles; 50 where those are one. */
export function rangePosition(period: number): Indicator {
  const highest = slidingMax(period);
  const lowest = slidingMin(period);
  return {
    next({ high, low, close }) {
      const top = highest(high);
      const bottom = lowest(low);
      if (top === undefined || bottom === undefined) return undefined;
      return top === bottom ? 50 : 100 * ((close - bottom) / (top - bottom));
    },
  };
}
