import { describe, expect, it } from 'vitest';

import { TrailingCheck } from './trailing-check.js';

const behind = (points: number) => ({ start: { kind: 'points', points: 1 }, distance: { kind: 'points', points }, step: null }) as const;

/** A check of an instance whose stop follows so far behind, over these candle ranges. */
function checked(points: number, ranges: readonly number[]): readonly string[] {
  const check = new TrailingCheck();
  check.opened('one', behind(points), 100);
  for (const range of ranges) check.range('one', range);
  return check.warnings().map(({ message }) => message);
}

describe('the check of a trailing distance', () => {
  it('warns below two median candle ranges, and says what to do', () => {
    expect(checked(3.9, [1, 2, 9])).toEqual([expect.stringContaining('(4.00 points of what it holds)')]);
    expect(checked(3.9, [1, 2, 9])[0]).toContain('simulation: { path: pessimistic }');
    expect(checked(4, [1, 2, 9])).toEqual([]);
  });

  it('takes a distance in per cent of the entry', () => {
    const check = new TrailingCheck();
    check.opened('one', { ...behind(0), distance: { kind: 'percent', share: 0.05 } }, 100);
    check.range('one', 3);
    expect(check.warnings()).toMatchObject([{ instance: 'one', message: expect.stringContaining('follows 5.00 points behind') }]);
  });

  it('finds the middle of a run of any length', () => {
    // Ranges that grow: the middle one of a hundred thousand is 50,000.
    const [message = ''] = checked(
      10,
      Array.from({ length: 100_000 }, (_, index) => index),
    );
    const found = Number(/\(([\d.]+) points/.exec(message)?.[1]) / 2;
    expect(Math.abs(found / 50_000 - 1)).toBeLessThan(0.01);
  });

  it('says nothing of a set that held nothing behind a stop', () => {
    const check = new TrailingCheck();
    check.range('one', 3);
    expect(check.warnings()).toEqual([]);
  });
});
