import { z } from 'zod';
import type { InstrumentKey } from '../market/instrument.js';
import { parseInstrumentKey } from '../market/instrument-key.js';
import { EngineError } from '../primitives/errors.js';
import { type Paise, paiseFromRupees } from '../primitives/money.js';
import {
  type DurationMs,
  dayOfDate,
  formatMinuteOfDay,
  HOUR_MS,
  MINUTE_MS,
  type MinuteOfDay,
  minuteOfDay,
  SECOND_MS,
  type TradingDate,
} from '../primitives/time.js';
import { nearestOf } from './did-you-mean.js';
import { readWith } from './mistake.js';
import { shown } from './plain-value.js';
import { jsonOf, mistaken, read, spelling, textSpelling } from './spelling.js';

/** `10%` as it is typed in TypeScript. */
export type PercentText = `${number}%` | `${number} %`;
/** `90s`, `5m`, `2h`, `100ms` as it is typed in TypeScript. */
export type DurationText = `${number}${'ms' | 's' | 'm' | 'h'}`;

/** A share written as a percentage, at least 0: `10%` is 0.1. The decimal point is moved in the text, so that no binary dust comes in. */
export const percent = textSpelling<PercentText, number>({
  pattern: /^(\d+(?:\.\d+)?)\s*%$/,
  value: ([, digits]) => Number(`${digits}e-2`),
  what: 'a percentage',
  remedy: (found) => `Write it with the sign: ${percentLike(found)}.`,
  examples: ['10%'],
});

/**
 * How a value that lacks its sign would be written as a percentage; without a number in it, the usual one. Below 1 it may have been meant as a
 * share, which only the person can tell.
 */
export function percentLike(found: unknown, usual: PercentText = '10%'): string {
  const value = typeof found === 'string' ? Number(found.replace('%', '')) : found;
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return usual;
  return value < 1 ? `${Number((value * 100).toPrecision(12))}% (or ${value}%, if so little is meant)` : `${value}%`;
}

/** A percentage of at most 100 %. */
export const percentOfWhole = spelling<PercentText, number>({
  json: { type: 'string', pattern: '^\\d+(\\.\\d+)?\\s*%$', examples: ['50%'] },
  read: (value) => {
    const share = percent.safeParse(value);
    if (share.success)
      return share.data > 1 ? mistaken(value, `${shown(value)} is more than the whole.`, 'Write at most 100%.') : read(share.data);
    const isAbove = typeof value === 'number' && value > 100;
    const remedy = isAbove ? 'Write it with the sign, at most 100%.' : `Write it with the sign: ${percentLike(value)}.`;
    return mistaken(value, `${shown(value)} is not a percentage.`, remedy);
  },
});

/** A percentage of at most 100 %, for what would forbid or end everything if it were nothing. */
export const percentAboveZero = spelling<PercentText, number>({
  json: jsonOf(percent),
  read: (value) => {
    const reading = readWith(percentOfWhole, value);
    return reading.ok && reading.value === 0 ? mistaken(value, `${shown(value)} is nothing.`, 'Write more than 0%.') : reading;
  },
});

/** Money in rupees, above 0, as paise. */
export const rupees = spelling<number, Paise>({
  json: { type: 'number', exclusiveMinimum: 0, description: 'Rupees.' },
  read: (value) => {
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return read(paiseFromRupees(value));
    const meant = typeof value === 'string' ? rupeesInWords(value) : Number.NaN;
    const remedy = `Write rupees as a plain number${meant > 0 ? `: ${meant}` : ', for instance 20000'}.`;
    return mistaken(value, `${shown(value)} is not an amount of rupees above 0.`, remedy);
  },
});

const IN_WORDS = /^₹?(?<digits>\d+(?:\.\d+)?)(?<unit>k|thousand|l|lakhs?|lacs?|cr|crores?)?$/i;

/** `₹1,00,000`, `2.5 lakh`, `1 crore`: what a person means by it, or `NaN`. */
function rupeesInWords(text: string): number {
  const { digits, unit } = IN_WORDS.exec(text.replaceAll(/[,\s]/g, ''))?.groups ?? {};
  const factor = unit === undefined ? 1 : /^(k|t)/i.test(unit) ? 1_000 : /^l/i.test(unit) ? 1_00_000 : 1_00_00_000;
  return Number((Number(digits) * factor).toPrecision(12));
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS };

/** A length of time in milliseconds: `100ms`, `90s`, `5m`, `2h`. */
export const duration = textSpelling<DurationText, DurationMs>({
  pattern: /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/,
  value: ([, digits, unit]) => Math.round(Number(digits) * (UNIT_MS[unit ?? ''] ?? Number.NaN)),
  what: 'a duration',
  remedy: (found) => {
    const count = typeof found === 'number' ? found : 90;
    return `Write it with its unit: ${count}s, ${count}m, ${count}h or ${count}ms.`;
  },
  examples: ['90s', '5m'],
});

/** A length of time that is none to wait for again and again: at least so many milliseconds. */
const atLeast = (leastMs: DurationMs, text: DurationText) =>
  spelling<DurationText, DurationMs>({
    json: jsonOf(duration),
    read: (value) => {
      const length = readWith(duration, value);
      return length.ok && length.value < leastMs ? mistaken(value, `${shown(value)} is too short.`, `Write ${text} or more.`) : length;
    },
  });

/** How often something is done, or how long something is waited for: `1s` or more. */
export const seconds = atLeast(SECOND_MS, '1s');

/** How often an order is moved, or how long an answer is waited for: `100ms` or more. */
export const moments = atLeast(100, '100ms');

const TIME_PATTERN = /^([01]?\d|2[0-3]):[0-5]\d$/;

/** 1525 as 15:25. */
const digitsAsTime = (found: number): string => String(found).replace(/(\d\d)$/, ':$1');

/** A time of day in India, `HH:mm`, as minutes after midnight. */
export const timeOfDay = textSpelling<string, MinuteOfDay>({
  pattern: TIME_PATTERN,
  value: ([text]) => minuteOfDay(text.padStart(5, '0')),
  what: 'a time of day',
  remedy: (found) =>
    // YAML 1.1 takes 15:15 for a number to the base of sixty: 15 × 60 + 15.
    typeof found === 'number' && Number.isInteger(found) && found > 0 && found < 1440
      ? `Write HH:mm in quotes: '${formatMinuteOfDay(found)}' (some YAML readers take ${formatMinuteOfDay(found)} for the number ${found}).`
      : typeof found === 'number' && TIME_PATTERN.test(digitsAsTime(found))
        ? `Write HH:mm in quotes: '${digitsAsTime(found)}'.`
        : "Write HH:mm in Indian time: '15:15'.",
  examples: ['15:15'],
});

/** A stretch of the day, `09:20-15:15`. */
export const timeWindow = textSpelling<string, { readonly from: MinuteOfDay; readonly to: MinuteOfDay }>({
  pattern: /^(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$/,
  value: ([, from = '', to = '']) => {
    if (!TIME_PATTERN.test(from) || !TIME_PATTERN.test(to)) return undefined;
    const window = { from: minuteOfDay(from.padStart(5, '0')), to: minuteOfDay(to.padStart(5, '0')) };
    return window.from < window.to ? window : undefined;
  },
  what: 'a window of time that ends after it begins',
  remedy: 'Write two times in Indian time: 09:20-15:15.',
  examples: ['09:20-15:15'],
});

/** A date, `yyyy-MM-dd`. */
export const date = textSpelling<string, TradingDate>({
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  value: ([text]) => accepted(text, dayOfDate),
  what: 'a date of the calendar',
  remedy: (found) =>
    found instanceof Date && !Number.isNaN(found.getTime())
      ? `Write it as text: '${found.toISOString().slice(0, 10)}'.`
      : 'Write it as yyyy-MM-dd, for instance 2024-01-01.',
  examples: ['2024-01-01'],
});

const INDICES: readonly InstrumentKey[] = [
  'NSE_INDEX:NIFTY',
  'NSE_INDEX:BANKNIFTY',
  'NSE_INDEX:FINNIFTY',
  'NSE_INDEX:MIDCPNIFTY',
  'NSE_INDEX:INDIAVIX',
  'BSE_INDEX:SENSEX',
];

/** `EXCHANGE:SYMBOL`, for instance `NSE_INDEX:NIFTY`. */
export const instrumentKey = textSpelling<string, InstrumentKey>({
  pattern: /^[A-Z_]+:\S+$/,
  value: ([text]) => accepted(text, parseInstrumentKey),
  what: 'the key of an instrument',
  remedy: (found) => {
    const symbol = typeof found === 'string' ? found.trim().toUpperCase() : '';
    const index = INDICES.find((key) => key.endsWith(`:${symbol}`)) ?? nearestOf(symbol, INDICES);
    if (index !== undefined) return `Write EXCHANGE:SYMBOL. Did you mean "${index}"?`;
    return `Write EXCHANGE:SYMBOL, for instance ${/^[A-Z&-]+$/.test(symbol) ? `NSE:${symbol}` : 'NSE_INDEX:NIFTY or NSE:RELIANCE'}.`;
  },
  examples: ['NSE_INDEX:NIFTY', 'NSE:RELIANCE'],
});

/** A number above 0. */
export const positive = z.number().positive();

/** A whole number above 0. */
export const count = z.int().positive();

/** The text, unless a function that reads it says that it is wrong. */
function accepted(text: string, reader: (text: string) => unknown): string | undefined {
  try {
    reader(text);
    return text;
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
