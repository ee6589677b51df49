import type { Instrument } from '../market/instrument.js';
import type { BookPosition } from '../orders/book.js';
import type { Product, Side } from '../orders/order-request.js';
import { applyFill, type Dealt, flatPosition, type Position } from '../portfolio/position.js';
import type { Paise } from '../primitives/money.js';

/** What an account holds of one instrument, and what is asked for of it. */
export class Holding {
  /** As of the day on which it was last asked for: lots change. */
  instrument: Instrument;
  /** Over all products. Above 0 bought, below 0 sold. */
  quantity = 0;
  costPaise: Paise = 0;
  /** What live orders may still buy and sell of it, in units. */
  pendingBuy = 0;
  pendingSell = 0;
  readonly #positions = new Map<Product, Position>();

  constructor(instrument: Instrument) {
    this.instrument = instrument;
  }

  /** Takes a deal in; gives what it earned. */
  dealt(product: Product, deal: Dealt): Paise {
    const before = this.#positions.get(product) ?? flatPosition;
    const after = applyFill(before, deal);
    this.#positions.set(product, after);
    this.quantity += after.quantity - before.quantity;
    this.costPaise += after.costPaise - before.costPaise;
    return after.realisedPaise - before.realisedPaise;
  }

  /** Takes over what was held before. */
  takeOver(product: Product, { quantity, costPaise }: Pick<Position, 'quantity' | 'costPaise'>): void {
    const { quantity: had, costPaise: cost } = this.#positions.get(product) ?? flatPosition;
    this.#positions.set(product, { ...flatPosition, quantity: had + quantity, costPaise: cost + costPaise });
    this.quantity += quantity;
    this.costPaise += costPaise;
  }

  quantityOf(product: Product): number {
    return this.#positions.get(product)?.quantity ?? 0;
  }

  /** Live orders ask for more of it, or, below 0, for less. */
  pend(side: Side, quantity: number): void {
    if (side === 'buy') this.pendingBuy += quantity;
    else this.pendingSell += quantity;
  }

  /** How many units of an order would open something: what goes beyond that which is held and not asked back by another order already. */
  opens(side: Side, quantity: number): number {
    const closes = side === 'buy' ? -this.quantity - this.pendingBuy : this.quantity - this.pendingSell;
    return closes <= 0 ? quantity : Math.max(0, quantity - closes);
  }

  /** Whether nothing is held and nothing is asked for. */
  get isIdle(): boolean {
    if (this.pendingBuy !== 0 || this.pendingSell !== 0) return false;
    for (const { quantity } of this.#positions.values()) if (quantity !== 0) return false;
    return true;
  }

  /** What is held by product, as the book shows it. */
  positions(): readonly BookPosition[] {
    const positions: BookPosition[] = [];
    for (const [product, { quantity }] of this.#positions) {
      if (quantity !== 0) positions.push({ instrument: this.instrument.key, product, quantity });
    }
    return positions;
  }
}
