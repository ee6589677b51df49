import fc from 'fast-check';

import type { Candle } from '../market/candle.js';
import type { AnyStrategy, Market } from '../plugins/strategy.js';
import { candles as validCandles } from './arbitraries/candles.js';
import { flatSeries, gapSeries, withoutVolume } from './candle-series.js';
import type { Check } from './indicator-contract.js';
import { replay, type Said } from './replay-market.js';

/** What the contract cannot know by itself. */
export interface StrategyContractOptions {
  /** Parameters as a configuration writes them; the strategy's defaults unless given. */
  readonly params?: unknown;
  /** The series that laws are tried on; sessions of valid five-minute candles unless given. */
  readonly candles?: fc.Arbitrary<readonly Candle[]>;
  /** How many series each law is tried on; 50 unless given. */
  readonly runs?: number;
  /** Makes the series the same every time; a seed that once failed belongs here. */
  readonly seed?: number;
}

/**
 * What every strategy owes to the sets that use it: the same signals for the same market, none before its time, each with a reason.
 *
 * The market is one of candles: what is asked for any instrument and chart is built from the one series, and each candle's four points are its ticks.
 * Candles are frozen while they are looked at.
 *
 * @example for (const { name, run } of strategyContract(emaCrossover, { params: { fast: 3, slow: 8 } })) it(name, run);
 */
export function strategyContract(
  definition: AnyStrategy,
  { params = {}, candles = validCandles({ maxLength: 200 }), runs = 50, seed }: StrategyContractOptions = {},
): readonly Check[] {
  const settings = { numRuns: runs, includeErrorInReport: true, ...(seed === undefined ? {} : { seed }) };
  const parsed = (): unknown => parsedParams(definition, params);
  const signalsOf = (market: Market, id = 'contract') =>
    definition.signals({
      market,
      params: parsed(),
      set: { id, underlying: 'NSE_INDEX:NIFTY', chart: { type: 'candlestick', timeframe: '5m' } },
    });
  const over = (series: readonly Candle[]): readonly Said[] => replay(series, (market) => [signalsOf(market)])[0] ?? [];
  const check = (what: string, run: () => void): Check => ({ name: `${definition.name} ${what}`, run });
  const law = (what: string, holds: (series: readonly Candle[]) => void): Check =>
    check(what, () => fc.assert(fc.property(candles, holds), settings));
  const wellBehaved = (series: readonly Candle[]): void => {
    const said = over(series);
    said.forEach(demandSense);
    demandOrder(said);
  };

  return [
    check('fills in its defaults, and takes what it has filled in', () => demandDefaults(definition, parsed())),
    check('asks for a whole number of candles to warm up with', () => demandWarmup(definition.warmup({ params: parsed() }))),
    law('gives the same signals for the same market, whoever else listens', (series) => {
      const first = over(series);
      demandSame(over(series), first, 'Asked anew, it gave other signals for the same candles.');
      const both = replay(series, (market) => {
        const signals$ = signalsOf(market);
        return [signals$, signals$];
      });
      for (const heard of both) demandSame(heard, first, 'Of two who listened to it, one heard other signals.');
    }),
    check('has nothing in common with the same strategy of another set', () =>
      fc.assert(
        fc.property(candles, candles, (one, other) => {
          const alone = over(one);
          const together = replay(one, (market, besides) => [signalsOf(market), signalsOf(besides(other), 'another')]);
          demandSame(together[0] ?? [], alone, 'Another set’s market changed its signals.');
        }),
        settings,
      ),
    ),
    check('does not know what comes later', () =>
      fc.assert(
        fc.property(candles, fc.nat(), (series, cut) => {
          const length = series.length === 0 ? 0 : cut % series.length;
          const known = over(series).filter(({ candle }) => candle < length);
          demandSame(over(series.slice(0, length)), known, `It gave other signals when the market ended after candle ${length}.`);
        }),
        settings,
      ),
    ),
    law('gives signals of the present, in order, with a reason and finite values', wellBehaved),
    check('bears a market in which nothing moves', () => wellBehaved(flatSeries())),
    check('bears a gap and a halt', () => wellBehaved(gapSeries())),
    check('bears candles without volume', () => wellBehaved(withoutVolume(gapSeries()))),
  ];
}

function parsedParams({ params: schema }: AnyStrategy, params: unknown): unknown {
  const result = schema.safeParse(params);
  if (!result.success) throw new Error(`The parameters ${JSON.stringify(params)} were refused: ${result.error.message}`);
  return result.data;
}

/** Parameters are kept in the journal as they were checked: they must be data, and mean the same when they are read again. */
function demandDefaults(definition: AnyStrategy, params: unknown): void {
  const text = JSON.stringify(params);
  const again = JSON.stringify(parsedParams(definition, JSON.parse(text)));
  if (again !== text) throw new Error(`The parameters ${text}, read again, are ${again}.`);
}

function demandWarmup(warmup: number): void {
  if (!Number.isInteger(warmup) || warmup < 0) throw new Error(`The warm-up is ${warmup}.`);
}

function demandSense({ signal, candle }: Said): void {
  const complain = (what: string): never => {
    throw new Error(`Candle ${candle + 1}: ${what}.`);
  };
  const { kind, direction, reason, values, strength, confidence, target, stop } = signal;
  if (!['enter', 'exit', 'adjust'].includes(kind)) complain(`the kind is "${kind}"`);
  if (!['bullish', 'bearish', 'neutral'].includes(direction)) complain(`the direction is "${direction}"`);
  if (reason.trim() === '') complain('the reason is empty');
  for (const [name, value] of Object.entries(values)) if (!Number.isFinite(value)) complain(`${name} is ${value}`);
  if (strength !== undefined && !(strength >= 0 && strength <= 100)) complain(`the strength is ${strength}`);
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 1)) complain(`the confidence is ${confidence}`);
  for (const price of [target, stop]) if (price !== undefined && !(price > 0 && price < Infinity)) complain(`a price is ${price}`);
}

/** A signal is about the candle that has just ended, or about the moment within one; never about a time to come, never about less than the last. */
function demandOrder(said: readonly Said[]): void {
  let last = -Infinity;
  for (const { signal, candle, now } of said) {
    if (!Number.isFinite(signal.at)) throw new Error(`Candle ${candle + 1}: "at" is ${signal.at}.`);
    if (signal.at > now) throw new Error(`Candle ${candle + 1}: "at" is ${signal.at}, which comes only after ${now}.`);
    if (signal.at < last) throw new Error(`Candle ${candle + 1}: "at" is ${signal.at}, which is before the last signal's ${last}.`);
    last = signal.at;
  }
}

function demandSame(found: readonly Said[], expected: readonly Said[], complaint: string): void {
  const text = (said: Said | undefined): string => (said === undefined ? 'none' : JSON.stringify(said.signal));
  for (let i = 0; i < Math.max(found.length, expected.length); i += 1) {
    const [one, other] = [found[i], expected[i]];
    if (text(one) !== text(other) || one?.candle !== other?.candle) {
      throw new Error(`${complaint} Signal ${i + 1}: ${text(one)}, expected ${text(other)}.`);
    }
  }
}
