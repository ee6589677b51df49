import type { EquityInstrument, OptionInstrument } from './instrument.js';

/** A share on a grid of five paise. */
export const SBIN: EquityInstrument = {
  kind: 'equity',
  exchange: 'NSE',
  key: 'NSE:SBIN',
  symbol: 'SBIN',
  tickSize: 0.05,
  lotSize: 1,
  freezeQuantity: null,
};

/** A call on the NIFTY in lots of 65. */
export const NIFTY_CALL: OptionInstrument = {
  kind: 'option',
  exchange: 'NFO',
  key: 'NFO:NIFTY24NOV2626000CE',
  symbol: 'NIFTY24NOV2626000CE',
  underlying: 'NSE_INDEX:NIFTY',
  expiry: '2026-11-24',
  strike: 26_000,
  optionType: 'CE',
  tickSize: 0.05,
  lotSize: 65,
  freezeQuantity: 1_800,
};
