import { gridBelow, type Price } from '../primitives/price.js';
import type { SeededRandom } from '../primitives/seeded-random.js';
import type { ExchangeOrder } from './exchange-order.js';
import type { ChangedTerms } from './order-changes.js';

const TICKS_MAX = 10;

/** Other terms for an order, as somebody might choose them in a broker's app: its prices some ticks away, or a lot more or less. `null`: none comes to mind. */
export function termsByHand(order: ExchangeOrder, random: SeededRandom): ChangedTerms | null {
  const { kind, quantity, price, triggerPrice, filledQuantity } = order;
  const { tickSize, lotSize, freezeQuantity } = order.holding.instrument;
  const terms = { kind, quantity, price, triggerPrice };
  const [what, ticks] = [random.below(3), (1 + random.below(TICKS_MAX)) * (random.below(2) === 0 ? 1 : -1)];
  if (what === 0 && (price !== null || triggerPrice !== null)) {
    const moved = { price: shifted(price, ticks, tickSize), triggerPrice: shifted(triggerPrice, ticks, tickSize) };
    return moved.price === undefined || moved.triggerPrice === undefined
      ? null
      : { ...terms, price: moved.price, triggerPrice: moved.triggerPrice };
  }
  const changed = what === 1 ? quantity + lotSize : quantity - lotSize;
  return changed > filledQuantity && (freezeQuantity === null || changed <= freezeQuantity) ? { ...terms, quantity: changed } : null;
}

/** A price some ticks away; `undefined` where there is none. */
function shifted(price: Price | null, ticks: number, tickSize: number): Price | null | undefined {
  if (price === null) return null;
  const moved = gridBelow(price + ticks * tickSize, tickSize);
  return moved >= tickSize ? moved : undefined;
}
