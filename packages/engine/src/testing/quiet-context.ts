import type { EquityInstrument, InstrumentKey } from '../market/instrument.js';
import type { OrderKind } from '../orders/order-request.js';
import { openAccount } from '../portfolio/account.js';
import { accountView } from '../portfolio/account-view.js';
import type { TradingDate } from '../primitives/time.js';
import type { GateContext } from '../risk/gate-context.js';
import { defaultLimits } from '../risk/presets.js';

/**
 * What the gate is told of a request that is to be judged by itself: its instrument is a share on a grid of five paise, in a session of the date, and
 * nothing else goes on.
 */
export const quietContext = (
  { instrument, kind }: { readonly instrument: InstrumentKey; readonly kind: OrderKind },
  date: TradingDate,
): GateContext => ({
  tradingSwitch: 'active',
  byPerson: false,
  askedKind: kind,
  instrument: shareOf(instrument),
  date,
  sessionOpen: true,
  priceBand: null,
  ownResting: { bid: null, ask: null },
  quote: null,
  maxQuoteAgeMs: null,
  lineUp: true,
  reconciled: true,
  disputed: [],
  brokerHolds: null,
  account: accountView(openAccount(100_000_00), 100_000_00),
  limits: defaultLimits,
  sent: { lastSecond: 0, lastMinute: 0 },
  entry: null,
});

const shareOf = (key: InstrumentKey): EquityInstrument => ({
  kind: 'equity',
  key,
  exchange: 'NSE',
  symbol: key.slice(key.indexOf(':') + 1),
  tickSize: 0.05,
  lotSize: 1,
  freezeQuantity: null,
});
