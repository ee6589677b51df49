import { isSettled } from '../orders/order-life.js';
import { nextDue, type OrderTiming } from '../orders/order-timing.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import { restingQuantity } from './protecting.js';
import type { SetConfig, TrailingConfig } from './set-config.js';
import type { In, OpenPosition, SetState } from './set-state.js';

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

/** Whether a watch waits for prices, and not only for a time. */
export const hasLevels = ({ low, high, followBelow, followAbove, underlyingLow, underlyingHigh }: Watch): boolean =>
  low > -Infinity ||
  high < Infinity ||
  followBelow > -Infinity ||
  followAbove < Infinity ||
  underlyingLow > -Infinity ||
  underlyingHigh < Infinity;

/** What a set waits for in its present state. */
export function watchOf(state: SetState, { exits, execution, protection }: WatchedConfig): Watch {
  switch (state.phase) {
    case 'entering':
      return asleepUntil(Math.min(state.giveUpAt ?? Infinity, nextOfOrders(state, execution)));
    case 'open':
      return openWatch(state, exits.trailing, protection, execution);
    case 'exiting':
      return leavingWatch(state, execution);
    default:
      // After its end an order is settled; one with fills that are missing is still looked for.
      return state.orders.length === 0 ? ASLEEP : asleepUntil(nextOfOrders(state, execution));
  }
}

/** What of a configuration a watch depends on. */
export type WatchedConfig = Pick<SetConfig, 'execution' | 'protection'> & { readonly exits: Pick<SetConfig['exits'], 'trailing'> };

/** Every order comes by here: written out, since a copy by spread takes several times as long. */
const asleepUntil = (time: EpochMs): Watch =>
  time === Infinity
    ? ASLEEP
    : {
        low: -Infinity,
        high: Infinity,
        followBelow: -Infinity,
        followAbove: Infinity,
        underlyingLow: -Infinity,
        underlyingHigh: Infinity,
        time,
      };

function openWatch(state: In<'open'>, trailing: TrailingConfig | null, protection: SetConfig['protection'], timing: OrderTiming): Watch {
  const { position } = state;
  const long = position.side === 'buy';
  // The exchange watches a stop that rests there for all that is held.
  const stop = protection === 'exchange' && restingQuantity(state) >= position.quantity ? null : position.stop;
  const loss = nearestLoss(position, stop);
  const gain = nearestGain(position);
  const follow = trailing === null ? (long ? Infinity : -Infinity) : followFrom(position, trailing);
  const time = position.leaveAt ?? Infinity;
  return {
    low: long ? loss : gain,
    high: long ? gain : loss,
    followBelow: long ? -Infinity : follow,
    followAbove: long ? follow : Infinity,
    underlyingLow: position.underlyingBelow ?? -Infinity,
    underlyingHigh: position.underlyingAbove ?? Infinity,
    time: protection === 'engine' ? time : Math.min(time, nextOfOrders(state, timing), nextProtection(state)),
  };
}

/** When a stop order is sent again that came to nothing. */
function nextProtection({ protection: { retryAt, givenUp }, orders }: In<'open'>): EpochMs {
  return retryAt === null || givenUp || !orders.every(isSettled) ? Infinity : retryAt;
}

/** A set that leaves waits for its orders; while a part stays, for a loss of that too. */
function leavingWatch(state: In<'exiting'>, timing: OrderTiming): Watch {
  const { position, leaving, orders } = state;
  const retryAt = leaving.retryAt !== null && (leaving.confirming || orders.every(isSettled)) ? leaving.retryAt : Infinity;
  const time = Math.min(retryAt, nextOfOrders(state, timing));
  if (leaving.keep === 0) return asleepUntil(time);
  const loss = nearestLoss(position, position.stop);
  return position.side === 'buy' ? { ...ASLEEP, low: loss, time } : { ...ASLEEP, high: loss, time };
}

function nextOfOrders({ orders }: Pick<SetState, 'orders'>, timing: OrderTiming): EpochMs {
  let first = Infinity;
  for (const order of orders) {
    const next = nextDue(order, timing);
    if (next !== null && next.at < first) first = next.at;
  }
  return first;
}

function nearestLoss({ side, setStop, dayLossStop }: OpenPosition, stop: Price | null): Price {
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
