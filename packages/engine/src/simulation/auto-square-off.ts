import type { SlippageConfig } from '../config/run-config.js';
import { type EpochMs, formatMinuteOfDay, istTimeOfDayMs, MINUTE_MS } from '../primitives/time.js';
import type { ExchangeAccount } from './exchange-account.js';
import type { ExchangeMarket } from './exchange-market.js';
import { rests } from './exchange-order.js';
import type { Ids } from './ids.js';
import type { OrderChanges } from './order-changes.js';
import { closeFromOutside } from './outside-deals.js';
import { marketPrice } from './slippage.js';
import { type TradedSegment, tradedSegment } from './trading-day.js';

/** What a broker needs to close what is held for the day. */
export interface SquareOffParts {
  readonly market: ExchangeMarket;
  readonly slippage: SlippageConfig;
  readonly changes: OrderChanges;
  readonly ids: Ids;
  /** Where it is written down that something could not be closed. */
  readonly note: (text: string) => void;
}

/** The broker's time has come: its intraday (MIS) orders are cancelled, then its intraday positions are closed at the market. */
export function squareOff(account: ExchangeAccount, segment: TradedSegment, at: EpochMs, parts: SquareOffParts): void {
  const { market, changes, ids } = parts;
  const time = formatMinuteOfDay(Math.floor(istTimeOfDayMs(at) / MINUTE_MS));
  for (const order of [...account.orders.values()]) {
    const { instrument, product } = order.request;
    if (product !== 'MIS' || !rests(order) || tradedSegment(instrument) !== segment) continue;
    changes.end(order, 'cancelled', `Cancelled by the broker (${account.broker}) at its square-off time, ${time}.`, at);
  }
  for (const holding of [...account.holdings.values()]) {
    const held = holding.quantityOf('MIS');
    const { key, tickSize } = holding.instrument;
    if (held === 0 || tradedSegment(key) !== segment) continue;
    const side = held > 0 ? 'sell' : 'buy';
    const view = market.view(key, side, at);
    if (Number.isNaN(view.price))
      parts.note(`${key} had no price at ${time}, so the broker could not close ${held} units of account ${account.id}.`);
    else {
      const price = marketPrice(side, view, parts.slippage, tickSize);
      closeFromOutside({ account, holding, product: 'MIS', quantity: Math.abs(held), price, by: 'autoSquareOff', at }, ids);
    }
  }
}
