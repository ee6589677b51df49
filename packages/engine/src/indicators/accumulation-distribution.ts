import { type IndicatorRecipe, recipe } from './indicator.js';

/**
 * Accumulation/distribution line, in units: each candle adds its volume times where it closed in its range, from −1 (at the low) to 1 (at the high).
 *
 * A running total from the first candle on: its changes mean something, its height depends on where it began. A candle without range adds nothing.
 * (technicalindicators 3.1 rounds each step.)
 *
 * @see Marc Chaikin; S. Achelis, Technical Analysis from A to Z, 1995.
 */
export const accumulationDistribution = (): IndicatorRecipe =>
  recipe({ warmUp: 1 }, () => {
    let total = 0;
    return {
      next({ high, low, close, volume }) {
        if (high > low) total += ((close - low - (high - close)) / (high - low)) * volume;
        return total;
      },
    };
  });
