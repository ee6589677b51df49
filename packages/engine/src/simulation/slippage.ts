import type { SlippageConfig } from '../config/run-config.js';
import { type Side, signOf } from '../orders/order-request.js';
import { gridAbove, gridBelow, type Price } from '../primitives/price.js';

/** Prices at a moment: of the last deal, and of the best bid and ask where a feed brings them (`NaN` where not). */
export interface Prevailing {
  readonly price: Price;
  readonly bid: Price;
  readonly ask: Price;
}

/** What a market order pays or gets: the quote's far side or the last price, made worse by the slippage, on the grid, at least one tick. */
export function marketPrice(side: Side, prevailing: Prevailing, slippage: SlippageConfig, tickSize: number): Price {
  const base = takersPrice(side, prevailing);
  const worse = base + signOf(side) * slipped(base, prevailing, slippage, tickSize);
  return Math.max(tickSize, side === 'buy' ? gridAbove(worse, tickSize) : gridBelow(worse, tickSize));
}

/** What the market asks of an order that takes it: the far side of the quote, or the last price. */
export function takersPrice(side: Side, { price, bid, ask }: Prevailing): Price {
  const quote = side === 'buy' ? ask : bid;
  return Number.isNaN(quote) ? price : quote;
}

function slipped(base: Price, { bid, ask }: Prevailing, slippage: SlippageConfig, tickSize: number): number {
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
