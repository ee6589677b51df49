import type { ClientOrderId } from '../primitives/ids.js';
import { orderOf } from '../sets/evolve-orders.js';
import type { SetRunner } from './set-runner.js';

/** Whose the orders of an account are; only orders that a set still remembers. */
export class OrderOwners {
  readonly #owners = new Map<ClientOrderId, SetRunner>();
  /** The same the other way round. */
  readonly #orders = new Map<SetRunner, ClientOrderId[]>();

  of(orderId: ClientOrderId): SetRunner | undefined {
    return this.#owners.get(orderId);
  }

  /** From now on an order is the set's. */
  expect(runner: SetRunner, orderId: ClientOrderId): void {
    if (this.#owners.get(orderId) === runner) return;
    this.#owners.set(orderId, runner);
    const expected = this.#orders.get(runner);
    if (expected === undefined) this.#orders.set(runner, [orderId]);
    else expected.push(orderId);
  }

  /** A set begins a new round trip, and remembers the orders of the last no more. */
  forget(runner: SetRunner): void {
    const kept: ClientOrderId[] = [];
    for (const orderId of this.#orders.get(runner) ?? []) {
      if (orderOf(runner.state, orderId) === undefined) this.#owners.delete(orderId);
      else kept.push(orderId);
    }
    this.#orders.set(runner, kept);
  }
}
