import type { BrokerOrderId, ClientOrderId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';
import type { Fill } from './fill.js';

/** What a broker says about an order. The world speaks in events: a refusal is not an error, and a time-out is `unknown`. */
export type BrokerNews =
  | { readonly kind: 'acknowledged'; readonly orderId: ClientOrderId; readonly brokerOrderId: BrokerOrderId; readonly at: EpochMs }
  | { readonly kind: 'rejected'; readonly orderId: ClientOrderId; readonly code: string; readonly reason: string; readonly at: EpochMs }
  | { readonly kind: 'filled'; readonly orderId: ClientOrderId; readonly fill: Fill; readonly at: EpochMs }
  | { readonly kind: 'cancelled'; readonly orderId: ClientOrderId; readonly reason: string; readonly at: EpochMs }
  | { readonly kind: 'expired'; readonly orderId: ClientOrderId; readonly at: EpochMs }
  | { readonly kind: 'unknown'; readonly orderId: ClientOrderId; readonly reason: string; readonly at: EpochMs };
