import type { Approved } from '../orders/approved.js';
import type { OrderRequest } from '../orders/order-request.js';
import { EngineError } from '../primitives/errors.js';
import { atIst } from '../primitives/time.js';
import { gate } from '../risk/gate.js';
import { quietContext } from './quiet-context.js';

const DATE = '2026-02-02';

/**
 * An order as a broker gets it, for tests: by default the sale of ten shares of NSE:RELIANCE, held intraday, at the market. It has been through
 * the gate, as every order has.
 *
 * @throws EngineError `testing/order-refused` if the gate refuses it.
 */
export function approvedOrder(changes: Partial<Omit<OrderRequest, 'purpose' | 'instrument'>> = {}): Approved<OrderRequest> {
  const order: OrderRequest = {
    orderId: 'test-1',
    instance: 'test|NSE:RELIANCE|main',
    account: 'main',
    instrument: 'NSE:RELIANCE',
    purpose: 'exit',
    side: 'sell',
    quantity: 10,
    kind: 'market',
    price: null,
    triggerPrice: null,
    validity: 'day',
    product: 'MIS',
    at: atIst(DATE, 600),
    ...changes,
  };
  const answer = gate.check(order, quietContext(order, DATE));
  if ('approved' in answer) return answer.approved;
  const { code, reason } = answer.refused;
  throw new EngineError('testing/order-refused', {
    message: `The gate refuses the order with "${code}": ${reason}`,
    remedy: 'Change what the test says of the order.',
    context: { orderId: order.orderId, code },
  });
}
