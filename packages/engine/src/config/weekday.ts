import type { Weekday } from '../primitives/time.js';
import { textSpelling } from './spelling.js';

/** Sunday to Saturday; which of them are trading days is the calendar's business. */
export const EVERY_DAY = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const NUMBERS: Readonly<Record<string, Weekday>> = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 };

/** `Mon` or `Monday`. */
export const weekday = textSpelling<string, Weekday>({
  pattern: /^(?:Sun|Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?)(?:day)?$/i,
  value: ([text]) => NUMBERS[text.slice(0, 3).toLowerCase()],
  what: 'a weekday',
  remedy: `Write some of ${EVERY_DAY.join(', ')}.`,
  examples: ['Mon'],
});
