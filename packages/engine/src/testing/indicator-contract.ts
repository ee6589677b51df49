import fc from 'fast-check';

import type { Indicator, IndicatorRecipe } from '../indicators/indicator.js';
import type { Candle } from '../market/candle.js';
import { candles } from './arbitraries/candles.js';
import { flatSeries, gapSeries, withoutVolume } from './candle-series.js';

/** One thing that must be true of a plug-in. Any test runner can register it. */
export interface Check {
  readonly name: string;
  /** @throws Error that says what was found, with the smallest series that shows it. */
  run(): void;
}

/** What the contract cannot know by itself. */
export interface IndicatorContractOptions<Value> {
  /** All values of a series at once, by other means; compared with the stream's to 1e-9. */
  readonly batch?: (series: readonly Candle[]) => readonly (Value | undefined)[];
  /** The series that laws are tried on; sessions of valid five-minute candles unless given. */
  readonly series?: fc.Arbitrary<readonly Candle[]>;
  /** How many series each law is tried on; 50 unless given. */
  readonly runs?: number;
  /** Makes the series the same every time; a seed that once failed belongs here. */
  readonly seed?: number;
}

/**
 * What every indicator owes to those who use it: the same values for the same candles, none of them changed afterwards, all of them finite.
 *
 * Candles are frozen while they are looked at. `warmUp` and `pauses` of the recipe are taken at their word.
 *
 * @param name goes in front of the checks' names.
 * @example for (const { name, run } of indicatorContract('rsi', rsi())) it(name, run);
 */
export function indicatorContract<Value>(
  name: string,
  recipe: IndicatorRecipe<Value>,
  { batch, series = candles({ maxLength: 150 }), runs = 50, seed }: IndicatorContractOptions<Value> = {},
): readonly Check[] {
  const settings = { numRuns: runs, includeErrorInReport: true, ...(seed === undefined ? {} : { seed }) };
  const law = (what: string, holds: (list: readonly Candle[]) => void): Check => ({
    name: `${name} ${what}`,
    run: () => fc.assert(fc.property(series, holds), settings),
  });
  const wellBehaved = (list: readonly Candle[]): void => {
    const values = valuesOf(recipe(), list);
    demandFinite(values);
    demandWarmUp(values, recipe);
    if (recipe.pauses !== true) demandPresence(values);
  };
  const example = (what: string, list: readonly Candle[]): Check => ({ name: `${name} ${what}`, run: () => wellBehaved(list) });

  return [
    law('gives the same values for the same candles, whatever was made before', (list) => {
      const first = valuesOf(recipe(), list);
      demandSame(valuesOf(recipe(), list), first, 'A fresh indicator gave other values for the same candles.');
    }),
    law('does not change a value when later candles come', (list) => {
      const indicator = recipe();
      const given = list.map((candle) => indicator.next(Object.freeze({ ...candle })));
      demandSame(given, valuesOf(recipe(), list), 'A value was other at the end than when it was given.');
    }),
    {
      name: `${name} has nothing in common with another one of its recipe`,
      run: () =>
        fc.assert(
          fc.property(series, series, (one, other) => {
            const alone = valuesOf(recipe(), one);
            const indicator = recipe();
            const second = recipe();
            const together = one.map((candle, i) => {
              const value = snapshot(indicator.next(candle));
              const foreign = other[i];
              if (foreign !== undefined) second.next(foreign);
              return value;
            });
            demandSame(together, alone, 'Another indicator of the same recipe changed the values.');
          }),
          settings,
        ),
    },
    law('is finite, comes when it says, and stays', wellBehaved),
    example('bears a market in which nothing moves', flatSeries()),
    example('bears a gap and a halt', gapSeries()),
    example('bears candles without volume', withoutVolume(gapSeries())),
    ...(batch === undefined
      ? []
      : [law('gives one after the other what is worked out at once', (list) => demandClose(valuesOf(recipe(), list), batch(list)))]),
  ];
}

/** What is given, as it is when it is given. */
function valuesOf<Value>(indicator: Indicator<Value>, list: readonly Candle[]): readonly unknown[] {
  return list.map((candle) => snapshot(indicator.next(Object.freeze({ ...candle }))));
}

const snapshot = (value: unknown): unknown => (typeof value === 'object' && value !== null ? { ...value } : value);

/** The numbers in a value by their names; a plain number has the empty one. */
const fieldsOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [['', value]];

function demandFinite(values: readonly unknown[]): void {
  values.forEach((value, i) => {
    for (const [field, found] of fieldsOf(value)) {
      if (typeof found === 'number' && !Number.isFinite(found)) throw new Error(`Candle ${i + 1}: ${field || 'the value'} is ${found}.`);
    }
  });
}

function demandWarmUp(values: readonly unknown[], { warmUp, pauses }: { readonly warmUp?: number; readonly pauses?: boolean }): void {
  if (warmUp === undefined) return;
  const first = values.findIndex((value) => value !== undefined) + 1;
  if (first !== 0 && first < warmUp) throw new Error(`The first value came with candle ${first}, but warmUp says ${warmUp}.`);
  if (pauses !== true && first !== warmUp && values.length >= warmUp) {
    throw new Error(`${first === 0 ? 'No value came' : `The first value came with candle ${first}`}, but warmUp says ${warmUp}.`);
  }
}

/** A value, or a field of it, that was there must not be missing later. */
function demandPresence(values: readonly unknown[]): void {
  let before: readonly (readonly [string, unknown])[] = [];
  values.forEach((value, i) => {
    const now = new Map(fieldsOf(value));
    for (const [field, found] of before) {
      if (found !== undefined && now.get(field) === undefined)
        throw new Error(`Candle ${i + 1}: ${field || 'the value'} is missing again.`);
    }
    before = [...now];
  });
}

function demandSame(found: readonly unknown[], expected: readonly unknown[], complaint: string): void {
  const at = found.findIndex((value, i) => !isSame(value, expected[i], Object.is));
  if (at >= 0) throw new Error(`${complaint} Candle ${at + 1}: ${JSON.stringify(found[at])}, expected ${JSON.stringify(expected[at])}.`);
}

function demandClose(found: readonly unknown[], expected: readonly unknown[]): void {
  const close = (a: unknown, b: unknown): boolean =>
    typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)) : Object.is(a, b);
  const at = found.findIndex((value, i) => !isSame(value, expected[i], close));
  if (at >= 0)
    throw new Error(`Candle ${at + 1}: ${JSON.stringify(found[at])} one after the other, ${JSON.stringify(expected[at])} at once.`);
}

function isSame(found: unknown, expected: unknown, same: (a: unknown, b: unknown) => boolean): boolean {
  const left = fieldsOf(found);
  const right = new Map(fieldsOf(expected));
  return left.length === right.size && left.every(([field, value]) => right.has(field) && same(value, right.get(field)));
}
