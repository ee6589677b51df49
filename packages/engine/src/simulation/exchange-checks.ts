import type { Side } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import type { MarketView } from './exchange-market.js';
import type { Refused } from './refused.js';

/** Why the exchange refuses what has arrived in the market that it finds; `null` if it does not. */
export function exchangeRefusal(side: Side, waitsAt: Price | null, { instrument, open, price }: MarketView): Refused | null {
  if (!open) return { code: 'exchange/closed', reason: 'The market is closed.' };
  if (Number.isNaN(price)) return { code: 'exchange/no-price', reason: `Nothing has traded in ${instrument.key}.` };
  if (waitsAt === null || (side === 'buy' ? waitsAt > price : waitsAt < price)) return null;
  const where = side === 'buy' ? 'above' : 'below';
  return {
    code: 'exchange/trigger-side',
    reason: `The trigger of ${waitsAt} of a stop to ${side} is not ${where} the market at ${price}.`,
  };
}
