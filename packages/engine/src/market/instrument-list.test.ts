import { describe, expect, it } from 'vitest';

import type { Instrument } from './instrument.js';
import { createInstrumentList } from './instrument-list.js';

const common = { exchange: 'NFO', symbol: '', underlying: 'NSE_INDEX:NIFTY', tickSize: 0.05, lotSize: 65, freezeQuantity: 1800 } as const;
const option = (key: string, expiry: string, strike: number, optionType: 'CE' | 'PE'): Instrument => ({
  ...common,
  kind: 'option',
  key,
  expiry,
  strike,
  optionType,
});
const future: Instrument = { ...common, kind: 'future', key: 'NFO:NIFTY29SEP26FUT', expiry: '2026-09-29' };

describe('createInstrumentList', () => {
  const list = createInstrumentList([
    option('NFO:NIFTY08SEP2624500CE', '2026-09-08', 24500, 'CE'),
    option('NFO:NIFTY01SEP2624500CE', '2026-09-01', 24500, 'CE'),
    option('NFO:NIFTY01SEP2624400PE', '2026-09-01', 24400, 'PE'),
    future,
  ]);

  it('finds an instrument by its key', () => {
    expect(list.get('NFO:NIFTY29SEP26FUT')).toBe(future);
    expect(list.get('NFO:NIFTY27OCT26FUT')).toBeUndefined();
    expect(list.size).toBe(4);
  });

  it('has the expiries of options and of futures apart, nearest first', () => {
    expect(list.expiries('NSE_INDEX:NIFTY', 'option')).toEqual(['2026-09-01', '2026-09-08']);
    expect(list.expiries('NSE_INDEX:NIFTY', 'future')).toEqual(['2026-09-29']);
    expect(list.expiries('NSE_INDEX:BANKNIFTY', 'option')).toEqual([]);
  });

  it('has the strikes of an expiry, of one type or of both', () => {
    expect(list.strikes('NSE_INDEX:NIFTY', '2026-09-01')).toEqual([24400, 24500]);
    expect(list.strikes('NSE_INDEX:NIFTY', '2026-09-01', 'CE')).toEqual([24500]);
    expect(list.strikes('NSE_INDEX:NIFTY', '2026-10-01')).toEqual([]);
  });

  it('replaces an instrument that is added again', () => {
    const growing = createInstrumentList([future]);
    growing.add([{ ...future, lotSize: 75 }]);
    expect(growing.get(future.key)?.lotSize).toBe(75);
    expect(growing.size).toBe(1);
  });
});
