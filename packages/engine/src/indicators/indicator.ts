import type { Candle } from '../market/candle.js';

/** A value that follows a series of candles; `undefined` until enough of them have come. */
export interface Indicator<Value = number> {
  /** Takes in the next **complete** candle and gives the value at its close. What is given is never changed afterwards. */
  next(candle: Candle): Value | undefined;
}

/** What a recipe can say about its indicators beforehand. Data for warm-up, docs and contracts; nothing depends on its presence. */
export interface IndicatorTraits {
  /** The candle, counted from 1, that can have the first value. */
  readonly warmUp?: number;
  /** Whether the value can be missing again after the first one: a session begins, or there was no volume. */
  readonly pauses?: boolean;
}

/** Makes a fresh indicator: each subscription has its own, so that one never continues another's series. */
export interface IndicatorRecipe<Value = number> extends IndicatorTraits {
  (): Indicator<Value>;
}

/** A recipe that carries its traits. A plain function that makes an indicator is a recipe too. */
export const recipe = <Value = number>(traits: IndicatorTraits, make: () => Indicator<Value>): IndicatorRecipe<Value> =>
  Object.assign(() => make(), traits);
