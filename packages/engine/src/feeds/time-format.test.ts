import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { IST_OFFSET_MS } from '../primitives/time.js';
import { timeFormat } from './time-format.js';

const at = (iso: string): number => Date.parse(iso);

describe('timeFormat', () => {
  it.each([
    ['yyyyMMdd', '20240119', '2024-01-19T00:00:00+05:30'],
    ['yyyyMMddHHmm', '202608191127', '2026-08-19T11:27:00+05:30'],
    ['yyyy-MM-dd HH:mm:ss', '2025-07-30 09:15:00', '2025-07-30T09:15:00+05:30'],
    ['yyyy-MM-dd HH:mm:ssXXX', '2026-09-01 09:15:00+05:30', '2026-09-01T09:15:00+05:30'],
    ['yyyy-MM-dd HH:mm:ssXXX', '2026-09-01 03:45:00Z', '2026-09-01T03:45:00Z'],
    ["yyyy-MM-dd'T'HH:mm", '2026-09-01T09:15', '2026-09-01T09:15:00+05:30'],
    ['dd-MMM-yyyy', '25-Aug-2026', '2026-08-25T00:00:00+05:30'],
    ['dd-MMM-yyyy', '25-AUG-2026', '2026-08-25T00:00:00+05:30'],
    ['dd/MM/yyyy HH:mm', '01/02/2024 09:15', '2024-02-01T09:15:00+05:30'],
    ['HH:mm:ss.SSS', '09:15:00.250', '1970-01-01T09:15:00.250+05:30'],
    ['iso', '2024-01-19', '2024-01-19T00:00:00+05:30'],
    ['iso', '2024-01-19 09:15', '2024-01-19T09:15:00+05:30'],
    ['iso', '2024-01-19T09:15:07.125', '2024-01-19T09:15:07.125+05:30'],
    ['iso', '2024-01-19T03:45:07Z', '2024-01-19T03:45:07Z'],
    ['iso', '2024-01-19 09:15:00+0530', '2024-01-19T09:15:00+05:30'],
    ['epochMs', '1704167100000', '2024-01-02T09:15:00+05:30'],
    ['epochSeconds', '1704167100', '2024-01-02T09:15:00+05:30'],
    ['d MMM yyyy h:mm a', '2 Jan 2024 9:15 AM', '2024-01-02T09:15:00+05:30'],
    ["do MMMM yyyy 'at' HH:mm xx", '2nd January 2024 at 09:15 +0530', '2024-01-02T09:15:00+05:30'],
  ])('reads %s: %s', (format, text, expected) => {
    expect(timeFormat(format)(text, IST_OFFSET_MS)).toBe(at(expected));
  });

  it.each([
    ['yyyyMMdd', '20240231'],
    ['yyyyMMdd', '20241301'],
    ['yyyyMMdd', '2024011'],
    ['yyyyMMdd', '202401190'],
    ['HH:mm', '24:00'],
    ['HH:mm', '9:15'],
    ['HH:mm', '09:15:00'],
    ['HH:mm', ''],
    ['dd-MMM-yyyy', '25-Agu-2026'],
    ['yyyy-MM-dd HH:mm:ssXXX', '2026-09-01 09:15:00'],
    ['iso', '2024-02-30'],
    ['iso', '2024/01/19'],
    ['iso', '2024-01-19 09:15 noon'],
    ['epochMs', 'soon'],
    ['d MMM yyyy', '31 Feb 2024'],
  ])('finds no time in %s: "%s"', (format, text) => {
    expect(timeFormat(format)(text, 0)).toBeNaN();
  });

  it('reads back every minute that was written, in every format of fixed width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 365 * 60 }), (minute) => {
        const time = minute * 60_000;
        const text = new Date(time).toISOString();
        expect(timeFormat('yyyyMMddHHmm')(text.slice(0, 16).replaceAll(/[-:T]/g, ''), 0)).toBe(time);
        expect(timeFormat('iso')(text, IST_OFFSET_MS)).toBe(time);
        expect(timeFormat('yyyy-MM-dd HH:mm')(text.slice(0, 16).replace('T', ' '), IST_OFFSET_MS)).toBe(time - IST_OFFSET_MS);
      }),
      { numRuns: 200 },
    );
  });
});
