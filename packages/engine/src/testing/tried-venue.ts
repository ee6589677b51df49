import type { BookOrder, BookPosition } from '../orders/book.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import type { Answer, BookAnswer, ChangeAnswer, PositionsAnswer, Venue } from '../plugins/broker.js';

/** What a venue was asked, in order. */
export type VenueCall =
  | { readonly kind: 'submit'; readonly order: OrderRequest }
  | { readonly kind: 'modify'; readonly change: OrderModification }
  | { readonly kind: 'cancel'; readonly orderId: string }
  | { readonly kind: 'orders' | 'positions' };

/** How a venue answers: it takes everything and keeps a book; it refuses everything; or it says nothing, since news will tell. */
export type VenueMood = 'takes' | 'refuses' | 'silent';

/** What a venue says that refuses. */
const REFUSAL = { code: 'exchange/closed', reason: 'The market is closed.' } as const;

/** A venue without a market, which notes what it is asked, and what it has said. */
export class TriedVenue implements Venue {
  readonly calls: VenueCall[] = [];
  readonly said: unknown[] = [];
  readonly #mood: VenueMood;
  readonly #book: BookOrder[] = [];

  constructor(mood: VenueMood) {
    this.#mood = mood;
  }

  submit(order: OrderRequest): Answer {
    this.calls.push({ kind: 'submit', order });
    const { orderId, at } = order;
    if (this.#mood !== 'takes') return this.#say(this.#mood === 'silent' ? null : { kind: 'rejected', orderId, ...REFUSAL, at });
    const brokerOrderId = `V${this.#book.length + 1}`;
    const { instrument, side, kind, product, quantity, price, triggerPrice } = order;
    const terms = { quantity, price, triggerPrice, filledQuantity: 0, fills: [] };
    this.#book.push({ orderId, brokerOrderId, instrument, side, kind, product, status: 'acknowledged', reason: '', ...terms });
    return this.#say({ kind: 'acknowledged', orderId, brokerOrderId, at });
  }

  modify(change: OrderModification): ChangeAnswer {
    this.calls.push({ kind: 'modify', change });
    return this.#say(this.#changed(change.orderId, 'modify', change.at));
  }

  cancel(orderId: string): ChangeAnswer {
    this.calls.push({ kind: 'cancel', orderId });
    return this.#say(this.#changed(orderId, 'cancel', this.#lastAt));
  }

  orders(): BookAnswer {
    this.calls.push({ kind: 'orders' });
    return this.#say(this.#mood === 'silent' ? null : { orders: [...this.#book], at: this.#lastAt });
  }

  positions(): PositionsAnswer {
    this.calls.push({ kind: 'positions' });
    const positions: readonly BookPosition[] = [{ instrument: 'NSE:RELIANCE', product: 'MIS', quantity: 10 }];
    return this.#say(this.#mood === 'silent' ? null : { positions, at: this.#lastAt });
  }

  /** Of what it knows it says that news will tell; of the rest that it knows nothing. */
  #changed(orderId: string, change: 'modify' | 'cancel', at: number): ChangeAnswer {
    const known = this.#book.some((order) => order.orderId === orderId);
    return this.#mood === 'silent' || known ? null : { kind: 'changeRejected', change, orderId, ...REFUSAL, at };
  }

  get #lastAt(): number {
    return this.calls.reduce((last, call) => (call.kind === 'submit' ? call.order.at : last), 0);
  }

  #say<Said>(said: Said): Said {
    this.said.push(said);
    return said;
  }
}
