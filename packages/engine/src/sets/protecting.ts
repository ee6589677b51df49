import { isSettled, type OrderState, remainingQuantity } from '../orders/order-life.js';
import { opposite, signOf } from '../orders/order-request.js';
import { MODIFICATIONS_MAX } from '../orders/order-timing.js';
import { gridAbove, gridBelow, type Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetConfig } from './set-config.js';
import type { SetEvent } from './set-event.js';
import type { SetInstance } from './set-instance.js';
import type { In, OpenPosition, Protection, SetCommon } from './set-state.js';
import { endOfAll, replacing, requestsOf } from './towards.js';

const NOTHING: readonly SetEvent[] = [];

/** A stop that rests as insurance stands this much farther from the entry than the one that the engine watches. */
const INSURANCE_WIDER = 0.5;

/** So often a stop order may come to nothing before the engine watches alone. */
const FAILURES_MAX = 5;

const RETRY_AFTER_MS = 30_000;

/** Where a stop is to rest at the exchange; `null` where none is to. */
export function restingStop({ protection }: Pick<SetConfig, 'protection'>, position: OpenPosition): Price | null {
  const { stop, side, entryPrice, tickSize } = position;
  if (protection === 'engine' || stop === null) return null;
  if (protection === 'exchange') return stop;
  const sign = signOf(side);
  const room = Math.max(INSURANCE_WIDER * Math.abs(entryPrice - stop), 2 * tickSize);
  return sign === 1 ? Math.max(tickSize, gridBelow(stop - room, tickSize)) : gridAbove(stop + room, tickSize);
}

/** Units for which a stop waits at the exchange, as far as we know: one that is looked for may be gone. */
export function restingQuantity({ orders }: Pick<SetCommon, 'orders'>): number {
  let quantity = 0;
  for (const order of orders) if (order.request.purpose === 'protect' && rests(order)) quantity += remainingQuantity(order);
  return quantity;
}

const rests = ({ status, look }: OrderState): boolean => status === 'triggerPending' && look === null;

/**
 * Whether a stop order that ended was to end: we have asked for its cancellation, though the answer may have been lost, or it has failed together
 * with others of the position, or nobody wants one any more.
 */
export const makesWay = ({ change, modifications, request }: OrderState, { givenUp, retryAt }: Protection): boolean =>
  change?.kind === 'cancel' || modifications >= MODIFICATIONS_MAX || givenUp || (retryAt !== null && request.at < retryAt);

/**
 * What a position asks for that is to have a stop at the exchange: the stop where there is none, another trigger where it has moved. Nothing
 * while the present ones are being sent, changed or searched for.
 */
export function protectionFor(instance: SetInstance, state: In<'open'>, at: EpochMs): readonly SetEvent[] {
  const { position, protection, orders, lastOrder } = state;
  const trigger = restingStop(instance.config, position);
  if (trigger === null || protection.givenUp) return NOTHING;
  const stops = orders.filter((order) => order.request.purpose === 'protect' && !isSettled(order));
  if (stops.length === 0) {
    if (protection.retryAt !== null && at < protection.retryAt) return NOTHING;
    const { instrument, lotSize } = position;
    const leg = { instrument, lotSize, freezeQuantity: state.leg?.freezeQuantity ?? null };
    const { side, quantity } = position;
    return requestsOf(instance, lastOrder, { leg, purpose: 'protect', side: opposite(side), quantity, triggerPrice: trigger, at });
  }
  return stops.flatMap((order) => movedStop(order, trigger, at));
}

function movedStop(order: OrderState, triggerPrice: Price, at: EpochMs): readonly SetEvent[] {
  if (order.status !== 'triggerPending' || order.change !== null || order.look !== null || order.triggerPrice === triggerPrice)
    return NOTHING;
  const { orderId } = order.request;
  if (order.modifications >= MODIFICATIONS_MAX) return [replacing(orderId, at)];
  return [{ kind: 'orderChangeRequested', orderId, change: { kind: 'moveStop', triggerPrice }, at }];
}

/** How a stop order that was to rest came to nothing. */
export interface LostStop {
  readonly order: OrderState;
  readonly reason: string;
  /** By hand, in the broker's app: a person does not want it. */
  readonly byHand: boolean;
  /** Before this it would come to nothing again, through no fault of the order's; `null` where nobody can say. */
  readonly retryAt: EpochMs | null;
  readonly at: EpochMs;
}

/** What follows when a stop order has ended without having been filled, and nobody here has cancelled it. */
export function lostProtection(state: In<'open'>, { order, reason, byHand, retryAt, at }: LostStop): readonly SetEvent[] {
  const failures = state.protection.failures + (retryAt === null && order.status !== 'expired' ? 1 : 0);
  const tryAgainAt = byHand || failures >= FAILURES_MAX ? null : (retryAt ?? at + RETRY_AFTER_MS);
  // With a part unprotected the engine watches all of it: no other stop may rest that could be filled on top.
  const others = state.orders.filter((other) => other.request.purpose === 'protect' && other.request.orderId !== order.request.orderId);
  return [
    { kind: 'protectionLost', reason, retryAt: tryAgainAt, failures, at },
    ...endOfAll(others, 'Another stop order of the position was lost.', at),
  ];
}
