import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { candles } from '../testing/arbitraries/candles.js';
import { adx } from './adx.js';
import { atr } from './atr.js';
import { bollinger } from './bollinger.js';
import type { IndicatorRecipe } from './indicator.js';
import { openingRange } from './opening-range.js';
import { psar } from './psar.js';
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

/** Each value of a recipe on any series, with the candles so far. */
function always<Value>(recipe: IndicatorRecipe<Value>, holds: (value: Value, past: readonly Candle[]) => void): void {
  fc.assert(
    fc.property(candles({ minLength: 2, maxLength: 60 }), (series) => {
      const indicator = recipe();
      series.forEach((candle, i) => {
        const value = indicator.next(candle);
        if (value !== undefined) holds(value, series.slice(0, i + 1));
      });
    }),
    { numRuns: 60 },
  );
}

const within = (value: number | undefined, low: number, high: number): void => {
  if (value === undefined) return;
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};

describe('on any series', () => {
  it('rsi is 0 to 100', () => always(rsi({ period: 3 }), (value) => within(value, 0, 100)));

  it('stochastic lines are 0 to 100, but for the rounding of a mean', () => {
    always(stochastic({ period: 4 }), ({ k, d }) => {
      within(k, 0, 100);
      within(d, 0, 100 + 1e-12);
    });
    always(stochasticSlow({ period: 4 }), ({ k, d }) => {
      within(k, 0, 100 + 1e-12);
      within(d, 0, 100 + 1e-12);
    });
  });

  it('williamsR is −100 to 0', () => always(williamsR({ period: 4 }), (value) => within(value, -100, 0)));

  it('adx and its indicators are 0 to 100', () =>
    always(adx({ period: 3 }), ({ adx: strength, plusDi, minusDi }) => {
      within(strength, 0, 100 + 1e-9);
      within(plusDi, 0, 100);
      within(minusDi, 0, 100);
    }));

  it('true ranges are at least the candle’s own range, and their average is not negative', () => {
    always(trueRange(), (value, past) => within(value, past.at(-1)!.high - past.at(-1)!.low, Number.POSITIVE_INFINITY));
    always(atr({ period: 3 }), (value) => within(value, 0, Number.POSITIVE_INFINITY));
  });

  it('averages lie within the closes that they are of', () => {
    for (const recipe of [sma({ period: 5 }), wma({ period: 5 })]) {
      always(recipe, (value, past) => {
        const closes = past.slice(-5).map(({ close }) => close);
        within(value, Math.min(...closes) * (1 - 1e-12), Math.max(...closes) * (1 + 1e-12));
      });
    }
  });

  it('bollinger bands hold their middle', () =>
    always(bollinger({ period: 5 }), ({ middle, upper, lower }) => {
      expect(lower).toBeLessThanOrEqual(middle);
      expect(upper).toBeGreaterThanOrEqual(middle);
    }));

  it('supertrend is behind the close', () =>
    always(supertrend({ period: 3 }), ({ value, direction }, past) => {
      expect(direction * (past.at(-1)!.close - value)).toBeGreaterThanOrEqual(-1e-9);
    }));

  it('psar is not inside the candle, but for the first', () =>
    always(psar(), (value, past) => {
      const { high, low } = past.at(-1)!;
      if (past.length > 2) expect(value <= low || value >= high).toBe(true);
    }));

  it('vwap and the opening range lie within the prices of the session', () => {
    always(vwap(), (value, past) => within(value, lowOf(past) * (1 - 1e-12), highOf(past) * (1 + 1e-12)));
    always(openingRange({ minutes: 20 }), ({ high, low }, past) => {
      within(high, low, highOf(past));
      within(low, lowOf(past), high);
    });
  });

  it('volumeRatio is 0 to the period', () => always(volumeRatio({ period: 4 }), (value) => within(value, 0, 4 * (1 + 1e-12))));
});

const highOf = (series: readonly Candle[]): number => Math.max(...series.map(({ high }) => high));
const lowOf = (series: readonly Candle[]): number => Math.min(...series.map(({ low }) => low));
