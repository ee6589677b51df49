import { AwesomeOscillator, TRIX } from 'technicalindicators';
import { describe, expect, it } from 'vitest';

import { accumulationDistribution } from '../indicators/accumulation-distribution.js';
import { adx } from '../indicators/adx.js';
import { atr } from '../indicators/atr.js';
import { bollinger } from '../indicators/bollinger.js';
import { cci } from '../indicators/cci.js';
import { ema } from '../indicators/ema.js';
import type { IndicatorRecipe } from '../indicators/indicator.js';
import { macd } from '../indicators/macd.js';
import { momentum } from '../indicators/momentum.js';
import { obv } from '../indicators/obv.js';
import { openingRange } from '../indicators/opening-range.js';
import { pivots } from '../indicators/pivots.js';
import { psar } from '../indicators/psar.js';
import { roc } from '../indicators/roc.js';
import { rsi } from '../indicators/rsi.js';
import { sma } from '../indicators/sma.js';
import { stochastic } from '../indicators/stochastic.js';
import { stochasticSlow } from '../indicators/stochastic-slow.js';
import { supertrend } from '../indicators/supertrend.js';
import { fromTechnicalIndicators } from '../indicators/technicalindicators-adapter.js';
import { trueRange } from '../indicators/true-range.js';
import { volumeRatio } from '../indicators/volume-ratio.js';
import { vwap } from '../indicators/vwap.js';
import { williamsR } from '../indicators/williams-r.js';
import { wma } from '../indicators/wma.js';
import type { Candle } from '../market/candle.js';
import { indicatorContract } from './indicator-contract.js';

/** Short periods see more of themselves in short series. */
const ours: Readonly<Record<string, IndicatorRecipe<unknown>>> = {
  sma: sma({ period: 7 }),
  ema: ema({ period: 9 }),
  wma: wma({ period: 5 }),
  rsi: rsi(),
  macd: macd({ fast: 5, slow: 8, signal: 4 }),
  bollinger: bollinger({ period: 6 }),
  stochastic: stochastic({ period: 5 }),
  stochasticSlow: stochasticSlow(),
  adx: adx({ period: 5 }),
  cci: cci({ period: 6 }),
  psar: psar(),
  williamsR: williamsR(),
  atr: atr({ period: 6 }),
  trueRange: trueRange(),
  obv: obv(),
  accumulationDistribution: accumulationDistribution(),
  momentum: momentum(),
  roc: roc({ period: 3 }),
  vwap: vwap(),
  volumeRatio: volumeRatio({ period: 4 }),
  supertrend: supertrend({ period: 4 }),
  pivots: pivots(),
  openingRange: openingRange({ minutes: 30 }),
  TRIX: fromTechnicalIndicators(TRIX, { period: 4 }, { input: 'close' }),
  AwesomeOscillator: fromTechnicalIndicators(AwesomeOscillator, { fastPeriod: 3, slowPeriod: 8 }, { input: 'candle' }),
};

describe.each(Object.entries(ours))('%s keeps the indicator contract', (name, recipe) => {
  it.each(indicatorContract(name, recipe, { runs: 20 }))('$name', ({ run }) => {
    expect(run).not.toThrow();
  });
});

describe('stream equals batch', () => {
  const meanOfLast = (period: number) => (series: readonly Candle[]) =>
    series.map((_, i) =>
      i + 1 < period ? undefined : series.slice(i + 1 - period, i + 1).reduce((sum, { close }) => sum + close, 0) / period,
    );

  it('holds for an average', () => {
    const checks = indicatorContract('sma', sma({ period: 5 }), { batch: meanOfLast(5), runs: 20 });
    expect(checks).toHaveLength(8);
    expect(() => checks.at(-1)?.run()).not.toThrow();
  });

  it('is denied to an average of another period', () => {
    expect(() =>
      indicatorContract('sma', sma({ period: 5 }), { batch: meanOfLast(4), runs: 20 })
        .at(-1)
        ?.run(),
    ).toThrow(/at once/);
  });
});

describe('indicatorContract finds', () => {
  /** Names of the checks that a recipe fails. */
  const failed = (recipe: IndicatorRecipe<unknown>): readonly string[] =>
    indicatorContract('it', recipe, { runs: 30, seed: 7 })
      .filter(({ run }) => {
        try {
          run();
          return false;
        } catch {
          return true;
        }
      })
      .map(({ name }) => name);

  it('nothing wrong with what is right', () => {
    expect(failed(ema({ period: 5 }))).toEqual([]);
  });

  it('a state that recipes share', () => {
    let last = 0;
    const shared: IndicatorRecipe = () => ({
      next({ close }) {
        last = (last + close) / 2;
        return last;
      },
    });
    expect(failed(shared)).toEqual([
      'it gives the same values for the same candles, whatever was made before',
      'it does not change a value when later candles come',
      'it has nothing in common with another one of its recipe',
    ]);
  });

  it('an object that is written to again', () => {
    const reusing: IndicatorRecipe<{ readonly close: number }> = () => {
      const value = { close: 0 };
      return {
        next({ close }) {
          value.close = close;
          return value;
        },
      };
    };
    expect(failed(reusing)).toEqual(['it does not change a value when later candles come']);
  });

  it('a division by nothing', () => {
    const share: IndicatorRecipe = () => ({ next: ({ high, low, close }) => (close - low) / (high - low) });
    expect(failed(share)).toContain('it bears a market in which nothing moves');
  });

  it('a first value that does not come when it was said to, and one that goes missing', () => {
    const late: IndicatorRecipe = Object.assign(ema({ period: 5 }), { warmUp: 4 });
    expect(failed(late)).toContain('it is finite, comes when it says, and stays');
    const sometimes: IndicatorRecipe = () => ({ next: ({ volume }) => (volume > 0 ? volume : undefined) });
    expect(failed(sometimes)).toContain('it bears a gap and a halt');
  });

  it('a candle that is written to', () => {
    const writing: IndicatorRecipe = () => ({ next: (candle) => Object.assign(candle, { close: 1 }).close });
    expect(failed(writing)).toContain('it bears candles without volume');
  });
});
