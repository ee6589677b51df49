import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { atmStrike, listedStrike, selectStrike, strikeByDelta, strikeByPercent, strikeByPremium, strikeBySteps } from './select-strike.js';

const hundreds = [2_200, 2_300, 2_400, 2_500, 2_600, 2_700];

describe('atmStrike', () => {
  it('is the listed strike nearest to the spot: 2,487 → 2,500 on a 100 grid', () => {
    expect(atmStrike(hundreds, 2_487)).toBe(2_500);
    expect(atmStrike(hundreds, 2_449.95)).toBe(2_400);
  });

  it('is the lower of two that are equally near, in whatever order they are listed', () => {
    expect(atmStrike(hundreds, 2_450)).toBe(2_400);
    expect(atmStrike([...hundreds].reverse(), 2_450)).toBe(2_400);
  });

  it('is the end of the list beyond it, and undefined without a list', () => {
    expect(atmStrike(hundreds, 9_000)).toBe(2_700);
    expect(atmStrike([], 2_487)).toBeUndefined();
  });
});

describe('strikeBySteps', () => {
  it('counts listed strikes, not points', () => {
    const gappy = [23_800, 23_900, 24_000, 24_050, 24_200, 24_500];
    expect(strikeBySteps(gappy, { spot: 24_010, optionType: 'CE', steps: 2 })).toBe(24_200);
    expect(strikeBySteps(gappy, { spot: 24_010, optionType: 'PE', steps: 2 })).toBe(23_800);
    expect(strikeBySteps(gappy, { spot: 24_010, optionType: 'CE', steps: -1 })).toBe(23_900);
    expect(strikeBySteps(gappy, { spot: 24_010, optionType: 'PE', steps: -1 })).toBe(24_050);
  });

  it('gives nothing beyond the list', () => {
    expect(strikeBySteps(hundreds, { spot: 2_487, optionType: 'CE', steps: 3 })).toBeUndefined();
    expect(strikeBySteps(hundreds, { spot: 2_487, optionType: 'PE', steps: 4 })).toBeUndefined();
  });
});

describe('strikeByPercent', () => {
  it('goes on to the next listed strike farther from the money', () => {
    expect(strikeByPercent(hundreds, { spot: 2_487, optionType: 'CE', share: 0.02 })).toBe(2_600);
    expect(strikeByPercent(hundreds, { spot: 2_487, optionType: 'PE', share: 0.02 })).toBe(2_400);
    expect(strikeByPercent(hundreds, { spot: 2_487, optionType: 'CE', share: -0.02 })).toBe(2_400);
  });

  it('takes a listed strike that it hits in spite of binary fractions, and the one at the money for nothing', () => {
    expect(strikeByPercent([22_000, 22_440, 22_500], { spot: 22_000, optionType: 'CE', share: 0.02 })).toBe(22_440);
    expect(strikeByPercent([1_100, 1_110, 1_120], { spot: 1_000, optionType: 'CE', share: 0.11 })).toBe(1_110);
    expect(strikeByPercent(hundreds, { spot: 2_487, optionType: 'PE', share: 0 })).toBe(2_500);
  });
});

describe('listedStrike', () => {
  it('is the strike itself, or the next one away from the spot', () => {
    expect(listedStrike(hundreds, { spot: 2_487, computed: 2_300 })).toBe(2_300);
    expect(listedStrike(hundreds, { spot: 2_487, computed: 2_350 })).toBe(2_300);
    expect(listedStrike(hundreds, { spot: 2_487, computed: 2_650 })).toBe(2_700);
    expect(listedStrike(hundreds, { spot: 2_487, computed: 2_750 })).toBeUndefined();
  });

  it('is always listed and never nearer to the money than what was computed', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 500 }).map((n) => n * 50)),
        fc.integer({ min: 50, max: 25_000 }),
        fc.integer({ min: 50, max: 25_000 }),
        (strikes, spot, computed) => {
          const found = listedStrike(strikes, { spot, computed });
          const farther = strikes.filter((strike) => (computed >= spot ? strike >= computed : strike <= computed));
          expect(found).toBe(farther.length === 0 ? undefined : computed >= spot ? Math.min(...farther) : Math.max(...farther));
        },
      ),
    ));
});

const quotes = [
  { strike: 24_000, delta: 0.51, premium: 210 },
  { strike: 24_100, delta: 0.4, premium: 155 },
  { strike: 24_200, delta: null, premium: null },
  { strike: 24_300, delta: 0.2, premium: 75 },
];

describe('strikeByDelta and strikeByPremium', () => {
  it('take the nearest value that is known', () => {
    expect(strikeByDelta(quotes, 0.26)).toBe(24_300);
    expect(strikeByPremium(quotes, 160)).toBe(24_100);
  });

  it('take the one farther from the money of two that are equally near', () => {
    expect(
      strikeByDelta(
        [
          { strike: 1, delta: 0.5 },
          { strike: 2, delta: 0.25 },
        ],
        0.375,
      ),
    ).toBe(2);
    expect(
      strikeByPremium(
        [
          { strike: 1, premium: 75 },
          { strike: 2, premium: 155 },
        ],
        115,
      ),
    ).toBe(1);
  });

  it('do not look at the sign of a delta', () => {
    expect(
      strikeByDelta(
        [
          { strike: 23_900, delta: -0.42 },
          { strike: 23_800, delta: -0.31 },
        ],
        0.3,
      ),
    ).toBe(23_800);
  });

  it('give nothing where nothing is known', () => {
    expect(strikeByDelta([{ strike: 24_000, delta: null }], 0.3)).toBeUndefined();
    expect(strikeByPremium([], 100)).toBeUndefined();
  });
});

describe('selectStrike', () => {
  it.each([
    [{ kind: 'moneyness', stepsOutOfTheMoney: 1 }, 24_100],
    [{ kind: 'percent', share: 0.01 }, 24_300],
    [{ kind: 'fixed', strike: 24_250 }, 24_300],
    [{ kind: 'delta', delta: 0.4 }, 24_100],
    [{ kind: 'premium', premium: 80 }, 24_300],
  ] as const)('follows %o', (selection, expected) => {
    expect(selectStrike(selection, { optionType: 'CE', spot: 24_020, quotes })).toBe(expected);
  });
});
