import { type IndicatorRecipe, recipe } from './indicator.js';
import { type SessionOptions, sessionStarts } from './session-start.js';

/** A pivot with three resistances above and three supports below, in rupees. */
export interface PivotLevels {
  readonly pivot: number;
  readonly r1: number;
  readonly r2: number;
  readonly r3: number;
  readonly s1: number;
  readonly s2: number;
  readonly s3: number;
}

/**
 * Classic floor pivots, in rupees, from high, low and close of the session before; the same for all candles of a session.
 *
 * Come with the first candle of the second session. On daily candles each candle is a session.
 *
 * @param options.sessionOpen when the session of a candle opened; unless given, each date in India is one session.
 * @example candles$.pipe(indicate({ levels: pivots() }), filter(({ candle, values }) => candle.close > values.levels.r1))
 */
export function pivots(options: SessionOptions = {}): IndicatorRecipe<PivotLevels> {
  return recipe({}, () => {
    const startsSession = sessionStarts(options);
    let levels: PivotLevels | undefined;
    let session: { high: number; low: number; close: number } | undefined;
    return {
      next(candle) {
        const { high, low, close } = candle;
        if (startsSession(candle) || session === undefined) {
          if (session !== undefined) levels = pivotLevels(session);
          session = { high, low, close };
        } else {
          session.high = Math.max(session.high, high);
          session.low = Math.min(session.low, low);
          session.close = close;
        }
        return levels;
      },
    };
  });
}

/** Levels for a session from the one before: P = (H + L + C) ÷ 3, R1 = 2P − L, R2 = P + H − L, R3 = H + 2(P − L), supports mirrored. */
export function pivotLevels({ high, low, close }: { readonly high: number; readonly low: number; readonly close: number }): PivotLevels {
  const pivot = (high + low + close) / 3;
  return {
    pivot,
    r1: 2 * pivot - low,
    r2: pivot + high - low,
    r3: high + 2 * (pivot - low),
    s1: 2 * pivot - high,
    s2: pivot - high + low,
    s3: low - 2 * (high - pivot),
  };
}
