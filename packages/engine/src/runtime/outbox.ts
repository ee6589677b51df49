import { UNREGISTERED_ORDERS_PER_SECOND } from '../market/algo-rules.js';
import type { ClientOrderId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';
import type { OrderRate } from '../risk/order-rate.js';
import type { RunClock } from './run-clock.js';

/** Something that is to be sent to a broker: an order, or a change of one. */
export interface Errand {
  readonly orderId: ClientOrderId;
  /** What leaves, protects or cancels goes before what enters. */
  readonly urgent: boolean;
  /** Whether it may be sent now as far as the trading switch goes; what may not stays until it may. */
  readonly mayGo: () => boolean;
  readonly go: () => void;
}

/** What an outbox works with. */
export interface OutboxParts {
  readonly clock: RunClock;
  readonly rate: OrderRate;
  /** Entries have their turn while fewer new orders, modifications and cancellations than this went within a second. */
  readonly perSecond: number;
  /** Has something done when nothing waits to be decided. */
  readonly whenDecided: (act: () => void) => void;
}

/**
 * What waits to be sent, so that no more goes out in a second than is allowed. What is urgent never waits behind an entry, and has the exchange's
 * whole allowance where entries have the account's smaller one.
 *
 * One errand at a time goes, and only when everything that has come in is decided: what the gate says is then still true when the order leaves.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #urgent: Errand[] = [];
  readonly #entries: Errand[] = [];
  #isPumping = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** When the next errand's turn comes; `Infinity` while none waits for time. */
  get nextTime(): EpochMs {
    if (this.#isPumping || (this.#urgent.length === 0 && this.#entries.length === 0)) return Infinity;
    if (this.#urgent.some(({ mayGo }) => mayGo())) return this.#freeAt(this.#urgentLimit);
    return this.#entries.length === 0 ? Infinity : this.#freeAt(this.#parts.perSecond);
  }

  /** Sends an errand as soon as its turn has come. */
  add(errand: Errand): void {
    (errand.urgent ? this.#urgent : this.#entries).push(errand);
    this.pump();
  }

  /** Takes back what waits to be sent of an order. */
  remove(orderId: ClientOrderId): void {
    for (const queue of [this.#urgent, this.#entries]) {
      const place = queue.findIndex((errand) => errand.orderId === orderId);
      if (place >= 0) queue.splice(place, 1);
    }
  }

  /** Sends whatever has its turn. */
  pump(): void {
    if (this.#isPumping || (this.#urgent.length === 0 && this.#entries.length === 0)) return;
    this.#isPumping = true;
    this.#parts.whenDecided(this.#sendNext);
  }

  readonly #sendNext = (): void => {
    this.#isPumping = false;
    const errand = this.#next();
    if (errand === undefined) return;
    errand.go();
    this.pump();
  };

  #next(): Errand | undefined {
    const { now } = this.#parts.clock;
    const place = this.#urgent.findIndex(({ mayGo }) => mayGo());
    if (place >= 0) return this.#freeAt(this.#urgentLimit) <= now ? this.#urgent.splice(place, 1)[0] : undefined;
    return this.#freeAt(this.#parts.perSecond) <= now ? this.#entries.shift() : undefined;
  }

  get #urgentLimit(): number {
    return Math.max(this.#parts.perSecond, UNREGISTERED_ORDERS_PER_SECOND);
  }

  #freeAt(limit: number): EpochMs {
    return this.#parts.rate.freeAt(limit, this.#parts.clock.now);
  }
}
