import { DAY_MS, type EpochMs } from '../primitives/time.js';
import type { ColumnIndexes } from './csv-columns.js';
import { type TimeParser, timeFormat } from './time-format.js';

/** How the times of a file are written. Formats that are not given are `iso`. */
export interface TimeLayout {
  readonly formats: { readonly timestamp?: string | undefined; readonly date?: string | undefined; readonly time?: string | undefined };
  /** How far the file's clock is ahead of UTC, where its text does not say. */
  readonly zoneOffset: number;
}

/** Reads the time of a row; `NaN` where it is not a time in the format. */
export type RowTime = (fields: readonly string[]) => EpochMs;

/**
 * A reader for the time of a row, from one `timestamp` column or from `date` and `time` columns. A `date` alone is its midnight.
 *
 * A date that is the same text as the one before, as nearly all are, is not read again.
 */
export function rowTime({ formats, zoneOffset }: TimeLayout, { timestamp, date, time }: ColumnIndexes): RowTime {
  if (timestamp !== undefined) {
    const parse = timeFormat(formats.timestamp ?? 'iso');
    return (fields) => parse(trimmed(fields[timestamp]), zoneOffset);
  }
  if (date === undefined) return () => Number.NaN;
  const dateOf = remembering(timeFormat(formats.date ?? 'iso'));
  if (time === undefined) return (fields) => dateOf(trimmed(fields[date]), 0) - zoneOffset;
  const timeOf = timeFormat(formats.time ?? 'HH:mm');
  return (fields) => {
    const ofDay = timeOf(trimmed(fields[time]), 0);
    return dateOf(trimmed(fields[date]), 0) + (ofDay - Math.floor(ofDay / DAY_MS) * DAY_MS) - zoneOffset;
  };
}

function remembering(parse: TimeParser): TimeParser {
  let lastText: string | undefined;
  let lastTime = Number.NaN;
  return (text, zoneOffset) => {
    if (text !== lastText) {
      lastText = text;
      lastTime = parse(text, zoneOffset);
    }
    return lastTime;
  };
}

const trimmed = (field: string | undefined): string => (field ?? '').trim();
