import { describe, expect, it } from 'vitest';

import { universeOn } from './universes.js';

const symbols = (name: string, on: string) => universeOn(name, on).members;

describe('universeOn', () => {
  it.each(['2022-09-30', '2023-08-01', '2024-04-01', '2024-10-01', '2025-04-01', '2025-05-01', '2025-10-01', '2026-11-20'])(
    'has fifty different members on %s',
    (on) => {
      expect(new Set(symbols('nifty50', on)).size).toBe(50);
      expect(symbols('nifty50', on)).toHaveLength(50);
    },
  );

  it.each([
    ['2024-09-29', 'NSE:DIVISLAB', 'NSE:BEL'],
    ['2025-03-27', 'NSE:BPCL', 'NSE:ZOMATO'],
    ['2025-03-28', 'NSE:ZOMATO', 'NSE:ETERNAL'],
    ['2025-09-29', 'NSE:INDUSINDBK', 'NSE:INDIGO'],
    ['2025-10-23', 'NSE:TATAMOTORS', 'NSE:TMPV'],
    ['2025-10-24', 'NSE:TMPV', 'NSE:TATAMOTORS'],
    ['2023-07-12', 'NSE:HDFC', 'NSE:LTIM'],
  ])('on %s has %s and not %s', (on, member, other) => {
    expect(symbols('nifty50', on)).toContain(member);
    expect(symbols('nifty50', on)).not.toContain(other);
  });

  it('says what is unverified, and nothing where all is known', () => {
    expect(universeOn('nifty50', '2026-03-30').notes).toEqual([]);
    expect(universeOn('nifty50', '2026-10-01').notes[0]?.message).toContain('review was not found');
    expect(
      universeOn('nifty50', '2024-01-01')
        .notes.map(({ message }) => message)
        .join(),
    ).toContain('SHRIRAMFIN');
  });

  it('has all fifty with derivatives', () => expect(symbols('nifty50-fno', '2026-03-30')).toEqual(symbols('nifty50', '2026-03-30')));

  it('has the five indices', () => expect(symbols('indices-fno', '2013-01-01')).toContain('BSE_INDEX:SENSEX'));

  it('refuses other names, and dates before its list begins', () => {
    expect(() => universeOn('nifty500', '2026-01-01')).toThrow(expect.objectContaining({ code: 'rules/universe-unknown' }));
    expect(() => universeOn('nifty50', '2022-09-29')).toThrow(expect.objectContaining({ code: 'rules/universe-unknown' }));
  });
});
