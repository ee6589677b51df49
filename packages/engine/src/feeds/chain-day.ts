import type { InstrumentKey, OptionInstrument } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import type { Session } from '../market/session.js';
import type { MarketBlock } from '../plugins/feed.js';
import { dateOfDay, formatIst, MINUTE_MS, type TradingDate } from '../primitives/time.js';
import { CHAIN } from './chain-rows.js';
import { type DayRows, keepRows, sortRows } from './day-rows.js';
import type { IssueCode, IssueLog } from './issue-log.js';
import { tickRows } from './tick-rows.js';
import { refuseWrongZone } from './time-zone-check.js';
import { ordinaryHours } from './trading-hours.js';

/** What a day of a chain is read by. */
export interface ChainDayContext {
  readonly underlying: InstrumentKey;
  readonly units: { readonly volume: 'units' | 'contracts'; readonly openInterest: 'units' | 'contracts' };
  readonly rules: RuleBook;
  readonly calendar: 'rules' | 'fromData';
  readonly files: readonly string[];
  readonly log: IssueLog;
}

/** A block ends after the snapshot with which it has this many ticks. */
const BLOCK_TICKS = 10_000;

/** The blocks of one day of a recorded chain: its contracts, then its snapshots, each with the underlying's price first. */
export function* chainDay(raw: DayRows, context: ChainDayContext): Generator<MarketBlock> {
  const { underlying, rules, log } = context;
  const date = dateOfDay(raw.day);
  const note = (code: IssueCode, rows: DayRows, row: number, about: string): void =>
    log.note(code, { file: context.files[rows.source[row] ?? 0] ?? '', line: rows.line[row], about });
  const keep = (rows: DayRows, code: IssueCode, kept: (row: number) => boolean): DayRows => {
    const marks = new Uint8Array(rows.time.length);
    for (let row = 0; row < marks.length; row += 1) {
      if (kept(row)) marks[row] = 1;
      else note(code, rows, row, date);
    }
    return keepRows(rows, marks);
  };

  for (let row = 1; row < raw.time.length; row += 1) {
    if ((raw.time[row] ?? 0) < (raw.time[row - 1] ?? 0) && raw.source[row] === raw.source[row - 1]) note('unsorted-row', raw, row, date);
  }
  const sorted = sortRows(raw);
  const possible = keep(sorted, 'bad-row', (row) => isContract(sorted, row));
  const sessions = sessionsOf(possible, context, date);
  if (sessions.length === 0) {
    for (let row = 0; row < possible.time.length; row += 1) note('non-trading-day', possible, row, date);
    return;
  }
  const inside = keep(possible, 'outside-session', (row) =>
    sessions.some(({ open, close }) => (possible.time[row] ?? 0) >= open && (possible.time[row] ?? 0) < close),
  );
  const priced = keep(inside, 'no-price', (row) => (inside.values[CHAIN.last]?.[row] ?? Number.NaN) > 0);
  if (priced.time.length === 0) return;

  const contracts = contractsOf(priced, underlying, rules, date);
  yield { kind: 'day', date, sessions: context.calendar === 'fromData' ? sessions : null, instruments: contracts.list };
  yield* snapshots(priced, contracts, context, (row, same) =>
    note(same ? 'duplicate-minute' : 'duplicate-minute-differs', priced, row, formatIst(priced.time[row] ?? 0).slice(0, 16)),
  );
}

function* snapshots(
  rows: DayRows,
  contracts: Contracts,
  { underlying, units }: ChainDayContext,
  noteRepeated: (row: number, same: boolean) => void,
): Generator<MarketBlock> {
  const [spots = [], , , , lasts = [], volumes = [], interests = [], bids = [], asks = []] = rows.values;
  const ticks = tickRows([underlying, ...contracts.list.map(({ key }) => key)], { exchangeTime: false });
  const lastRow = new Int32Array(contracts.list.length).fill(-1);
  let snapshot = Number.NaN;
  for (let row = 0; row < rows.time.length; row += 1) {
    const time = rows.time[row] ?? 0;
    if (time !== snapshot) {
      if (ticks.length >= BLOCK_TICKS) yield { kind: 'ticks', columns: ticks.take() };
      snapshot = time;
      const spot = spots[row] ?? Number.NaN;
      // Some sources keep prices as 32-bit floats: 24052.4 has become 24052.400390625.
      if (spot > 0) ticks.add(0, time, Math.round(spot * 100) / 100, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    }
    const place = contracts.places[row] ?? 0;
    const before = lastRow[place] ?? -1;
    if (rows.time[before] === time) {
      noteRepeated(
        row,
        rows.values.every((column) => Object.is(column[row], column[before])),
      );
      continue;
    }
    lastRow[place] = row;
    const lot = contracts.list[place]?.lotSize ?? 1;
    const volume = (volumes[row] ?? Number.NaN) * (units.volume === 'contracts' ? lot : 1);
    const openInterest = (interests[row] ?? Number.NaN) * (units.openInterest === 'contracts' ? lot : 1);
    ticks.add(place + 1, time, Math.round((lasts[row] ?? 0) * 100) / 100, volume, openInterest, quote(bids[row]), quote(asks[row]));
  }
  if (ticks.length > 0) yield { kind: 'ticks', columns: ticks.take() };
}

interface Contracts {
  readonly list: readonly OptionInstrument[];
  /** For each row its contract's place in the list. */
  readonly places: readonly number[];
}

function contractsOf({ values }: DayRows, underlying: InstrumentKey, rules: RuleBook, date: TradingDate): Contracts {
  const list: OptionInstrument[] = [];
  const known = new Map<string, number>();
  const places: number[] = [];
  const [, expiries = [], strikes = [], optionTypes = []] = values;
  for (let row = 0; row < strikes.length; row += 1) {
    const terms = `${expiries[row]}|${strikes[row]}|${optionTypes[row]}`;
    let place = known.get(terms);
    if (place === undefined) {
      place = list.length;
      known.set(terms, place);
      const expiry = dateOfDay(expiries[row] ?? 0);
      list.push(rules.option({ underlying, expiry, strike: strikes[row] ?? 0, optionType: optionTypes[row] === 0 ? 'CE' : 'PE' }, date));
    }
    places.push(place);
  }
  return { list, places };
}

function sessionsOf(rows: DayRows, { underlying, rules, calendar, files }: ChainDayContext, date: TradingDate): readonly Session[] {
  // Options are quoted in the hours of derivatives, whatever their underlying keeps.
  const hours = ordinaryHours(date, underlying, 'fno');
  const expected = calendar === 'rules' ? rules.calendar.sessionsOn(date, 'fno') : hours === null ? [] : [{ date, ...hours }];
  if (rows.time.length > 0) refuseWrongZone(rows, expected, 0, files[rows.source[0] ?? 0] ?? '');
  if (calendar === 'rules') return expected;
  const first = rows.time[0];
  const last = rows.time.at(-1);
  if (first === undefined || last === undefined) return [];
  // Snapshots are too far apart to show when a session begins and ends: one inside ordinary hours stands for the ordinary session.
  const ordinary = hours !== null && rows.time.some((time) => time >= hours.open && time < hours.close);
  return ordinary ? expected : [{ date, open: first, close: last + MINUTE_MS }];
}

/** Whether a row names a contract that has not expired. */
function isContract({ values, day }: DayRows, row: number): boolean {
  const type = values[CHAIN.optionType]?.[row];
  return (
    (values[CHAIN.expiry]?.[row] ?? Number.NaN) >= day && (values[CHAIN.strike]?.[row] ?? Number.NaN) > 0 && (type === 0 || type === 1)
  );
}

const quote = (price: number | undefined): number => (price !== undefined && price > 0 ? price : Number.NaN);
