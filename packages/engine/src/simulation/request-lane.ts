import type { OrderModification } from '../orders/order-request.js';
import type { EpochMs } from '../primitives/time.js';
import type { ExchangeOrder } from './exchange-order.js';

/** Something on its way to the exchange: an order, a change of one, or a cancellation. */
export interface LaneRequest {
  readonly arrival: EpochMs;
  readonly order: ExchangeOrder;
  /** `null`: the order itself. */
  readonly change: OrderModification | 'cancel' | null;
}

/** Requests that were taken and are still in the list: to take one out of its front each time would move all others. */
const TAKEN_MAX = 64;

/** Everything that is on its way, by arrival; what arrives at one moment stays in the order in which it was sent. */
export class RequestLane {
  readonly #requests: LaneRequest[] = [];
  #first = 0;
  #next: EpochMs = Infinity;

  /** When the next request arrives; `Infinity` while none is on its way. */
  get next(): EpochMs {
    return this.#next;
  }

  add(request: LaneRequest): void {
    const requests = this.#requests;
    let place = requests.length;
    while (place > this.#first && (requests[place - 1] as LaneRequest).arrival > request.arrival) place -= 1;
    if (place === requests.length) requests.push(request);
    else requests.splice(place, 0, request);
    this.#next = (requests[this.#first] as LaneRequest).arrival;
  }

  /** Takes the request that arrives next. */
  take(): LaneRequest | undefined {
    const request = this.#requests[this.#first];
    if (request === undefined) return undefined;
    this.#first += 1;
    if (this.#first === this.#requests.length || this.#first > TAKEN_MAX) {
      this.#requests.splice(0, this.#first);
      this.#first = 0;
    }
    this.#next = this.#requests[this.#first]?.arrival ?? Infinity;
    return request;
  }
}
