import { type Candle, crossing, defineStrategy, ema, indicate, rsi, type Signal } from '@sauda/engine';
import { defer, filter, map, tap } from 'rxjs';
import { z } from 'zod';

const period = z.int('A period is a whole number of candles.').min(1, 'A period is at least one candle.');

const params = z
  .strictObject({
    fast: period.default(9),
    slow: period.default(15),
    /** Recorded with every signal; with `bullishAbove` or `bearishBelow`, required too. */
    rsi: z
      .strictObject({
        period: period.default(14),
        bullishAbove: z.number().min(0).max(100).optional(),
        bearishBelow: z.number().min(0).max(100).optional(),
      })
      .prefault({}),
  })
  .refine(({ fast, slow }) => fast < slow, { path: ['fast'], message: 'The fast average must be shorter than the slow one.' });

/** Periods in candles. */
export type EmaCrossoverParams = z.output<typeof params>;

/** Candles after which an average has forgotten how it began: its weight of then is below 2 % after four periods. */
const WARMUP_PERIODS = 4;

/**
 * Buys options when two exponential averages of the close cross: a call when the fast one goes above the slow one, a put when it goes below.
 *
 * It earns in long moves and loses in sideways markets, where it is whipsawed: each turn costs the spread, the charges and the stop.
 * A signal is given at a candle's close. Every number is a parameter; the defaults are EMA 9 and EMA 15 with RSI 14 beside them.
 */
export const emaCrossover = defineStrategy({
  name: 'ema-crossover',
  summary: 'Intraday option buying on a crossing of two exponential averages.',
  params,
  set: {
    chart: { type: 'candlestick', timeframe: '5m' },
    window: '09:20-15:15',
    legs: [{ kind: 'option', optionType: 'signal', side: 'buy', strike: 'ATM', expiry: 'nearest', lots: { capital: 20_000 } }],
    exits: { stopLoss: '10%', target: '20%', trailing: { start: '10%', distance: '1%' }, squareOff: '15:15' },
  },
  warmup: ({ params: { slow } }) => slow * WARMUP_PERIODS,
  signals: ({ market, set, params: { fast, slow, rsi: strength } }) =>
    defer(() => {
      const index = rsi({ period: strength.period })();
      let latest: number | undefined;
      return market.candles(set.underlying, set.chart).pipe(
        // Beside the averages and not among them: they do not wait for the RSI to be warm.
        tap((candle) => {
          latest = index.next(candle);
        }),
        indicate({ fast: ema({ period: fast }), slow: ema({ period: slow }) }),
        crossing('fast', 'slow'),
        map(({ crossed, candle, values }) => toSignal(crossed, candle, values)),
        filter(isConfirmed),
      );

      function toSignal(crossed: 'above' | 'below', candle: Candle, values: { readonly fast: number; readonly slow: number }): Signal {
        return {
          kind: 'enter',
          direction: crossed === 'above' ? 'bullish' : 'bearish',
          at: candle.closeTime,
          reason: `EMA ${fast} crossed ${crossed} EMA ${slow}`,
          values: latest === undefined ? values : { fast: values.fast, slow: values.slow, rsi: latest },
        };
      }

      /** Where the RSI is required, a signal without one is not confirmed. */
      function isConfirmed({ direction }: Signal): boolean {
        const { bullishAbove, bearishBelow } = strength;
        if (direction === 'bullish') return bullishAbove === undefined || (latest !== undefined && latest > bullishAbove);
        return bearishBelow === undefined || (latest !== undefined && latest < bearishBelow);
      }
    }),
});
