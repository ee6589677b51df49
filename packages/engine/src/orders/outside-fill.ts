import type { InstrumentKey } from '../market/instrument.js';
import type { BrokerOrderId, FillId } from '../primitives/ids.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { Product, Side } from './order-request.js';

/** Who dealt on an account without an order of ours: the broker at the day's end, the exchange at expiry, somebody in the broker's app. */
export type OutsideDealer = 'autoSquareOff' | 'settlement' | 'byHandAtBroker';

/** A deal on an account that no order of ours made. */
export interface OutsideFill {
  readonly fillId: FillId;
  /** `null`: there was no order, as at expiry. */
  readonly brokerOrderId: BrokerOrderId | null;
  readonly instrument: InstrumentKey;
  readonly product: Product;
  readonly side: Side;
  /** Units, above 0. */
  readonly quantity: number;
  readonly price: Price;
  readonly time: EpochMs;
  readonly by: OutsideDealer;
}
