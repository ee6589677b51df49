import { type IndicatorRecipe, recipe } from './indicator.js';

/**
 * On-balance volume, in units: volume of candles that closed higher minus volume of those that closed lower, 0 at the first candle.
 *
 * A running total: its changes mean something, its height depends on where it began. Exact, since volumes are whole numbers.
 *
 * @see Joseph E. Granville, New Key to Stock Market Profits, 1963.
 */
export const obv = (): IndicatorRecipe =>
  recipe({ warmUp: 1 }, () => {
    let previousClose: number | undefined;
    let total = 0;
    return {
      next({ close, volume }) {
        if (previousClose !== undefined) {
          if (close > previousClose) total += volume;
          else if (close < previousClose) total -= volume;
        }
        previousClose = close;
        return total;
      },
    };
  });
