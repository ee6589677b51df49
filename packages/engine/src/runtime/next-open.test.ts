import { expect, it } from 'vitest';

import { createCalendar } from '../market/calendar.js';
import { atIst, formatIst } from '../primitives/time.js';
import { nextOpen } from './next-open.js';

const after = (date: string, time: number): string => formatIst(nextOpen(createCalendar(), 'fno', atIst(date, time)));

it('is the next session of the day, else that of the next trading day', () => {
  expect(after('2024-01-19', 540)).toBe('2024-01-19 09:15:00');
  expect(after('2024-01-19', 930)).toBe('2024-01-20 09:15:00');
  // Between the two sessions of a special Saturday, and after them.
  expect(after('2024-03-02', 610)).toBe('2024-03-02 11:30:00');
  expect(after('2024-03-02', 800)).toBe('2024-03-04 09:15:00');
  // Diwali's evening, on an otherwise closed day.
  expect(after('2024-10-31', 930)).toBe('2024-11-01 18:00:00');
});

it('is the next morning where the calendar ends: an exit that waits must not end the run', () => {
  expect(after('2026-12-31', 940)).toBe('2027-01-01 09:15:00');
});
