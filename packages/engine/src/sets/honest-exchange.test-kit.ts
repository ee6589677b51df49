import { type OrderRequest, signOf } from '../orders/order-request.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { Price } from '../primitives/price.js';
import type { DurationMs, EpochMs } from '../primitives/time.js';
import type { BrokerPlay } from './broker-play.test-kit.js';
import type { SetEvent } from './set-event.js';

/** An order as the exchange has it. */
interface Standing {
  readonly request: OrderRequest;
  triggerPrice: Price | null;
  filled: number;
  /** It waits for no trigger, or its trigger was hit. */
  inMarket: boolean;
  over: 'filled' | 'cancelled' | null;
}

/**
 * An exchange that does what it is asked, tells the truth and forgets nothing, behind a line on which everything takes its time: what it is asked
 * may be overtaken by a deal, and what it tells is late.
 */
export class HonestExchange {
  /** Units of the set as the exchange has them. */
  held: number;
  readonly #play: BrokerPlay;
  readonly #delayMs: () => DurationMs;
  readonly #orders = new Map<ClientOrderId, Standing>();
  #onTheWay: { readonly at: EpochMs; readonly arrives: () => void }[] = [];

  /** @param delayMs how long the next thing is on its way, in either direction. */
  constructor(play: BrokerPlay, delayMs: () => DurationMs) {
    this.#play = play;
    this.#delayMs = delayMs;
    this.held = play.state.holding.quantity;
    this.takes(play.events.filter((event) => event.kind === 'legOrderRequested' && event.purpose !== 'entry'));
  }

  /** Whether nothing is on its way and nothing is in the market. */
  get isQuiet(): boolean {
    return this.#onTheWay.length === 0 && this.#inMarket().length === 0;
  }

  /** What the set has asked for goes its way. */
  takes(events: readonly SetEvent[]): void {
    for (const event of events) {
      if (event.kind === 'legOrderRequested') this.#later(() => this.#submitted(event.order));
      else if (event.kind === 'orderChangeRequested') this.#later(() => this.#changed(event.orderId, event.change));
      else if (event.kind === 'bookLookRequested') this.#later(() => this.#bookRead(event.orderId));
      else if (event.kind === 'positionAsked') this.#tells(() => this.#play.positionTold(this.#play.state.holding.quantity));
    }
  }

  /** Time goes on, and what is on its way arrives. */
  passes(ms: DurationMs): void {
    const until = this.#play.now + ms;
    for (;;) {
      const next = this.#onTheWay[0];
      const wakesAt = this.#play.watch.time;
      if (Math.min(next?.at ?? Infinity, wakesAt) > until) break;
      if (next !== undefined && next.at <= wakesAt) {
        this.#onTheWay.shift();
        this.#play.now = Math.max(this.#play.now, next.at);
        next.arrives();
      } else this.takes(this.#play.wakes());
    }
    this.#play.now = until;
  }

  /** The price is here: stops that it has reached are in the market, and the set sees it. */
  trades(price: Price): void {
    for (const [orderId, order] of this.#orders) {
      const { triggerPrice, inMarket, over, request } = order;
      if (over !== null || inMarket || triggerPrice === null || signOf(request.side) * (price - triggerPrice) < 0) continue;
      order.inMarket = true;
      this.#tells(() => this.#play.triggered(orderId));
    }
    this.takes(this.#play.tick(price));
  }

  /** Somebody deals with one of the set's orders in the market. */
  deals(which: number, units: number, price: Price): void {
    const live = this.#inMarket();
    const one = live[which % Math.max(1, live.length)];
    if (one === undefined) return;
    const { request } = one;
    const quantity = Math.min(units, request.quantity - one.filled);
    one.filled += quantity;
    if (one.filled === request.quantity) one.over = 'filled';
    this.held += signOf(request.side) * quantity;
    this.#tells(() => this.#play.filled(request.orderId, quantity, price));
  }

  /** Somebody cancels one of the set's resting stops in the broker's app. */
  isCancelledByHand(): void {
    const resting = [...this.#orders.values()].find(({ over, inMarket }) => over === null && !inMarket);
    if (resting !== undefined) this.#end(resting);
  }

  #submitted(request: OrderRequest): void {
    const { orderId, triggerPrice } = request;
    this.#orders.set(orderId, { request, triggerPrice, filled: 0, inMarket: triggerPrice === null, over: null });
    this.#tells(() => this.#play.acknowledged(orderId));
    this.#tells(() => this.#play.working(orderId));
  }

  #changed(orderId: ClientOrderId, change: Extract<SetEvent, { kind: 'orderChangeRequested' }>['change']): void {
    const order = this.#orders.get(orderId);
    const kind = change.kind === 'cancel' ? 'cancel' : 'modify';
    if (order === undefined || order.over !== null || (kind === 'modify' && order.inMarket)) {
      this.#tells(() => this.#play.changeRejected(orderId, kind));
    } else if (change.kind === 'moveStop') {
      order.triggerPrice = change.triggerPrice;
      this.#tells(() => this.#play.working(orderId, { triggerPrice: change.triggerPrice }));
    } else this.#end(order);
  }

  #end(order: Standing): void {
    const { request, filled } = order;
    order.over = 'cancelled';
    this.#tells(() => this.#play.cancelled(request.orderId, filled));
  }

  #bookRead(orderId: ClientOrderId): void {
    const order = this.#orders.get(orderId);
    if (order === undefined) {
      this.#tells(() => this.#play.looked(orderId, 'absent'));
      return;
    }
    const { over, inMarket, triggerPrice, filled: filledQuantity } = order;
    const status = over ?? (inMarket ? 'open' : 'triggerPending');
    // Its fills are told by the news of them, each of which is still on its way or has arrived.
    this.#tells(() => this.#play.looked(orderId, this.#play.inBook(orderId, status, [], { triggerPrice, filledQuantity })));
  }

  #inMarket(): readonly Standing[] {
    return [...this.#orders.values()].filter(({ over, inMarket }) => over === null && inMarket);
  }

  #tells(tell: () => readonly SetEvent[]): void {
    this.#later(() => this.takes(tell()));
  }

  #later(arrives: () => void): void {
    const at = this.#play.now + this.#delayMs();
    const place = this.#onTheWay.findIndex((other) => other.at > at);
    this.#onTheWay.splice(place < 0 ? this.#onTheWay.length : place, 0, { at, arrives });
  }
}
