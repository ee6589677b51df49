import { z } from 'zod';

import { MINUTE_MS, SECOND_MS } from '../primitives/time.js';
import type { BarLabel } from './bar-label.js';
import { zoneOffsetMs } from './time-zone.js';
import { exchangeOf } from './trading-hours.js';

const KEY_WANTED = 'Write EXCHANGE:SYMBOL, for instance NSE_INDEX:NIFTY, NSE:RELIANCE or NFO:NIFTY29DEC26FUT.';
const ZONE_WANTED = 'Write Asia/Kolkata, UTC, or a fixed offset such as +05:30.';

/** `NSE_INDEX:NIFTY`: a key that names a known exchange. */
export const instrumentKeyValue = z.string({ error: KEY_WANTED }).refine((key) => exchangeOf(key) !== undefined, { error: KEY_WANTED });

/** One file or a list of them. */
export const filesValue = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)], { error: 'Name a file, or a list of at least one.' })
  .transform((files): readonly string[] => (typeof files === 'string' ? [files] : files));

/** A column by name, or by place counted from 1. */
export const columnValue = z.union([z.string().min(1), z.int().positive()], {
  error: 'Name a column of the header, or its place counted from 1.',
});

/** `Asia/Kolkata`, `UTC` or a fixed offset; what comes out is its offset in milliseconds. */
export const timeZoneValue = z
  .string({ error: ZONE_WANTED })
  .refine((zone) => zoneOffsetMs(zone) !== undefined, { error: ZONE_WANTED })
  .transform((zone) => zoneOffsetMs(zone) ?? 0);

/** `20%`; what comes out is 0.2. */
export const percentValue = z
  .string({ error: 'Write a percentage, for instance 20%.' })
  .regex(/^\d+(\.\d+)?\s*%$/, { error: 'Write a percentage, for instance 20%.' })
  .transform((text) => Number(text.slice(0, -1)) / 100);

/** `1s`, `90s`, `5m`, `500ms`; what comes out is milliseconds. */
export const durationValue = z
  .string({ error: 'Write a duration, for instance 1s, 90s or 5m.' })
  .regex(/^\d+(ms|s|m)$/, { error: 'Write a duration, for instance 1s, 90s or 5m.' })
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith('ms') ? 1 : text.endsWith('s') ? SECOND_MS : MINUTE_MS));

/** A date of the calendar, `yyyy-MM-dd`. */
export const dateValue = z.iso.date({ error: 'Write a date as yyyy-MM-dd, for instance 2026-11-23.' });

/** `start` or `end`: no default, since a wrong one shifts every signal by a candle. */
export const barLabelValue: z.ZodType<BarLabel> = z.enum(['start', 'end'], {
  error: 'Write which edge of the candle its time names: start (09:15 is the candle 09:15–09:16) or end (09:16 is).',
});

/** How the source counts volume and open interest: `units` (shares) or `contracts` (lots), which are then multiplied by the lot of the day. */
export const unitsValue = z
  .strictObject({ volume: z.enum(['units', 'contracts']).default('units'), openInterest: z.enum(['units', 'contracts']).default('units') })
  .prefault({});
