import { existsSync, readFileSync } from 'node:fs';

import type { Candle } from '../market/candle.js';

/** Candles, with the Heikin Ashi candles and Renko bricks that follow from them. */
export interface ChartCase {
  readonly name: string;
  readonly candles: readonly Candle[];
  readonly heikinAshi: readonly Pick<Candle, 'open' | 'high' | 'low' | 'close'>[];
  readonly brick: number;
  /** Index of the candle that completes it, and the prices it runs from and to. */
  readonly bricks: readonly (readonly number[])[];
}

/** The first 150 candles of a series of an option's premium, kept here so that the tests stand alone. */
export const someCandles: ChartCase = readFixture();

/** Five series of 300 candles where the file with them lies beside the repository; `undefined` where not. */
export function allSeries(): readonly ChartCase[] | undefined {
  const file = new URL('../../../../../shared/oracles/indicators.json', import.meta.url);
  if (!existsSync(file)) return undefined;
  const series: Record<string, RecordedSeries> = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(series).map(([name, { candles, expected, renko }]) => ({
    name,
    candles: prices(candles).map(asCandle),
    heikinAshi: prices(expected.heikinAshi),
    ...renko,
  }));
}

interface Columns {
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

interface RecordedSeries {
  readonly candles: Columns;
  readonly expected: { readonly heikinAshi: Columns };
  readonly renko: Pick<ChartCase, 'brick' | 'bricks'>;
}

function prices({ open, high, low, close }: Columns): ChartCase['heikinAshi'] {
  return open.map((price, i) => ({ open: price, high: high[i]!, low: low[i]!, close: close[i]! }));
}

function asCandle(found: ChartCase['heikinAshi'][number], i: number): Candle {
  return { ...found, openTime: i * 300_000, closeTime: (i + 1) * 300_000, volume: i, complete: true };
}

function readFixture(): ChartCase {
  const [, ...lines] = readFileSync(new URL('./fixtures/option-premium.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const rows = lines.map((line) => line.split(','));
  const four = (row: readonly string[], first: number) => {
    const [open = NaN, high = NaN, low = NaN, close = NaN] = row.slice(first, first + 4).map(Number);
    return { open, high, low, close };
  };
  return {
    name: 'option-premium',
    candles: rows.map((row, i) => asCandle(four(row, 0), i)),
    heikinAshi: rows.map((row) => four(row, 4)),
    brick: 2,
    bricks: rows.flatMap((row, i) => (row[8] ? row[8].split(' ').map((edges) => [i, ...edges.split('>').map(Number)]) : [])),
  };
}
