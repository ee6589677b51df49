import { from } from 'rxjs';
import {
  ADX,
  AwesomeOscillator,
  CCI,
  ForceIndex,
  IchimokuCloud,
  KST,
  MACD,
  MFI,
  SMA,
  StochasticRSI,
  TRIX,
  VolumeProfile,
  WilliamsR,
} from 'technicalindicators';
import { describe, expect, expectTypeOf, it } from 'vitest';

import type { Candle } from '../market/candle.js';
import { seededRandom } from '../primitives/seeded-random.js';
import { indicate } from './indicate.js';
import type { IndicatorRecipe } from './indicator.js';
import { fromTechnicalIndicators } from './technicalindicators-adapter.js';

const walk = (count: number, seed = 1): readonly Candle[] => {
  const random = seededRandom(seed);
  let last = 500;
  return Array.from({ length: count }, (_, i) => {
    const open = last;
    last = open + random.normal();
    return {
      openTime: i * 60_000,
      closeTime: (i + 1) * 60_000,
      open,
      high: Math.max(open, last) + random.next(),
      low: Math.min(open, last) - random.next(),
      close: last,
      volume: random.below(1_000),
      complete: true,
    };
  });
};

const still = (count: number): readonly Candle[] =>
  walk(count).map((candle) => ({ ...candle, open: 5, high: 5, low: 5, close: 5, volume: 0 }));

function run<Value>(recipe: IndicatorRecipe<Value>, candles: readonly Candle[]): readonly (Value | undefined)[] {
  const indicator = recipe();
  return candles.map((candle) => indicator.next(candle));
}

const present = <Value>(values: readonly (Value | undefined)[]): readonly Value[] => values.filter((value) => value !== undefined);

describe('fromTechnicalIndicators', () => {
  const candles = walk(150);
  const high = candles.map((candle) => candle.high);
  const low = candles.map((candle) => candle.low);
  const close = candles.map((candle) => candle.close);
  const volume = candles.map((candle) => candle.volume);

  it('gives what the library works out of the whole series at once', () => {
    const trix = run(fromTechnicalIndicators(TRIX, { period: 5 }, { input: 'close' }), candles);
    expect(present(trix)).toEqual(TRIX.calculate({ values: close, period: 5 }));

    const awesome = run(fromTechnicalIndicators(AwesomeOscillator, { fastPeriod: 5, slowPeriod: 34 }, { input: 'candle' }), candles);
    expect(present(awesome)).toEqual(AwesomeOscillator.calculate({ high, low, fastPeriod: 5, slowPeriod: 34 }));

    const force = run(fromTechnicalIndicators(ForceIndex, { period: 13 }, { input: 'candle' }), candles);
    expect(present(force)).toEqual(ForceIndex.calculate({ close, volume, period: 13 }));

    const money = run(fromTechnicalIndicators(MFI, { period: 14 }, { input: 'candle' }), candles);
    expect(present(money)).toEqual(MFI.calculate({ high, low, close, volume, period: 14 }));

    const parameters = { rsiPeriod: 14, stochasticPeriod: 14, kPeriod: 3, dPeriod: 3 };
    const stochasticRsi = run(fromTechnicalIndicators(StochasticRSI, parameters, { input: 'close' }), candles);
    expect(present(stochasticRsi)).toEqual(StochasticRSI.calculate({ values: close, ...parameters }));
  });

  it('gives the lines of the Ichimoku cloud: middles of the highest high and the lowest low', () => {
    const parameters = { conversionPeriod: 9, basePeriod: 26, spanPeriod: 52, displacement: 26 };
    const cloud = run(fromTechnicalIndicators(IchimokuCloud, parameters, { input: 'candle', warmUp: 52 }), candles);
    const middle = (end: number, length: number) =>
      (Math.max(...high.slice(end - length + 1, end + 1)) + Math.min(...low.slice(end - length + 1, end + 1))) / 2;
    expect(cloud.findIndex((value) => value !== undefined)).toBe(51);
    expect(cloud[120]).toEqual({
      conversion: middle(120, 9),
      base: middle(120, 26),
      spanA: (middle(120, 9) + middle(120, 26)) / 2,
      spanB: middle(120, 52),
    });
  });

  it('takes what a function makes of a candle', () => {
    const averageVolume = fromTechnicalIndicators(SMA, { period: 3 }, { input: (candle) => candle.volume });
    expect(run(averageVolume, candles)[2]).toBeCloseTo((volume[0]! + volume[1]! + volume[2]!) / 3, 9);
  });

  it.each([
    ['WilliamsR', fromTechnicalIndicators(WilliamsR, { period: 5 }, { input: 'candle' })],
    ['CCI', fromTechnicalIndicators(CCI, { period: 5 }, { input: 'candle' })],
    ['ADX', fromTechnicalIndicators(ADX, { period: 5 }, { input: 'candle' })],
    ['MFI', fromTechnicalIndicators(MFI, { period: 5 }, { input: 'candle' })],
    ['TRIX', fromTechnicalIndicators(TRIX, { period: 5 }, { input: 'close' })],
  ])('has no value, never NaN, where %s of the library divides by nothing', (_, recipe) => {
    expect(present<unknown>(run<unknown>(recipe, still(50)))).toEqual([]);
  });

  it('waits until every field is there', () => {
    const parameters = { fastPeriod: 3, slowPeriod: 6, signalPeriod: 4, SimpleMAOscillator: false, SimpleMASignal: false };
    const macd = run(fromTechnicalIndicators(MACD, parameters, { input: 'close' }), candles);
    expect(macd.findIndex((value) => value !== undefined)).toBe(8);
    expect(present(macd).every(({ signal }) => Number.isFinite(signal))).toBe(true);
  });

  it('goes with indicate, its value typed without what is missing at first', () => {
    const parameters = {
      ...{ ROCPer1: 3, ROCPer2: 4, ROCPer3: 5, ROCPer4: 6 },
      ...{ SMAROCPer1: 3, SMAROCPer2: 3, SMAROCPer3: 3, SMAROCPer4: 3, signalPeriod: 3 },
    };
    let spoken = 0;
    from(candles)
      .pipe(indicate({ kst: fromTechnicalIndicators(KST, parameters, { input: 'close' }) }))
      .subscribe(({ values, nth }) => {
        expectTypeOf(values.kst.signal).toEqualTypeOf<number>();
        if (spoken === 0) expect(nth).toBe(11);
        spoken += 1;
      });
    expect(spoken).toBe(140);
  });

  it('refuses at once what cannot stream', () => {
    expect(() => fromTechnicalIndicators(VolumeProfile, { noOfBars: 5 }, { input: 'candle' })).toThrow(
      expect.objectContaining({ code: 'indicator/not-streaming', message: expect.stringContaining('"VolumeProfile"') }),
    );
  });
});
