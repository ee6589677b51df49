import type { DayRows } from './day-rows.js';

/** A stretch of rows with prices that cannot be. */
export interface FarStretch {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly rows: number;
  /** Price of the first of them as a multiple of the last good one. */
  readonly factor: number;
}

/** What became of a day's prices. */
export interface PriceCheck {
  readonly stretches: readonly FarStretch[];
  /** The last good close of the day; `undefined` if the day has none. */
  readonly lastClose: number | undefined;
  /** The day's first price as a multiple of the day before's last, where that is more than the limit. */
  readonly overnightFactor: number | null;
}

/**
 * Marks rows whose prices are further than `maxMove` from the last good close, until prices are back.
 *
 * A day is measured from the close of the day before. Where it begins far away from that, what most of the day says decides: if the day comes
 * back, its beginning was wrong; if it does not, prices jumped overnight, as at a split, and stay.
 *
 * @param rows sorted; values are open, high, low, close, ….
 * @param marks one for each row; set to 0 where a row is wrong.
 * @param maxMove a share: 0.2 is 20 %.
 */
export function checkPrices(
  rows: DayRows,
  marks: Uint8Array,
  { maxMove, previousClose }: { readonly maxMove: number; readonly previousClose: number | undefined },
): PriceCheck {
  const [, highs = [], lows = [], closes = []] = rows.values;
  const far = (price: number, from: number): boolean => Math.abs(price / from - 1) > maxMove;
  const typical = median(closes);
  const jumped = previousClose !== undefined && closes.length > 0 && far(closes[0] ?? 0, previousClose) && far(typical, previousClose);
  let good = previousClose === undefined || jumped ? firstTrusted(closes, typical, far) : previousClose;
  const overnightFactor = jumped ? good / previousClose : null;

  const stretches: FarStretch[] = [];
  let stretch: { firstRow: number; lastRow: number; rows: number; factor: number } | undefined;
  for (let row = 0; row < closes.length; row += 1) {
    const close = closes[row] ?? 0;
    if (!far(close, good) && !far(highs[row] ?? 0, good) && !far(lows[row] ?? 0, good)) {
      good = close;
      stretch = undefined;
      continue;
    }
    marks[row] = 0;
    if (stretch === undefined) {
      stretch = {
        firstRow: row,
        lastRow: row,
        rows: 0,
        factor: (far(close, good) ? close : far(highs[row] ?? 0, good) ? (highs[row] ?? 0) : (lows[row] ?? 0)) / good,
      };
      stretches.push(stretch);
    }
    stretch.lastRow = row;
    stretch.rows += 1;
  }
  return { stretches, lastClose: closes.length > 0 ? good : previousClose, overnightFactor };
}

/** With nothing before it, the first price is believed if at least a few of the day's are near it. */
function firstTrusted(closes: readonly number[], typical: number, far: (price: number, from: number) => boolean): number {
  const first = closes[0] ?? typical;
  const near = closes.reduce((count, close) => count + (far(close, first) ? 0 : 1), 0);
  return near >= 3 || !far(typical, first) ? first : typical;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
