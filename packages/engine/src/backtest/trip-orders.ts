import type { BrokerNews } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import { signOf } from '../orders/order-request.js';
import { type ChargeKinds, chargesTogether, NO_CHARGES } from '../portfolio/charge-kinds.js';
import { type Paise, roundHalfEven } from '../primitives/money.js';
import { type Price, turnoverPaise } from '../primitives/price.js';
import type { SetEvent } from '../sets/set-event.js';
import type { ExitRule } from '../sets/set-state.js';
import type { Mutable } from './mutable.js';
import type { ReportedOrder } from './report.js';

type Recorded = Mutable<ReportedOrder>;
type Event<Kind extends SetEvent['kind']> = Extract<SetEvent, { kind: Kind }>;

/** What the orders of a round trip came to. */
export interface TripDeals {
  readonly orders: readonly ReportedOrder[];
  readonly charges: ChargeKinds;
  /** Everything bought and sold. */
  readonly tradedPaise: Paise;
}

const NO_ORDERS: readonly Recorded[] = [];
const NO_FILLS: ReportedOrder['fills'] = [];

/** A list with one more. Most have one or two for good: a list that grows by itself keeps room for seventeen. */
const and = <Item>(list: readonly Item[], item: Item): readonly Item[] => (list.length === 0 ? [item] : [...list, item]);

/** The orders of one set instance's present round trip, written down from its events. */
export class TripOrders {
  #orders: readonly Recorded[] = NO_ORDERS;
  /** Those of the round trip before it: a fill of them can come late. */
  #last: readonly Recorded[] = NO_ORDERS;
  #charges = NO_CHARGES;
  #tradedPaise: Paise = 0;
  #entryPrice: Price | null = null;
  #exitPrice: Price | null = null;
  #rule: ExitRule | null = null;

  /** An entry is planned: what came before concerns nobody any more. */
  begin(): void {
    this.#orders = NO_ORDERS;
    this.#last = NO_ORDERS;
    this.#charges = NO_CHARGES;
    this.#tradedPaise = 0;
  }

  /** The price on which an entry is decided. */
  entryAt(price: Price): void {
    this.#entryPrice = price;
  }

  /** Why, and at what price, it is left. */
  leaving({ rule, price }: Event<'exitTriggered'>): void {
    this.#rule = rule;
    this.#exitPrice = price;
  }

  requested({
    purpose,
    order: { orderId: id, instrument, side, quantity, kind, price, triggerPrice, at },
  }: Event<'legOrderRequested'>): void {
    this.#add({
      id,
      purpose,
      rule: purpose === 'exit' ? this.#rule : null,
      by: null,
      instrument,
      side,
      quantity,
      kind,
      limit: price,
      trigger: triggerPrice,
      status: 'requested',
      reason: null,
      decidedAt: at,
      decidedPrice: purpose === 'entry' ? this.#entryPrice : purpose === 'exit' ? this.#exitPrice : triggerPrice,
      slippagePaise: null,
      fills: NO_FILLS,
    });
  }

  submitted({ orderId, orderKind, price, triggerPrice }: Event<'orderSubmitted'>): void {
    const order = this.#find(orderId);
    if (order === undefined) return;
    order.kind = orderKind;
    order.limit = price;
    order.trigger = triggerPrice;
    order.status = 'submitted';
  }

  /** It was never sent, or never came to the broker. */
  unsent(orderId: string, status: 'refused' | 'withdrawn' | 'neverReached', reason: string | null): void {
    const order = this.#find(orderId);
    if (order === undefined) return;
    order.status = status;
    order.reason = reason;
  }

  changed(news: Exclude<BrokerNews, { kind: 'filled' }>): void {
    if (news.kind === 'acknowledged') return;
    const order = this.#find(news.orderId);
    if (order === undefined) return;
    switch (news.kind) {
      case 'cancelled':
      case 'rejected':
        order.status = news.kind;
        order.reason = news.reason === '' ? null : news.reason;
        return;
      case 'expired':
        order.status = news.kind;
        return;
      case 'working':
        // A stop decides where it rests at present, not where it was sent to.
        if (order.purpose === 'protect') order.decidedPrice = news.triggerPrice ?? order.decidedPrice;
        if (filledOf(order) >= news.quantity) order.status = 'filled';
        return;
      default:
    }
  }

  filled(event: Event<'legFilled'>, charges: ChargeKinds): void {
    const { fill, chargesPaise, by } = event;
    const { quantity, price, time } = fill;
    const order = this.#find(fill.orderId) ?? this.#unforeseen(event);
    order.fills = and(order.fills, { time, quantity, price, chargesPaise });
    if (by !== null) order.quantity = filledOf(order);
    if (order.status === 'submitted' && filledOf(order) >= order.quantity) order.status = 'filled';
    this.#tradedPaise += turnoverPaise(price, quantity);
    this.#charges = this.#charges === NO_CHARGES ? charges : chargesTogether(this.#charges, charges);
  }

  /** The round trip is over. */
  end(): TripDeals {
    const deals = { orders: this.#orders, charges: this.#charges, tradedPaise: this.#tradedPaise };
    for (const order of this.#orders) order.slippagePaise = slippageOf(order);
    this.#last = this.#orders;
    this.#orders = NO_ORDERS;
    this.#charges = NO_CHARGES;
    this.#tradedPaise = 0;
    return deals;
  }

  #add(order: Recorded): void {
    this.#orders = and(this.#orders, order);
  }

  #find(orderId: string): Recorded | undefined {
    const orders = this.#orders;
    for (let index = orders.length - 1; index >= 0; index -= 1) if (orders[index]!.id === orderId) return orders[index];
    return undefined;
  }

  /** A fill of an order that was over with the last round trip, or of none of ours. */
  #unforeseen({ fill, purpose, by }: Event<'legFilled'>): Recorded {
    const late = this.#last.find(({ id }) => id === fill.orderId);
    const order: Recorded = late === undefined ? outsideOrder(fill, purpose, by) : { ...late, slippagePaise: null, fills: NO_FILLS };
    this.#add(order);
    return order;
  }
}

const outsideOrder = (
  { orderId: id, instrument, side, quantity, time: decidedAt }: Fill,
  purpose: ReportedOrder['purpose'],
  by: ReportedOrder['by'],
): Recorded => ({
  id,
  purpose,
  rule: by,
  by,
  instrument,
  side,
  quantity,
  kind: null,
  limit: null,
  trigger: null,
  status: 'filled',
  reason: null,
  decidedAt,
  decidedPrice: null,
  slippagePaise: null,
  fills: NO_FILLS,
});

function filledOf({ fills }: Recorded): number {
  let quantity = 0;
  for (const fill of fills) quantity += fill.quantity;
  return quantity;
}

/** What the fills cost more, or brought less, than the price of the decision; below 0 where they were better. */
function slippageOf({ side, decidedPrice, fills }: Recorded): Paise | null {
  if (decidedPrice === null || fills.length === 0) return null;
  let paise = 0;
  for (const { price, quantity } of fills) paise += (price - decidedPrice) * 100 * quantity;
  // Free of what binary fractions add, and of a zero below zero.
  return signOf(side) * roundHalfEven(Math.round(paise * 1e6) / 1e6) + 0;
}
