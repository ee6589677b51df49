import type { InstrumentKey } from '../market/instrument.js';
import type { AccountId, ClientOrderId, InstanceId } from '../primitives/ids.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';

export type Side = 'buy' | 'sell';

/** Market, limit, stop-loss limit (`SL`) and stop-loss market (`SL-M`), in the words of Indian exchanges. */
export type OrderKind = 'market' | 'limit' | 'SL' | 'SL-M';

/** How long an order lives: the day, or not longer than the moment. */
export type Validity = 'day' | 'IOC';

/** Intraday (`MIS`), carried forward (`NRML`), or delivery (`CNC`). */
export type Product = 'MIS' | 'NRML' | 'CNC';

/** Why an order is wanted: risk refuses entries, never what leaves or what protects: a stop order that rests at the exchange. */
export type OrderPurpose = 'entry' | 'exit' | 'protect';

/** What a set asks for. It becomes an order when the gate has approved it and the broker has taken it. */
export interface OrderRequest {
  readonly orderId: ClientOrderId;
  readonly instance: InstanceId;
  readonly account: AccountId;
  readonly instrument: InstrumentKey;
  readonly purpose: OrderPurpose;
  readonly side: Side;
  /** Units, not lots. */
  readonly quantity: number;
  readonly kind: OrderKind;
  /** The limit of a `limit` or `SL` order; `null` for the other kinds. */
  readonly price: Price | null;
  /** The trigger of an `SL` or `SL-M` order; `null` for the other kinds. */
  readonly triggerPrice: Price | null;
  readonly validity: Validity;
  readonly product: Product;
  /** When it was decided. */
  readonly at: EpochMs;
}

/** A change of an order that rests, as it goes to the gate and to a broker. */
export interface OrderModification {
  readonly orderId: ClientOrderId;
  /** All of it in units, not what is left. */
  readonly quantity: number;
  readonly kind: OrderKind;
  readonly price: Price | null;
  readonly triggerPrice: Price | null;
  /** When it was decided. */
  readonly at: EpochMs;
}

/** +1 for what gains when the price rises, −1 for what gains when it falls. */
export const signOf = (side: Side): 1 | -1 => (side === 'buy' ? 1 : -1);

export const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');
