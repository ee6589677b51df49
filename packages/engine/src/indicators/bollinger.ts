import { checkedFactor, checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { lastNumbers } from './sliding.js';

/** The bands, in rupees. */
export interface BollingerValue {
  /** Mean of the closes. */
  readonly middle: number;
  readonly upper: number;
  readonly lower: number;
}

/** Length and width of the bands. */
export interface BollingerOptions {
  /** How many closes the mean is of, in candles; 20 unless given. */
  readonly period?: number;
  /** Distance of the bands from the mean in standard deviations; 2 unless given. */
  readonly deviations?: number;
}

/**
 * Bollinger bands of closes, in rupees: their mean over `period` (20), and `deviations` (2) population standard deviations above and below.
 *
 * Come with the `period`-th candle. Closes that are all the same give bands of width exactly 0. Each step looks at the whole window, since
 * a running sum of squares loses half of its digits as soon as the deviation is small against the price.
 *
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0, `indicator/factor-invalid` if `deviations` is not above 0.
 * @see John Bollinger, Bollinger on Bollinger Bands, 2001.
 * @example candles$.pipe(indicate({ bands: bollinger({ period: 20, deviations: 2 }) }))
 */
export function bollinger({ period = 20, deviations = 2 }: BollingerOptions = {}): IndicatorRecipe<BollingerValue> {
  checkedPeriod(period, { indicator: 'bollinger', option: 'period' });
  checkedFactor(deviations, { indicator: 'bollinger', option: 'deviations' });
  return recipe({ warmUp: period }, () => {
    const window = lastNumbers(period);
    return {
      next({ close }) {
        const closes = window(close);
        if (closes === undefined) return undefined;
        // Distances from one of the closes are small numbers, and exactly 0 where nothing moves.
        let sum = 0;
        for (let i = 0; i < period; i += 1) sum += closes[i]! - close;
        const shift = sum / period;
        let squares = 0;
        for (let i = 0; i < period; i += 1) {
          const distance = closes[i]! - close - shift;
          squares += distance * distance;
        }
        const middle = close + shift;
        const width = deviations * Math.sqrt(squares / period);
        return { middle, upper: middle + width, lower: middle - width };
      },
    };
  });
}
