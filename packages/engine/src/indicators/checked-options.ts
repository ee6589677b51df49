import { EngineError } from '../primitives/errors.js';

/** What an option is called and which indicator it belongs to, for the error's words. */
interface OptionName {
  readonly indicator: string;
  readonly option: string;
}

/**
 * A length in candles, as it was given.
 *
 * @throws EngineError `indicator/period-invalid` if it is not a whole number of at least `min` (1).
 */
export function checkedPeriod(period: number, { indicator, option }: OptionName, min = 1): number {
  if (Number.isSafeInteger(period) && period >= min) return period;
  throw new EngineError('indicator/period-invalid', {
    message: `"${period}" is not a period for ${indicator}: "${option}" counts candles.`,
    remedy: `Give a whole number of ${min} or more.`,
    context: { indicator, option, found: String(period) },
  });
}

/**
 * A factor, step or width, as it was given.
 *
 * @throws EngineError `indicator/factor-invalid` if it is not a finite number above 0.
 */
export function checkedFactor(factor: number, { indicator, option }: OptionName): number {
  if (Number.isFinite(factor) && factor > 0) return factor;
  throw new EngineError('indicator/factor-invalid', {
    message: `"${factor}" cannot be the "${option}" of ${indicator}.`,
    remedy: 'Give a finite number above 0.',
    context: { indicator, option, found: String(factor) },
  });
}

/**
 * States that the fast one of two averages is the shorter one.
 *
 * @throws EngineError `indicator/periods-order` if it is not.
 */
export function checkedOrder(fast: number, slow: number, indicator: string): void {
  if (fast < slow) return;
  throw new EngineError('indicator/periods-order', {
    message: `"fast" is "${fast}" and "slow" is "${slow}" in ${indicator}: the fast average must be the shorter one.`,
    remedy: 'Give "fast" fewer candles than "slow".',
    context: { indicator, fast, slow },
  });
}
