import { map, mergeMap, type Observable, of } from 'rxjs';
import { z } from 'zod';

import { crossing } from '../indicators/crossing.js';
import { ema } from '../indicators/ema.js';
import { indicate } from '../indicators/indicate.js';
import { defineStrategy } from '../plugins/strategy.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetConfig } from '../sets/set-config.js';
import type { Signal } from '../sets/signal.js';

/** Says what its parameters say, at the closes of the candles that they name. */
export const scripted = defineStrategy({
  name: 'scripted',
  summary: 'Speaks at given times.',
  params: z.object({ signals: z.array(z.object({ at: z.number(), kind: z.string(), direction: z.string() })) }),
  warmup: () => 0,
  signals: ({ market, set, params }): Observable<Signal> =>
    market.candles(set.underlying, set.chart).pipe(
      mergeMap(({ closeTime }) =>
        of(...params.signals.filter((signal) => signal.at === closeTime)).pipe(
          map(
            ({ kind, direction }): Signal => ({
              kind: kind === 'exit' ? 'exit' : 'enter',
              direction: direction === 'bearish' ? 'bearish' : direction === 'bullish' ? 'bullish' : 'neutral',
              at: closeTime,
              reason: 'It is written.',
              values: {},
            }),
          ),
        ),
      ),
    ),
});

/** A scripted strategy's configuration: signals at the closes of candles. */
export const signalsAt = (...signals: readonly (readonly [EpochMs, Signal['direction'], Signal['kind']?])[]): SetConfig['strategy'] => ({
  use: 'scripted',
  params: { signals: signals.map(([time, direction, kind = 'enter']) => ({ at: time, kind, direction })) },
});

/** Two averages that cross: signals that come from the data. */
export const averages = defineStrategy({
  name: 'averages',
  summary: 'Two averages cross.',
  params: z.object({ fast: z.number().default(3), slow: z.number().default(8) }),
  warmup: ({ params: { slow } }) => slow * 4,
  signals: ({ market, set, params: { fast, slow } }) =>
    market.candles(set.underlying, set.chart).pipe(
      indicate({ fast: ema({ period: fast }), slow: ema({ period: slow }) }),
      crossing('fast', 'slow'),
      map(
        ({ crossed, candle, values }): Signal => ({
          kind: 'enter',
          direction: crossed === 'above' ? 'bullish' : 'bearish',
          at: candle.closeTime,
          reason: `crossed ${crossed}`,
          values,
        }),
      ),
    ),
});
