import type { Instrument } from '../market/instrument.js';
import { gridAbove, gridBelow, type Price } from '../primitives/price.js';
import { type Side, signOf } from './order-request.js';

/** How far from the market a protected limit may lie: a share of the price, or rupees. */
interface Slab {
  /** Prices of the slab lie below this bound, or with `included` on it too. */
  readonly bound: Price;
  readonly included?: true;
  readonly share?: number;
  readonly rupees?: number;
}

/**
 * The exchanges' grid of market price protection, as Kotak Neo states it for orders of its API (read on 2026-11-21): "1–5", "5–10", "100–500",
 * "above 500". A bound that two slabs name belongs to the upper one.
 */
const OPTION_SLABS: readonly Slab[] = [
  { bound: 1, rupees: 0.1 },
  { bound: 5, share: 0.1 },
  { bound: 10, share: 0.05 },
  { bound: 100, share: 0.03 },
  { bound: 500, included: true, share: 0.02 },
  { bound: Infinity, share: 0.01 },
];

const OTHER_SLABS: readonly Slab[] = [
  { bound: 100, share: 0.02 },
  { bound: 500, included: true, share: 0.01 },
  { bound: Infinity, share: 0.005 },
];

/** Prices between which the exchange takes orders, both included. */
export interface PriceBand {
  readonly low: Price;
  readonly high: Price;
}

/** What a protected limit depends on beside the price. */
export interface LimitTerms {
  readonly side: Side;
  readonly instrument: Pick<Instrument, 'kind' | 'tickSize'>;
  /** `null`: none is known. */
  readonly band: PriceBand | null;
}

/**
 * The limit that stands for a market order: marketable by the exchange's slab, on the tick grid, inside the slab and the day's price band, and at
 * least one tick on the far side of the price where the band allows it.
 *
 * @param price of the last deal, or of the quote's far side, above 0.
 */
export function protectedLimit(price: Price, { side, instrument, band }: LimitTerms): Price {
  const { kind, tickSize } = instrument;
  const sign = signOf(side);
  const farthest = price + sign * protectionPoints(price, kind);
  const onGrid = side === 'buy' ? gridBelow(farthest, tickSize) : gridAbove(farthest, tickSize);
  const nearest = side === 'buy' ? gridAbove(price + tickSize, tickSize) : gridBelow(price - tickSize, tickSize);
  const limit = Math.max(tickSize, side === 'buy' ? Math.max(onGrid, nearest) : Math.min(onGrid, nearest));
  if (band === null) return limit;
  return Math.min(Math.max(limit, gridAbove(band.low, tickSize)), gridBelow(band.high, tickSize));
}

/** How far a limit may lie from a price, in rupees. */
export function protectionPoints(price: Price, kind: Instrument['kind']): number {
  const slabs = kind === 'option' ? OPTION_SLABS : OTHER_SLABS;
  const slab = slabs.find(({ bound, included }) => price < bound || (included === true && price === bound));
  return slab?.rupees ?? price * (slab?.share ?? 0);
}
