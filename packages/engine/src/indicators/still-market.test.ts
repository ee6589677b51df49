import { describe, expect, it } from 'vitest';

import { flatSeries } from '../testing/candle-series.js';
import { adx } from './adx.js';
import { bollinger } from './bollinger.js';
import { cci } from './cci.js';
import type { IndicatorRecipe } from './indicator.js';
import { macd } from './macd.js';
import { psar } from './psar.js';
import { rsi } from './rsi.js';
import { stochastic } from './stochastic.js';
import { stochasticSlow } from './stochastic-slow.js';
import { supertrend } from './supertrend.js';
import { volumeRatio } from './volume-ratio.js';
import { vwap } from './vwap.js';
import { williamsR } from './williams-r.js';

/** A price that is not exact in binary, so that sums round. */
const price = 100.1;

const last = (recipe: IndicatorRecipe<unknown>): unknown => {
  const indicator = recipe();
  let value: unknown;
  for (const candle of flatSeries(80, price)) value = indicator.next(candle);
  return value;
};

describe('in a market in which nothing moves', () => {
  it.each<[string, IndicatorRecipe<unknown>, unknown]>([
    ['adx has no strength and no direction', adx(), { adx: 0, plusDi: 0, minusDi: 0 }],
    ['bollinger bands have no width at all', bollinger(), { middle: price, upper: price, lower: price }],
    ['cci is 0', cci(), 0],
    ['psar stands at the price', psar(), price],
    ['rsi is 50', rsi(), 50],
    ['stochastic is 50', stochastic(), { k: 50, d: 50 }],
    ['slow stochastic is 50', stochasticSlow(), { k: 50, d: 50 }],
    ['williamsR is −50', williamsR(), -50],
    ['supertrend rises at the price', supertrend(), { value: price, direction: 1 }],
    ['vwap has no value without volume', vwap(), undefined],
    ['volumeRatio has no value without volume', volumeRatio(), undefined],
  ])('%s', (_, recipe, expected) => {
    expect(last(recipe)).toEqual(expected);
  });

  it('macd has a signal, of 0', () => {
    const indicator = macd()();
    const values = flatSeries(40, price).map((candle) => indicator.next(candle));
    expect(values[33]?.signal).toBeCloseTo(0, 12);
    expect(values[33]?.histogram).toBeCloseTo(0, 12);
  });
});
