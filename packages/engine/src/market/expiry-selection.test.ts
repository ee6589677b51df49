import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addDays, daysBetween } from '../primitives/time.js';
import type { Expiry } from './expiries.js';
import { type ExpiryWish, selectExpiry } from './expiry-selection.js';

const NIFTY: readonly Expiry[] = [
  { date: '2026-11-17', cycle: 'weekly' },
  { date: '2026-11-23', cycle: 'monthly' },
  { date: '2026-12-01', cycle: 'weekly' },
  { date: '2026-12-08', cycle: 'weekly' },
  { date: '2026-12-29', cycle: 'monthly' },
];
const BANKNIFTY = NIFTY.filter(({ cycle }) => cycle === 'monthly');
const wish = (cycle: ExpiryWish['cycle'], minDays = 0): ExpiryWish => ({ cycle, minDays });

describe('selectExpiry', () => {
  it.each([
    ['nearest', 0, '2026-11-17', '2026-11-17'],
    ['nearest', 1, '2026-11-17', '2026-11-23'],
    ['weekly', 0, '2026-11-18', '2026-11-23'],
    ['next-weekly', 0, '2026-11-18', '2026-12-01'],
    ['weekly', 6, '2026-11-18', '2026-12-01'],
    ['monthly', 0, '2026-11-17', '2026-11-23'],
    ['monthly', 15, '2026-11-17', '2026-12-29'],
    ['next-monthly', 0, '2026-11-17', '2026-12-29'],
  ] as const)('%s with at least %i days on %s is %s', (cycle, minDays, on, expected) =>
    expect(selectExpiry(wish(cycle, minDays), NIFTY, on)).toBe(expected),
  );

  it('has no weekly where an underlying has none', () => {
    expect(selectExpiry(wish('weekly'), BANKNIFTY, '2026-11-17')).toBeUndefined();
    expect(selectExpiry(wish('nearest'), BANKNIFTY, '2026-11-17')).toBe('2026-11-23');
  });

  it('has none where all are nearer than wanted', () => expect(selectExpiry(wish('monthly', 60), NIFTY, '2026-11-17')).toBeUndefined());

  it('never gives an expiry that is past or too near, nor leaves out a nearer one of its kind', () =>
    fc.assert(
      fc.property(
        fc.constantFrom<ExpiryWish['cycle']>('nearest', 'weekly', 'next-weekly', 'monthly', 'next-monthly'),
        fc.nat({ max: 20 }),
        fc.nat({ max: 30 }),
        (cycle, minDays, later) => {
          const on = addDays('2026-11-10', later);
          const date = selectExpiry(wish(cycle, minDays), NIFTY, on);
          if (date === undefined) return;
          expect(daysBetween(on, date)).toBeGreaterThanOrEqual(minDays);
          if (cycle !== 'nearest') return;
          expect(NIFTY.some((other) => other.date < date && daysBetween(on, other.date) >= minDays)).toBe(false);
        },
      ),
    ));
});
