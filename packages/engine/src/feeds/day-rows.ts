/**
 * Rows of one trading day as columns of numbers, on their way from a file to a block. `values` holds the columns that a kind of feed defines.
 */
export interface DayRows {
  /** Days since 1970-01-01 in India. */
  readonly day: number;
  /** Which of the feed's files a row is from. */
  readonly source: number[];
  /** The line on which it stands. */
  readonly line: number[];
  readonly time: number[];
  readonly values: readonly number[][];
}

/** A day without rows. */
export const emptyDay = (day: number, width: number): DayRows => ({
  day,
  source: [],
  line: [],
  time: [],
  values: Array.from({ length: width }, () => []),
});

/** The rows of several parts of one day, one part after the other. */
export function joinDays(parts: readonly DayRows[]): DayRows {
  const [first, ...others] = parts;
  if (first === undefined) return emptyDay(0, 0);
  for (const part of others) {
    for (let row = 0; row < part.time.length; row += 1) copyRow(part, row, first);
  }
  return first;
}

/** The rows whose mark is not 0. The same object where all are. */
export function keepRows(rows: DayRows, marks: Uint8Array): DayRows {
  if (!marks.includes(0)) return rows;
  const kept = emptyDay(rows.day, rows.values.length);
  for (let row = 0; row < rows.time.length; row += 1) if (marks[row] !== 0) copyRow(rows, row, kept);
  return kept;
}

/** The rows in the order of their time; equal times keep their order. The same object where that is so already. */
export function sortRows(rows: DayRows): DayRows {
  if (isSorted(rows.time)) return rows;
  const order = Array.from(rows.time, (_, row) => row).sort((a, b) => (rows.time[a] ?? 0) - (rows.time[b] ?? 0) || a - b);
  const sorted = emptyDay(rows.day, rows.values.length);
  for (const row of order) copyRow(rows, row, sorted);
  return sorted;
}

function isSorted(times: readonly number[]): boolean {
  for (let row = 1; row < times.length; row += 1) if ((times[row] ?? 0) < (times[row - 1] ?? 0)) return false;
  return true;
}

function copyRow(from: DayRows, row: number, to: DayRows): void {
  to.source.push(from.source[row] ?? 0);
  to.line.push(from.line[row] ?? 0);
  to.time.push(from.time[row] ?? Number.NaN);
  for (let column = 0; column < to.values.length; column += 1) to.values[column]?.push(from.values[column]?.[row] ?? Number.NaN);
}
