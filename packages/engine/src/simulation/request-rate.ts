import { UNREGISTERED_ORDERS_PER_SECOND } from '../market/algo-rules.js';
import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import type { Refused } from './refused.js';

/** Counts an account's requests in each second of the clock, as brokers do: orders, changes and cancellations alike. */
export class RequestRate {
  #second = -Infinity;
  #count = 0;

  /** Counts a request; says why the broker does not take it, or `null`. */
  refusal(at: EpochMs): Refused | null {
    const second = Math.floor(at / SECOND_MS);
    if (second !== this.#second) {
      this.#second = second;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= UNREGISTERED_ORDERS_PER_SECOND
      ? null
      : {
          code: 'exchange/rate',
          reason: `${this.#count} requests in one second; the broker takes ${UNREGISTERED_ORDERS_PER_SECOND} (HTTP 429).`,
        };
  }
}
