import { averageRanges } from './atr.js';
import { checkedFactor, checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';

/** The band on the far side of the trend. */
export interface SupertrendValue {
  /** Where the trend would turn, in rupees: below the price while it rises, above while it falls. */
  readonly value: number;
  /** 1 rising, −1 falling. */
  readonly direction: 1 | -1;
}

/** Length and distance of the bands. */
export interface SupertrendOptions {
  /** Over how many candles the true range is averaged; 10 unless given. */
  readonly period?: number;
  /** Distance of the bands in average true ranges; 3 unless given. */
  readonly multiplier?: number;
}

/**
 * Supertrend, in rupees: bands `multiplier` (3) average true ranges around the middle of each candle, of which the one behind the trend is kept.
 *
 * A band moves only towards the price, unless the close before was beyond it. The direction turns when a close is beyond the band in front of it; the first
 * direction is the close's side of the middle. Comes with candle `period` + 1.
 *
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0, `indicator/factor-invalid` if `multiplier` is not above 0.
 * @see Olivier Seban, Tout le monde mérite d'être riche, 2008.
 * @example candles$.pipe(indicate({ trend: supertrend() }), filter(({ values }) => values.trend.direction === 1))
 */
export function supertrend({ period = 10, multiplier = 3 }: SupertrendOptions = {}): IndicatorRecipe<SupertrendValue> {
  checkedPeriod(period, { indicator: 'supertrend', option: 'period' });
  checkedFactor(multiplier, { indicator: 'supertrend', option: 'multiplier' });
  return recipe({ warmUp: period + 1 }, () => {
    const average = averageRanges(period);
    let upper = 0;
    let lower = 0;
    let direction: 1 | -1 | 0 = 0;
    let previousClose = 0;

    return {
      next(candle) {
        const range = average(candle);
        if (range === undefined) return undefined;
        const { high, low, close } = candle;
        const middle = (high + low) / 2;
        const top = middle + multiplier * range;
        const bottom = middle - multiplier * range;
        if (direction === 0 || top < upper || previousClose > upper) upper = top;
        if (direction === 0 || bottom > lower || previousClose < lower) lower = bottom;
        previousClose = close;
        if (direction === 0) direction = close >= middle ? 1 : -1;
        else if (direction === 1 ? close < lower : close > upper) direction = direction === 1 ? -1 : 1;
        return { value: direction === 1 ? lower : upper, direction };
      },
    };
  });
}
