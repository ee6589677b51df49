import type { BrokerOrderId, FillId } from '../primitives/ids.js';

/** The broker's numbers of orders and fills, over all accounts of an exchange. */
export class Ids {
  #orders = 0;
  #fills = 0;

  nextOrder(): BrokerOrderId {
    this.#orders += 1;
    return `P${this.#orders}`;
  }

  nextFill(): FillId {
    this.#fills += 1;
    return `F${this.#fills}`;
  }
}
