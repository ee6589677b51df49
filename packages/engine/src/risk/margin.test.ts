import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Instrument, OptionType } from '../market/instrument.js';
import type { Side } from '../orders/order-request.js';
import { estimateMargin, type MarginLeg, notionalPaise } from './margin.js';

const listed = { exchange: 'NFO', symbol: 'X', tickSize: 0.05, lotSize: 65, freezeQuantity: null } as const;
const NIFTY = 'NSE_INDEX:NIFTY';

const option = (
  side: Side,
  strike: number,
  optionType: OptionType,
  change: Partial<MarginLeg> & { expiry?: string; underlying?: string } = {},
): MarginLeg => {
  const { expiry = '2026-11-24', underlying = NIFTY, ...leg } = change;
  return {
    instrument: { ...listed, kind: 'option', key: `NFO:${strike}`, underlying, expiry, strike, optionType },
    side,
    quantity: 65,
    price: 100,
    ...leg,
  };
};
const future = (side: Side, underlying: string): MarginLeg => {
  const instrument: Instrument = { ...listed, kind: 'future', key: 'NFO:F', underlying, expiry: '2026-11-24' };
  return { instrument, side, quantity: 100, price: 1_000 };
};
const terms = { underlyingPrice: 26_000, date: '2026-11-23' };
const estimate = (...legs: readonly MarginLeg[]) => estimateMargin(legs, terms);

describe('the margin estimate', () => {
  it('takes the premium of a bought option, and nothing else', () => {
    expect(estimate(option('buy', 26_000, 'CE'))).toEqual({ premiumPaise: 6_500_00, scanPaise: 0, exposurePaise: 0, totalPaise: 6_500_00 });
  });

  it('takes what a sold option is worth after the worst move, and exposure', () => {
    // 9.3 % up the index is at 28418; a day before expiry the 26500 call is then worth 1918 and next to nothing more.
    const scan = 1_918 * 65 * 100;
    const { scanPaise, exposurePaise, premiumPaise } = estimate(option('sell', 26_500, 'CE'));
    expect(scanPaise).toBeGreaterThan(scan);
    expect(scanPaise).toBeLessThan(scan * 1.02);
    expect({ exposurePaise, premiumPaise }).toEqual({ exposurePaise: 26_000 * 65 * 2, premiumPaise: 0 });
  });

  it('takes 11 to 12 % of notional for an index option at the money with weeks to go', () => {
    const { totalPaise } = estimate(option('sell', 26_000, 'CE', { expiry: '2026-12-29', price: 450 }));
    expect(totalPaise / (26_000 * 65 * 100)).toBeGreaterThan(0.113);
    expect(totalPaise / (26_000 * 65 * 100)).toBeLessThan(0.12);
  });

  it('takes scan risk and exposure for a future, by index and stock', () => {
    expect(estimate(future('buy', NIFTY))).toMatchObject({ scanPaise: 9_300_00, exposurePaise: 2_000_00 });
    expect(estimate(future('sell', 'NSE:TCS'))).toMatchObject({ scanPaise: 14_200_00, exposurePaise: 3_500_00 });
  });

  it('takes the full value of a share', () => {
    const share: MarginLeg = {
      instrument: { ...listed, kind: 'equity', key: 'NSE:TCS', exchange: 'NSE' },
      side: 'buy',
      quantity: 10,
      price: 3_000.5,
    };
    expect(estimate(share).totalPaise).toBe(30_005_00);
  });

  it('takes more exposure for a short index option on its expiry day since 20 November 2024, and for no other', () => {
    const exposure = (date: string, leg: MarginLeg) =>
      estimateMargin([leg], { underlyingPrice: 1_000, date }).exposurePaise / (1_000 * 65 * 100);
    const on = (expiry: string, underlying = NIFTY) => option('sell', 1_000, 'PE', { expiry, underlying });
    expect(exposure('2026-11-24', on('2026-11-24'))).toBeCloseTo(0.04, 12);
    expect(exposure('2026-11-23', on('2026-11-24'))).toBeCloseTo(0.02, 12);
    expect(exposure('2024-11-14', on('2024-11-14'))).toBeCloseTo(0.02, 12);
    expect(exposure('2026-11-24', on('2026-11-24', 'NSE:TCS'))).toBeCloseTo(0.035, 12);
  });

  it('scans a strangle by its worse side, with exposure on both', () => {
    const call = estimate(option('sell', 26_500, 'CE'));
    const put = estimate(option('sell', 25_500, 'PE'));
    const both = estimate(option('sell', 26_500, 'CE'), option('sell', 25_500, 'PE'));
    expect(both.exposurePaise).toBe(call.exposurePaise * 2);
    expect(both.scanPaise).toBeGreaterThanOrEqual(Math.max(call.scanPaise, put.scanPaise));
    expect(both.scanPaise).toBeLessThan(call.scanPaise * 1.01);
  });

  it('limits a hedged option to the distance of the strikes, within one expiry', () => {
    const sold = option('sell', 26_500, 'CE', { price: 40 });
    const ceiling = (width: number) => width * 65 * 100;
    const spread = estimate(sold, option('buy', 26_700, 'CE', { price: 15 }));
    expect(spread.scanPaise).toBeLessThanOrEqual(ceiling(200));
    expect(spread.scanPaise).toBeGreaterThan(ceiling(200) * 0.99);
    // What was received pays for the hedge.
    expect(spread.premiumPaise).toBe(0);
    expect(estimate(sold, option('buy', 26_300, 'CE', { price: 90 }))).toMatchObject({ scanPaise: 0, premiumPaise: 50 * 65 * 100 });
    expect(estimate(sold, option('buy', 26_700, 'CE', { expiry: '2026-12-29' })).scanPaise).toBe(estimate(sold).scanPaise);
    expect(estimate(sold, option('buy', 26_700, 'PE', { price: 700 })).scanPaise).toBeLessThanOrEqual(estimate(sold).scanPaise);
  });

  it('bounds a future by the put that was bought with it', () => {
    const put = option('buy', 950, 'PE', { price: 5, quantity: 100 });
    // From 1000 down to 950, for 100 units, and no further.
    const { scanPaise } = estimateMargin([future('buy', NIFTY), put], { underlyingPrice: 1_000, date: '2026-11-23' });
    expect(scanPaise).toBeLessThanOrEqual(5_000_00);
    expect(scanPaise).toBeGreaterThan(4_500_00);
  });

  it('adds up what futures of two expiries take, and nets those of one', () => {
    expect(estimate(future('buy', NIFTY), future('sell', NIFTY)).scanPaise).toBe(0);
    const far = future('sell', NIFTY);
    const later: MarginLeg = far.instrument.kind === 'future' ? { ...far, instrument: { ...far.instrument, expiry: '2026-12-29' } } : far;
    expect(estimate(future('buy', NIFTY), later).scanPaise).toBe(2 * 9_300_00);
  });

  it('takes the strike for the notional where the spot is not known', () => {
    const legs = [option('sell', 20_000, 'PE')];
    expect(notionalPaise(legs, null)).toBe(20_000 * 65 * 100);
    expect(estimateMargin(legs, { ...terms, underlyingPrice: null })).toEqual(estimateMargin(legs, { ...terms, underlyingPrice: 20_000 }));
    expect(notionalPaise([...legs, option('buy', 1, 'CE'), future('buy', NIFTY)], 26_000)).toBe(26_000 * 65 * 100 + 1_00_000_00);
  });

  const leg = fc
    .record({
      side: fc.constantFrom<Side>('buy', 'sell'),
      strike: fc.integer({ min: 240, max: 280 }).map((step) => step * 100),
      optionType: fc.constantFrom<OptionType>('CE', 'PE'),
      quantity: fc.integer({ min: 1, max: 20 }).map((lots) => lots * 65),
    })
    .map(({ side, strike, optionType, quantity }) => option(side, strike, optionType, { quantity }));

  it('asks of legs together no more than of each alone', () =>
    fc.assert(
      fc.property(fc.array(leg, { maxLength: 6 }), (legs) => {
        const alone = legs.reduce((sum, one) => sum + estimate(one).totalPaise, 0);
        expect(estimate(...legs).totalPaise).toBeLessThanOrEqual(alone + legs.length);
      }),
    ));

  it('never falls below premium and exposure, and doubles with the quantity', () =>
    fc.assert(
      fc.property(fc.array(leg, { maxLength: 6 }), (legs) => {
        const once = estimate(...legs);
        const twice = estimate(...legs.map((one) => ({ ...one, quantity: one.quantity * 2 })));
        expect(once.totalPaise).toBe(once.premiumPaise + once.scanPaise + once.exposurePaise);
        expect(once.scanPaise).toBeGreaterThanOrEqual(0);
        expect(Math.abs(twice.totalPaise - 2 * once.totalPaise)).toBeLessThanOrEqual(4);
      }),
    ));
});
