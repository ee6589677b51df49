import { checkedPeriod } from './checked-options.js';
import { type IndicatorRecipe, recipe } from './indicator.js';
import { rangePosition } from './range-position.js';

/**
 * Williams %R, −100 to 0: how far the close is below the highest high, as a share of the range of the last `period` (14) candles.
 *
 * −50 where there is no range. Comes with the `period`-th candle.
 *
 * @throws EngineError `indicator/period-invalid` if `period` is not a whole number above 0.
 * @see Larry Williams, How I Made One Million Dollars Last Year Trading Commodities, 1973.
 * @example candles$.pipe(indicate({ percentR: williamsR({ period: 14 }) }))
 */
export function williamsR({ period = 14 }: { readonly period?: number } = {}): IndicatorRecipe {
  checkedPeriod(period, { indicator: 'williamsR', option: 'period' });
  return recipe({ warmUp: period }, () => {
    const position = rangePosition(period);
    return {
      next(candle) {
        const share = position.next(candle);
        return share === undefined ? undefined : share - 100;
      },
    };
  });
}
