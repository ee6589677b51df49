import { isSettled, isTerminal, type OrderState, remainingQuantity } from '../orders/order-life.js';
import { type OrderPurpose, type OrderRequest, type Side, signOf } from '../orders/order-request.js';
import { orderSlices } from '../orders/order-slices.js';
import { isContingent, MODIFICATIONS_MAX } from '../orders/order-timing.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetEvent } from './set-event.js';
import type { SetInstance } from './set-instance.js';
import type { ChosenLeg, SetCommon } from './set-state.js';

type Requested = Extract<SetEvent, { kind: 'legOrderRequested' }>;

/** What the orders of an instrument are to bring about. */
export interface Towards {
  /** Units that are to be held in the end: above 0 bought, below 0 sold. */
  readonly wanted: number;
  readonly reason: string;
  readonly at: EpochMs;
}

/**
 * What is to be asked for, so that what is held becomes what is wanted: never more than is missing after all that is under way.
 *
 * An order that cannot help is cancelled, and one that waits for a trigger too, since it could be filled on top of the exit; until it is over
 * nothing is sent. An order with an unknown outcome counts as if it would be filled. What has only been asked for, and not sent, is withdrawn.
 */
export function ordersTowards(instance: SetInstance, state: SetCommon, { wanted, reason, at }: Towards): readonly SetEvent[] {
  const missing = wanted - state.holding.quantity;
  const helping: OrderState[] = [];
  const events: SetEvent[] = [];
  let blocked = false;
  for (const order of state.orders) {
    if (isSettled(order)) continue;
    if (missing !== 0 && signOf(order.request.side) === Math.sign(missing) && !isContingent(order)) {
      helping.push(order);
      continue;
    }
    const end = endOf(order, reason, at);
    if (end !== null) events.push(end);
    if (!isBeyondReach(order) && end?.kind !== 'orderWithdrawn') blocked = true;
  }
  const shortfall = Math.abs(missing) - sumOf(helping);
  if (shortfall < 0) events.push(...endOfAll(helping, reason, at));
  else if (shortfall > 0 && !blocked)
    events.push(...exits(instance, state, { side: missing > 0 ? 'buy' : 'sell', quantity: shortfall, at }));
  return events;
}

const sumOf = (orders: readonly OrderState[]): number => orders.reduce((sum, order) => sum + remainingQuantity(order), 0);

/** Cancels, or withdraws, whatever is still to be filled. */
export const endOfAll = (orders: readonly OrderState[], reason: string, at: EpochMs): readonly SetEvent[] =>
  orders.flatMap((order) => endOf(order, reason, at) ?? []);

/** An order that was modified as often as it may be makes way for another one. */
export const replacing = (orderId: ClientOrderId, at: EpochMs): Extract<SetEvent, { kind: 'orderChangeRequested' }> => ({
  kind: 'orderChangeRequested',
  orderId,
  change: { kind: 'cancel', reason: `It was modified ${MODIFICATIONS_MAX} times, and another one takes its place.` },
  at,
});

/** How an order is brought to its end; `null` where it has ended, or nothing can be asked of it now. */
function endOf(
  order: OrderState,
  reason: string,
  at: EpochMs,
): Extract<SetEvent, { kind: 'orderWithdrawn' | 'orderChangeRequested' }> | null {
  const { orderId } = order.request;
  if (order.status === 'requested') return { kind: 'orderWithdrawn', orderId, reason, at };
  // One whose fate is unknown cannot be cancelled, for nobody knows that it is there; one that is asked about already is waited for.
  if (isTerminal(order) || order.status === 'submitted' || order.status === 'unknown' || order.change?.kind === 'cancel') return null;
  return { kind: 'orderChangeRequested', orderId, change: { kind: 'cancel', reason }, at };
}

/** An entry with an unknown outcome keeps nobody from leaving what is held already: it can only add to what is to be left later. */
const isBeyondReach = ({ status, request: { purpose } }: OrderState): boolean => status === 'unknown' && purpose === 'entry';

/** Exit orders for a quantity. */
export function exits(
  instance: SetInstance,
  state: SetCommon,
  { side, quantity, at }: { readonly side: Side; readonly quantity: number; readonly at: EpochMs },
): readonly Requested[] {
  const { leg } = state;
  if (leg === null) return [];
  return requestsOf(instance, state.lastOrder, { leg, purpose: 'exit', side, quantity, triggerPrice: null, at });
}

/** What orders are asked for. */
export interface Wish {
  readonly leg: Pick<ChosenLeg, 'instrument' | 'lotSize' | 'freezeQuantity'>;
  readonly purpose: OrderPurpose;
  readonly side: Side;
  /** Units. */
  readonly quantity: number;
  /** Of a stop; `null` for an order at the market. */
  readonly triggerPrice: number | null;
  readonly at: EpochMs;
}

/** Orders at the market, or stops, for a quantity: as many as the exchange's freeze quantity makes of it. */
export function requestsOf(
  instance: SetInstance,
  lastOrder: number,
  { leg, purpose, side, quantity, triggerPrice, at }: Wish,
): readonly Requested[] {
  return orderSlices(quantity, leg).map((slice, index): Requested => {
    const order: OrderRequest = {
      orderId: instance.orderPrefix + (lastOrder + 1 + index).toString(36),
      instance: instance.id,
      account: instance.account,
      instrument: leg.instrument,
      purpose,
      side,
      quantity: slice,
      kind: triggerPrice === null ? 'market' : 'SL-M',
      price: null,
      triggerPrice,
      validity: 'day',
      product: instance.config.product,
      at,
    };
    return { kind: 'legOrderRequested', purpose, order, at };
  });
}
