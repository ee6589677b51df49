import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OrderKind, Side } from '../orders/order-request.js';
import type { Price } from '../primitives/price.js';
import { pricePaths } from '../testing/arbitraries/price-paths.js';
import { Market } from './market.test-kit.js';
import type { ExchangeModel } from './simulated-exchange.js';

const STEP_MS = 40;
const SLIPPAGE_TICKS_MAX = 3;

interface Plan {
  readonly step: number;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly lots: number;
  readonly limit: Price;
  readonly trigger: Price;
  readonly cancelAfter: number | null;
}

const level = () => fc.integer({ min: 1_700, max: 2_300 }).map((ticks) => ticks / 20);

const plans = (): fc.Arbitrary<readonly Plan[]> =>
  fc.array(
    fc.record({
      step: fc.nat({ max: 40 }),
      side: fc.constantFrom<Side[]>('buy', 'sell'),
      kind: fc.constantFrom<OrderKind[]>('market', 'limit', 'SL', 'SL-M'),
      lots: fc.integer({ min: 1, max: 5 }),
      limit: level(),
      trigger: level(),
      cancelAfter: fc.option(fc.nat({ max: 10 }), { freq: 2, nil: null }),
    }),
    { maxLength: 12 },
  );

const models = (): fc.Arbitrary<Partial<ExchangeModel>> =>
  fc
    .record({
      latencyMs: fc.constantFrom(0, 5, 100, 250),
      ticks: fc.nat({ max: SLIPPAGE_TICKS_MAX }),
      fill: fc.constantFrom<ExchangeModel['fill'][]>('touch', 'through'),
      pessimistic: fc.boolean(),
    })
    .map(({ latencyMs, ticks, fill, pessimistic }) => ({
      latency: () => latencyMs,
      slippage: { kind: 'ticks', ticks },
      fill,
      pessimistic,
    }));

/** A path with orders on its way; at the end everything has arrived and the day is over. */
function play(model: Partial<ExchangeModel>, path: readonly Price[], all: readonly Plan[]): Market {
  const market = new Market(model);
  const cancels: { readonly step: number; readonly orderId: string }[] = [];
  market.at(0, 100);
  path.forEach((price, i) => {
    market.at((i + 1) * STEP_MS, price);
    for (const { step, side, kind, lots, limit, trigger, cancelAfter } of all) {
      if (step !== i) continue;
      market.send({
        side,
        kind,
        quantity: lots * 50,
        price: kind === 'limit' || kind === 'SL' ? limit : null,
        triggerPrice: kind === 'SL' || kind === 'SL-M' ? trigger : null,
      });
      if (cancelAfter !== null) cancels.push({ step: i + cancelAfter, orderId: `o${market.orders.length}` });
    }
    for (const { step, orderId } of cancels) if (step === i) market.exchange.cancel(orderId, market.now);
  });
  market.at((path.length + 20) * STEP_MS, path.at(-1) ?? 100);
  market.exchange.expireDay(market.now);
  return market;
}

const always = (look: (market: Market, path: readonly Price[]) => void): void =>
  fc.assert(
    fc.property(models(), pricePaths({ minLength: 41, maxLength: 60 }), plans(), (model, path, all) => {
      look(play(model, path, all), path);
    }),
    { numRuns: 120 },
  );

describe('the simulated exchange', () => {
  it('says once of every order how it ended, and fills all of it or nothing', () => {
    always((market) => {
      expect(market.news.map(({ orderId }) => orderId).sort()).toEqual(market.orders.map(({ orderId }) => orderId).sort());
      for (const { orderId, quantity, side } of market.fills()) {
        expect(market.orders.find((order) => order.orderId === orderId)).toMatchObject({ quantity, side });
      }
    });
  });

  it('fills at a price that was seen between decision and fill, but for the slippage and a tick', () => {
    always((market, path) => {
      for (const { orderId, price, time } of market.fills()) {
        const decided = market.orders.find((order) => order.orderId === orderId)?.at ?? Infinity;
        const seen = [100, ...path].filter((_, i) => {
          const from = market.start + i * STEP_MS;
          return from <= time && from + STEP_MS > decided;
        });
        const slack = (SLIPPAGE_TICKS_MAX + 1) * 0.05 + 1e-9;
        expect(price).toBeGreaterThanOrEqual(Math.min(...seen) - slack);
        expect(price).toBeLessThanOrEqual(Math.max(...seen) + slack);
      }
    });
  });

  it('fills nothing before it has arrived', () => {
    always((market) => {
      for (const { orderId, time } of market.fills()) {
        expect(time).toBeGreaterThanOrEqual(market.orders.find((order) => order.orderId === orderId)?.at ?? Infinity);
      }
    });
  });

  it('never goes beyond a limit', () => {
    always((market) => {
      for (const { orderId, side, price } of market.fills()) {
        const limit = market.orders.find((order) => order.orderId === orderId)?.price ?? null;
        if (limit === null) continue;
        if (side === 'buy') expect(price).toBeLessThanOrEqual(limit);
        else expect(price).toBeGreaterThanOrEqual(limit);
      }
    });
  });

  it('does the same again', () =>
    fc.assert(
      fc.property(models(), pricePaths({ minLength: 41, maxLength: 60 }), plans(), (model, path, all) => {
        expect(play(model, path, all).news).toEqual(play(model, path, all).news);
      }),
      { numRuns: 30 },
    ));
});
