import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRuleBook } from '../market/create-rule-book.js';
import { requestedOrder } from '../orders/order-life.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { PriceBand } from '../orders/protected-limit.js';
import { BARRED_MONDAY, MONDAY, time } from '../primitives/mondays.test-kit.js';
import { isOnTickGrid } from '../primitives/price.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { Board } from './board.js';
import { OrderPricer } from './order-pricer.js';
import { anOrder } from './runtime.test-kit.js';

function pricerOn(date: string, { price = 1_000, bid = Number.NaN, ask = Number.NaN, band = null as PriceBand | null } = {}) {
  const clock = { now: time('10:00', date) };
  const board = new Board({ pessimistic: false });
  const slot = board.slot(SHARE);
  if (!Number.isNaN(price)) slot.jump(clock.now, price);
  slot.bid = bid;
  slot.ask = ask;
  const pricer = new OrderPricer({ clock, board, rules: createRuleBook({ calendar: 'rules' }), bandOf: () => band });
  const sent = (changes: Partial<OrderRequest> = {}) => {
    const { kind, price: limit, triggerPrice } = pricer.sentAs(anOrder(changes));
    return [kind, limit, triggerPrice];
  };
  return { pricer, sent, clock };
}

describe('before plain market orders were barred', () => {
  it('sends every order as it is asked for', () => {
    const { sent } = pricerOn(MONDAY);
    expect(sent()).toEqual(['market', null, null]);
    expect(sent({ kind: 'SL-M', triggerPrice: 990 })).toEqual(['SL-M', null, 990]);
    expect(sent({ kind: 'limit', price: 1_001 })).toEqual(['limit', 1_001, null]);
  });

  it('did so on the last day, and no more on the next', () => {
    expect(pricerOn('2026-03-31').sent()).toEqual(['market', null, null]);
    expect(pricerOn('2026-04-01').sent()).toEqual(['limit', 1_005, null]);
  });
});

describe('from 2026-04-01 on', () => {
  it('sends a market order as a limit that the market meets at once, within the slab of its price', () => {
    const { sent } = pricerOn(BARRED_MONDAY);
    expect(sent({ side: 'buy' })).toEqual(['limit', 1_005, null]);
    expect(sent({ side: 'sell' })).toEqual(['limit', 995, null]);
    expect(pricerOn(BARRED_MONDAY, { price: 200 }).sent({ side: 'buy' })).toEqual(['limit', 202, null]);
  });

  it('looks at what the other side asks for or gives, where a feed tells', () => {
    const { sent } = pricerOn(BARRED_MONDAY, { bid: 990, ask: 1_010 });
    expect(sent({ side: 'buy' })).toEqual(['limit', 1_015.05, null]);
    expect(sent({ side: 'sell' })).toEqual(['limit', 985.05, null]);
  });

  it('sends a stop at the market as a stop with a limit beyond its trigger', () => {
    const { sent } = pricerOn(BARRED_MONDAY);
    expect(sent({ kind: 'SL-M', side: 'sell', triggerPrice: 990 })).toEqual(['SL', 985.05, 990]);
    expect(sent({ kind: 'SL-M', side: 'buy', triggerPrice: 1_010 })).toEqual(['SL', 1_015.05, 1_010]);
  });

  it('leaves limits and stops with a limit as they are', () => {
    const { sent } = pricerOn(BARRED_MONDAY);
    expect(sent({ kind: 'limit', price: 1_001 })).toEqual(['limit', 1_001, null]);
    expect(sent({ kind: 'SL', price: 989, triggerPrice: 990 })).toEqual(['SL', 989, 990]);
  });

  it('keeps a limit inside the band of the day', () => {
    const { sent } = pricerOn(BARRED_MONDAY, { band: { low: 998, high: 1_002 } });
    expect(sent({ side: 'buy' })).toEqual(['limit', 1_002, null]);
    expect(sent({ side: 'sell' })).toEqual(['limit', 998, null]);
  });

  it('has nothing to protect without a price: what then becomes of the order is the gate’s and the exchange’s business', () => {
    expect(pricerOn(BARRED_MONDAY, { price: Number.NaN }).sent()).toEqual(['market', null, null]);
  });

  it('never sends an order at the market, and every limit is on the grid and on the far side of the market', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200_000 }),
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.constantFrom('market' as const, 'SL-M' as const),
        (ticks, side, kind) => {
          const price = Math.round(ticks * 5) / 100;
          const { pricer } = pricerOn(BARRED_MONDAY, { price });
          const terms = pricer.sentAs(anOrder({ side, kind, triggerPrice: kind === 'SL-M' ? price : null }));
          expect(terms.kind).toBe(kind === 'SL-M' ? 'SL' : 'limit');
          expect(isOnTickGrid(terms.price ?? Number.NaN, 0.05)).toBe(true);
          expect(side === 'buy' ? (terms.price ?? 0) > price : (terms.price ?? Infinity) < price).toBe(true);
        },
      ),
    ));
});

describe('a change', () => {
  const order = (changes: Partial<OrderRequest>) => ({ ...requestedOrder(anOrder(changes)), status: 'open' as const });

  it('lets a limit follow the market', () => {
    const { pricer, clock } = pricerOn(BARRED_MONDAY, { price: 1_020 });
    const followed = pricer.changed({ ...order({ side: 'buy' }), kind: 'limit', price: 1_005 }, { kind: 'chase' });
    expect(followed).toEqual({ orderId: '1', quantity: 10, kind: 'limit', price: 1_025.1, triggerPrice: null, at: clock.now });
  });

  it('is for all of an order, as it stands at the exchange', () => {
    const { pricer } = pricerOn(BARRED_MONDAY);
    const partly = { ...order({ side: 'buy' }), kind: 'limit' as const, quantity: 40, filledQuantity: 15 };
    expect(pricer.changed(partly, { kind: 'chase' }).quantity).toBe(40);
  });

  it('moves the trigger of a stop, and with it the limit beyond', () => {
    const { pricer } = pricerOn(BARRED_MONDAY);
    const stop = { ...order({ kind: 'SL-M', side: 'sell', triggerPrice: 980 }), kind: 'SL' as const, price: 975 };
    expect(pricer.changed(stop, { kind: 'moveStop', triggerPrice: 990 })).toMatchObject({ kind: 'SL', price: 985.05, triggerPrice: 990 });
  });

  it('moves the trigger alone of a stop that rests at the market', () => {
    const { pricer } = pricerOn(MONDAY);
    const stop = order({ kind: 'SL-M', side: 'sell', triggerPrice: 980 });
    expect(pricer.changed(stop, { kind: 'moveStop', triggerPrice: 990 })).toMatchObject({ kind: 'SL-M', price: null, triggerPrice: 990 });
  });
});
