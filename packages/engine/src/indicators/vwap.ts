import { type IndicatorRecipe, recipe } from './indicator.js';
import { type SessionOptions, sessionStarts } from './session-start.js';

/**
 * Volume-weighted average price of the session so far, in rupees: Σ typical price × volume ÷ Σ volume, where typical is the mean of high, low and close.
 *
 * Begins anew with each session. Without value before there is volume, so always for an index.
 *
 * @param options.sessionOpen when the session of a candle opened; unless given, each date in India is one session.
 * @example candles$.pipe(indicate({ vwap: vwap() }), filter(({ candle, values }) => candle.close > values.vwap))
 */
export function vwap(options: SessionOptions = {}): IndicatorRecipe {
  return recipe({ warmUp: 1, pauses: true }, () => {
    const startsSession = sessionStarts(options);
    let turnover = 0;
    let units = 0;
    return {
      next(candle) {
        if (startsSession(candle)) {
          turnover = 0;
          units = 0;
        }
        const { high, low, close, volume } = candle;
        turnover += ((high + low + close) / 3) * volume;
        units += volume;
        return units > 0 ? turnover / units : undefined;
      },
    };
  });
}
