import { HOUR_MS, IST_OFFSET_MS, MINUTE_MS } from '../primitives/time.js';

const NAMED: Readonly<Record<string, number>> = {
  'Asia/Kolkata': IST_OFFSET_MS,
  'Asia/Calcutta': IST_OFFSET_MS,
  IST: IST_OFFSET_MS,
  UTC: 0,
  GMT: 0,
  Z: 0,
};

/**
 * How far a time zone is ahead of UTC, in milliseconds; `undefined` if it is not one that recordings of Indian markets come in:
 * `Asia/Kolkata`, `UTC`, or a fixed offset like `+05:30`.
 */
export function zoneOffsetMs(zone: string): number | undefined {
  const named = NAMED[zone];
  if (named !== undefined) return named;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return undefined;
  const size = Number(match[2]) * HOUR_MS + Number(match[3]) * MINUTE_MS;
  return match[1] === '-' ? -size : size;
}
