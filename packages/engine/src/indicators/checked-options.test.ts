import { describe, expect, it } from 'vitest';

import { adx } from './adx.js';
import { atr } from './atr.js';
import { bollinger } from './bollinger.js';
import { cci } from './cci.js';
import { ema } from './ema.js';
import { macd } from './macd.js';
import { momentum } from './momentum.js';
import { openingRange } from './opening-range.js';
import { psar } from './psar.js';
import { roc } from './roc.js';
import { rsi } from './rsi.js';
import { sma } from './sma.js';
import { stochastic } from './stochastic.js';
import { stochasticSlow } from './stochastic-slow.js';
import { supertrend } from './supertrend.js';
import { volumeRatio } from './volume-ratio.js';
import { warmUp } from './warm-up.js';
import { williamsR } from './williams-r.js';
import { wma } from './wma.js';

describe('parameters', () => {
  const withPeriod = {
    adx,
    atr,
    bollinger,
    cci,
    ema,
    momentum,
    roc,
    rsi,
    sma,
    stochastic,
    stochasticSlow,
    supertrend,
    volumeRatio,
    williamsR,
    wma,
  };
  const periods = Object.entries(withPeriod).flatMap(([name, make]) =>
    [0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY].map((period) => ({ name, period, make })),
  );

  it.each(periods)('$name refuses the period $period', ({ name, period, make }) => {
    expect(() => make({ period })).toThrow(
      expect.objectContaining({
        code: 'indicator/period-invalid',
        message: expect.stringContaining(`"${period}"`),
        context: { indicator: name, option: 'period', found: String(period) },
      }),
    );
  });

  it.each([
    ['macd', () => macd({ signal: 0 })],
    ['stochastic', () => stochastic({ signal: 0 })],
    ['stochasticSlow', () => stochasticSlow({ smoothing: 0 })],
    ['adx of one candle', () => adx({ period: 1 })],
    ['warmUp', () => warmUp(-1)],
  ])('%s refuses a length that is none', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'indicator/period-invalid' }));
  });

  it.each([
    ['bollinger', () => bollinger({ deviations: 0 })],
    ['psar', () => psar({ step: Number.NaN })],
    ['psar', () => psar({ max: -0.2 })],
    ['supertrend', () => supertrend({ multiplier: Number.POSITIVE_INFINITY })],
    ['openingRange', () => openingRange({ minutes: 0 })],
  ])('%s refuses a factor that is none', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'indicator/factor-invalid' }));
  });

  it('macd refuses a fast average that is not the shorter one', () => {
    expect(() => macd({ fast: 26, slow: 12 })).toThrow(
      expect.objectContaining({ code: 'indicator/periods-order', context: { indicator: 'macd', fast: 26, slow: 12 } }),
    );
  });

  it('are refused when the recipe is made, not when candles come', () => {
    expect(() => ema({ period: 0.5 })).toThrow('"0.5" is not a period for ema');
  });
});
