import { checkedOrder, checkedPeriod } from './checked-options.js';
import { exponentialAverage } from './ema.js';
import { type IndicatorRecipe, recipe } from './indicator.js';

/** The line, in rupees, and what is made of it; `signal` and `histogram` come `signal` − 1 candles after the line. */
export interface MacdValue {
  /** Fast average minus slow average. */
  readonly macd: number;
  /** Average of the line. */
  readonly signal: number | undefined;
  /** Line minus signal. */
  readonly histogram: number | undefined;
}

/** Lengths in candles. */
export interface MacdOptions {
  readonly fast?: number;
  readonly slow?: number;
  readonly signal?: number;
}

/**
 * Moving average convergence/divergence of closes, in rupees: EMA `fast` (12) minus EMA `slow` (26), its EMA over `signal` (9) and their difference.
 *
 * Each average begins as the mean of its own first closes. The line comes with candle 26, the signal with candle 34.
 *
 * @throws EngineError `indicator/period-invalid` if a length is not a whole number above 0.
 * @throws EngineError `indicator/periods-order` if `fast` is not shorter than `slow`.
 * @see Gerald Appel, The Moving Average Convergence-Divergence Trading Method, 1979.
 * @example candles$.pipe(indicate({ macd: macd() }), filter(({ values }) => values.macd.histogram > 0))
 */
export function macd({ fast = 12, slow = 26, signal = 9 }: MacdOptions = {}): IndicatorRecipe<MacdValue> {
  checkedPeriod(fast, { indicator: 'macd', option: 'fast' });
  checkedPeriod(slow, { indicator: 'macd', option: 'slow' });
  checkedPeriod(signal, { indicator: 'macd', option: 'signal' });
  checkedOrder(fast, slow, 'macd');
  return recipe({ warmUp: slow }, () => {
    const fastAverage = exponentialAverage(fast);
    const slowAverage = exponentialAverage(slow);
    const signalAverage = exponentialAverage(signal);

    return {
      next({ close }) {
        const upper = fastAverage(close);
        const lower = slowAverage(close);
        if (upper === undefined || lower === undefined) return undefined;
        const line = upper - lower;
        const smoothed = signalAverage(line);
        return { macd: line, signal: smoothed, histogram: smoothed === undefined ? undefined : line - smoothed };
      },
    };
  });
}
