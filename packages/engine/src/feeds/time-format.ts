import { parse } from 'date-fns';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../primitives/time.js';
import { zoneOffsetMs } from './time-zone.js';

/**
 * Reads a time. The offset counts where the text names none; without a date the day is 1970-01-01.
 *
 * Gives epoch milliseconds, `NaN` for text that is not a time in the format.
 */
export type TimeParser = (text: string, zoneOffset: number) => number;

type Field = 'year' | 'month' | 'monthName' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

type Piece =
  | { readonly kind: 'field'; readonly field: Field; readonly width: number }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'offset' };

const FIELDS: Readonly<Record<string, { readonly field: Field; readonly width: number }>> = {
  yyyy: { field: 'year', width: 4 },
  MM: { field: 'month', width: 2 },
  MMM: { field: 'monthName', width: 3 },
  dd: { field: 'day', width: 2 },
  HH: { field: 'hour', width: 2 },
  mm: { field: 'minute', width: 2 },
  ss: { field: 'second', width: 2 },
  SSS: { field: 'millisecond', width: 3 },
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Makes a parser for times written in a format: Unicode tokens as in date-fns (`yyyyMMdd`, `dd-MMM-yyyy HH:mm`), `iso`, `epochMs` or `epochSeconds`.
 *
 * Formats of fixed width are compiled once and read by character; others go through date-fns, some twenty times slower.
 */
export function timeFormat(format: string): TimeParser {
  if (format === 'iso') return parseIso;
  if (format === 'epochMs') return (text) => epoch(text, 1);
  if (format === 'epochSeconds') return (text) => epoch(text, SECOND_MS);
  const pieces = piecesOf(format);
  return pieces === undefined ? dateFnsParser(format) : fixedWidthParser(pieces);
}

/** The pieces of a format of fixed width; `undefined` if it has tokens of another kind. */
function piecesOf(format: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const [token, quoted] of format.matchAll(/''|'([^']*)'|([A-Za-z])\2*|[^A-Za-z']/g)) {
    const known = FIELDS[token];
    if (known !== undefined) pieces.push({ kind: 'field', ...known });
    else if (token === 'XXX' || token === 'xxx') pieces.push({ kind: 'offset' });
    else if (/^[A-Za-z]/.test(token)) return undefined;
    else pieces.push({ kind: 'literal', text: token === "''" ? "'" : (quoted ?? token) });
  }
  // An offset is Z or +05:30, so nothing after it has a fixed place.
  return pieces.slice(0, -1).some(({ kind }) => kind === 'offset') ? undefined : pieces;
}

function fixedWidthParser(pieces: readonly Piece[]): TimeParser {
  return (text, zoneOffset) => {
    let at = 0;
    let year = 1970;
    let month = 1;
    let day = 1;
    let time = 0;
    let offset = zoneOffset;
    for (const piece of pieces) {
      if (piece.kind === 'literal') {
        if (!text.startsWith(piece.text, at)) return Number.NaN;
        at += piece.text.length;
        continue;
      }
      if (piece.kind === 'offset') {
        const named = zoneOffsetMs(text.slice(at));
        if (named === undefined) return Number.NaN;
        offset = named;
        at = text.length;
        continue;
      }
      const value = piece.field === 'monthName' ? MONTHS.indexOf(text.slice(at, at + 3).toLowerCase()) + 1 : digits(text, at, piece.width);
      at += piece.width;
      if (piece.field === 'year') year = value;
      else if (piece.field === 'month' || piece.field === 'monthName') month = value;
      else if (piece.field === 'day') day = value;
      else time += timePart(piece.field, value);
    }
    return at === text.length ? utc(year, month, day) + time - offset : Number.NaN;
  };
}

function timePart(field: 'hour' | 'minute' | 'second' | 'millisecond', value: number): number {
  if (field === 'hour') return value < 24 ? value * HOUR_MS : Number.NaN;
  if (field === 'minute') return value < 60 ? value * MINUTE_MS : Number.NaN;
  if (field === 'second') return value < 60 ? value * SECOND_MS : Number.NaN;
  return value;
}

/** `yyyy-MM-dd`, then `T` or a blank, `HH:mm`, seconds with a fraction, and an offset, each of which may be absent. */
function parseIso(text: string, zoneOffset: number): number {
  const date =
    text.charAt(4) === '-' && text.charAt(7) === '-' ? utc(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)) : Number.NaN;
  if (text.length === 10) return date - zoneOffset;
  const separator = text.charAt(10);
  if ((separator !== ' ' && separator !== 'T') || text.charAt(13) !== ':') return Number.NaN;
  let time = date + timePart('hour', digits(text, 11, 2)) + timePart('minute', digits(text, 14, 2));
  let at = 16;
  if (text.charAt(at) === ':') {
    time += timePart('second', digits(text, 17, 2));
    at = 19;
    const fraction = /^[.,]\d+/.exec(text.slice(at))?.[0];
    if (fraction !== undefined) {
      time += Math.floor(Number(`0.${fraction.slice(1)}`) * SECOND_MS);
      at += fraction.length;
    }
  }
  if (at >= text.length) return time - zoneOffset;
  return time - (zoneOffsetMs(text.slice(at).trim()) ?? Number.NaN);
}

/** Text with an offset added is read the same on machines in every time zone, which date-fns by itself does not promise. */
function dateFnsParser(format: string): TimeParser {
  const zoned = /[xX]/.test(format.replaceAll(/'[^']*'/g, ''));
  return (text, zoneOffset) =>
    zoned ? parse(text, format, new Date(0)).getTime() : parse(`${text} +00:00`, `${format} xxx`, new Date(0)).getTime() - zoneOffset;
}

const epoch = (text: string, unitMs: number): number => (/^\s*\d+(\.\d+)?\s*$/.test(text) ? Math.floor(Number(text) * unitMs) : Number.NaN);

/** The midnight at which a date of the calendar begins; `NaN` for 31 February. */
function utc(year: number, month: number, day: number): number {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return month >= 1 && month <= 12 && date.getUTCDate() === day ? Math.floor(time / DAY_MS) * DAY_MS : Number.NaN;
}

/** The number that `width` digits say; `NaN` if one of them is not a digit. */
function digits(text: string, at: number, width: number): number {
  let value = 0;
  for (let index = at; index < at + width; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
