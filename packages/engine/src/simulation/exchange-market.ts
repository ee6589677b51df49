import type { Instrument, InstrumentKey } from '../market/instrument.js';
import type { SessionCalendar } from '../market/session.js';
import type { Side } from '../orders/order-request.js';
import type { EpochMs } from '../primitives/time.js';
import type { Prevailing } from './slippage.js';

/** What the exchange can see of the market. */
export interface ExchangeMarket {
  readonly calendar: SessionCalendar;
  /** The present moment; it never goes back. */
  now(): EpochMs;
  /**
   * The market in an instrument as an order of a side finds it at a moment: on the pessimistic path sellers and buyers look at different lines.
   * The exchange reads the answer at once and keeps nothing of it, so the same object may be handed out again and again.
   */
  view(instrument: InstrumentKey, side: Side, at: EpochMs): MarketView;
  /** What the exchange has to be woken for in an instrument has changed, see {@link RestingBand}. */
  bandChanged(instrument: InstrumentKey): void;
}

/** An instrument's market at a moment. */
export interface MarketView extends Prevailing {
  readonly instrument: Instrument;
  /** Whether the segment trades at this moment. */
  readonly open: boolean;
  /** Units traded today so far; `NaN` where no feed tells. */
  readonly volume: number;
}
