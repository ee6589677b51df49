import {
  accumulationDistribution,
  adx,
  atr,
  black76Price,
  blackScholes,
  blackScholesPrice,
  bollinger,
  type Candle,
  cci,
  ema,
  heikinAshiCandles,
  type IndicatorRecipe,
  impliedVolatility,
  macd,
  momentum,
  obv,
  openingRange,
  pivots,
  psar,
  randomWalkFeed,
  renkoBricks,
  roc,
  rsi,
  sma,
  stochastic,
  stochasticSlow,
  supertrend,
  trueRange,
  volumeRatio,
  vwap,
  williamsR,
  wma,
} from '@sauda/engine';
import { type MonoTypeOperatorFunction, Subject } from 'rxjs';

import { candlesOf } from './candles-of.js';
import { type Timing, timed } from './timed.js';

/** One small thing, done often. */
export interface MicroTiming extends Timing {
  readonly what: string;
  readonly per: 'candle' | 'call';
}

const indicators: Readonly<Record<string, IndicatorRecipe<unknown>>> = {
  'sma(20)': sma({ period: 20 }),
  'ema(20)': ema({ period: 20 }),
  'wma(20)': wma({ period: 20 }),
  'rsi(14)': rsi(),
  'macd(12, 26, 9)': macd(),
  'bollinger(20, 2)': bollinger(),
  'stochastic(14, 3)': stochastic(),
  'stochasticSlow(14, 3)': stochasticSlow(),
  'adx(14)': adx(),
  'cci(20)': cci({ period: 20 }),
  'psar()': psar(),
  'williamsR(14)': williamsR(),
  'atr(14)': atr(),
  'trueRange()': trueRange(),
  'obv()': obv(),
  'accumulationDistribution()': accumulationDistribution(),
  'momentum(10)': momentum({ period: 10 }),
  'roc(10)': roc({ period: 10 }),
  'vwap()': vwap(),
  'volumeRatio(20)': volumeRatio({ period: 20 }),
  'supertrend(10, 3)': supertrend(),
  'pivots()': pivots(),
  'openingRange(15)': openingRange({ minutes: 15 }),
};

const charts: Readonly<Record<string, () => MonoTypeOperatorFunction<Candle>>> = {
  'Heikin Ashi': () => heikinAshiCandles(),
  'Renko, 10 points': () => renkoBricks({ kind: 'points', points: 10 }),
};

/** Every indicator, the charts and the option prices, each alone over a random walk. */
export async function timedMicro(options: { readonly runs: number }): Promise<readonly MicroTiming[]> {
  const candles = await walk();
  const rows: MicroTiming[] = [];
  for (const [what, recipe] of Object.entries(indicators)) {
    rows.push({ what, per: 'candle', ...(await timed(candles.length, () => through(recipe, candles), options)) });
  }
  for (const [what, make] of Object.entries(charts)) {
    rows.push({ what, per: 'candle', ...(await timed(candles.length, () => drawn(make(), candles), options)) });
  }
  for (const [what, price] of Object.entries(prices)) {
    rows.push({ what, per: 'call', ...(await timed(CALLS, () => priced(price), options)) });
  }
  return rows;
}

async function walk(): Promise<readonly Candle[]> {
  const candles: Candle[] = [];
  for await (const block of randomWalkFeed({ seed: 3, days: 100 }).blocks({ from: null, to: null })) {
    if (block.kind === 'candles') candles.push(...candlesOf(block.columns));
  }
  // A random walk has no volume; some indicators are about nothing else.
  return candles.map((candle, at) => ({ ...candle, volume: 1_000 + (at % 97) * 10 }));
}

function through(recipe: IndicatorRecipe<unknown>, candles: readonly Candle[]): number {
  const indicator = recipe();
  let values = 0;
  for (const candle of candles) if (indicator.next(candle) !== undefined) values += 1;
  return values;
}

function drawn(operator: MonoTypeOperatorFunction<Candle>, candles: readonly Candle[]): number {
  const candles$ = new Subject<Candle>();
  let sum = 0;
  candles$.pipe(operator).subscribe(({ close }) => {
    sum += close;
  });
  for (const candle of candles) candles$.next(candle);
  return sum;
}

const CALLS = 20_000;
const optionType = 'CE';
const years = 7 / 365;
const rate = 0.1;
const volatility = 0.14;

/** Strikes from 22,000 to 25,999 around a price of 24,000. */
const prices: Readonly<Record<string, (strike: number) => number>> = {
  'Black–Scholes price': (strike) => blackScholesPrice(optionType, 24_000, strike, years, rate, volatility),
  'Black–Scholes price and greeks': (strike) => blackScholes({ optionType, spot: 24_000, strike, years, rate, volatility }).delta,
  'Black 76 price': (strike) => black76Price(optionType, 24_000, strike, years, rate, volatility),
  'implied volatility': (strike) => {
    const price = blackScholesPrice(optionType, 24_000, strike, years, rate, volatility);
    const found = impliedVolatility({ model: 'black-scholes', optionType, price, underlying: 24_000, strike, years, rate });
    return 'volatility' in found ? found.volatility : 0;
  },
};

function priced(price: (strike: number) => number): number {
  let sum = 0;
  for (let call = 0; call < CALLS; call += 1) sum += price(22_000 + (call % 4_000));
  return sum;
}
