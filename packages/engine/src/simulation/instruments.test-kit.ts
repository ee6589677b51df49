import type { EquityInstrument, FutureInstrument, IndexInstrument, OptionInstrument } from '../market/instrument.js';
import type { TradingDate } from '../primitives/time.js';

/** A Monday before exchanges barred plain market orders; the next day is an expiry day. */
export const DATE: TradingDate = '2026-03-23';
export const EXPIRY: TradingDate = '2026-03-24';

/** A call in lots of 50, on a grid of 0.05. */
export const option: OptionInstrument = {
  kind: 'option',
  key: 'NFO:NIFTY24MAR2626000CE',
  exchange: 'NFO',
  symbol: 'NIFTY24MAR2626000CE',
  tickSize: 0.05,
  lotSize: 50,
  freezeQuantity: 1_800,
  underlying: 'NSE_INDEX:NIFTY',
  expiry: EXPIRY,
  strike: 26_000,
  optionType: 'CE',
};

export const put: OptionInstrument = {
  ...option,
  key: 'NFO:NIFTY24MAR2625000PE',
  symbol: 'NIFTY24MAR2625000PE',
  strike: 25_000,
  optionType: 'PE',
};

export const future: FutureInstrument = {
  kind: 'future',
  key: 'NFO:NIFTY24MAR26FUT',
  exchange: 'NFO',
  symbol: 'NIFTY24MAR26FUT',
  tickSize: 0.1,
  lotSize: 50,
  freezeQuantity: 1_800,
  underlying: 'NSE_INDEX:NIFTY',
  expiry: EXPIRY,
};

export const share: EquityInstrument = {
  kind: 'equity',
  key: 'NSE:RELIANCE',
  exchange: 'NSE',
  symbol: 'RELIANCE',
  tickSize: 0.05,
  lotSize: 1,
  freezeQuantity: null,
};

export const stockFuture: FutureInstrument = {
  ...future,
  key: 'NFO:RELIANCE24MAR26FUT',
  symbol: 'RELIANCE24MAR26FUT',
  underlying: share.key,
};

export const index: IndexInstrument = {
  kind: 'index',
  key: 'NSE_INDEX:NIFTY',
  exchange: 'NSE_INDEX',
  symbol: 'NIFTY',
  tickSize: 0.05,
  lotSize: 1,
  freezeQuantity: null,
};
