import type { DurationMs } from '../primitives/time.js';
import type { ExchangeMarket } from './exchange-market.js';
import type { Ids } from './ids.js';
import type { OrderMargin } from './order-margin.js';
import type { PriceBands } from './price-bands.js';
import type { RequestLane } from './request-lane.js';
import type { TradingDay } from './trading-day.js';

/** What the lines of all accounts share. */
export interface ExchangeParts {
  readonly market: ExchangeMarket;
  readonly lane: RequestLane;
  readonly day: TradingDay;
  readonly bands: PriceBands;
  readonly margin: OrderMargin;
  readonly ids: Ids;
  readonly latency: () => DurationMs;
}
