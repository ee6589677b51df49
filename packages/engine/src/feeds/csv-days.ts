import { isAbsolute, join } from 'node:path';

import { EngineError } from '../primitives/errors.js';
import { dateOfDay, type EpochMs, istDay } from '../primitives/time.js';
import { type ColumnIndexes, type ColumnRef, columnIndexes } from './csv-columns.js';
import { csvRows } from './csv-rows.js';
import type { CsvBatch } from './csv-splitter.js';
import { type DayRows, emptyDay, joinDays } from './day-rows.js';
import type { IssueLog } from './issue-log.js';
import { type DaySource, mergeDays } from './merge-days.js';

/** How rows of text become rows of numbers. */
export interface RowLayout {
  /** Wanted columns by the name that `bind` knows them by. */
  readonly columns: Readonly<Record<string, ColumnRef | undefined>>;
  /** Columns of numbers that a row becomes. */
  readonly width: number;
  readonly bind: (index: ColumnIndexes) => {
    readonly timeOf: (fields: readonly string[]) => EpochMs;
    /** Adds the values of a row, `NaN` for what cannot be read, and says how many rows it has become: two where a call and a put share one. */
    readonly append: (fields: readonly string[], values: readonly number[][]) => number;
  };
}

/** The text files of a feed and how they are read. */
export interface CsvSource {
  readonly files: readonly string[];
  readonly baseDir: string;
  readonly delimiter: string;
  readonly header: boolean;
  /** Rows count only where each of these columns has its value. */
  readonly filter: Readonly<Record<string, string>>;
  /** All files are read into memory and sorted first. */
  readonly sort: boolean;
  readonly layout: RowLayout;
}

/** Days, counted from 1970-01-01, both included. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

/** So many rows at a file's beginning without a readable time mean that the format is wrong, not the rows. */
const UNREADABLE_MAX = 20;

/**
 * Reads files day by day, oldest day first. Files may be given in any order and may overlap; the days of one file must follow each other,
 * unless `sort` is set.
 *
 * @throws EngineError `feed/rows-unsorted` for a row of an earlier day; `feed/time-unreadable` if a file's times are not in the format given;
 *   `feed/column-missing`, `feed/file-missing`, `feed/file-unreadable`, `feed/quote-unclosed` as the reader below.
 */
export async function* csvDays(source: CsvSource, range: DayRange, log: IssueLog): AsyncGenerator<DayRows> {
  if (source.sort) {
    yield* sortedDays(source, range, log);
    return;
  }
  const parts: DaySource[] = [];
  for (const [index, file] of source.files.entries()) {
    const firstDay = source.files.length === 1 ? range.from : await firstDayOf(source, file);
    parts.push({ firstDay, days: () => fileDays(source, index, range, log) });
  }
  yield* mergeDays(parts);
}

/** The rows of one file in stretches of one day. */
async function* fileDays(source: CsvSource, index: number, range: DayRange, log: IssueLog): AsyncGenerator<DayRows> {
  const { layout, sort } = source;
  const file = source.files[index] ?? '';
  let reader: BoundReader | undefined;
  let current = emptyDay(Number.NEGATIVE_INFINITY, layout.width);
  let readable = false;
  let unreadableRows = 0;
  for await (const batch of csvRows(pathOf(source, file), source)) {
    const begun = reader !== undefined;
    reader ??= bindReader(source, file, batch);
    if (reader === undefined) continue;
    for (let row = begun || !source.header ? 0 : 1; row < batch.rows.length; row += 1) {
      const fields = batch.rows[row] ?? [];
      const line = batch.lines[row] ?? 0;
      if (!reader.wanted(fields)) continue;
      const time = reader.timeOf(fields);
      if (Number.isNaN(time)) {
        unreadableRows += 1;
        if (!readable && unreadableRows >= UNREADABLE_MAX) throw unreadable(file, line, fields);
        log.note('bad-row', { file, line });
        continue;
      }
      readable = true;
      const day = istDay(time);
      if (day !== current.day) {
        if (day < current.day && !sort) throw unsorted(file, line, day, current.day);
        if (current.time.length > 0) yield current;
        if (day > range.to && !sort) return;
        current = emptyDay(day, layout.width);
      }
      if (day < range.from || day > range.to) continue;
      for (let count = reader.append(fields, current.values); count > 0; count -= 1) {
        current.source.push(index);
        current.line.push(line);
        current.time.push(time);
      }
    }
  }
  if (!readable && unreadableRows > 0) throw unreadable(file, 2, []);
  if (current.time.length > 0) yield current;
}

/** All days of all files, from memory. */
async function* sortedDays(source: CsvSource, range: DayRange, log: IssueLog): AsyncGenerator<DayRows> {
  const parts = new Map<number, DayRows[]>();
  for (const [index, file] of source.files.entries()) {
    let latest = Number.NEGATIVE_INFINITY;
    for await (const part of fileDays(source, index, range, log)) {
      if (part.day < latest) log.note('unsorted-row', { file, line: part.line[0], count: part.time.length, about: dateOfDay(part.day) });
      latest = Math.max(latest, part.day);
      const before = parts.get(part.day);
      if (before === undefined) parts.set(part.day, [part]);
      else before.push(part);
    }
  }
  for (const day of [...parts.keys()].sort((a, b) => a - b)) {
    yield joinDays(parts.get(day) ?? []);
    parts.delete(day);
  }
}

/** The day of a file's first row, by which files are put in order; a file without rows comes first, and gives none. */
async function firstDayOf(source: CsvSource, file: string): Promise<number> {
  for await (const batch of csvRows(pathOf(source, file), source)) {
    const reader = bindReader(source, file, batch);
    for (const fields of batch.rows.slice(source.header ? 1 : 0)) {
      const time = reader?.wanted(fields) === true ? reader.timeOf(fields) : Number.NaN;
      if (!Number.isNaN(time)) return istDay(time);
    }
    return Number.NEGATIVE_INFINITY;
  }
  return Number.NEGATIVE_INFINITY;
}

interface BoundReader {
  readonly wanted: (fields: readonly string[]) => boolean;
  readonly timeOf: (fields: readonly string[]) => EpochMs;
  readonly append: (fields: readonly string[], values: readonly number[][]) => number;
}

/** A reader for a file whose columns are found in its first row; `undefined` while there is no row. */
function bindReader({ layout, header, filter }: CsvSource, file: string, { rows }: CsvBatch): BoundReader | undefined {
  const first = rows[0];
  if (first === undefined) return undefined;
  const names = header ? first : null;
  const filterIndexes = columnIndexes(file, names, first.length, Object.fromEntries(Object.keys(filter).map((column) => [column, column])));
  const conditions = Object.entries(filter).map(([column, value]) => ({ index: filterIndexes[column] ?? 0, value }));
  return {
    wanted: (fields) => conditions.every(({ index, value }) => fields[index]?.trim() === value),
    ...layout.bind(columnIndexes(file, names, first.length, layout.columns)),
  };
}

const pathOf = ({ baseDir }: CsvSource, file: string): string => (isAbsolute(file) ? file : join(baseDir, file));

const unsorted = (file: string, line: number, day: number, after: number): EngineError =>
  new EngineError('feed/rows-unsorted', {
    message: `"${file}:${line}" is a row of ${dateOfDay(day)} after rows of ${dateOfDay(after)}.`,
    remedy: 'Set sort: true to have the whole file sorted in memory first, or sort it once by time.',
    context: { file, line },
  });

const unreadable = (file: string, line: number, fields: readonly string[]): EngineError =>
  new EngineError('feed/time-unreadable', {
    message: `No row of "${file}" up to line ${line} has a time in the format given; the row there is "${fields.join(',')}".`,
    remedy:
      'Write the format under formats as the file has it, for instance { date: yyyyMMdd, time: HH:mm }, or epochMs, epochSeconds, iso.',
    context: { file, line },
  });
