import type { Observable } from 'rxjs';
import type { ZodType } from 'zod';

import type { Candle } from '../market/candle.js';
import type { InstrumentKey } from '../market/instrument.js';
import type { Tick } from '../market/tick.js';
import type { ChartConfig, SetConfig } from '../sets/set-config.js';
import type { Signal } from '../sets/signal.js';

/** What a strategy can watch. Every stream is shared; none gives anything before its time. */
export interface Market {
  /** Finished candles of an instrument's chart, one after the other, warm-up history included. */
  candles(instrument: InstrumentKey, chart: ChartConfig): Observable<Candle>;
  /** Ticks of an instrument; for a feed of candles, the four points of each. */
  ticks(instrument: InstrumentKey): Observable<Tick>;
}

/** The set a strategy works for, over one of its underlyings. */
export interface StrategySet {
  readonly id: SetConfig['id'];
  readonly underlying: InstrumentKey;
  readonly chart: ChartConfig;
}

/** What a strategy's functions are given. */
export interface StrategyContext<Params> {
  readonly market: Market;
  readonly set: StrategySet;
  readonly params: Params;
}

export interface StrategyDefinition<Params = unknown> {
  readonly kind: 'strategy';
  /** What a configuration writes after `use:`. */
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  /** Parameters with their defaults; beside `use` in the configuration. */
  readonly params: ZodType<Params>;
  /** What its sets have where they do not say otherwise: `legs`, `exits`, `window`, … as a configuration writes them. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Candles of the set's chart before its signals count. */
  readonly warmup: (options: { readonly params: Params }) => number;
  /** Where its history comes from after a restart; with `none` it begins cold. */
  readonly warmUp: 'history' | 'recording' | 'none';
  /** When, and which way. Called once for each set and underlying; the runtime subscribes once. */
  readonly signals: (context: StrategyContext<Params>) => Observable<Signal>;
}

/** A strategy whose parameters' type is known to nobody but itself. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are checked by the strategy's own schema before they reach its functions.
export type AnyStrategy = StrategyDefinition<any>;

/**
 * Makes a strategy; a plug-in exports the result.
 *
 * @example
 * export const everyCandle = defineStrategy({
 *   name: 'every-candle',
 *   summary: 'Buys at each candle.',
 *   params: z.object({}),
 *   warmup: () => 0,
 *   signals: ({ market, set }) =>
 *     market.candles(set.underlying, set.chart).pipe(
 *       map(({ closeTime }) => ({ kind: 'enter', direction: 'bullish', at: closeTime, reason: 'another candle', values: {} })),
 *     ),
 * });
 */
export function defineStrategy<Params>(
  definition: Omit<StrategyDefinition<Params>, 'kind' | 'warmUp'> & Partial<Pick<StrategyDefinition<Params>, 'warmUp'>>,
): StrategyDefinition<Params> {
  return { kind: 'strategy', warmUp: 'history', ...definition };
}
