import type { InstrumentKey } from '../market/instrument.js';
import type { RuleBook } from '../market/rule-book.js';
import { segmentOf } from '../market/segment-of.js';
import type { Session } from '../market/session.js';
import { dateOfDay, type EpochMs, formatIst } from '../primitives/time.js';
import { type BarLabel, contradictsLabel } from './bar-label.js';
import { dataSessions } from './data-sessions.js';
import { type DayRows, keepRows, sortRows } from './day-rows.js';
import type { IssueLog } from './issue-log.js';
import { checkPrices } from './price-jumps.js';
import { refuseWrongDailyZone, refuseWrongZone } from './time-zone-check.js';
import { ordinaryHours } from './trading-hours.js';

/** What a feed's rows are cleaned by. Values of a row are open, high, low, close, then anything; a tick's four prices are one. */
export interface CleaningRules {
  readonly rules: RuleBook;
  readonly calendar: 'rules' | 'fromData';
  readonly instrument: InstrumentKey;
  /** Length of an intraday candle; `null` for ticks, `day` for daily candles. */
  readonly lengthMs: number | 'day' | null;
  readonly barLabel: BarLabel;
  /** A share; `null`: any move is believed. */
  readonly maxMove: number | null;
  readonly files: readonly string[];
  readonly log: IssueLog;
}

/** A day that is fit to be traded on. */
export interface CleanDay {
  readonly sessions: readonly Session[];
  readonly rows: DayRows;
  /** The last close that is believed; `undefined` if none is. */
  readonly lastClose: number | undefined;
}

/** Cleans a day, given the last close of the day before. `null` for a day of which nothing is left. */
export type DayCleaner = (rows: DayRows, previousClose: number | undefined) => CleanDay | null;

/**
 * Makes a cleaner: drops what cannot be, sorts, keeps what lies inside trading hours, and notes everything that it does.
 *
 * @throws EngineError `feed/time-zone-wrong`, when used, for rows of a wrong time zone.
 */
export function dayCleaner(cleaning: CleaningRules): DayCleaner {
  const { lengthMs, log, calendar } = cleaning;
  // People look for a row by the time that the file has.
  const stampOf = (time: EpochMs | undefined): string =>
    formatIst((time ?? 0) + (cleaning.barLabel === 'end' && typeof lengthMs === 'number' ? lengthMs : 0)).slice(0, 16);
  const fileOf = (rows: DayRows, row: number): string => cleaning.files[rows.source[row] ?? 0] ?? '';

  return (raw, previousClose) => {
    const date = dateOfDay(raw.day);
    const sorted = sortRows(noteDropped(raw, possibleRows(raw), 'bad-row'));
    noteUnsorted(raw);
    if (sorted.time.length === 0) return null;
    const expected = expectedSessions(cleaning, date);
    if (lengthMs === 'day') refuseWrongDailyZone(sorted, fileOf(sorted, 0));
    else {
      refuseWrongZone(sorted, expected, lengthMs ?? 0, fileOf(sorted, 0));
      noteLabel(sorted, expected);
    }
    const sessions =
      calendar === 'rules' || lengthMs === 'day' ? expected : dataSessions(sorted, lengthMs ?? 0, ordinaryHours(date, cleaning.instrument));
    if (sessions.length === 0) {
      log.note('non-trading-day', { file: fileOf(sorted, 0), line: sorted.line[0], count: sorted.time.length, about: date });
      return null;
    }
    if (lengthMs === 'day') sorted.time.fill(sessions[0]?.open ?? 0);
    const inside = noteDropped(sorted, insideRows(sorted, sessions), 'outside-session');
    const single = lengthMs === null ? inside : dropDuplicates(inside);
    noteMissing(single, sessions);
    const { rows, lastClose } = believedRows(single, previousClose);
    return rows.time.length === 0 ? null : { sessions, rows, lastClose };
  };

  function noteDropped(rows: DayRows, marks: Uint8Array, code: 'bad-row' | 'outside-session'): DayRows {
    for (let row = 0; row < marks.length; row += 1) {
      if (marks[row] === 0) log.note(code, { file: fileOf(rows, row), line: rows.line[row], about: dateOfDay(rows.day) });
    }
    return keepRows(rows, marks);
  }

  function noteUnsorted(rows: DayRows): void {
    for (let row = 1; row < rows.time.length; row += 1) {
      if ((rows.time[row] ?? 0) < (rows.time[row - 1] ?? 0) && rows.source[row] === rows.source[row - 1]) {
        log.note('unsorted-row', { file: fileOf(rows, row), line: rows.line[row], about: dateOfDay(rows.day) });
      }
    }
  }

  function noteLabel(rows: DayRows, [session]: readonly Session[]): void {
    if (session === undefined || typeof lengthMs !== 'number') return;
    log.day(fileOf(rows, 0));
    if (!contradictsLabel(rows, { label: cleaning.barLabel, lengthMs, session })) return;
    log.note('bar-label-contradicted', { file: fileOf(rows, 0), line: rows.line[0], about: dateOfDay(rows.day) });
  }

  function dropDuplicates(rows: DayRows): DayRows {
    const marks = new Uint8Array(rows.time.length).fill(1);
    let first = 0;
    for (let row = 1; row < marks.length; row += 1) {
      if (rows.time[row] !== rows.time[first]) {
        first = row;
        continue;
      }
      marks[row] = 0;
      const same = rows.values.every((column) => Object.is(column[row], column[first]));
      log.note(same ? 'duplicate-minute' : 'duplicate-minute-differs', {
        file: fileOf(rows, row),
        line: rows.line[row],
        about: stampOf(rows.time[row]),
      });
    }
    return keepRows(rows, marks);
  }

  function noteMissing(rows: DayRows, sessions: readonly Session[]): void {
    if (typeof lengthMs !== 'number' || rows.time.length === 0) return;
    const date = dateOfDay(rows.day);
    const full = Math.max(candlesIn(sessions, lengthMs), calendar === 'rules' ? 0 : candlesIn(expectedSessions(cleaning, date), lengthMs));
    const missing = full - rows.time.length;
    if (missing <= 0) return;
    const file = fileOf(rows, 0);
    if (rows.time.length < full * 0.95)
      log.note('short-day', { file, line: rows.line[0], about: `${date}: ${rows.time.length} of ${full}` });
    else log.note('missing-minute', { file, count: missing, about: date });
  }

  function believedRows(rows: DayRows, previousClose: number | undefined): Pick<CleanDay, 'rows' | 'lastClose'> {
    if (cleaning.maxMove === null) return { rows, lastClose: rows.values[3]?.at(-1) };
    const marks = new Uint8Array(rows.time.length).fill(1);
    const { stretches, lastClose, overnightFactor } = checkPrices(rows, marks, { maxMove: cleaning.maxMove, previousClose });
    if (overnightFactor !== null)
      log.note('overnight-jump', {
        file: fileOf(rows, 0),
        line: rows.line[0],
        about: `${dateOfDay(rows.day)} by ×${overnightFactor.toPrecision(3)}`,
      });
    for (const { firstRow, lastRow, rows: count, factor } of stretches) {
      const to = stampOf(rows.time[lastRow]).slice(11);
      const about = `${stampOf(rows.time[firstRow])} to ${to} by ×${factor.toPrecision(3)}`;
      log.note('off-by-factor', { file: fileOf(rows, firstRow), line: rows.line[firstRow], count, about });
    }
    return { rows: keepRows(rows, marks), lastClose };
  }
}

/** What the calendar says, or, where it is not asked, the hours of an ordinary day. */
function expectedSessions({ rules, calendar, instrument }: CleaningRules, date: string): readonly Session[] {
  if (calendar === 'rules') return rules.calendar.sessionsOn(date, segmentOf(instrument));
  const hours = ordinaryHours(date, instrument);
  return hours === null ? [] : [{ date, ...hours }];
}

const candlesIn = (sessions: readonly Session[], lengthMs: number): number =>
  sessions.reduce((sum, { open, close }) => sum + Math.ceil((close - open) / lengthMs), 0);

function possibleRows({ values, time }: DayRows): Uint8Array {
  const [opens = [], highs = [], lows = [], closes = []] = values;
  const marks = new Uint8Array(time.length);
  for (let row = 0; row < marks.length; row += 1) {
    const open = opens[row] ?? Number.NaN;
    const high = highs[row] ?? Number.NaN;
    const low = lows[row] ?? Number.NaN;
    const close = closes[row] ?? Number.NaN;
    // Every comparison with NaN is false, so what is not a number fails too.
    if (low > 0 && high < Number.POSITIVE_INFINITY && open >= low && open <= high && close >= low && close <= high) marks[row] = 1;
  }
  return marks;
}

function insideRows({ time }: DayRows, sessions: readonly Session[]): Uint8Array {
  const marks = new Uint8Array(time.length);
  for (let row = 0; row < marks.length; row += 1) {
    const at = time[row] ?? 0;
    for (const { open, close } of sessions) if (at >= open && at < close) marks[row] = 1;
  }
  return marks;
}
