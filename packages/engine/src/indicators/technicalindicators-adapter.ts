import type { Candle } from '../market/candle.js';
import { EngineError } from '../primitives/errors.js';
import type { WarmValue } from './indicate.js';
import { type IndicatorRecipe, recipe } from './indicator.js';

/** A class of `technicalindicators` that takes one input after the other. */
export interface StreamingClass<Config, Output> {
  new (
    config: Config,
  ): {
    nextValue(input: unknown): Output;
  };
}

/** What a class is made with, without the series that it could work through at once. */
export type StreamingConfig<Config> = Omit<Config, keyof typeof NO_SERIES | 'reversedInput'>;

/** What a class gives once it is warm. */
export type AdaptedValue<Output> = WarmValue<Exclude<Output, undefined>>;

/** What a class is fed with, and what is known about it. */
export interface AdapterOptions {
  /** `'close'`, the whole `'candle'`, or what is made of one: the library's types do not say which a class wants, its documentation does. */
  readonly input: 'close' | 'candle' | ((candle: Candle) => unknown);
  /** The candle, counted from 1, that has the first value, if you know it. */
  readonly warmUp?: number;
}

/**
 * Makes an indicator of any class of `technicalindicators` (3.1) that has `nextValue`: TRIX, KST, MFI, force index, Ichimoku, Keltner channels, …
 *
 * A value is there when it is a finite number, or an object all of whose fields are: what the library gives as `NaN`, as `undefined` or in part is `undefined` here.
 * Objects are copies. The library's `setConfig('precision', …)` is global and would change values here too: leave it alone.
 *
 * Known faults of the library, for which we have our own RSI, MACD, ADX, OBV, PSAR, stochastic, Williams %R, CCI and accumulation/distribution:
 * - RSI, MFI and StochasticRSI (through its RSI) round to two decimals, ADL to whole numbers at each step;
 * - where nothing moves RSI is 100, Stochastic and StochasticRSI are 0, and Williams %R, CCI, ADX, MFI, VWAP without volume and the `pb` of BollingerBands have no value;
 * - an average of exactly 0 is taken for "none yet": then TRIX has no value, MACD and KST have no signal;
 * - ADX is seeded otherwise than Wilder's is in TA-Lib (up to 8 % at the first values) and comes later, OBV and MFI come a candle late, PSAR begins otherwise;
 * - running sums are added to and subtracted from for ever, so they drift; VWAP never begins anew.
 *
 * @param Class the class itself, as imported from `technicalindicators`.
 * @param config its parameters, without series.
 * @throws EngineError `indicator/not-streaming` if the class refuses the parameters or a candle, as VolumeProfile and Renko do.
 * @example candles$.pipe(indicate({ trix: fromTechnicalIndicators(TRIX, { period: 18 }, { input: 'close' }) }))
 */
export function fromTechnicalIndicators<Config, Output>(
  Class: StreamingClass<Config, Output>,
  config: StreamingConfig<Config>,
  { input, ...traits }: AdapterOptions,
): IndicatorRecipe<AdaptedValue<Output>> {
  const inputOf = inputFrom(input);
  // The constructors insist on the series that they would work through at once; empty ones make them wait. What is left out of `StreamingConfig` is put back here.
  const make = () => new Class({ ...config, ...NO_SERIES } as Config);
  try {
    make().nextValue(inputOf(PROBE));
  } catch (cause) {
    throw new EngineError('indicator/not-streaming', {
      message: `"${Class.name}" of technicalindicators does not take one candle after the other with these parameters: ${String(cause)}`,
      remedy: 'Give a class that has a working nextValue, and all of its parameters.',
      context: { class: Class.name },
      cause,
    });
  }
  return recipe({ ...traits, pauses: true }, () => {
    const adapted = make();
    return {
      next(candle) {
        const value = adapted.nextValue(inputOf(candle));
        return isWhole(value) ? copied(value) : undefined;
      },
    };
  });
}

/** The library's names for series. */
const NO_SERIES = { values: [], open: [], high: [], low: [], close: [], volume: [], timestamp: [] };

const PROBE: Candle = { openTime: 0, closeTime: 60_000, open: 100, high: 101, low: 99, close: 100, volume: 1, complete: true };

function inputFrom(input: AdapterOptions['input']): (candle: Candle) => unknown {
  if (input === 'close') return ({ close }) => close;
  if (input === 'candle')
    return ({ open, high, low, close, volume, openTime }) => ({ open, high, low, close, volume, timestamp: openTime });
  return input;
}

/** Whether the library has a whole value, not a part of one or what came of a division by nothing. */
function isWhole<Output>(value: Output): value is Output & AdaptedValue<Output> {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).every((field) => Number.isFinite(field));
}

/** The library may go on writing to the object that it gave. */
const copied = <Value>(value: Value): Value => (typeof value === 'object' ? { ...value } : value);
