import type { RunConfig } from '@sauda/engine';

import type { LocatedProblem } from './located-problem.js';

/** What is known of an underlying's price from the first days of its feed. */
export interface PriceSample {
  /** Median of high less low of a candle, in points. */
  readonly medianRange: number;
  /** A price of the underlying. */
  readonly price: number;
}

/** An option at the money moves about half as far as its underlying. */
const DELTA_AT_THE_MONEY = 0.5;

/** Days to the expiry in the middle of a week. */
const DAYS_TO_EXPIRY_USUAL = 3.5;

/**
 * Warns of trailing stops closer than two median candle ranges. A candle is replayed on a straight path, on which the price never turns back
 * between two extremes: a stop that close follows to the top of each candle, and earns what no market would pay.
 *
 * For an option the range is half the underlying's, and its premium the price at the money by Brenner and Subrahmanyam's approximation
 * (0.4 × spot × volatility × √years; Financial Analysts Journal 44(5), 1988).
 */
export function checkTrailing(config: RunConfig, samples: ReadonlyMap<string, PriceSample>): readonly LocatedProblem[] {
  if (config.simulation.path === 'pessimistic') return [];
  return config.sets.flatMap((set, index) => {
    const { trailing } = set.exits;
    const [leg] = set.legs;
    const sample = set.underlyings.map((key) => samples.get(key)).find((found) => found !== undefined);
    if (trailing === null || leg === undefined || sample === undefined) return [];
    const isOption = leg.kind === 'option';
    const range = sample.medianRange * (isOption ? DELTA_AT_THE_MONEY : 1);
    const price = isOption ? premiumAtTheMoney(sample.price, config) : sample.price;
    const distance =
      trailing.distance.kind === 'points' ? trailing.distance.points : price === null ? null : trailing.distance.share * price;
    if (distance === null || distance >= 2 * range) return [];
    const about = isOption ? 'of the premium, by estimate' : '';
    return [
      {
        path: `sets[${index}].exits.trailing.distance`,
        found:
          trailing.distance.kind === 'points'
            ? { points: trailing.distance.points }
            : `${Number((trailing.distance.share * 100).toFixed(4))}%`,
        message:
          `The stop follows ${distance.toFixed(2)} points behind, closer than two median candle ranges (${(2 * range).toFixed(2)} points ${about}`.trimEnd() +
          '): a backtest on such candles earns money out of nothing.',
        remedy: 'Use finer data (ticks), a larger distance, or simulation: { path: pessimistic }.',
        severity: 'warning' as const,
      },
    ];
  });
}

function premiumAtTheMoney(spot: number, { premiums, vix }: RunConfig): number | null {
  const volatility = premiums.volatility.kind === 'fixed' ? premiums.volatility.share : (premiums.volatility.elseShare ?? vix);
  return volatility === null ? null : 0.4 * spot * volatility * Math.sqrt(DAYS_TO_EXPIRY_USUAL / 365);
}
