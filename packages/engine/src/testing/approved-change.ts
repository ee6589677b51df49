import type { Approved } from '../orders/approved.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import { EngineError } from '../primitives/errors.js';
import { tradingDate } from '../primitives/time.js';
import { gate } from '../risk/gate.js';
import { quietContext } from './quiet-context.js';

/**
 * A change of an order as a broker gets it, for tests: the order's own terms but for what is said, decided when the order was. It has been through the
 * gate, as every change has; the instrument is taken for a share on a grid of five paise.
 *
 * @throws EngineError `testing/change-refused` if the gate refuses it.
 */
export function approvedChange(
  order: OrderRequest,
  changes: Partial<Omit<OrderModification, 'orderId'>> = {},
): Approved<OrderModification> {
  const { orderId, quantity, kind, price, triggerPrice, at } = order;
  const change: OrderModification = { orderId, quantity, kind, price, triggerPrice, at, ...changes };
  const answer = gate.checkChange(change, { request: order, price }, quietContext(order, tradingDate(at)));
  if ('approved' in answer) return answer.approved;
  const { code, reason } = answer.refused;
  throw new EngineError('testing/change-refused', {
    message: `The gate refuses the change with "${code}": ${reason}`,
    remedy: 'Change what the test says of the order.',
    context: { orderId, code },
  });
}
