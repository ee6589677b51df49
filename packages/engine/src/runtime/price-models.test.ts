import { describe, expect, it } from 'vitest';

import { createRuleBook } from '../market/create-rule-book.js';
import { atIst, DAY_MS } from '../primitives/time.js';
import { Board } from './board.js';
import { type PriceModelConfig, PriceModels } from './price-models.js';

const NIFTY = 'NSE_INDEX:NIFTY';
const VIX = 'NSE_INDEX:INDIAVIX';
const DATE = '2026-02-02';
const NOW = atIst(DATE, 600);
const rules = createRuleBook({ calendar: 'rules' });
const call = rules.option({ underlying: NIFTY, expiry: '2026-02-24', strike: 24_000, optionType: 'CE' }, DATE);
const put = rules.option({ underlying: NIFTY, expiry: '2026-02-24', strike: 24_000, optionType: 'PE' }, DATE);
const future = rules.future({ underlying: NIFTY, expiry: '2026-02-24' }, DATE);
/** Contracts end with the session, at 15:30. */
const EXPIRY = atIst('2026-02-24', 930);

const config = (changes: Partial<PriceModelConfig> = {}): PriceModelConfig => ({
  premiums: { model: 'black-scholes', volatility: { kind: 'fixed', share: 0.14 }, rate: 0.065 },
  futures: { model: 'costOfCarry', rate: 0.065 },
  vix: null,
  ...changes,
});

function modelsOf(changes: Partial<PriceModelConfig> = {}) {
  const board = new Board({ pessimistic: false });
  const under = board.slot(NIFTY);
  under.jump(NOW, 24_000);
  return { board, under, models: new PriceModels(config(changes), rules, board) };
}

const byVix = { model: 'black-scholes', volatility: { kind: 'instrument', instrument: VIX, elseShare: null }, rate: 0.065 } as const;

describe('a future', () => {
  it('costs the spot and the carry to its expiry, and at the expiry the spot', () => {
    const { models, under } = modelsOf();
    const price = models.of(future, under);
    expect(price?.(24_000, EXPIRY - 73 * DAY_MS, 0)).toBeCloseTo(24_000 * Math.exp(0.013), 9);
    expect(price?.(24_000, EXPIRY, 0)).toBe(24_000);
  });

  it('has no price without a rate, and the remedy says so', () => {
    const { models, under } = modelsOf({ futures: null });
    expect(models.of(future, under)).toBeNull();
    expect(models.whyNot(future)).toContain('costOfCarry');
  });
});

describe('an option', () => {
  it('keeps put-call parity at every moment', () => {
    const { models, under } = modelsOf();
    for (const at of [NOW, NOW + 5 * DAY_MS, EXPIRY - DAY_MS]) {
      const difference = (models.of(call, under)?.(24_080, at, 0) ?? 0) - (models.of(put, under)?.(24_080, at, 0) ?? 0);
      expect(difference).toBeCloseTo(24_080 - 24_000 * Math.exp((-0.065 * (EXPIRY - at)) / (365 * DAY_MS)), 6);
    }
  });

  it('is worth a tick at least, and its intrinsic value at the end', () => {
    const { models, under } = modelsOf();
    const price = models.of(call, under);
    expect(price?.(24_130, EXPIRY, 0)).toBeCloseTo(130, 9);
    expect(price?.(20_000, EXPIRY, 0)).toBe(0.05);
  });

  it('follows the volatility index as it is at the moment', () => {
    const { models, under, board } = modelsOf({ premiums: byVix });
    expect(models.of(call, under)).toBeNull();
    board.slot(VIX).jump(NOW, 14);
    const fixed = modelsOf();
    const price = models.of(call, under)?.(24_000, NOW, 0);
    expect(price).toBeCloseTo(fixed.models.of(call, fixed.under)?.(24_000, NOW, 0) ?? Number.NaN, 9);
    board.slot(VIX).jump(NOW, 20);
    expect(models.of(call, under)?.(24_000, NOW, 0)).toBeGreaterThan((price ?? 0) * 1.3);
  });

  it('takes the configured figure while the index has no price: the one beside it, or for India VIX the run’s', () => {
    const own = modelsOf({ premiums: { ...byVix, volatility: { ...byVix.volatility, elseShare: 0.14 } }, vix: 0.5 });
    const run = modelsOf({ premiums: byVix, vix: 0.14 });
    const fixed = modelsOf();
    const expected = fixed.models.of(call, fixed.under)?.(24_000, NOW, 0);
    expect(own.models.of(call, own.under)?.(24_000, NOW, 0)).toBe(expected);
    expect(run.models.of(call, run.under)?.(24_000, NOW, 0)).toBe(expected);
  });

  it('has a delta near a half at the money, and none without a volatility', () => {
    const { models } = modelsOf();
    expect(models.delta(call, 24_000, NOW)).toBeGreaterThan(0.5);
    expect(models.delta(put, 24_000, NOW)).toBeLessThan(0);
    expect(modelsOf({ premiums: byVix }).models.delta(call, 24_000, NOW)).toBeNull();
  });
});

it('prices nothing from itself', () => {
  const { models, under } = modelsOf();
  expect(models.of(rules.instrument(NIFTY, DATE), under)).toBeNull();
});
