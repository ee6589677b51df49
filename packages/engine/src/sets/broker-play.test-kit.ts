import type { BookOrder } from '../orders/book.js';
import type { OrderChangeKind, OrderTerms } from '../orders/broker-news.js';
import type { OrderState } from '../orders/order-life.js';
import type { OrderRequest, Side } from '../orders/order-request.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import { InvariantError } from '../primitives/assert.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { Price } from '../primitives/price.js';
import type { DurationMs, EpochMs } from '../primitives/time.js';
import type { SetEvent } from './set-event.js';
import type { SetInput } from './set-input.js';
import { LEG, SetPlay, type SetWords } from './set-play.test-kit.js';
import type { ChosenLeg } from './set-state.js';

/** Orders at the market go out as a limit three rupees beyond 100, as the exchanges have it since they bar market orders of algorithms. */
export const asProtectedLimit = ({ kind, side, price, triggerPrice }: OrderRequest): Pick<OrderState, 'kind' | 'price' | 'triggerPrice'> =>
  kind === 'market' ? { kind: 'limit', price: side === 'buy' ? 103 : 97, triggerPrice } : { kind, price, triggerPrice };

/** A set on a stage with its broker, who says of any of its orders what a test wants to have said, when the test wants it. */
export class BrokerPlay extends SetPlay {
  #deals = 0;

  /** A set that has entered at 100 with so many lots, four unless a test says otherwise. */
  static holding(
    words: SetWords = {},
    { lots = 4, leg = {} }: { readonly lots?: number; readonly leg?: Partial<ChosenLeg> } = {},
  ): BrokerPlay {
    const play = BrokerPlay.entering(words, { lots, leg });
    for (const { request } of play.state.orders) play.filled(request.orderId);
    return play;
  }

  /** A set whose entry has been sent and that nobody has answered yet. */
  static entering(
    words: SetWords = {},
    { lots = 4, leg = {} }: { readonly lots?: number; readonly leg?: Partial<ChosenLeg> } = {},
  ): BrokerPlay {
    const play = new BrokerPlay({ size: [{ kind: 'lots', lots }], ...words });
    play.signal('bullish');
    play.legs(leg, 1_00_00_000_00);
    return play;
  }

  /** An order that the set remembers. */
  of(orderId: ClientOrderId): OrderState {
    const order = this.state.orders.find(({ request }) => request.orderId === orderId);
    if (order === undefined) throw new InvariantError(`The set remembers no order ${orderId}.`);
    return order;
  }

  acknowledged(orderId: ClientOrderId): readonly SetEvent[] {
    return this.news({ kind: 'acknowledged', orderId, brokerOrderId: `B-${orderId}`, at: this.now });
  }

  /** It rests: a stop waits for its trigger. On the terms that we know of, or on others. */
  working(orderId: ClientOrderId, terms: Partial<OrderTerms> = {}): readonly SetEvent[] {
    return this.#working(orderId, this.of(orderId).triggerPrice === null ? 'open' : 'triggerPending', terms);
  }

  /** The trigger of a stop was hit: it is in the market now. */
  triggered(orderId: ClientOrderId): readonly SetEvent[] {
    return this.#working(orderId, 'open', {});
  }

  #working(orderId: ClientOrderId, status: 'open' | 'triggerPending', terms: Partial<OrderTerms>): readonly SetEvent[] {
    const { quantity, price, triggerPrice } = this.of(orderId);
    return this.news({ kind: 'working', orderId, status, quantity, price, triggerPrice, ...terms, at: this.now });
  }

  /** A deal, for all that is left of it unless a test says otherwise. */
  filled(orderId: ClientOrderId, quantity?: number, price: Price = 100): readonly SetEvent[] {
    const { request, quantity: all, filledQuantity } = this.of(orderId);
    const { instrument, side } = request;
    this.#deals += 1;
    const fillId = `D${this.#deals}`;
    const fill = { fillId, orderId, instrument, side, quantity: quantity ?? all - filledQuantity, price, time: this.now };
    return this.news({ kind: 'filled', orderId, fill, at: this.now });
  }

  /** It has been cancelled with so many units filled in all: what we know of, unless a test says otherwise. */
  cancelled(orderId: ClientOrderId, filledQuantity: number | null = this.of(orderId).filledQuantity): readonly SetEvent[] {
    return this.news({ kind: 'cancelled', orderId, filledQuantity, reason: 'So it is said.', at: this.now });
  }

  expired(orderId: ClientOrderId, filledQuantity: number | null = this.of(orderId).filledQuantity): readonly SetEvent[] {
    return this.news({ kind: 'expired', orderId, filledQuantity, at: this.now });
  }

  rejected(orderId: ClientOrderId): readonly SetEvent[] {
    return this.news({ kind: 'rejected', orderId, code: 'margin', reason: 'Margin is short.', at: this.now });
  }

  unknown(orderId: ClientOrderId): readonly SetEvent[] {
    return this.news({ kind: 'unknown', orderId, reason: 'The line is dead.', at: this.now });
  }

  changeRejected(orderId: ClientOrderId, change: OrderChangeKind): readonly SetEvent[] {
    return this.news({ kind: 'changeRejected', orderId, change, code: 'exchange/too-late', reason: 'Too late.', at: this.now });
  }

  changeUnknown(orderId: ClientOrderId, change: OrderChangeKind): readonly SetEvent[] {
    return this.news({ kind: 'changeUnknown', orderId, change, reason: 'The line is dead.', at: this.now });
  }

  /** The broker's book has been read. */
  looked(orderId: ClientOrderId, found: Extract<SetInput, { kind: 'looked' }>['found']): readonly SetEvent[] {
    return this.tell({ kind: 'looked', orderId, found, chargesPaise: {}, squareOffAt: this.squareOffAt, at: this.now });
  }

  /** An order as the book has it: as we know it, but for what a test says. Its fills are the lately made ones. */
  inBook(orderId: ClientOrderId, status: BookOrder['status'], fills: BookOrder['fills'] = [], more: Partial<BookOrder> = {}): BookOrder {
    const { request, kind, quantity, price, triggerPrice, filledQuantity } = this.of(orderId);
    const { instrument, side, product } = request;
    const brokerOrderId = `B-${orderId}`;
    const filled = fills.reduce((sum, fill) => sum + fill.quantity, filledQuantity);
    const reason = 'So the book has it.';
    return {
      ...{ orderId, brokerOrderId, instrument, side, kind, product, quantity, price, triggerPrice },
      ...{ status, reason, fills, filledQuantity: filled },
      ...more,
    };
  }

  /** The gate's word on an order that was asked for. */
  refuses(orderId: ClientOrderId, { retryAt = null, atMost = 0 }: { readonly retryAt?: EpochMs | null; readonly atMost?: number } = {}) {
    return this.tell({ kind: 'refused', orderId, code: 'risk/test', reason: 'The gate says no.', retryAt, atMost, at: this.now });
  }

  /** The gate's word on an order that was asked for, for tests that have it in their own hands. */
  passes(orderId: ClientOrderId): readonly SetEvent[] {
    const { request } = this.of(orderId);
    const { kind: orderKind, price, triggerPrice } = this.sentAs(request);
    return this.tell({ kind: 'approved', orderId, orderKind, price, triggerPrice, at: this.now });
  }

  /** A deal in what the set holds that no order of ours made. */
  outside(
    side: Side,
    quantity: number,
    { price = 100, by = 'byHandAtBroker' }: { readonly price?: Price; readonly by?: OutsideDealer } = {},
  ) {
    this.#deals += 1;
    const fillId = `X${this.#deals}`;
    const fill = { fillId, orderId: `outside:${fillId}`, instrument: LEG.instrument, side, quantity, price, time: this.now };
    return this.tell({ kind: 'outsideFill', fill, by, chargesPaise: this.chargesPaise, at: this.now });
  }

  exitNow(by: 'byHand' | 'breaker' | 'endOfData' = 'byHand'): readonly SetEvent[] {
    return this.tell({ kind: 'exitNow', by, price: null, at: this.now });
  }

  /** What the broker says of the account's position, and what we have. */
  positionTold(found: number | null, expected: number = this.state.holding.quantity): readonly SetEvent[] {
    return this.tell({ kind: 'positionTold', expected, found, at: this.now });
  }

  /** The engine was stopped, and has been started again. */
  recovered(): readonly SetEvent[] {
    return this.tell({ kind: 'recovered', squareOffAt: this.squareOffAt, at: this.now });
  }

  /** So much later the set is told that the time has come, whether it waits for it or not. */
  later(ms: DurationMs, price: Price = 100): readonly SetEvent[] {
    this.now += ms;
    return this.due(price);
  }

  /** The time that the set waits for has come. */
  wakes(price: Price = 100): readonly SetEvent[] {
    const { time } = this.watch;
    if (time === Infinity) throw new InvariantError('The set waits for no time.');
    this.now = Math.max(this.now, time);
    return this.due(price);
  }
}

/** What a decision asks for, in short: `sell 200`, `cancel ne-1`, `stop sell 200 at 90`. */
export const asksIn = (events: readonly SetEvent[]): readonly string[] => events.flatMap((event) => askOf(event) ?? []);

function askOf(event: SetEvent): string | null {
  switch (event.kind) {
    case 'legOrderRequested': {
      const { side, quantity, triggerPrice, purpose } = event.order;
      return purpose === 'protect' ? `stop ${side} ${quantity} at ${triggerPrice}` : `${side} ${quantity}`;
    }
    case 'orderWithdrawn':
      return `withdraw ${event.orderId}`;
    case 'orderChangeRequested': {
      const { orderId, change } = event;
      return change.kind === 'moveStop' ? `move ${orderId} to ${change.triggerPrice}` : `${change.kind} ${orderId}`;
    }
    case 'bookLookRequested':
      return `look for ${event.orderId}`;
    case 'positionAsked':
      return 'ask what is held';
    default:
      return null;
  }
}
