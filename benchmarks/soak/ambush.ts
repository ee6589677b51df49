import { FAULT_KINDS, type FaultKind } from '../../packages/engine/src/config/run-config.js';
import type { OrderState, OrderStatus } from '../../packages/engine/src/orders/order-life.js';
import type { SimulatedExchange } from '../../packages/engine/src/simulation/simulated-exchange.js';

/** A fault that waits for an order in a state. */
export interface Ambush {
  readonly kind: FaultKind;
  readonly status: OrderStatus;
}

/** States in which a fault waits for an order. */
const AMBUSHED: readonly OrderStatus[] = ['submitted', 'acknowledged', 'open', 'triggerPending', 'partiallyFilled', 'unknown'];

/** States in which hardly any late fill comes; they stand for the rarest in which one does. */
const SELDOM_LATE: readonly OrderStatus[] = ['triggerPending', 'unknown', 'acknowledged'];

/** The ambush that two numbers of a step mean. */
export function ambushOf(first: number, second: number): Ambush {
  const kind = FAULT_KINDS[first % FAULT_KINDS.length] as FaultKind;
  const status = AMBUSHED[second % AMBUSHED.length] as OrderStatus;
  return kind === 'lateFillNews' && SELDOM_LATE.includes(status) ? { kind, status: 'submitted' } : { kind, status };
}

/** Strikes the first of some orders that can be struck; says whether there was one. */
export function sprung({ kind }: Ambush, orders: readonly OrderState[], exchange: SimulatedExchange): boolean {
  const struck = orders.find(({ request: { orderId } }) => exchange.inject(kind, { orderId }));
  // A fill can only be late of an order that is not known to be there if its answer does not come, either.
  if (struck?.status === 'submitted' && kind === 'lateFillNews') {
    exchange.inject('timeoutAfterAcceptance', { orderId: struck.request.orderId });
  }
  return struck !== undefined;
}
