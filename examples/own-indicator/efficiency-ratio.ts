import { EngineError, type IndicatorRecipe, recipe } from '@sauda/engine';

/**
 * How straight the way of the closes was: the distance between the first and the last of them, divided by the length of the way. 1 is a straight
 * line, near 0 is noise; 0 also where nothing moved.
 *
 * @param options.period how many changes are looked at, in candles; the source uses 10.
 * @returns a recipe for an indicator: `undefined` until `period` + 1 closes have come.
 * @throws EngineError `efficiency-ratio/period-invalid` if `period` is not a whole number above 0.
 * @see Perry J. Kaufman, Smarter Trading, 1995.
 * @example candles$.pipe(indicate({ straight: efficiencyRatio({ period: 10 }) }))
 */
export function efficiencyRatio({ period = 10 }: { readonly period?: number } = {}): IndicatorRecipe {
  if (!Number.isInteger(period) || period < 1) {
    throw new EngineError('efficiency-ratio/period-invalid', {
      message: `The period of an efficiency ratio is "${period}".`,
      remedy: 'Give a whole number of candles, 1 or more.',
      context: { period },
    });
  }
  // A recipe makes a fresh indicator for each subscription: two charts never share these closes.
  return recipe({ warmUp: period + 1 }, () => {
    const closes: number[] = [];
    return {
      next({ close }) {
        closes.push(close);
        if (closes.length <= period) return undefined;
        if (closes.length > period + 1) closes.shift();
        let way = 0;
        for (let at = 1; at <= period; at += 1) way += Math.abs((closes[at] ?? 0) - (closes[at - 1] ?? 0));
        return way === 0 ? 0 : Math.abs(close - (closes[0] ?? 0)) / way;
      },
    };
  });
}
