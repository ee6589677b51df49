import type { BrokerOrderId, ClientOrderId } from '../primitives/ids.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { Fill } from './fill.js';

/** What a broker says about an order of ours. The world speaks in events: a refusal is not an error, and a time-out is `unknown`. */
export type BrokerNews = BrokerNewsBody & { readonly orderId: ClientOrderId; readonly at: EpochMs };

type BrokerNewsBody =
  /** The broker has it; the exchange may not yet. */
  | { readonly kind: 'acknowledged'; readonly brokerOrderId: BrokerOrderId }
  /** It rests at the exchange with these terms: for the first time, after a change of ours, or after one made by hand in the broker's app. */
  | ({
      readonly kind: 'working';
      readonly status: 'open' | 'triggerPending';
      /** Since when the exchange has it like this, where the broker says: news can overtake each other. */
      readonly since?: EpochMs;
    } & OrderTerms)
  | {
      readonly kind: 'filled';
      readonly fill: Fill;
      /** All of the order in units, as the exchange had it then, where the broker says: somebody may have made it larger or smaller by hand. */
      readonly ofQuantity?: number;
    }
  /** Ended with so many units filled in all; `null`: the broker does not say, and the book has to be asked. */
  | { readonly kind: 'cancelled'; readonly filledQuantity: number | null; readonly reason: string }
  | { readonly kind: 'expired'; readonly filledQuantity: number | null }
  /** Nothing of it was filled. With the code `broker/not-sent` it is certain that it never left. */
  | { readonly kind: 'rejected'; readonly code: string; readonly reason: string }
  /** Nobody can say at present whether the broker has it. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** A change was not made: the order goes on as it was, or has ended already. */
  | { readonly kind: 'changeRejected'; readonly change: OrderChangeKind; readonly code: string; readonly reason: string }
  /** Nobody can say at present whether a change was made. */
  | { readonly kind: 'changeUnknown'; readonly change: OrderChangeKind; readonly reason: string };

/** What can be asked of an order that was sent. */
export type OrderChangeKind = 'modify' | 'cancel';

/** What can be changed about an order while it rests. */
export interface OrderTerms {
  /** All of it in units, not what is left. */
  readonly quantity: number;
  /** The limit; `null` for an order at the market. */
  readonly price: Price | null;
  /** The trigger of a stop order; `null` for the others. */
  readonly triggerPrice: Price | null;
}
