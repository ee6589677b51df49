import type { Instrument } from '../market/instrument.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { PriceBand } from '../orders/protected-limit.js';
import { isOnTickGrid } from '../primitives/price.js';
import { type EpochMs, formatIst, type TradingDate } from '../primitives/time.js';
import type { Holding } from './holding.js';
import type { Refused } from './refused.js';

/** What an order asks for, or would ask for after a change. */
export type AskedTerms = Pick<OrderRequest, 'side' | 'product' | 'kind' | 'quantity' | 'price' | 'triggerPrice'>;

/** What a broker knows when it is asked. */
export interface BrokerView {
  readonly instrument: Instrument;
  readonly date: TradingDate;
  /** Between which prices orders are taken; `null`: any. */
  readonly band: PriceBand | null;
  readonly marketBarred: boolean;
  /** When it closes intraday positions. */
  readonly squareOffAt: EpochMs;
  readonly at: EpochMs;
}

/**
 * Why a broker's risk management refuses an order at once, before the exchange sees it; `null` if it does not. What needs the market of the
 * moment is the exchange's to refuse, see `exchange-checks.ts`.
 */
export function brokerRefusal(terms: AskedTerms, view: BrokerView): Refused | null {
  return (
    contractRefusal(view) ??
    productRefusal(terms, view.instrument) ??
    quantityRefusal(terms, view.instrument) ??
    priceRefusal(terms, view) ??
    kindRefusal(terms, view)
  );
}

function contractRefusal({ instrument, date }: BrokerView): Refused | null {
  if (instrument.kind === 'index') {
    return { code: 'exchange/index', reason: `${instrument.key} is an index: nobody trades it.` };
  }
  if ((instrument.kind === 'option' || instrument.kind === 'future') && instrument.expiry < date) {
    return { code: 'exchange/expired', reason: `${instrument.key} expired on ${instrument.expiry}; today is ${date}.` };
  }
  return null;
}

/** Shares are delivered (CNC), contracts are carried forward (NRML); for the day (MIS) both can be had. */
function productRefusal({ product }: AskedTerms, { kind, key }: Instrument): Refused | null {
  if (product === 'MIS') return null;
  const fits = kind === 'equity' ? 'CNC' : 'NRML';
  return product === fits
    ? null
    : { code: 'exchange/product', reason: `${key} is not traded as ${product}; what is held overnight of it is ${fits}.` };
}

function quantityRefusal({ quantity }: AskedTerms, { lotSize, freezeQuantity }: Instrument): Refused | null {
  if (!(quantity > 0) || quantity % lotSize !== 0) {
    return { code: 'exchange/lot', reason: `Quantity ${quantity} is not a whole number of lots of ${lotSize}.` };
  }
  if (freezeQuantity !== null && quantity > freezeQuantity) {
    return { code: 'exchange/freeze', reason: `Quantity ${quantity} is above the freeze quantity of ${freezeQuantity}.` };
  }
  return null;
}

function priceRefusal({ side, kind, price, triggerPrice }: AskedTerms, { instrument, band }: BrokerView): Refused | null {
  if ((price === null && (kind === 'limit' || kind === 'SL')) || (triggerPrice === null && (kind === 'SL' || kind === 'SL-M'))) {
    return { code: 'exchange/price-missing', reason: `An order of kind ${kind} has a price ${price} and a trigger ${triggerPrice}.` };
  }
  for (const level of [price, triggerPrice]) {
    if (level === null) continue;
    if (!isOnTickGrid(level, instrument.tickSize)) {
      return { code: 'exchange/grid', reason: `Price ${level} is not on the ${instrument.tickSize} grid of ${instrument.key}.` };
    }
    if (band !== null && (level < band.low || level > band.high)) {
      return { code: 'exchange/price-band', reason: `Price ${level} lies outside the band of ${band.low} to ${band.high}.` };
    }
  }
  if (kind === 'SL' && price !== null && triggerPrice !== null && (side === 'buy' ? price < triggerPrice : price > triggerPrice)) {
    const where = side === 'buy' ? 'below' : 'above';
    return {
      code: 'exchange/stop-limit',
      reason: `The limit of ${price} of a stop to ${side} lies ${where} its trigger of ${triggerPrice}.`,
    };
  }
  return null;
}

function kindRefusal({ kind, product }: AskedTerms, { marketBarred, date, squareOffAt, at }: BrokerView): Refused | null {
  if (marketBarred && (kind === 'market' || kind === 'SL-M')) {
    return {
      code: 'exchange/market-barred',
      reason: `An order of kind ${kind} without a limit is not taken from an algorithm on ${date}.`,
    };
  }
  return product === 'MIS' ? intradayRefusal(squareOffAt, at) : null;
}

/** Nothing is begun for the day once the broker has closed what was. */
export const intradayRefusal = (squareOffAt: EpochMs, at: EpochMs): Refused | null =>
  at < squareOffAt
    ? null
    : { code: 'exchange/square-off', reason: `Intraday (MIS) orders are taken until ${formatIst(squareOffAt)}; it is ${formatIst(at)}.` };

/** What is held for delivery can be sold, but no more than that. */
export function deliveryRefusal(
  { side, product, quantity }: Pick<AskedTerms, 'side' | 'product' | 'quantity'>,
  holding: Holding,
): Refused | null {
  if (side === 'buy' || product !== 'CNC' || holding.instrument.kind !== 'equity') return null;
  const held = Math.max(0, holding.quantityOf('CNC') - holding.pendingSell);
  return quantity <= held
    ? null
    : {
        code: 'exchange/short-delivery',
        reason: `${quantity} of ${holding.instrument.key} for delivery (CNC), of which ${held} are held and free.`,
      };
}
