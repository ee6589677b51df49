import type { InstrumentKey } from '../market/instrument.js';
import type { ClientOrderId, FillId } from '../primitives/ids.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { Side } from './order-request.js';

/** A deal: a part of an order, or all of it, at one price. */
export interface Fill {
  readonly fillId: FillId;
  readonly orderId: ClientOrderId;
  readonly instrument: InstrumentKey;
  readonly side: Side;
  /** Units, above 0. */
  readonly quantity: number;
  readonly price: Price;
  readonly time: EpochMs;
}
