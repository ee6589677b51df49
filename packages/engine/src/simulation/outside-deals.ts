import type { BookOrder } from '../orders/book.js';
import type { Product } from '../orders/order-request.js';
import type { OutsideDealer, OutsideFill } from '../orders/outside-fill.js';
import type { Price } from '../primitives/price.js';
import type { EpochMs } from '../primitives/time.js';
import type { ExchangeAccount } from './exchange-account.js';
import type { Holding } from './holding.js';
import type { Ids } from './ids.js';

/** What is closed of an account without an order of ours. */
export interface OutsideClosing {
  readonly account: ExchangeAccount;
  readonly holding: Holding;
  readonly product: Product;
  /** Units, above 0. */
  readonly quantity: number;
  readonly price: Price;
  readonly by: OutsideDealer;
  readonly at: EpochMs;
}

/** Closes a position, or a part of it, from outside. Whoever did it, but for the settlement at expiry, placed an order that the book shows. */
export function closeFromOutside({ account, holding, product, quantity, price, by, at }: OutsideClosing, ids: Ids): OutsideFill {
  const brokerOrderId = by === 'settlement' ? null : ids.nextOrder();
  const fill: OutsideFill = {
    fillId: ids.nextFill(),
    brokerOrderId,
    instrument: holding.instrument.key,
    product,
    side: holding.quantityOf(product) > 0 ? 'sell' : 'buy',
    quantity,
    price,
    time: at,
    by,
  };
  account.outsideFilled(holding, fill, brokerOrderId === null ? null : orderOf({ ...fill, brokerOrderId }));
  return fill;
}

const orderOf = (fill: OutsideFill & { readonly brokerOrderId: string }): BookOrder => ({
  orderId: null,
  brokerOrderId: fill.brokerOrderId,
  instrument: fill.instrument,
  side: fill.side,
  kind: 'market',
  product: fill.product,
  status: 'filled',
  reason: '',
  quantity: fill.quantity,
  price: null,
  triggerPrice: null,
  filledQuantity: fill.quantity,
  fills: [{ fillId: fill.fillId, quantity: fill.quantity, price: fill.price, time: fill.time }],
});
