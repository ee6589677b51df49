import type { Instrument } from '../market/instrument.js';
import { formatRupees, roundHalfEven } from '../primitives/money.js';
import type { EntryCheck } from './gate-context.js';

/** The account may trade the product. */
export const productAllowed: EntryCheck = ({ product }, { limits: { products } }) =>
  products === null || products.includes(product)
    ? null
    : {
        code: 'account/product',
        reason: `Product "${product}" is not one of the account's: ${products.join(', ')}.`,
        limit: products.join(', '),
        value: product,
      };

/** The account may trade the instrument, or what lies beneath it. */
export const instrumentAllowed: EntryCheck = (_, { instrument, limits: { instruments } }) =>
  instruments === null || instruments.includes(instrument.key) || instruments.includes(beneath(instrument))
    ? null
    : {
        code: 'account/instrument',
        reason: `"${instrument.key}" is not one of the account's instruments.`,
        limit: instruments.join(', '),
        value: instrument.key,
      };

/** The account may have the kind of order that was asked for. That the exchange makes a limit of one at the market does not change what it is. */
export const orderKindAllowed: EntryCheck = (_, { askedKind, limits: { orderKinds } }) =>
  orderKinds === null || orderKinds.includes(askedKind)
    ? null
    : {
        code: 'account/order-kind',
        reason: `An order of kind "${askedKind}" is not one of the account's: ${orderKinds.join(', ')}.`,
        limit: orderKinds.join(', '),
        value: askedKind,
      };

/** One order is not worth more than the account allows, at its own price or, without one, at the latest. */
export const withinOrderValue: EntryCheck = ({ quantity, price, triggerPrice }, { quote, limits: { maxOrderValuePaise } }) => {
  const reference = price ?? triggerPrice ?? quote?.price;
  if (maxOrderValuePaise === null || reference === undefined) return null;
  const valuePaise = roundHalfEven(reference * 100 * quantity);
  return valuePaise <= maxOrderValuePaise
    ? null
    : {
        code: 'account/order-value',
        reason: `The order is worth ${formatRupees(valuePaise)}, limit ${formatRupees(maxOrderValuePaise)}.`,
        limit: maxOrderValuePaise,
        value: valuePaise,
      };
};

/**
 * Orders a second, a minute and a day stay inside their limits; changes and cancellations count like orders. Exits pass; whoever sends them paces
 * them.
 */
export const withinOrderRate: EntryCheck = (_, { account, sent, limits }) =>
  overRate(sent.lastSecond, limits.ordersPerSecond, 'second') ??
  overRate(sent.lastMinute, limits.ordersPerMinute, 'minute') ??
  overRate(account.ordersToday, limits.ordersPerDay, 'day');

/** Level 2, for entries: what the account may send at all. */
export const permissionChecks: readonly EntryCheck[] = [
  productAllowed,
  instrumentAllowed,
  orderKindAllowed,
  withinOrderValue,
  withinOrderRate,
];

const beneath = (instrument: Instrument) =>
  instrument.kind === 'option' || instrument.kind === 'future' ? instrument.underlying : instrument.key;

const overRate = (sent: number, limit: number | null, unit: 'second' | 'minute' | 'day') =>
  limit === null || sent < limit
    ? null
    : { code: 'account/order-rate' as const, reason: `${sent} orders were sent in this ${unit}, limit ${limit}.`, limit, value: sent };
