import type { OptionType } from '../market/instrument.js';
import { istDay } from '../primitives/time.js';
import type { ChainCsvConfig } from './chain-csv-config.js';
import { type ColumnIndexes, type ColumnRef, fieldNumber } from './csv-columns.js';
import type { RowLayout } from './csv-days.js';
import { timeFormat } from './time-format.js';
import { rowTime } from './time-layout.js';

/** The columns of numbers that a row of a chain becomes, by place. Expiries are days since 1970-01-01; a call is 0, a put 1. */
export const CHAIN = { spot: 0, expiry: 1, strike: 2, optionType: 3, last: 4, volume: 5, openInterest: 6, bid: 7, ask: 8 } as const;

const WIDTH = Object.keys(CHAIN).length;

const QUOTES = ['last', 'volume', 'openInterest', 'bid', 'ask'] as const;

/** How a chain's rows are read: one contract a row, or a call and a put side by side. */
export function chainLayout(config: ChainCsvConfig): RowLayout {
  const { formats, timeZone } = config;
  const columns: Readonly<Record<string, ColumnRef | undefined>> =
    config.layout === 'long'
      ? config.columns
      : { ...config.columns, ...prefixed('call', config.call ?? {}), ...prefixed('put', config.put ?? {}) };
  return {
    columns,
    width: WIDTH,
    bind: (index) => {
      const timeOf = rowTime({ formats: { timestamp: formats.timestamp }, zoneOffset: timeZone }, index);
      const expiryOf = expiryReader(formats.expiry);
      const contractsOf = config.layout === 'long' ? longContract(index) : wideContracts(index);
      return {
        timeOf,
        append: (fields, values) => {
          const expiry = expiryOf(field(fields, index['expiry']) ?? '');
          const strike = fieldNumber(field(fields, index['strike']));
          const spot = fieldNumber(field(fields, index['spot']));
          const contracts = contractsOf(fields);
          for (const { optionType, places } of contracts) {
            const row = [spot, expiry, strike, optionType === 'CE' ? 0 : optionType === 'PE' ? 1 : Number.NaN];
            for (const place of places) row.push(fieldNumber(field(fields, place)));
            for (let column = 0; column < WIDTH; column += 1) values[column]?.push(row[column] ?? Number.NaN);
          }
          return contracts.length;
        },
      };
    },
  };
}

interface ContractFields {
  readonly optionType: OptionType | undefined;
  readonly places: readonly (number | undefined)[];
}

function longContract(index: ColumnIndexes): (fields: readonly string[]) => readonly ContractFields[] {
  const places = QUOTES.map((name) => index[name]);
  return (fields) => [{ optionType: optionTypeOf(field(fields, index['optionType']) ?? ''), places }];
}

function wideContracts(index: ColumnIndexes): () => readonly ContractFields[] {
  const contracts: readonly ContractFields[] = [
    { optionType: 'CE', places: QUOTES.map((name) => index[`call.${name}`]) },
    { optionType: 'PE', places: QUOTES.map((name) => index[`put.${name}`]) },
  ];
  return () => contracts;
}

function optionTypeOf(text: string): OptionType | undefined {
  const letter = text.trim().charAt(0).toUpperCase();
  return letter === 'C' ? 'CE' : letter === 'P' ? 'PE' : undefined;
}

/** An expiry's day. A file has few of them, so each text is read once. */
function expiryReader(format: string): (text: string) => number {
  const parse = timeFormat(format);
  const known = new Map<string, number>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const day = istDay(parse(text.trim(), 0));
    // A file with this many different expiries is no file of expiries; it is read, and not remembered.
    if (known.size < 1_000) known.set(text, day);
    return day;
  };
}

const prefixed = (
  prefix: string,
  columns: Readonly<Record<string, ColumnRef | undefined>>,
): Readonly<Record<string, ColumnRef | undefined>> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${prefix}.${name}`, column]));

const field = (fields: readonly string[], place: number | undefined): string | undefined =>
  place === undefined ? undefined : fields[place];
