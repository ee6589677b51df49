import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type DayRows, emptyDay } from './day-rows.js';
import { checkPrices } from './price-jumps.js';

/** Candles that stand at one price each. */
function dayOf(closes: readonly number[]): DayRows {
  const rows = emptyDay(0, 4);
  for (const [minute, close] of closes.entries()) {
    rows.time.push(minute);
    for (const column of rows.values) column.push(close);
  }
  return rows;
}

const check = (closes: readonly number[], previousClose?: number) => {
  const marks = new Uint8Array(closes.length).fill(1);
  return { ...checkPrices(dayOf(closes), marks, { maxMove: 0.2, previousClose }), kept: closes.filter((_, row) => marks[row] === 1) };
};

describe('checkPrices', () => {
  const walk = fc.array(fc.double({ min: -0.15, max: 0.15, noNaN: true }), { minLength: 1, maxLength: 60 }).map((moves) => {
    let price = 100;
    return moves.map((move) => {
      price *= 1 + move;
      return price;
    });
  });

  it('believes any path of moves below the limit', () =>
    fc.assert(
      fc.property(walk, (closes) => {
        expect(check(closes, 100)).toMatchObject({ kept: closes, stretches: [], overnightFactor: null });
      }),
    ));

  it('drops whatever wrong stretch is put into such a path, and nothing else', () =>
    fc.assert(
      fc.property(
        walk,
        fc.nat(),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(0.001, 0.08, 12, 1_000),
        (closes, at, length, factor) => {
          const place = at % (closes.length + 1);
          const wrong = Array.from({ length }, () => (closes[place - 1] ?? 100) * factor);
          const result = check([...closes.slice(0, place), ...wrong, ...closes.slice(place)], 100);
          // A day of which most is wrong and that begins so is an overnight jump, which is kept and told.
          if (result.overnightFactor === null) expect(result.kept).toEqual(closes);
          else expect(place).toBe(0);
        },
      ),
    ));

  it('keeps a split, and measures the day from its new level', () => {
    expect(check([50, 50.5, 51], 100)).toMatchObject({ kept: [50, 50.5, 51], overnightFactor: 0.5, lastClose: 51 });
  });

  it('believes the beginning of a first day if a few candles agree, else the rest of the day', () => {
    expect(check([18_400, 18_410, 18_405, 1_450, 1_451, 1_452, 1_453]).kept).toEqual([18_400, 18_410, 18_405]);
    expect(check([1_400, 18_400, 18_410, 18_405]).kept).toEqual([18_400, 18_410, 18_405]);
  });

  it('drops a candle whose close is right and whose high is not', () => {
    const rows = dayOf([100, 100, 100]);
    const marks = new Uint8Array(3).fill(1);
    rows.values[1]?.splice(1, 1, 1_000);
    expect(checkPrices(rows, marks, { maxMove: 0.2, previousClose: 100 }).stretches).toEqual([
      { firstRow: 1, lastRow: 1, rows: 1, factor: 10 },
    ]);
    expect([...marks]).toEqual([1, 0, 1]);
  });
});
