import { signOf } from '../../orders/order-request.js';
import type { Price } from '../../primitives/price.js';
import type { ExitRule, OpenPosition } from '../set-state.js';

/** What a price asks of a position: leave by this rule, with so many units. */
export interface ExitAtPrice {
  readonly rule: ExitRule;
  readonly quantity: number;
}

/**
 * The exit rule that a price has reached; `null` for none.
 *
 * Losses go before gains, and of several losses the one whose level loses more: that is what an honest report says when a price jumps over both.
 * Of several gains a whole one goes before a part.
 */
export function exitAtPrice(position: OpenPosition, price: Price): ExitAtPrice | null {
  return lossAt(position, price) ?? gainAt(position, price);
}

function lossAt({ side, quantity, stop, trailing, setStop, dayLossStop }: OpenPosition, price: Price): ExitAtPrice | null {
  const sign = signOf(side);
  let worst: Price | null = null;
  let rule: ExitRule = 'stopLoss';
  const weigh = (level: Price | null, of: ExitRule): void => {
    if (level === null || sign * (price - level) > 0) return;
    if (worst !== null && sign * (level - worst) >= 0) return;
    worst = level;
    rule = of;
  };
  weigh(stop, trailing ? 'trailingStop' : 'stopLoss');
  weigh(setStop, 'setStopLoss');
  weigh(dayLossStop, 'dayLoss');
  return worst === null ? null : { rule, quantity };
}

function gainAt({ side, quantity, target, setTarget, partials }: OpenPosition, price: Price): ExitAtPrice | null {
  const sign = signOf(side);
  const reached = (level: Price | null | undefined): level is Price => level !== null && level !== undefined && sign * (price - level) >= 0;
  if (reached(target) && !(reached(setTarget) && sign * (target - setTarget) > 0)) return { rule: 'target', quantity };
  if (reached(setTarget)) return { rule: 'setTarget', quantity };
  const partial = partials[0];
  if (partial === undefined || !reached(partial.price)) return null;
  return { rule: 'partialTarget', quantity: Math.min(quantity, partial.quantity) };
}
