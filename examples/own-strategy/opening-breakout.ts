import { defineStrategy, indicate, openingRange, type Signal, tradingDate } from '@sauda/engine';
import { distinctUntilChanged, filter, map } from 'rxjs';
import { z } from 'zod';

/**
 * Follows the price out of the range in which the day began: bullish at the first close above it, bearish at the first close below it.
 *
 * It earns on days that go one way from the morning on, and loses on days that come back.
 */
export const openingBreakout = defineStrategy({
  name: 'opening-breakout',
  summary: 'Enters when a candle closes outside of the range of the first minutes.',
  params: z.strictObject({ minutes: z.int().min(5).max(180).default(30) }),
  // A range belongs to its day: no history is needed.
  warmup: () => 0,
  signals: ({ market, set, params: { minutes } }) =>
    market.candles(set.underlying, set.chart).pipe(
      indicate({ range: openingRange({ minutes }) }),
      filter(({ candle: { close }, values: { range } }) => close > range.high || close < range.low),
      map(({ candle: { close, closeTime }, values: { range } }): Signal => {
        const above = close > range.high;
        return {
          kind: 'enter',
          direction: above ? 'bullish' : 'bearish',
          at: closeTime,
          reason: `close ${above ? 'above' : 'below'} the range of the first ${minutes} minutes`,
          values: { close, high: range.high, low: range.low },
        };
      }),
      // It speaks when a side is new, not at every candle outside.
      distinctUntilChanged((one, other) => one.direction === other.direction && tradingDate(one.at) === tradingDate(other.at)),
    ),
});
