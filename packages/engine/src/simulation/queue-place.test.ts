import { describe, expect, it } from 'vitest';

import { option } from './instruments.test-kit.js';
import { Market } from './market.test-kit.js';

/** A market at 100 in which an order to buy at 99 waits behind 1,000 units. */
function waiting(quantity = 100): Market {
  const market = new Market({ fill: { kind: 'queue', ahead: 1_000 } });
  market.at(0, 100, { volume: 0 });
  market.send({ side: 'buy', kind: 'limit', price: 99, quantity });
  market.at(200, 99, { volume: 5_000 });
  return market;
}

describe('in a queue', () => {
  it('an order waits until those before it are served, and then gets what is traded at its price', () => {
    const market = waiting();
    expect(market.exchange.band(option.key)).toEqual({ low: 98.95, high: Infinity, everyPoint: true });
    // From 100 to 99 there are 21 prices: 5,000 ÷ 21 were traded at each, 238 of them at 99.
    market.at(300, 99, { volume: 5_700 });
    expect(market.fills()).toEqual([]);
    market.at(400, 99, { volume: 5_820 });
    expect(market.fills()).toMatchObject([{ quantity: 50, price: 99 }]);
    market.at(500, 99, { volume: 6_000 });
    expect(market.fills()).toMatchObject([{ quantity: 50 }, { quantity: 50, price: 99, time: market.start + 500 }]);
  });

  it('a deal through its price fills it, whoever waits before it', () => {
    const market = waiting();
    market.at(300, 98.95, { volume: 5_001 });
    expect(market.fills()).toMatchObject([{ quantity: 100, price: 99 }]);
  });

  it('what is traded at other prices brings nobody forward', () => {
    const market = waiting();
    market.at(300, 99.05, { volume: 5_000 });
    market.at(400, 99.05, { volume: 50_000 });
    market.at(500, 99, { volume: 50_000 });
    expect(market.fills()).toEqual([]);
  });

  it('half of what is traded on the way to the next price was traded at its own', () => {
    const market = waiting(50);
    market.at(300, 99.05, { volume: 5_000 + 1_500 });
    expect(market.fills()).toEqual([]);
    market.at(400, 99.05, { volume: 9_000 });
    market.at(500, 99, { volume: 9_000 + 130 });
    // 238 + 750 + 65 are 53 beyond the queue.
    expect(market.fills()).toMatchObject([{ quantity: 50, price: 99 }]);
  });

  it('another price, or a larger quantity, costs the place; a smaller one does not', () => {
    const filledAfter = (...changes: readonly Parameters<Market['modify']>[1][]): number => {
      const market = waiting();
      market.at(300, 99, { volume: 5_500 });
      for (const change of changes) market.modify('o1', change);
      market.at(450, 99, { volume: 5_500 });
      market.at(500, 99, { volume: 5_830 });
      return market.fills().length;
    };
    expect(filledAfter({ quantity: 50 })).toBe(1);
    expect(filledAfter({ quantity: 100 })).toBe(1);
    expect(filledAfter({ quantity: 150 })).toBe(0);
    expect(filledAfter({ price: 98.9 }, { price: 99 })).toBe(0);
  });

  it('an order is no taker at its own price, but takes an offer within it', () => {
    const market = new Market({ fill: { kind: 'queue', ahead: 1_000 } });
    market.quote(98.9, 99);
    market.at(0, 99, { volume: 0 });
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 99, { volume: 0 });
    expect(market.fills()).toMatchObject([{ price: 99 }]);
  });

  it('nobody moves where no feed tells the volume: only a deal through the price fills', () => {
    const market = new Market({ fill: { kind: 'queue', ahead: 0 } });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 99);
    market.at(300, 99);
    expect(market.fills()).toEqual([]);
    market.at(400, 98.95);
    expect(market.fills()).toMatchObject([{ price: 99 }]);
  });

  it('a stop joins it at the end when it is triggered', () => {
    const market = new Market({ fill: { kind: 'queue', ahead: 500 } });
    market.at(0, 100, { volume: 0 });
    market.send({ side: 'sell', kind: 'SL', triggerPrice: 95, price: 94 });
    market.at(200, 100, { volume: 10_000 });
    market.at(300, 90, { volume: 20_000 });
    expect(market.fills()).toEqual([]);
    market.at(400, 94, { volume: 20_000 });
    market.at(500, 94, { volume: 20_400 });
    expect(market.fills()).toEqual([]);
    market.at(600, 94, { volume: 20_560 });
    expect(market.fills()).toMatchObject([{ price: 94, time: market.start + 600 }]);
  });
});
