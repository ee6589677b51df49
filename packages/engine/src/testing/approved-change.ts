import type { EquityInstrument } from '../market/instrument.js';
import type { Approved } from '../orders/approved.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import { openAccount } from '../portfolio/account.js';
import { accountView } from '../portfolio/account-view.js';
import { EngineError } from '../primitives/errors.js';
import { tradingDate } from '../primitives/time.js';
import { gate } from '../risk/gate.js';
import { defaultLimits } from '../risk/presets.js';

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
  const { orderId, instrument, quantity, kind, price, triggerPrice, at } = order;
  const share: EquityInstrument = {
    kind: 'equity',
    key: instrument,
    exchange: 'NSE',
    symbol: instrument.slice(instrument.indexOf(':') + 1),
    tickSize: 0.05,
    lotSize: 1,
    freezeQuantity: null,
  };
  const answer = gate.checkChange(
    { orderId, quantity, kind, price, triggerPrice, at, ...changes },
    { request: order, price },
    {
      tradingSwitch: 'active',
      byPerson: false,
      askedKind: kind,
      instrument: share,
      date: tradingDate(at),
      sessionOpen: true,
      priceBand: null,
      ownResting: { bid: null, ask: null },
      quote: null,
      maxQuoteAgeMs: null,
      lineUp: true,
      reconciled: true,
      disputed: [],
      brokerHolds: null,
      account: accountView(openAccount(100_000_00), 100_000_00),
      limits: defaultLimits,
      sent: { lastSecond: 0, lastMinute: 0 },
      entry: null,
    },
  );
  if ('approved' in answer) return answer.approved;
  const { code, reason } = answer.refused;
  throw new EngineError('testing/change-refused', {
    message: `The gate refuses the change with "${code}": ${reason}`,
    remedy: 'Change what the test says of the order.',
    context: { orderId, code },
  });
}
