import { EngineError } from '../primitives/errors.js';
import { dayOfDate, type TradingDate } from '../primitives/time.js';
import type { InstrumentKey, OptionType } from './instrument.js';

/** What a key says: exchange, name, and for a contract its terms. */
export type InstrumentTerms =
  | { readonly kind: 'index'; readonly exchange: 'NSE_INDEX' | 'BSE_INDEX'; readonly name: string }
  | { readonly kind: 'equity'; readonly exchange: 'NSE' | 'BSE'; readonly name: string }
  | FutureTerms
  | OptionTerms;

/** Exchanges on which contracts are listed. */
export type ContractExchange = 'NFO' | 'BFO' | 'MCX' | 'CDS';

export interface FutureTerms {
  readonly kind: 'future';
  readonly exchange: ContractExchange;
  readonly name: string;
  readonly expiry: TradingDate;
}

export interface OptionTerms {
  readonly kind: 'option';
  readonly exchange: ContractExchange;
  readonly name: string;
  readonly expiry: TradingDate;
  readonly strike: number;
  readonly optionType: OptionType;
}

/**
 * Reads a key.
 *
 * @throws EngineError `instrument/key-invalid` if it is not `EXCHANGE:SYMBOL` in the open Indian convention.
 */
export function parseInstrumentKey(key: InstrumentKey): InstrumentTerms {
  const colon = key.indexOf(':');
  const exchange = key.slice(0, Math.max(colon, 0));
  const symbol = key.slice(colon + 1);
  switch (exchange) {
    case 'NSE_INDEX':
    case 'BSE_INDEX':
      return { kind: 'index', exchange, name: checkedName(key, symbol) };
    case 'NSE':
    case 'BSE':
      return { kind: 'equity', exchange, name: checkedName(key, symbol) };
    case 'NFO':
    case 'BFO':
    case 'MCX':
    case 'CDS':
      return contractTerms(key, exchange, symbol);
    default:
      throw badKey(key, `"${exchange}" is not an exchange`);
  }
}

/**
 * Writes a key; {@link parseInstrumentKey} gives the terms back.
 *
 * @throws EngineError `instrument/strike-invalid` if a strike is not above 0 with at most two decimals.
 */
export function formatInstrumentKey(terms: InstrumentTerms): InstrumentKey {
  switch (terms.kind) {
    case 'index':
    case 'equity':
      return `${terms.exchange}:${terms.name}`;
    case 'future':
      return `${terms.exchange}:${terms.name}${expiryCode(terms.expiry)}FUT`;
    case 'option':
      return `${terms.exchange}:${terms.name}${expiryCode(terms.expiry)}${strikeCode(terms.strike)}${terms.optionType}`;
  }
}

/** Key of the index or stock beneath a contract: NSE's and BSE's own indices are indices, every other name is a share. */
export function underlyingKey({ exchange, name }: { readonly exchange: ContractExchange; readonly name: string }): InstrumentKey {
  if (exchange === 'NFO') return NSE_INDICES.has(name) ? `NSE_INDEX:${name}` : `NSE:${name}`;
  if (exchange === 'BFO') return BSE_INDICES.has(name) ? `BSE_INDEX:${name}` : `BSE:${name}`;
  return `${exchange}:${name}`;
}

/**
 * Where contracts on an underlying are listed, and the name in their symbols.
 *
 * @throws EngineError `instrument/no-contracts` if the key is itself a contract, or an index that nothing is listed on.
 */
export function contractsOf(underlying: InstrumentKey): { readonly exchange: ContractExchange; readonly name: string } {
  const commodity = /^(MCX|CDS):([A-Z0-9&_-]+)$/.exec(underlying);
  if (commodity?.[1] !== undefined && commodity[2] !== undefined) {
    return { exchange: commodity[1] === 'MCX' ? 'MCX' : 'CDS', name: commodity[2] };
  }
  const terms = parseInstrumentKey(underlying);
  const exchange = terms.exchange === 'NSE' || terms.exchange === 'NSE_INDEX' ? 'NFO' : 'BFO';
  if (terms.kind === 'future' || terms.kind === 'option' || underlyingKey({ exchange, name: terms.name }) !== underlying) {
    throw new EngineError('instrument/no-contracts', {
      message: `"${underlying}" has no futures or options.`,
      remedy: 'Name an index or stock with derivatives, for instance NSE_INDEX:NIFTY or NSE:RELIANCE.',
      context: { underlying },
    });
  }
  return { exchange, name: terms.name };
}

/** Whether a key is that of an index with contracts listed on it. */
export const isContractIndex = (key: InstrumentKey): boolean =>
  (key.startsWith('NSE_INDEX:') && NSE_INDICES.has(key.slice(10))) || (key.startsWith('BSE_INDEX:') && BSE_INDICES.has(key.slice(10)));

const NSE_INDICES: ReadonlySet<string> = new Set(['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY', 'NIFTYNXT50', 'NIFTYFPI']);
const BSE_INDICES: ReadonlySet<string> = new Set(['SENSEX', 'BANKEX', 'SENSEX50']);

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const NAME = /^[A-Z0-9&_-]+$/;
// The month is the last run of letters before the ending, and always has two digits on either side: names that contain digits cannot confuse it.
const FUTURE = /^([A-Z0-9&_-]+)(\d{2})([A-Z]{3})(\d{2})FUT$/;
const OPTION = /^([A-Z0-9&_-]+)(\d{2})([A-Z]{3})(\d{2})(\d+(?:\.\d{1,2})?)(CE|PE)$/;

function contractTerms(key: InstrumentKey, exchange: ContractExchange, symbol: string): FutureTerms | OptionTerms {
  const future = FUTURE.exec(symbol);
  if (future !== null) {
    const [, name = '', day = '', month = '', year = ''] = future;
    return { kind: 'future', exchange, name, expiry: expiryDate(key, day, month, year) };
  }
  const option = OPTION.exec(symbol);
  if (option === null) throw badKey(key, `"${symbol}" is neither a future nor an option`);
  const [, name = '', day = '', month = '', year = '', strike = '', optionType = ''] = option;
  const terms: OptionTerms = {
    kind: 'option',
    exchange,
    name,
    expiry: expiryDate(key, day, month, year),
    strike: Number(strike),
    optionType: optionType === 'CE' ? 'CE' : 'PE',
  };
  // One contract has one key: no leading or trailing zeros.
  if (terms.strike === 0 || String(terms.strike) !== strike) throw badKey(key, `"${strike}" is not a strike`);
  return terms;
}

function checkedName(key: InstrumentKey, name: string): string {
  if (!NAME.test(name)) throw badKey(key, `"${name}" is not a symbol`);
  return name;
}

function expiryDate(key: InstrumentKey, day: string, month: string, year: string): TradingDate {
  const index = MONTHS.indexOf(month);
  const date = `20${year}-${String(index + 1).padStart(2, '0')}-${day}`;
  if (index < 0 || !isDate(date)) throw badKey(key, `"${day}${month}${year}" is not a date`);
  return date;
}

function isDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** A date as contracts have it, 29DEC26; it is checked on the way. */
function expiryCode(expiry: TradingDate): string {
  dayOfDate(expiry);
  return `${expiry.slice(8)}${MONTHS[Number(expiry.slice(5, 7)) - 1]}${expiry.slice(2, 4)}`;
}

function strikeCode(strike: number): string {
  const paise = Math.round(strike * 100);
  if (!(paise > 0 && Math.abs(strike * 100 - paise) < 1e-4)) {
    throw new EngineError('instrument/strike-invalid', {
      message: `"${strike}" is not a strike.`,
      remedy: 'Give a price above 0 with at most two decimals.',
      context: { strike },
    });
  }
  return String(paise / 100);
}

const badKey = (key: InstrumentKey, why: string): EngineError =>
  new EngineError('instrument/key-invalid', {
    message: `"${key}" is not an instrument: ${why}.`,
    remedy: 'Write EXCHANGE:SYMBOL, for instance NSE_INDEX:NIFTY, NSE:RELIANCE, NFO:NIFTY29DEC26FUT or NFO:NIFTY01DEC2624500CE.',
    context: { key },
  });
