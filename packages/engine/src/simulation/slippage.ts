import type { SlippageConfig } from '../config/run-config.js';
import { type Side, signOf } from '../orders/order-request.js';
import { gridAbove, gridBelow, type Price } from '../primitives/price.js';

/** How much worse than the prevailing price a market order is filled. */
export type Slippage = SlippageConfig;

/** Prices at a moment: of the last deal, and of the best bid and ask where a feed brings them (`NaN` where not). */
export interface Prevailing {
  readonly price: Price;
  readonly bid: Price;
  readonly ask: Price;
}

/** What a market order pays or gets: the quote's far side or the last price, made worse by the slippage, on the grid, at least one tick. */
export function marketPrice(side: Side, prevailing: Prevailing, slippage: Slippage, tickSize: number): Price {
  const { price, bid, ask } = prevailing;
  const quote = side === 'buy' ? ask : bid;
  const base = Number.isNaN(quote) ? price : quote;
  const worse = base + signOf(side) * slipped(base, prevailing, slippage, tickSize);
  return Math.max(tickSize, side === 'buy' ? gridAbove(worse, tickSize) : gridBelow(worse, tickSize));
}

function slipped(base: Price, { bid, ask }: Prevailing, slippage: Slippage, tickSize: number): number {
  switch (slippage.kind) {
    case 'none':
      return 0;
    case 'ticks':
      return slippage.ticks * tickSize;
    case 'price':
      return slippage.share * base;
    case 'spread':
      return Number.isNaN(bid) || Number.isNaN(ask) ? 0 : slippage.share * Math.max(0, ask - bid);
  }
}
