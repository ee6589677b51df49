import { seededRandom } from '../primitives/seeded-random.js';
import { type DurationMs, HOUR_MS, MINUTE_MS } from '../primitives/time.js';

/** A price and its volatility as they wander. */
export interface SyntheticPath {
  /** Price now, not on any grid. */
  readonly price: number;
  /** Volatility now, a share a year. */
  readonly volatility: number;
  /** Takes the price to the next day's open. */
  overnight(): void;
  /** Moves on by a length of time, at a share of the session from 0 (open) to 1 (close). */
  step(length: DurationMs, shareOfSession: number): void;
}

/** Hours of trading in a year: 252 days of 6¼ hours. */
const TRADING_YEAR_MS = 252 * 6.25 * HOUR_MS;

/** A quarter of a day's variance happens while the market is closed. */
const OVERNIGHT_SHARE = 0.25;

/** A trend earns this share of its own standard deviation: mild, and not every day. */
const TREND_STRENGTH = 0.35;

/** Standard deviation of a jump, as a share of a day's. */
const JUMP_SIZE = 0.35;

/** How fast volatility returns to its level, and how much it moves: half-life about three days, a fifth of itself a day. */
const REVERSION_PER_DAY = 0.25;
const VOLATILITY_OF_VOLATILITY = 0.2;

/** Volatility rises when prices fall. */
const LEVERAGE = -0.6;

/**
 * A log-normal price with a daily gap, more movement at the open and the close than at noon, trends that last half an hour to two hours, jumps, and a
 * volatility that returns to its level. Made with `exp`, `log` and `sqrt` alone.
 */
export function syntheticPath({
  seed,
  price,
  volatility,
  jumpsPerDay,
}: {
  readonly seed: number;
  readonly price: number;
  readonly volatility: number;
  readonly jumpsPerDay: number;
}): SyntheticPath {
  const random = seededRandom(seed);
  let logPrice = Math.log(price);
  let logVolatility = 0;
  let trend = 0;
  let trendLeftMs = 0;

  const move = (years: number, shape: number): void => {
    const root = Math.sqrt(years);
    const shock = random.normal();
    const own = random.normal();
    const now = volatility * Math.exp(logVolatility);
    logPrice += now * root * Math.sqrt(shape) * shock + trend * years - 0.5 * now * now * years;
    const days = years * 252;
    const mixed = LEVERAGE * shock + Math.sqrt(1 - LEVERAGE * LEVERAGE) * own;
    logVolatility += -REVERSION_PER_DAY * days * logVolatility + VOLATILITY_OF_VOLATILITY * Math.sqrt(days) * mixed;
  };

  return {
    get price() {
      return Math.exp(logPrice);
    },
    get volatility() {
      return volatility * Math.exp(logVolatility);
    },
    overnight() {
      trend = 0;
      trendLeftMs = 0;
      move(OVERNIGHT_SHARE / 252, 1);
    },
    step(length, shareOfSession) {
      if (trendLeftMs <= 0) {
        trendLeftMs = 30 * MINUTE_MS + random.below(90) * MINUTE_MS;
        const trendYears = trendLeftMs / TRADING_YEAR_MS;
        trend = (TREND_STRENGTH * volatility * random.normal()) / Math.sqrt(trendYears);
      }
      trendLeftMs -= length;
      const fromNoon = 2 * shareOfSession - 1;
      // The mean over the session is 1 - OVERNIGHT_SHARE, so that a whole day has the variance of a day.
      const shape = (1 - OVERNIGHT_SHARE) * (0.7 + 0.9 * fromNoon * fromNoon);
      move(length / TRADING_YEAR_MS, shape);
      const jumpChance = (jumpsPerDay * length) / (TRADING_YEAR_MS / 252);
      if (jumpsPerDay > 0 && random.next() < jumpChance) logPrice += (volatility / Math.sqrt(252)) * JUMP_SIZE * random.normal();
    },
  };
}
