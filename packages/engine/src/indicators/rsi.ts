import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { wilderAverage } from './wilder-average.js';

/**
 * Relative strength index of closing prices, 0 to 100, with Wilder's smoothing.
 *
 * 100 without any loss. 50 while no price has changed: a dead market has neither gains nor losses, and 50 keeps it from looking like a signal.
 *
 * @param options.period how many changes are averaged, in candles; the source uses 14.
 * @returns a recipe whose first value comes with candle `period` + 1, since a change takes two closes.
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 * @example candles$.pipe(indicate({ rsi: rsi({ period: 14 }) }))
 */
export function rsi({ period = 14 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'rsi', option: 'period' });
  return recipe({ warmUp: period + 1 }, () => {
    const gains = wilderAverage(period);
    const losses = wilderAverage(period);
    let previous: number | undefined;

    return {
      next({ close }) {
        if (previous === undefined) {
          previous = close;
          return undefined;
        }
        const change = close - previous;
        previous = close;
        const gain = gains(Math.max(change, 0));
        const loss = losses(Math.max(-change, 0));
        if (gain === undefined || loss === undefined) return undefined;
        const movement = gain + loss;
        return movement === 0 ? 50 : 100 * (gain / movement);
      },
    };
  });
}
