import { z } from 'zod';
import type { BrickSize } from '../candles/brick-size.js';
import { TIMEFRAMES } from '../market/timeframe.js';
import type { ChartConfig } from '../sets/set-config.js';
import { kinds } from './kinds.js';
import { choice } from './spelling.js';
import { count, percent, positive } from './units.js';

const timeframe = z
  .enum(TIMEFRAMES, { error: `Write one of ${TIMEFRAMES.join(', ')} (1m is a minute, 1M a month).` })
  .default('5m')
  .describe('Length of a candle: 1m is a minute, 1M a month.');

const brick = choice({
  text: percent.transform((share): BrickSize => ({ kind: 'percent', share })),
  keys: {
    points: positive.transform((points): BrickSize => ({ kind: 'points', points })),
    atr: count.transform((period): BrickSize => ({ kind: 'atr', period })),
  },
  remedy: (found) => `Write { points: ${typeof found === 'number' ? found : 20} }, 0.1% or { atr: 14 }.`,
});

const typed = kinds(
  'type',
  {
    candlestick: z.strictObject({ type: z.literal('candlestick').default('candlestick'), timeframe }),
    'heikin-ashi': z.strictObject({ type: z.literal('heikin-ashi'), timeframe }),
    renko: z.strictObject({ type: z.literal('renko'), timeframe, brick }),
  },
  'candlestick',
);

/** `{ type: candlestick, timeframe: 5m }`; Renko needs a `brick` beside. */
export const chartSchema = typed.transform((chart): ChartConfig => chart);
