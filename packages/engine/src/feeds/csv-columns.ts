import { EngineError } from '../primitives/errors.js';

/** A column by its name in the header, or by its place, counted from 1. */
export type ColumnRef = string | number;

/** Where each wanted column is, counted from 0. */
export type ColumnIndexes = Readonly<Record<string, number>>;

/**
 * Finds the wanted columns. Names are compared without the blanks around them.
 *
 * @param header the file's first row, or `null` if it has none.
 * @param width how many columns the file has.
 * @throws EngineError `feed/column-missing` that names every missing column and the columns that there are.
 */
export function columnIndexes(
  file: string,
  header: readonly string[] | null,
  width: number,
  wanted: Readonly<Record<string, ColumnRef | undefined>>,
): ColumnIndexes {
  const names = header?.map((name) => name.trim()) ?? [];
  const found: Record<string, number> = {};
  const missing: ColumnRef[] = [];
  for (const [role, column] of Object.entries(wanted)) {
    if (column === undefined) continue;
    const index = typeof column === 'number' ? (column <= width ? column - 1 : -1) : names.indexOf(column.trim());
    if (index < 0) missing.push(column);
    else found[role] = index;
  }
  if (missing.length > 0) throw columnMissing(file, missing, header === null ? null : names, width);
  return found;
}

/** The number in a field; `NaN` where there is none. Thousands separators are understood, a lone dash is no value. */
export function fieldNumber(field: string | undefined): number {
  if (field === undefined || field === '') return Number.NaN;
  const value = Number(field);
  if (value !== 0 && !Number.isNaN(value)) return value;
  const text = field.trim();
  if (text === '') return Number.NaN;
  return Number.isNaN(value) && text.includes(',') ? Number(text.replaceAll(',', '')) : value;
}

function columnMissing(file: string, missing: readonly ColumnRef[], names: readonly string[] | null, width: number): EngineError {
  const quoted = missing.map((column) => `"${column}"`).join(', ');
  const there = names === null ? `${width} columns without names` : names.map((name) => `"${name}"`).join(', ');
  return new EngineError('feed/column-missing', {
    message: `"${file}" has no column ${quoted}; it has ${there}.`,
    remedy: names === null ? 'Name columns by their place, counted from 1.' : 'Write the names under columns as they stand in the header.',
    context: { file, missing: missing.join(', ') },
  });
}
