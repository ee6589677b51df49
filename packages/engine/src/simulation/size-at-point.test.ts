import { describe, expect, it } from 'vitest';

import { option } from './instruments.test-kit.js';
import { Market } from './market.test-kit.js';

const quantities = (market: Market): readonly number[] => market.fills().map(({ quantity }) => quantity);

describe('with so many units at a point', () => {
  it('an order is filled over several points, each fill under an id of its own', () => {
    const market = new Market({ size: { kind: 'units', units: 120 } });
    market.at(0, 100);
    market.send({ side: 'buy', quantity: 300 });
    market.at(200, 101);
    expect(market.kinds()).toEqual(['o1 filled', 'o1 working', 'o1 filled']);
    expect(market.news[1]).toMatchObject({ status: 'open', quantity: 300, price: null });
    market.at(300, 102);
    expect(market.fills()).toMatchObject([
      { quantity: 100, price: 100, time: market.start + 100 },
      { quantity: 100, price: 101, time: market.start + 200 },
      { quantity: 100, price: 102, time: market.start + 300 },
    ]);
    expect(new Set(market.news.flatMap((news) => (news.kind === 'filled' ? [news.fill.fillId] : []))).size).toBe(3);
    expect(market.book()).toMatchObject([
      { status: 'filled', filledQuantity: 300, fills: [{ quantity: 100 }, { quantity: 100 }, { quantity: 100 }] },
    ]);
    expect(market.exchange.band(option.key)).toEqual({ low: -Infinity, high: Infinity, everyPoint: false });
  });

  it('a limit that takes waits for the market to come back when it has left', () => {
    const market = new Market({ size: { kind: 'units', units: 50 } });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 100.5, quantity: 150 });
    market.at(200, 100.2);
    market.at(300, 103);
    market.at(400, 100.6);
    expect(market.fills().map(({ price }) => price)).toEqual([100, 100.2]);
    expect(market.exchange.band(option.key).low).toBe(100.5);
    market.at(500, 99);
    expect(market.fills().at(-1)).toMatchObject({ price: 100.5, quantity: 50 });
  });

  it('an order for the moment gets what there is, and the rest is cancelled', () => {
    const market = new Market({ size: { kind: 'units', units: 120 } });
    market.at(0, 100);
    market.send({ side: 'buy', quantity: 300, validity: 'IOC' });
    market.at(200, 100);
    expect(market.kinds()).toEqual(['o1 filled', 'o1 cancelled']);
    expect(market.news[1]).toMatchObject({ filledQuantity: 100, reason: 'Nobody took the rest of it at once.' });
    expect(market.book()).toMatchObject([{ status: 'cancelled', quantity: 300, filledQuantity: 100 }]);
  });

  it('all orders of a point share them: better prices first, then who came first', () => {
    const market = new Market({ size: { kind: 'units', units: 100 } }, { accounts: { main: 1e12, other: 1e12 } });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 98 });
    market.send({ side: 'buy', kind: 'limit', price: 99, account: 'other' });
    market.send({ side: 'buy', kind: 'limit', price: 98 });
    market.at(200, 100);
    market.at(300, 97);
    expect(market.fills('other')).toMatchObject([{ orderId: 'o2', price: 99 }]);
    expect(market.fills()).toMatchObject([{ orderId: 'o1', price: 98 }]);
    market.at(400, 97);
    expect(market.fills()).toMatchObject([{ orderId: 'o1' }, { orderId: 'o3' }]);
  });

  it('who comes between two points finds what the last one left, for a second', () => {
    const market = new Market({ size: { kind: 'units', units: 100 } });
    market.at(0, 100);
    market.send({ side: 'buy', validity: 'IOC' });
    market.until(market.start + 50);
    market.send({ side: 'buy', quantity: 100, validity: 'IOC' });
    market.until(market.start + 1_050);
    market.send({ side: 'buy', quantity: 100, validity: 'IOC' });
    market.until(market.start + 2_000);
    expect(quantities(market)).toEqual([50, 50, 100]);
  });

  it('a moment is one point, whatever happens in it', () => {
    const market = new Market({ size: { kind: 'units', units: 60 } });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(400, 100);
    market.send({ side: 'buy' });
    market.at(500, 99);
    expect(market.fills()).toMatchObject([{ orderId: 'o2', price: 100, time: market.start + 500 }]);
    market.at(501, 99);
    expect(market.fills()).toMatchObject([{ orderId: 'o2' }, { orderId: 'o1', price: 99, time: market.start + 501 }]);
  });

  it('less than a lot fills nothing', () => {
    const market = new Market({ size: { kind: 'units', units: 49 } });
    market.at(0, 100);
    market.send({ side: 'buy' });
    for (let i = 2; i < 6; i += 1) market.at(i * 100, 100);
    expect(market.fills()).toEqual([]);
    expect(market.kinds()).toEqual(['o1 working']);
  });

  it('nothing is filled at a point without a price', () => {
    const market = new Market({ size: { kind: 'units', units: 50 } });
    market.at(0, 100);
    market.send({ side: 'buy', quantity: 100 });
    market.at(200, NaN);
    market.exchange.priceMoved(option.key, market.now());
    expect(quantities(market)).toEqual([50]);
    market.at(300, 101);
    expect(market.fills()).toMatchObject([{ price: 100 }, { price: 101 }]);
  });

  it('a stop that is triggered takes what there is, and goes on', () => {
    const market = new Market({ size: { kind: 'units', units: 50 } });
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL-M', triggerPrice: 95, quantity: 100 });
    market.at(200, 100);
    market.at(300, 94);
    market.at(400, 96);
    expect(market.fills()).toMatchObject([
      { price: 94, quantity: 50 },
      { price: 96, quantity: 50 },
    ]);
    expect(market.kinds()).toEqual(['o1 working', 'o1 filled', 'o1 working', 'o1 filled']);
  });
});

describe('with a share of the volume', () => {
  it('an order gets its share of what is traded while it is there, from its decision on', () => {
    const market = new Market({ size: { kind: 'volume', share: 0.1 } });
    market.at(0, 100, { volume: 1e6 });
    market.send({ side: 'buy', quantity: 300 });
    market.at(50, 100, { volume: 1e6 + 600 });
    market.at(150, 100, { volume: 1e6 + 600 });
    expect(quantities(market)).toEqual([50]);
    expect(market.exchange.band(option.key).everyPoint).toBe(true);
    market.at(200, 100, { volume: 1e6 + 600 + 1_200 });
    expect(quantities(market)).toEqual([50, 100]);
    // 200 are left of the shares before, and add up with 300 to a lot.
    market.at(300, 100, { volume: 1e6 + 1_800 + 300 });
    expect(quantities(market)).toEqual([50, 100, 50]);
    market.at(400, 100, { volume: 1e6 + 2_100 + 10_000 });
    expect(quantities(market)).toEqual([50, 100, 50, 100]);
  });

  it('what is traded while the price is away is nothing to a limit', () => {
    const market = new Market({ size: { kind: 'volume', share: 0.1 } });
    market.at(0, 100, { volume: 0 });
    market.send({ side: 'buy', kind: 'limit', price: 99, quantity: 100 });
    market.at(200, 100, { volume: 50_000 });
    market.at(300, 100, { volume: 90_000 });
    market.at(400, 99, { volume: 90_400 });
    expect(quantities(market)).toEqual([]);
    market.at(500, 99, { volume: 91_000 });
    expect(quantities(market)).toEqual([100]);
  });

  it('everything can be had where no feed tells the volume', () => {
    const market = new Market({ size: { kind: 'volume', share: 0.1 } });
    market.at(0, 100);
    market.send({ side: 'buy', quantity: 1_800 });
    market.at(200, 100);
    expect(quantities(market)).toEqual([1_800]);
  });

  it('begins anew with the day', () => {
    const market = new Market({ size: { kind: 'volume', share: 0.5 } });
    market.at(0, 100, { volume: 1e6 });
    market.send({ side: 'buy', validity: 'IOC' });
    market.at(50, 100, { volume: 200 });
    market.at(200, 100, { volume: 200 });
    expect(quantities(market)).toEqual([50]);
  });
});
