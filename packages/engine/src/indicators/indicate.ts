import { Observable, type OperatorFunction } from 'rxjs';

import type { Candle } from '../market/candle.js';
import type { Indicator, IndicatorRecipe } from './indicator.js';

/** Indicators by the names under which a strategy wants their values. */
export type Recipes = Readonly<Record<string, IndicatorRecipe<unknown>>>;

/** What an indicator gives once it is warm: a number, or an object in which no field is missing. */
export type WarmValue<Value> = Value extends number | string | boolean | null
  ? Value
  : { readonly [Field in keyof Value]-?: Exclude<Value[Field], undefined> };

/** What recipes give, under each name. */
export type ValuesOf<R extends Recipes> = {
  readonly [Name in keyof R]: R[Name] extends IndicatorRecipe<infer Value> ? WarmValue<Value> : never;
};

/** A complete candle with the values of several indicators at its close, all warm. */
export interface Reading<Values> {
  readonly candle: Candle;
  readonly values: Values;
  /** Which complete candle of the series it is, counted from 1 since the subscription. */
  readonly nth: number;
}

/**
 * Computes several indicators on one series together, so that their values always belong to the same candle.
 *
 * Speaks at each candle at which every indicator has a whole value: one whose fields come one after the other (MACD's line before its signal) is waited for.
 * An unfinished candle (`complete: false`) is passed over: nothing is computed and nothing said, since the same candle comes again when its time is over.
 * Each subscription has its own indicators. What an indicator throws ends the stream as its error.
 *
 * @param recipes by name; a recipe's value has the same name in `values`.
 * @example candles$.pipe(indicate({ fast: ema({ period: 9 }), bands: bollinger() }), map(({ values }) => values.bands.upper - values.fast))
 */
export function indicate<R extends Recipes>(recipes: R): OperatorFunction<Candle, Reading<ValuesOf<R>>> {
  const names = Object.keys(recipes);
  return (candles$) =>
    new Observable((subscriber) => {
      const read = reader<ValuesOf<R>>(
        names,
        names.map((name) => recipes[name]!()),
      );
      let nth = 0;
      return candles$.subscribe({
        next(candle) {
          if (!candle.complete) return;
          nth += 1;
          let values: ValuesOf<R> | undefined;
          try {
            values = read(candle);
          } catch (error) {
            // RxJS would report it later, from a timer, while the run goes on without this indicator.
            subscriber.error(error);
            return;
          }
          if (values !== undefined) subscriber.next({ candle, values, nth });
        },
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}

/**
 * A candle in; the values out if all are there and whole.
 *
 * Pairs are the common case of a hot path: two stores under constant names take less time than a loop over names.
 */
function reader<Values>(names: readonly string[], indicators: readonly Indicator<unknown>[]): (candle: Candle) => Values | undefined {
  // What has been whole stays whole, so fields are looked at until the first time only.
  let waiting = true;
  const [first, second] = indicators;
  if (indicators.length === 2 && first !== undefined && second !== undefined) {
    const [firstName = '', secondName = ''] = names;
    return (candle) => {
      const one = first.next(candle);
      const two = second.next(candle);
      if (one === undefined || two === undefined) return undefined;
      if (waiting && !(isWhole(one) && isWhole(two))) return undefined;
      waiting = false;
      const values: Record<string, unknown> = {};
      values[firstName] = one;
      values[secondName] = two;
      return values as Values;
    };
  }
  return (candle) => {
    const values: Record<string, unknown> = {};
    let complete = true;
    for (let i = 0; i < indicators.length; i += 1) {
      // Every indicator takes in every candle, whether or not another one is still without a value.
      const value = indicators[i]!.next(candle);
      if (value === undefined || (waiting && !isWhole(value))) complete = false;
      else values[names[i]!] = value;
    }
    if (!complete) return undefined;
    waiting = false;
    return values as Values;
  };
}

const isWhole = (value: unknown): boolean => typeof value !== 'object' || value === null || !Object.values(value).includes(undefined);
