import type { Candle } from '../market/candle.js';
import { checkedFactor } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';

/** How fast the stop follows. */
export interface PsarOptions {
  /** Acceleration at first, and by how much each new extreme raises it; 0.02 unless given. */
  readonly step?: number;
  /** Highest acceleration; 0.2 unless given. */
  readonly max?: number;
}

/**
 * Parabolic stop and reverse, in rupees: a stop that follows the trend, below a rising price, above a falling one.
 *
 * Comes with the second candle, whose direction is down if its low fell by more than its high rose. The stop given for a candle is the one that was
 * valid during it, or, when it was reached, the one on the other side. (technicalindicators 3.1 begins otherwise.)
 *
 * @throws EngineError `indicator/factor-invalid` if `step` or `max` is not above 0.
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978; begun as in TA-Lib.
 * @example candles$.pipe(indicate({ stop: psar() }), filter(({ candle, values }) => candle.close > values.stop))
 */
export function psar({ step = 0.02, max = 0.2 }: PsarOptions = {}): IndicatorRecipe {
  checkedFactor(step, { indicator: 'psar', option: 'step' });
  checkedFactor(max, { indicator: 'psar', option: 'max' });
  const firstPace = Math.min(step, max);
  return recipe({ warmUp: 2 }, () => {
    let previous: Candle | undefined;
    let begun = false;
    let rising = true;
    let stop = 0;
    let extreme = 0;
    let pace = firstPace;

    return {
      next(candle) {
        const before = previous;
        previous = candle;
        if (before === undefined) return undefined;
        const { high, low } = candle;
        let { high: highBefore, low: lowBefore } = before;
        if (!begun) {
          begun = true;
          const up = high - before.high;
          const down = before.low - low;
          rising = !(down > 0 && down > up);
          stop = rising ? before.low : before.high;
          extreme = rising ? high : low;
          // The first stop is bounded by the second candle alone.
          highBefore = high;
          lowBefore = low;
        }

        const top = Math.max(high, highBefore);
        const bottom = Math.min(low, lowBefore);
        let given = stop;
        if (rising ? low <= stop : high >= stop) {
          given = rising ? Math.max(extreme, top) : Math.min(extreme, bottom);
          stop = given;
          rising = !rising;
          extreme = rising ? high : low;
          pace = firstPace;
        } else if (rising ? high > extreme : low < extreme) {
          extreme = rising ? high : low;
          pace = Math.min(pace + step, max);
        }
        stop += pace * (extreme - stop);
        // The next stop must not be inside a candle that has been.
        stop = rising ? Math.min(stop, bottom) : Math.max(stop, top);
        return given;
      },
    };
  });
}
