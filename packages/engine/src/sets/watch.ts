import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { TrailingConfig } from './set-config.js';
import type { OpenPosition, SetState } from './set-state.js';

/** What a set waits for; elsewhere it sleeps. Prices are of the instrument that it holds. */
export interface Watch {
  /** The set is woken where the price is at or beyond one of these. */
  readonly low: Price;
  readonly high: Price;
  /** The set is told of the best price at or beyond these: a trailing stop follows it. */
  readonly followBelow: Price;
  readonly followAbove: Price;
  /** The set is woken where the underlying's price is at or beyond one of these. */
  readonly underlyingLow: Price;
  readonly underlyingHigh: Price;
  /** The set is woken at this time. */
  readonly time: EpochMs;
}

/** A set that waits for nothing but signals and news. */
export const ASLEEP: Watch = {
  low: -Infinity,
  high: Infinity,
  followBelow: -Infinity,
  followAbove: Infinity,
  underlyingLow: -Infinity,
  underlyingHigh: Infinity,
  time: Infinity,
};

/** What a set waits for in its present state. */
export function watchOf(state: SetState, trailing: TrailingConfig | null): Watch {
  if (state.phase === 'exiting') return state.leaving.retryAt === null ? ASLEEP : { ...ASLEEP, time: state.leaving.retryAt };
  if (state.phase !== 'open') return ASLEEP;
  const { position } = state;
  const long = position.side === 'buy';
  const loss = nearestLoss(position);
  const gain = nearestGain(position);
  const follow = trailing === null ? (long ? Infinity : -Infinity) : followFrom(position, trailing);
  return {
    low: long ? loss : gain,
    high: long ? gain : loss,
    followBelow: long ? -Infinity : follow,
    followAbove: long ? follow : Infinity,
    underlyingLow: position.underlyingBelow ?? -Infinity,
    underlyingHigh: position.underlyingAbove ?? Infinity,
    time: position.leaveAt ?? Infinity,
  };
}

function nearestLoss({ side, stop, setStop, dayLossStop }: OpenPosition): Price {
  return side === 'buy'
    ? Math.max(stop ?? -Infinity, setStop ?? -Infinity, dayLossStop ?? -Infinity)
    : Math.min(stop ?? Infinity, setStop ?? Infinity, dayLossStop ?? Infinity);
}

function nearestGain({ side, target, setTarget, partials }: OpenPosition): Price {
  const partial = partials[0]?.price;
  return side === 'buy'
    ? Math.min(target ?? Infinity, setTarget ?? Infinity, partial ?? Infinity)
    : Math.max(target ?? -Infinity, setTarget ?? -Infinity, partial ?? -Infinity);
}

/** The best price from which the stop can move by a step. It is a little nearer than exact arithmetic has it: the decision checks again. */
function followFrom({ side, stop, trailFrom, trailing: began, tickSize, entryPrice }: OpenPosition, trailing: TrailingConfig): Price {
  const start = trailFrom ?? entryPrice;
  if (!began || stop === null) return start;
  const sign = side === 'buy' ? 1 : -1;
  const moved = stop + sign * (stepOf(trailing, stop, tickSize) - tickSize * 1e-6);
  const { distance } = trailing;
  const best = distance.kind === 'percent' ? moved / (1 - sign * distance.share) : moved + sign * distance.points;
  return side === 'buy' ? Math.max(start, best) : Math.min(start, best);
}

/** The least by which a trailing stop moves, in points. */
export function stepOf({ step }: TrailingConfig, stop: Price, tickSize: number): number {
  if (step === null) return tickSize;
  return Math.max(tickSize, step.kind === 'points' ? step.points : step.share * stop);
}
