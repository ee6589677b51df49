import { describe, expect, it } from 'vitest';

import { createRuleBook } from '../market/create-rule-book.js';
import type { OptionInstrument } from '../market/instrument.js';
import { atIst, MINUTE_MS } from '../primitives/time.js';
import type { EquityLegConfig, FutureLegConfig, OptionLegConfig } from '../sets/set-config.js';
import { Board } from './board.js';
import { LegChooser } from './leg-chooser.js';
import { type PriceModelConfig, PriceModels } from './price-models.js';

const NIFTY = 'NSE_INDEX:NIFTY';
const RELIANCE = 'NSE:RELIANCE';
/** A Monday, the day before a weekly expiry. */
const NOW = atIst('2026-02-02', 600);

const MODELS: PriceModelConfig = {
  premiums: { model: 'black-scholes', volatility: { kind: 'fixed', share: 0.14 }, rate: 0.065 },
  futures: { model: 'costOfCarry', rate: 0.065 },
  vix: null,
};

const option = (changes: Partial<OptionLegConfig> = {}): OptionLegConfig => ({
  kind: 'option',
  optionType: 'signal',
  side: 'buy',
  strike: { kind: 'moneyness', stepsOutOfTheMoney: 0 },
  expiry: { cycle: 'nearest', minDays: 0 },
  size: [],
  ...changes,
});

const future = (changes: Partial<FutureLegConfig> = {}): FutureLegConfig => ({
  kind: 'future',
  side: 'signal',
  expiry: { cycle: 'monthly', minDays: 0 },
  size: [],
  ...changes,
});

function market(models: Partial<PriceModelConfig> = {}) {
  const rules = createRuleBook({ calendar: 'rules', instruments: { [RELIANCE]: { strikeStep: 50, lotSize: 500 } } });
  const board = new Board({ pessimistic: false });
  board.slot(NIFTY).jump(NOW, 24_012);
  board.slot(RELIANCE).jump(NOW, 2_487);
  board.slot(RELIANCE).recordedAt = NOW;
  const legs = new LegChooser(rules, board, new PriceModels({ ...MODELS, ...models }, rules, board));
  const chosen = (...args: Parameters<LegChooser['choose']>) => {
    const choice = legs.choose(...args);
    return 'leg' in choice ? choice.leg : choice.code;
  };
  return { rules, board, legs, chosen };
}

const listed = (strike: number, expiry = '2026-02-03'): OptionInstrument => ({
  kind: 'option',
  key: `NFO:NIFTY03FEB26${strike}CE`,
  exchange: 'NFO',
  symbol: `NIFTY03FEB26${strike}CE`,
  underlying: NIFTY,
  expiry,
  strike,
  optionType: 'CE',
  tickSize: 0.05,
  lotSize: 65,
  freezeQuantity: 1_800,
});

describe('the strike', () => {
  it('at the money is the nearest of the grid: at 2,487 with steps of 50 it is 2,500', () => {
    expect(market().chosen(option(), RELIANCE, 'bullish', NOW)).toMatchObject({
      strike: 2_500,
      optionType: 'CE',
      lotSize: 500,
      spot: 2_487,
    });
  });

  it('is one that is listed, where a list says which there are', () => {
    const { rules, chosen } = market();
    rules.addInstruments([listed(23_950), listed(24_100)]);
    expect(chosen(option(), NIFTY, 'bullish', NOW)).toMatchObject({ strike: 23_950 });
    expect(chosen(option({ strike: { kind: 'moneyness', stepsOutOfTheMoney: 1 } }), NIFTY, 'bullish', NOW)).toMatchObject({
      strike: 24_100,
    });
    expect(chosen(option({ strike: { kind: 'fixed', strike: 24_060 } }), NIFTY, 'bullish', NOW)).toMatchObject({ strike: 24_100 });
  });

  it('by delta is the one whose modelled delta is nearest', () => {
    const leg = market().chosen(
      option({ strike: { kind: 'delta', delta: 0.3 }, expiry: { cycle: 'monthly', minDays: 0 } }),
      NIFTY,
      'bullish',
      NOW,
    );
    if (typeof leg === 'string') throw new Error(leg);
    // With 14 % and 22 days, 0.3 lies about 0.45 standard deviations out: some 370 points.
    expect(leg.strike).toBeGreaterThan(24_250);
    expect(leg.strike).toBeLessThan(24_700);
  });
});

describe('the side', () => {
  it('is a call for a rise and a put for a fall when bought, and the other way round when sold', () => {
    const { chosen } = market();
    const types = (side: 'buy' | 'sell') =>
      (['bullish', 'bearish'] as const).map((direction) => {
        const leg = chosen(option({ side }), NIFTY, direction, NOW);
        return typeof leg === 'string' ? leg : leg.optionType;
      });
    expect([types('buy'), types('sell')]).toEqual([
      ['CE', 'PE'],
      ['PE', 'CE'],
    ]);
  });

  it('of a future is the signal’s, unless it is configured', () => {
    const { chosen } = market();
    expect(chosen(future(), NIFTY, 'bearish', NOW)).toMatchObject({ side: 'sell' });
    expect(chosen(future({ side: 'buy' }), NIFTY, 'bearish', NOW)).toMatchObject({ side: 'buy' });
  });
});

describe('the expiry', () => {
  it('is the nearest that is far enough away', () => {
    const { chosen } = market();
    const expiry = (minDays: number, cycle: 'nearest' | 'monthly' = 'nearest') => {
      const leg = chosen(option({ expiry: { cycle, minDays } }), NIFTY, 'bullish', NOW);
      return typeof leg === 'string' ? leg : leg.expiry;
    };
    expect([expiry(0), expiry(1), expiry(2), expiry(8), expiry(9)]).toEqual([
      '2026-02-03',
      '2026-02-03',
      '2026-02-10',
      '2026-02-10',
      '2026-02-17',
    ]);
    expect(expiry(0, 'monthly')).toBe('2026-02-24');
    expect(expiry(500)).toBe('legs/no-expiry');
  });

  it('of a future is a monthly one', () => {
    expect(market().chosen(future({ expiry: { cycle: 'nearest', minDays: 0 } }), NIFTY, 'bullish', NOW)).toMatchObject({
      expiry: '2026-02-24',
    });
  });
});

describe('the price', () => {
  it('is the recorded one while it is fresh, and the model’s where there is none', () => {
    const { rules, board, chosen } = market();
    rules.addInstruments([listed(24_000)]);
    expect(chosen(option(), NIFTY, 'bullish', NOW)).toMatchObject({ premium: 'model' });

    const other = market();
    other.rules.addInstruments([listed(24_000)]);
    const slot = other.board.slot(listed(24_000).key);
    slot.recordedAt = NOW - 5 * MINUTE_MS;
    slot.jump(slot.recordedAt, 131.4);
    expect(other.chosen(option(), NIFTY, 'bullish', NOW)).toMatchObject({ premium: 'recorded', price: 131.4 });
    expect(other.chosen(option(), NIFTY, 'bullish', NOW + 1)).toMatchObject({ premium: 'model' });
    expect(board.slot(NIFTY).modelled).toEqual([]);
  });

  it('of what another set holds is the one it is held at, whichever that is', () => {
    const { rules, board, chosen } = market();
    rules.addInstruments([listed(24_000)]);
    const slot = board.slot(listed(24_000).key);
    slot.recordedAt = NOW;
    slot.jump(NOW, 131.4);
    board.use(slot, NOW);
    // Nothing was recorded for a quarter of an hour, but the holder has no other price either.
    expect(chosen(option(), NIFTY, 'bullish', NOW + 15 * MINUTE_MS)).toMatchObject({ premium: 'recorded', price: 131.4 });
  });

  it('is on the instrument’s grid', () => {
    const leg = market().chosen(future(), NIFTY, 'bullish', NOW);
    if (typeof leg === 'string') throw new Error(leg);
    // 24,012 and 6.5 % a year over 22 days and a few hours: some 95 points more.
    expect(leg.price).toBeCloseTo(24_012 * Math.exp((0.065 * (22 + 5.5 / 24)) / 365), 0);
    expect(Math.round(leg.price * 10) / 10).toBe(leg.price);
  });

  it('is missing, in words, where neither a feed nor a model has one', () => {
    expect(market({ futures: null }).chosen(future(), NIFTY, 'bullish', NOW)).toBe('legs/no-price');
    const noVix = {
      model: 'black-scholes',
      volatility: { kind: 'instrument', instrument: 'NSE_INDEX:INDIAVIX', elseShare: null },
      rate: 0.065,
    } as const;
    expect(market({ premiums: noVix }).chosen(option(), NIFTY, 'bullish', NOW)).toBe('legs/no-price');
    expect(market({ premiums: noVix, vix: 0.13 }).chosen(option(), NIFTY, 'bullish', NOW)).toMatchObject({ premium: 'model' });
  });
});

describe('what cannot be chosen', () => {
  const equity: EquityLegConfig = { kind: 'equity', side: 'signal', size: [] };

  it('is refused with its reason: no price yet, an index that nobody trades, a lot that nobody knows', () => {
    const { legs, chosen } = market();
    expect(chosen(option(), 'NSE_INDEX:BANKNIFTY', 'bullish', NOW)).toBe('legs/no-spot');
    expect(chosen(equity, NIFTY, 'bullish', NOW)).toBe('legs/index-not-tradable');
    expect(chosen(equity, RELIANCE, 'bearish', NOW)).toMatchObject({
      instrument: RELIANCE,
      side: 'sell',
      price: 2_487,
      premium: 'recorded',
    });
    const early = legs.choose(option(), NIFTY, 'bullish', atIst('1999-01-04', 600));
    expect(early).toMatchObject({ code: expect.stringMatching(/^(rules|calendar|expiry)/) });
  });
});
