import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { atIst, MINUTE_MS } from '../primitives/time.js';
import { accumulationDistribution } from './accumulation-distribution.js';
import { adx } from './adx.js';
import { atr } from './atr.js';
import { bollinger } from './bollinger.js';
import { cci } from './cci.js';
import { ema } from './ema.js';
import type { IndicatorRecipe } from './indicator.js';
import { macd } from './macd.js';
import { momentum } from './momentum.js';
import { obv } from './obv.js';
import { psar } from './psar.js';
import { roc } from './roc.js';
import { rsi } from './rsi.js';
import { sma } from './sma.js';
import { stochastic } from './stochastic.js';
import { stochasticSlow } from './stochastic-slow.js';
import { supertrend } from './supertrend.js';
import { trueRange } from './true-range.js';
import { volumeRatio } from './volume-ratio.js';
import { vwap } from './vwap.js';
import { williamsR } from './williams-r.js';
import { wma } from './wma.js';

/** Numbers, `null` where there is no value yet; the shipped file writes a column as one text, with `-` for `null`. */
type Column = readonly (number | null)[] | string;

interface OracleSeries {
  readonly candles: Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume', Column>>;
  readonly expected: Readonly<Record<string, Readonly<Record<string, Column>>>>;
}

/** The names that the reference vectors have for what we make; our defaults are theirs. */
const recipes: Readonly<Record<string, IndicatorRecipe<unknown>>> = {
  'sma(20)': sma(),
  'ema(9)': ema({ period: 9 }),
  'ema(15)': ema({ period: 15 }),
  'wma(10)': wma(),
  'rsi(14)': rsi(),
  'macd(12,26,9)': macd(),
  'bollinger(20,2)': bollinger(),
  'stochastic(14,3)': stochastic(),
  'stochasticSlow(14,3,3)': stochasticSlow(),
  'adx(14)': adx(),
  'cci(20)': cci(),
  'psar(0.02,0.2)': psar(),
  'williamsR(14)': williamsR(),
  'atr(14)': atr(),
  trueRange: trueRange(),
  obv: obv(),
  accumulationDistribution: accumulationDistribution(),
  'momentum(10)': momentum(),
  'roc(10)': roc(),
  'vwap(session of 75 candles)': vwap(),
  'volumeRatio(20)': volumeRatio(),
  'supertrend(10,3)': supertrend(),
};

/** The first candles of the reference vectors made for this project; their `gap-and-halt` is longer, to have the gap and the halt. */
const shipped = fileURLToPath(new URL('./oracle-fixtures/indicators.json', import.meta.url));
const complete = fileURLToPath(new URL('../../../../../shared/oracles/indicators.json', import.meta.url));

compare('indicators equal the reference vectors shipped with them', shipped);
describe.skipIf(!existsSync(complete))('with ../shared beside the repository', () => {
  compare('indicators equal the complete reference vectors', complete);
});

function compare(title: string, file: string): void {
  describe(title, () => {
    const series: Readonly<Record<string, OracleSeries>> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    const cases = Object.entries(series).flatMap(([name, { candles, expected }]) =>
      Object.keys(expected)
        .filter((key) => key !== 'heikinAshi')
        .map((key) => ({ name, key, candles: sessionsOf75(candles), columns: expected[key] ?? {} })),
    );

    it.each(cases)('$key on $name', ({ key, candles, columns }) => {
      const indicator = recipes[key]?.();
      expect(indicator, `a recipe for ${key}`).toBeDefined();
      const values = candles.map((candle) => indicator?.next(candle));
      for (const [field, column] of Object.entries(columns)) {
        const misses = numbers(column).flatMap((expected, i) => {
          const found = fieldOf(values[i], field);
          return isEqual(found, expected) ? [] : [{ candle: i, found, expected }];
        });
        expect(misses, field).toEqual([]);
        expect(numbers(column).length).toBe(candles.length);
      }
    });
  });
}

/** The vectors count 75 candles of five minutes to a session: one weekday each. */
function sessionsOf75(columns: OracleSeries['candles']): readonly Candle[] {
  const dates = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'];
  const at = (column: Column, i: number): number => numbers(column)[i] ?? Number.NaN;
  return numbers(columns.close).map((_, i) => {
    const openTime = atIst(dates[Math.floor(i / 75)] ?? '2026-11-27', 555) + (i % 75) * 5 * MINUTE_MS;
    return {
      openTime,
      closeTime: openTime + 5 * MINUTE_MS,
      open: at(columns.open, i),
      high: at(columns.high, i),
      low: at(columns.low, i),
      close: at(columns.close, i),
      volume: at(columns.volume, i),
      complete: true,
    };
  });
}

const parsed = new Map<string, readonly (number | null)[]>();

function numbers(column: Column): readonly (number | null)[] {
  if (typeof column !== 'string') return column;
  const known = parsed.get(column);
  if (known !== undefined) return known;
  const read = column.split(' ').map((text) => (text === '-' ? null : Number(text)));
  parsed.set(column, read);
  return read;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : value;
}

const isEqual = (found: unknown, expected: number | null): boolean =>
  expected === null
    ? found === undefined
    : typeof found === 'number' && Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
