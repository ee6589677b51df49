import { bollinger, createRuleBook, crossing, ema, indicate, resample, rsi, syntheticFeed, timeCandles } from '@sauda/engine';
import { share } from 'rxjs';

import { ticksOf } from './ticks-of.js';

/**
 * A day of the built-in market as streams, each made from the one before: ticks, candles of a minute, candles of five, and what indicators say of
 * them.
 */
export function streamsOfADay(seed: number) {
  const instrument = 'NSE_INDEX:NIFTY';
  const rules = createRuleBook({ calendar: 'rules' });
  const config = syntheticFeed.config.parse({ seed, underlying: instrument, start: '2026-11-25', days: 1, chain: false });
  const feed = syntheticFeed.open(config, { rules, baseDir: '.', calendar: 'rules' });
  const hours = { calendar: rules.calendar, segment: 'index' } as const;

  // Shared at the source: the market is read once, however many look at it, and everybody's indicators are their own.
  const ticks$ = ticksOf(feed, instrument).pipe(share());
  const minutes$ = ticks$.pipe(timeCandles({ timeframe: '1m', ...hours }), share());
  const candles$ = minutes$.pipe(resample({ timeframe: '5m', ...hours }), share());
  // Values that belong together are computed together: nobody sees the new EMA beside the old RSI.
  const readings$ = candles$.pipe(
    indicate({ fast: ema({ period: 5 }), slow: ema({ period: 10 }), rsi: rsi(), bands: bollinger() }),
    share(),
  );
  const crossings$ = readings$.pipe(crossing('fast', 'slow'));
  return { ticks$, minutes$, candles$, readings$, crossings$ };
}
