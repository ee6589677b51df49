import { describe, expect, it } from 'vitest';

import type { ExitDistance, SizeRule } from './set-config.js';
import { find, kindsOf, LEG, SetPlay } from './set-play.test-kit.js';
import type { ChosenLeg } from './set-state.js';
import { type Size, sizeOf } from './sizing.js';

const TEN_PERCENT: ExitDistance = { kind: 'percent', share: 0.1 };

interface Words {
  readonly leg?: Partial<ChosenLeg>;
  readonly stopLoss?: ExitDistance | null;
  readonly availablePaise?: number;
  readonly capitalPaise?: number;
  readonly sizeScale?: number;
}

const size = (rules: readonly SizeRule[], words: Words = {}): Size => {
  const { leg = {}, stopLoss = TEN_PERCENT, availablePaise = 1_00_000_00, capitalPaise = 1_00_000_00, sizeScale = 1 } = words;
  return sizeOf(rules, { leg: { ...LEG, ...leg }, stopLoss, availablePaise, capitalPaise, sizeScale });
};

describe('a size', () => {
  it('of lots is so many lots', () => {
    expect(size([{ kind: 'lots', lots: 3 }])).toEqual({ lots: 3 });
  });

  it('is scaled to whole lots as recent results want it, and never to none in silence', () => {
    expect(size([{ kind: 'lots', lots: 4 }], { sizeScale: 0.5 })).toEqual({ lots: 2 });
    expect(size([{ kind: 'lots', lots: 3 }], { sizeScale: 0.5 })).toEqual({ lots: 1 });
    expect(size([{ kind: 'lots', lots: 2 }], { sizeScale: 1.5 })).toEqual({ lots: 3 });
    expect(size([{ kind: 'lots', lots: 1 }], { sizeScale: 0.5 })).toMatchObject({ code: 'sizing/scaled-under-one-lot' });
  });

  it('of units is the whole lots among them', () => {
    expect(size([{ kind: 'units', quantity: 149 }])).toEqual({ lots: 2 });
  });

  it('of capital is what it buys', () => {
    expect(size([{ kind: 'capital', capitalPaise: 25_000_00 }])).toEqual({ lots: 5 });
    expect(size([{ kind: 'capital', capitalPaise: 24_999_99 }])).toEqual({ lots: 4 });
  });

  it('of a share of the margin is what that share buys', () => {
    expect(size([{ kind: 'marginShare', share: 0.5 }])).toEqual({ lots: 10 });
    // 0.29 × 100 is a little under 29 in binary fractions.
    expect(size([{ kind: 'marginShare', share: 0.29 }], { availablePaise: 100, leg: { costPerLotPaise: 29 } })).toEqual({ lots: 1 });
  });

  it('of risk is what the stop may lose', () => {
    expect(size([{ kind: 'risk', riskPaise: 1_500_00 }])).toEqual({ lots: 3 });
    expect(size([{ kind: 'risk', riskPaise: 1_500_00 }], { stopLoss: { kind: 'points', points: 20 } })).toEqual({ lots: 1 });
    expect(size([{ kind: 'risk', riskPaise: 1_500_00 }], { stopLoss: { kind: 'price', price: 95 } })).toEqual({ lots: 6 });
  });

  it('of risk as a share of the capital is what that share may lose, whatever is available', () => {
    const risk: SizeRule = { kind: 'riskShare', share: 0.015 };
    expect(size([risk])).toEqual({ lots: 3 });
    expect(size([risk], { capitalPaise: 2_00_000_00, availablePaise: 0 })).toEqual({ lots: 6 });
    // 0.29 × 100 is a little under 29 in binary fractions.
    expect(
      size([{ kind: 'riskShare', share: 0.29 }], {
        capitalPaise: 100,
        leg: { price: 1, lotSize: 1 },
        stopLoss: { kind: 'points', points: 0.29 },
      }),
    ).toEqual({ lots: 1 });
    expect(size([risk], { stopLoss: null })).toMatchObject({ code: 'sizing/no-stop' });
    expect(size([risk], { capitalPaise: 20_000_00 })).toEqual({
      code: 'sizing/under-one-lot',
      reason: '₹300 at 10 points of risk a unit is under one lot of 50.',
    });
  });

  it('of risk is exact where binary fractions are not', () => {
    // 50 × 0.07 is a little above 3.5 in binary fractions.
    expect(size([{ kind: 'risk', riskPaise: 175_00 }], { leg: { price: 50 }, stopLoss: { kind: 'percent', share: 0.07 } })).toEqual({
      lots: 1,
    });
  });

  it('of risk needs a stop at a distance', () => {
    const code = 'sizing/no-stop';
    expect(size([{ kind: 'risk', riskPaise: 1_500_00 }], { stopLoss: null })).toMatchObject({ code });
    expect(size([{ kind: 'risk', riskPaise: 1_500_00 }], { stopLoss: { kind: 'money', paise: 1_000_00 } })).toMatchObject({ code });
    expect(size([{ kind: 'risk', riskPaise: 1_500_00 }], { stopLoss: { kind: 'price', price: 100 } })).toMatchObject({ code });
  });

  it('of several rules is the smallest', () => {
    expect(
      size([
        { kind: 'lots', lots: 4 },
        { kind: 'risk', riskPaise: 1_000_00 },
        { kind: 'marginShare', share: 1 },
      ]),
    ).toEqual({ lots: 2 });
  });

  it('under one lot is none, and says which rule came to it', () => {
    expect(
      size([
        { kind: 'lots', lots: 4 },
        { kind: 'capital', capitalPaise: 4_000_00 },
      ]),
    ).toEqual({ code: 'sizing/under-one-lot', reason: '₹4000 at ₹5000 a lot is under one lot of 50.' });
  });

  it('without a rule is none', () => {
    expect(size([])).toMatchObject({ code: 'sizing/no-rule' });
  });
});

describe('an entry', () => {
  it('is planned and asked for with its size', () => {
    const play = new SetPlay({ size: [{ kind: 'lots', lots: 3 }] });
    play.signal('bullish');
    const events = play.legs();
    expect(kindsOf(events)).toEqual(['legsChosen', 'entryPlanned', 'legOrderRequested']);
    expect(find(events, 'entryPlanned')).toMatchObject({ lots: 3, quantity: 150, costPaise: 15_000_00 });
    expect(find(events, 'legOrderRequested').order).toMatchObject({
      orderId: 'ne-1',
      purpose: 'entry',
      side: 'buy',
      quantity: 150,
      kind: 'market',
      product: 'MIS',
    });
  });

  it('of less than a lot is refused by the sizing, and the set waits on', () => {
    const play = new SetPlay({ size: [{ kind: 'capital', capitalPaise: 100_00 }] });
    play.signal('bullish');
    expect(find(play.legs(), 'entryRefused')).toMatchObject({ by: 'sizing', code: 'sizing/under-one-lot' });
    expect(play.state.phase).toBe('waiting');
  });

  it('by a share of the capital goes by that of its account', () => {
    const play = new SetPlay({ size: [{ kind: 'riskShare', share: 0.01 }], exits: { stopLoss: TEN_PERCENT } });
    play.signal('bullish');
    expect(find(play.legs(), 'entryPlanned').lots).toBe(2);
  });

  it('by risk goes by the stop of the signal, where it brings one', () => {
    const play = new SetPlay({ size: [{ kind: 'risk', riskPaise: 1_000_00 }], exits: { stopLoss: TEN_PERCENT } });
    play.signal('bullish', { stop: 95 });
    expect(find(play.legs(), 'entryPlanned').lots).toBe(4);
  });
});
