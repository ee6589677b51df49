import { type OrderRequest, signOf } from '../orders/order-request.js';
import { isOnTickGrid, type Price } from '../primitives/price.js';
import type { EntryCheck, OrderCheck, PriceCheck } from './gate-context.js';
import type { Refusal } from './refusal.js';

/** An order is for a whole number of units, at least one. This bounds no size. */
export const quantityIsWhole: PriceCheck = ({ quantity }) =>
  Number.isSafeInteger(quantity) && quantity > 0
    ? null
    : {
        code: 'order/quantity-invalid',
        reason: `A quantity of ${quantity} is not a whole number of units above 0.`,
        limit: 1,
        value: quantity,
      };

/** Limit orders have a price, stop orders a trigger. */
export const pricesPresent: PriceCheck = ({ kind, price, triggerPrice }) => {
  if ((kind === 'limit' || kind === 'SL') && price === null) return priceMissing(kind, 'limit price');
  if ((kind === 'SL' || kind === 'SL-M') && triggerPrice === null) return priceMissing(kind, 'trigger price');
  return null;
};

/** Prices lie on the instrument's tick grid. */
export const pricesOnGrid: PriceCheck = ({ price, triggerPrice }, { instrument }) =>
  priceOnGrid(price, instrument) ?? priceOnGrid(triggerPrice, instrument);

/** Prices lie inside the day's band. */
export const pricesInBand: PriceCheck = ({ price, triggerPrice }, { priceBand }) =>
  priceBand === null ? null : (priceInBand(price, priceBand) ?? priceInBand(triggerPrice, priceBand));

/** The exchange is open. */
export const insideTradingHours: PriceCheck = ({ at }, { sessionOpen, instrument }) =>
  sessionOpen
    ? null
    : {
        code: 'order/outside-trading-hours',
        reason: `"${instrument.key}" is not in a trading session.`,
        limit: null,
        value: at,
      };

/** Nobody buys an index. */
export const instrumentTradable: OrderCheck = (_, { instrument }) =>
  instrument.kind === 'index'
    ? {
        code: 'order/instrument-not-tradable',
        reason: `"${instrument.key}" is an index: nobody trades it.`,
        limit: null,
        value: instrument.key,
      }
    : null;

/** A contract can be traded up to its expiry day. */
export const instrumentAlive: OrderCheck = (_, { instrument, date }) =>
  (instrument.kind === 'option' || instrument.kind === 'future') && instrument.expiry < date
    ? {
        code: 'order/instrument-expired',
        reason: `"${instrument.key}" expired on ${instrument.expiry}, today is ${date}.`,
        limit: instrument.expiry,
        value: date,
      }
    : null;

/**
 * No deal with ourselves. An entry is refused; before an exit, entries in its way are given up, and it waits for their end, or passes beside what
 * stays, see the order desk.
 */
export const crossesNothingOwn: OrderCheck = ({ side, kind, price }, { ownResting, instrument }) => {
  const resting = side === 'buy' ? ownResting.ask : ownResting.bid;
  if (resting === null || !wouldMeet({ side, kind, price }, resting)) return null;
  return {
    code: 'order/crosses-own-order',
    reason: `To ${side} "${instrument.key}" at ${price ?? 'the market'} would meet the account's own order that rests at ${resting}.`,
    limit: resting,
    value: price,
  };
};

/** Whether an order would deal with one that rests at a price on the other side. A trigger has not reached the book, so stops do not. */
export function wouldMeet({ side, kind, price }: Pick<OrderRequest, 'side' | 'kind' | 'price'>, resting: Price): boolean {
  if (kind === 'SL' || kind === 'SL-M') return false;
  return price === null || (side === 'buy' ? price >= resting : price <= resting);
}

/** Where the broker has less than our sets hold, nothing goes out that would leave what is not there: it would open the opposite. */
export const leavesWhatIsThere: OrderCheck = ({ purpose, side, quantity, instrument }, { brokerHolds }) => {
  if (purpose === 'entry' || brokerHolds === null) return null;
  const there = Math.max(0, -signOf(side) * brokerHolds);
  if (quantity <= there) return null;
  return {
    code: 'account/position-mismatch',
    reason: `The broker has ${brokerHolds} of "${instrument}" that can be left, not what our sets hold.`,
    limit: there,
    value: quantity,
  };
};

/** Entries are whole lots. */
export const quantityInLots: EntryCheck = ({ quantity }, { instrument: { key, lotSize } }) =>
  quantity % lotSize === 0
    ? null
    : {
        code: 'order/quantity-not-in-lots',
        reason: `${quantity} units of "${key}" are not a whole number of lots of ${lotSize}.`,
        limit: lotSize,
        value: quantity,
      };

/** The exchange takes no more than the freeze quantity in one order; larger ones are sliced before they come here. */
export const belowFreezeQuantity: EntryCheck = ({ quantity }, { instrument: { key, freezeQuantity } }) =>
  freezeQuantity === null || quantity <= freezeQuantity
    ? null
    : {
        code: 'order/above-freeze-quantity',
        reason: `${quantity} units of "${key}" are more than the exchange takes in one order (${freezeQuantity}).`,
        limit: freezeQuantity,
        value: quantity,
      };

/** No entry without a price, or on an old one. An exit on an old price is better than none. */
export const quoteFresh: EntryCheck = ({ instrument }, { quote, maxQuoteAgeMs }) => {
  if (quote === null) {
    return { code: 'order/quote-missing', reason: `There is no price of "${instrument}" yet.`, limit: null, value: null };
  }
  if (maxQuoteAgeMs === null || quote.ageMs <= maxQuoteAgeMs) return null;
  return {
    code: 'order/quote-stale',
    reason: `The price of "${instrument}" is ${quote.ageMs} ms old; an entry takes ${maxQuoteAgeMs} ms at most.`,
    limit: maxQuoteAgeMs,
    value: quote.ageMs,
  };
};

/** An entry follows the market so far and no farther: beyond, it is another trade than the one that was decided on. */
export const withinChase: EntryCheck = ({ side, price }, { entry: { chaseTo } }) =>
  chaseTo === null || price === null || (side === 'buy' ? price <= chaseTo : price >= chaseTo)
    ? null
    : {
        code: 'order/chased-too-far',
        reason: `To follow the market, the entry's limit would go to ${price}; the farthest is ${chaseTo}.`,
        limit: chaseTo,
        value: price,
      };

/** Level 1, for every order and every change of one. */
export const changeChecks: readonly PriceCheck[] = [quantityIsWhole, pricesPresent, insideTradingHours, pricesOnGrid, pricesInBand];

/** Level 1, for every order. */
export const orderChecks: readonly OrderCheck[] = [
  instrumentTradable,
  instrumentAlive,
  leavesWhatIsThere,
  ...changeChecks,
  crossesNothingOwn,
];

/** An entry needs a broker that answers; what leaves is tried all the same, and waits. */
export const lineUp: EntryCheck = (_, { lineUp: up }) =>
  up ? null : { code: 'account/line-down', reason: 'The line to the broker is lost.', limit: 'up', value: 'down' };

/** After a start nothing is entered before the broker's orders and positions agree with ours. */
export const accountReconciled: EntryCheck = (_, { reconciled }) =>
  reconciled
    ? null
    : {
        code: 'account/not-reconciled',
        reason: "The broker's orders and positions have not been compared with ours yet.",
        limit: null,
        value: null,
      };

/** Nothing is entered while the broker has something else than our sets hold. */
export const positionsAgree: EntryCheck = (_, { disputed }) =>
  disputed.length === 0
    ? null
    : {
        code: 'account/position-mismatch',
        reason: `The broker has something else of ${disputed.join(', ')} than our sets hold.`,
        limit: null,
        value: disputed.join(', '),
      };

/** Level 1, for entries. */
export const entryOrderChecks: readonly EntryCheck[] = [
  lineUp,
  accountReconciled,
  positionsAgree,
  quantityInLots,
  belowFreezeQuantity,
  quoteFresh,
];

const priceMissing = (kind: OrderRequest['kind'], what: string): Refusal => ({
  code: 'order/price-missing',
  reason: `An order of kind "${kind}" needs a ${what}.`,
  limit: null,
  value: null,
});

function priceOnGrid(price: Price | null, { key, tickSize }: { readonly key: string; readonly tickSize: number }): Refusal | null {
  if (price === null || isOnTickGrid(price, tickSize)) return null;
  return {
    code: 'order/price-off-grid',
    reason: `Price ${price} is not on the ${tickSize} grid of "${key}".`,
    limit: tickSize,
    value: price,
  };
}

function priceInBand(price: Price | null, { low, high }: { readonly low: Price; readonly high: Price }): Refusal | null {
  if (price === null || (price >= low && price <= high)) return null;
  return {
    code: 'order/outside-price-band',
    reason: `Price ${price} lies outside the day's band of ${low} to ${high}.`,
    limit: price < low ? low : high,
    value: price,
  };
}
