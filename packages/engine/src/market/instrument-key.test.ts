import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EngineError } from '../primitives/errors.js';
import { addDays } from '../primitives/time.js';
import {
  contractsOf,
  formatInstrumentKey,
  type InstrumentTerms,
  isContractIndex,
  parseInstrumentKey,
  underlyingKey,
} from './instrument-key.js';

const names = fc.constantFrom('NIFTY', 'NIFTYNXT50', 'M&M', 'BAJAJ-AUTO', '360ONE', 'SENSEX50', 'GVT&D', 'A', '3MINDIA', 'MAY26');
const dates = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays('2001-01-01', days));
const terms: fc.Arbitrary<InstrumentTerms> = fc.oneof(
  fc.record({ kind: fc.constant('index' as const), exchange: fc.constantFrom('NSE_INDEX' as const, 'BSE_INDEX' as const), name: names }),
  fc.record({ kind: fc.constant('equity' as const), exchange: fc.constantFrom('NSE' as const, 'BSE' as const), name: names }),
  fc.record({
    kind: fc.constant('future' as const),
    exchange: fc.constantFrom('NFO' as const, 'BFO' as const),
    name: names,
    expiry: dates,
  }),
  fc.record({
    kind: fc.constant('option' as const),
    exchange: fc.constantFrom('NFO' as const, 'BFO' as const, 'MCX' as const, 'CDS' as const),
    name: names,
    expiry: dates,
    strike: fc.integer({ min: 1, max: 20_000_000 }).map((paise) => paise / 100),
    optionType: fc.constantFrom('CE' as const, 'PE' as const),
  }),
);

describe('parseInstrumentKey', () => {
  it('gives back the terms that a key was written from', () =>
    fc.assert(
      fc.property(terms, (written) => {
        expect(parseInstrumentKey(formatInstrumentKey(written))).toEqual(written);
      }),
    ));

  it.each([
    ['NSE_INDEX:NIFTY', { kind: 'index', exchange: 'NSE_INDEX', name: 'NIFTY' }],
    ['NSE:M&M', { kind: 'equity', exchange: 'NSE', name: 'M&M' }],
    ['NFO:NIFTY29DEC26FUT', { kind: 'future', exchange: 'NFO', name: 'NIFTY', expiry: '2026-12-29' }],
    ['NFO:NIFTYNXT5030DEC25FUT', { kind: 'future', exchange: 'NFO', name: 'NIFTYNXT50', expiry: '2025-12-30' }],
    ['NFO:BAJAJ-AUTO25NOV25FUT', { kind: 'future', exchange: 'NFO', name: 'BAJAJ-AUTO', expiry: '2025-11-25' }],
    ['NFO:NIFTY01DEC2624500CE', { kind: 'option', exchange: 'NFO', name: 'NIFTY', expiry: '2026-12-01', strike: 24500, optionType: 'CE' }],
    ['NFO:360ONE25NOV251020PE', { kind: 'option', exchange: 'NFO', name: '360ONE', expiry: '2025-11-25', strike: 1020, optionType: 'PE' }],
    ['NFO:M&M27JAN261462.5PE', { kind: 'option', exchange: 'NFO', name: 'M&M', expiry: '2026-01-27', strike: 1462.5, optionType: 'PE' }],
    [
      'NFO:NIFTYNXT5030DEC2570000CE',
      { kind: 'option', exchange: 'NFO', name: 'NIFTYNXT50', expiry: '2025-12-30', strike: 70000, optionType: 'CE' },
    ],
    [
      'BFO:SENSEX16JUL2678000CE',
      { kind: 'option', exchange: 'BFO', name: 'SENSEX', expiry: '2026-07-16', strike: 78000, optionType: 'CE' },
    ],
  ])('reads %s and writes it again', (key, expected) => {
    const read = parseInstrumentKey(key);
    expect(read).toEqual(expected);
    expect(formatInstrumentKey(read)).toBe(key);
  });

  it.each([
    '',
    'NIFTY',
    ':NIFTY',
    'XYZ:NIFTY',
    'NSE:',
    'NSE:nifty',
    'NSE:RELI ANCE',
    'NFO:NIFTY',
    'NFO:NIFTY31FEB26FUT',
    'NFO:NIFTY29DEX26FUT',
    'NFO:29DEC26FUT',
    'NFO:NIFTY29DEC26CE',
    'NFO:NIFTY29DEC260CE',
    'NFO:NIFTY29DEC26024500CE',
    'NFO:NIFTY29DEC2624500.50CE',
    'NFO:NIFTY29DEC2624500.125CE',
    'NFO:NIFTY29DEC2624500XX',
  ])('refuses "%s" with a remedy', (key) => {
    expect(() => parseInstrumentKey(key)).toThrow(expect.objectContaining({ code: 'instrument/key-invalid' }));
    expect(() => parseInstrumentKey(key)).toThrow(EngineError);
    expect(() => parseInstrumentKey(key)).toThrow(`"${key}" is not an instrument`);
  });
});

describe('formatInstrumentKey', () => {
  it.each([0, -5, Number.NaN, 100.125, Infinity])('refuses %d as a strike', (strike) =>
    expect(() =>
      formatInstrumentKey({ kind: 'option', exchange: 'NFO', name: 'NIFTY', expiry: '2026-12-01', strike, optionType: 'CE' }),
    ).toThrow(expect.objectContaining({ code: 'instrument/strike-invalid' })),
  );

  it('refuses an expiry that is not a date', () =>
    expect(() => formatInstrumentKey({ kind: 'future', exchange: 'NFO', name: 'NIFTY', expiry: '2026-13-01' })).toThrow(EngineError));

  it('writes a strike without the dust of binary fractions', () =>
    expect(
      formatInstrumentKey({
        kind: 'option',
        exchange: 'NFO',
        name: 'COALINDIA',
        expiry: '2025-11-25',
        strike: 0.1 + 380.2,
        optionType: 'CE',
      }),
    ).toBe('NFO:COALINDIA25NOV25380.3CE'));
});

describe('underlyings', () => {
  it.each([
    ['NFO', 'NIFTY', 'NSE_INDEX:NIFTY'],
    ['NFO', 'NIFTYNXT50', 'NSE_INDEX:NIFTYNXT50'],
    ['NFO', 'NIFTYFPI', 'NSE_INDEX:NIFTYFPI'],
    ['NFO', 'M&M', 'NSE:M&M'],
    ['BFO', 'SENSEX', 'BSE_INDEX:SENSEX'],
    ['BFO', 'SENSEX50', 'BSE_INDEX:SENSEX50'],
    ['BFO', 'RELIANCE', 'BSE:RELIANCE'],
    ['MCX', 'GOLD', 'MCX:GOLD'],
  ] as const)('%s:%s… lies on %s, which leads back to it', (exchange, name, underlying) => {
    expect(underlyingKey({ exchange, name })).toBe(underlying);
    expect(contractsOf(underlying)).toEqual({ exchange, name });
  });

  it.each(['NSE_INDEX:INDIAVIX', 'NFO:NIFTY29DEC26FUT', 'NSE:NIFTY'])('%s has no contracts', (key) =>
    expect(() => contractsOf(key)).toThrow(expect.objectContaining({ code: 'instrument/no-contracts' })),
  );

  it('tells indices with contracts from all else', () => {
    expect(['NSE_INDEX:NIFTY', 'BSE_INDEX:SENSEX'].every(isContractIndex)).toBe(true);
    expect(['NSE_INDEX:INDIAVIX', 'BSE_INDEX:NIFTY', 'NSE:NIFTY', 'NSE:RELIANCE'].some(isContractIndex)).toBe(false);
  });
});
