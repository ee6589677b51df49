import { describe, expect, it } from 'vitest';

import { option } from './instruments.test-kit.js';
import { Market } from './market.test-kit.js';

/** A market at 100 in which one limit order to buy two lots at 99 rests. */
function resting(): Market {
  const market = new Market();
  market.at(0, 100);
  market.send({ side: 'buy', kind: 'limit', price: 99, quantity: 100 });
  market.at(200, 100);
  return market;
}

describe('a cancellation', () => {
  it('takes a latency, and is told of with what was filled', () => {
    const market = resting();
    expect(market.cancel('o1')).toBe(null);
    market.at(250, 100);
    expect(market.kinds()).toEqual(['o1 working']);
    market.at(400, 100);
    expect(market.news.at(-1)).toEqual({
      kind: 'cancelled',
      orderId: 'o1',
      filledQuantity: 0,
      reason: 'Cancelled on request.',
      at: market.start + 300,
    });
    expect(market.book()).toMatchObject([{ status: 'cancelled', reason: 'Cancelled on request.' }]);
    expect(market.exchange.band(option.key).low).toBe(-Infinity);
  });

  it('comes too late where a fill was quicker', () => {
    const market = resting();
    market.cancel('o1');
    market.at(250, 98);
    market.at(400, 98);
    expect(market.kinds()).toEqual(['o1 working', 'o1 filled', 'o1 changeRejected']);
    expect(market.news.at(-1)).toEqual({
      kind: 'changeRejected',
      orderId: 'o1',
      change: 'cancel',
      code: 'exchange/order-complete',
      reason: 'The order is filled, with 100 of 100 filled.',
      at: market.start + 300,
    });
  });

  it('of an order that is over, or that nobody knows, is refused at once', () => {
    const market = resting();
    market.at(300, 98);
    const at = market.now();
    expect(market.cancel('o1')).toMatchObject({ kind: 'changeRejected', change: 'cancel', code: 'exchange/order-complete', at });
    expect(market.cancel('zz')).toMatchObject({ kind: 'changeRejected', change: 'cancel', code: 'exchange/order-unknown', at });
    market.at(1_000, 98);
    expect(market.kinds()).toEqual(['o1 working', 'o1 filled']);
  });

  it('of an order of another account finds none', () => {
    const market = new Market({}, { accounts: { main: 1e12, other: 1e12 } });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    expect(market.of('other').line.cancel('o1')).toMatchObject({ code: 'exchange/order-unknown' });
  });

  it('of an order on its way arrives after it', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy' });
    expect(market.cancel('o1')).toBe(null);
    market.at(200, 100);
    expect(market.kinds()).toEqual(['o1 filled', 'o1 changeRejected']);
  });
});

describe('a modification', () => {
  it('changes price and quantity after a latency, and says so', () => {
    const market = resting();
    expect(market.modify('o1', { price: 98, quantity: 150 })).toBe(null);
    market.at(250, 100);
    expect(market.exchange.band(option.key).low).toBe(99);
    market.at(400, 100);
    expect(market.exchange.band(option.key).low).toBe(98);
    expect(market.news.at(-1)).toEqual({
      kind: 'working',
      orderId: 'o1',
      status: 'open',
      quantity: 150,
      price: 98,
      triggerPrice: null,
      since: market.start + 300,
      at: market.start + 300,
    });
    market.at(500, 98);
    expect(market.fills()).toMatchObject([{ quantity: 150, price: 98 }]);
  });

  it('that finds the market within its new price is told of, and filled at the market', () => {
    const market = resting();
    market.modify('o1', { price: 101 });
    market.at(400, 100);
    expect(market.kinds()).toEqual(['o1 working', 'o1 working', 'o1 filled']);
    expect(market.fills()).toMatchObject([{ quantity: 100, price: 100 }]);
  });

  it('makes a stop of a limit order, and a limit order of a stop', () => {
    const market = resting();
    market.modify('o1', { kind: 'SL', triggerPrice: 105, price: 106 });
    market.at(400, 100);
    expect(market.exchange.band(option.key)).toMatchObject({ low: -Infinity, high: 105 });
    expect(market.book()).toMatchObject([{ status: 'triggerPending', kind: 'SL', triggerPrice: 105, price: 106 }]);
    market.modify('o1', { kind: 'limit', triggerPrice: null, price: 97 });
    market.at(600, 100);
    expect(market.exchange.band(option.key)).toMatchObject({ low: 97, high: Infinity });
    expect(market.book()).toMatchObject([{ status: 'open', kind: 'limit', triggerPrice: null, price: 97 }]);
  });

  it('makes a market order of what rests', () => {
    const market = resting();
    market.modify('o1', { kind: 'market', price: null });
    market.at(400, 100);
    expect(market.fills()).toMatchObject([{ quantity: 100, price: 100 }]);
  });

  it('of a stop that was triggered leaves it triggered', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL', triggerPrice: 95, price: 94 });
    market.at(200, 100);
    market.at(300, 90);
    market.modify('o1', { price: 93, triggerPrice: 93.5 });
    market.at(500, 92);
    expect(market.book()).toMatchObject([{ status: 'open', price: 93, triggerPrice: 93.5 }]);
    market.at(600, 93);
    expect(market.fills()).toMatchObject([{ price: 93 }]);
  });

  it('of a trigger to where the market is already is refused, and the order goes on as it was', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL-M', triggerPrice: 95 });
    market.at(200, 100);
    market.modify('o1', { triggerPrice: 99 });
    market.at(250, 98);
    market.at(400, 98);
    expect(market.news.at(-1)).toMatchObject({ kind: 'changeRejected', change: 'modify', code: 'exchange/trigger-side' });
    expect(market.book()).toMatchObject([{ status: 'triggerPending', triggerPrice: 95 }]);
  });

  it('in a closed market is refused', () => {
    const market = resting();
    market.modify('o1', { price: 98 });
    market.open = false;
    market.at(400, 100);
    expect(market.news.at(-1)).toMatchObject({ kind: 'changeRejected', code: 'exchange/closed' });
  });

  it('is refused at once where the broker knows better', () => {
    const market = resting();
    const codes = [{ quantity: 60 }, { quantity: 1_850 }, { price: 98.97 }, { kind: 'limit' as const, price: null }].map((change) => {
      const answer = market.modify('o1', change);
      return answer?.kind === 'changeRejected' ? `${answer.change} ${answer.code}` : answer;
    });
    expect(codes).toEqual(['modify exchange/lot', 'modify exchange/freeze', 'modify exchange/grid', 'modify exchange/price-missing']);
    expect(market.modify('zz', { price: 98 })).toMatchObject({ kind: 'changeRejected', change: 'modify', code: 'exchange/order-unknown' });
    market.at(1_300, 98);
    expect(market.modify('o1', { price: 98 })).toMatchObject({ kind: 'changeRejected', change: 'modify', code: 'exchange/order-complete' });
  });

  it('to no more than what is filled is refused, at once or on arrival', () => {
    const market = new Market({ size: { kind: 'units', units: 50 } });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 101, quantity: 150 });
    market.until(market.start + 150);
    expect(market.fills()).toMatchObject([{ quantity: 50 }]);
    expect(market.modify('o1', { quantity: 50 })).toMatchObject({ kind: 'changeRejected', code: 'exchange/quantity-filled' });
    market.modify('o1', { quantity: 100 });
    market.at(200, 100);
    market.at(400, 102);
    expect(market.fills()).toMatchObject([{ quantity: 50 }, { quantity: 50 }]);
    expect(market.news.at(-1)).toMatchObject({ kind: 'changeRejected', change: 'modify', code: 'exchange/quantity-filled' });
    expect(market.book()).toMatchObject([{ status: 'open', quantity: 150, filledQuantity: 100 }]);
  });

  it('is done 25 times to an order and no more', () => {
    const market = resting();
    for (let i = 0; i < 25; i += 1) {
      market.at(300 + i * 200, 100);
      expect(market.modify('o1', { price: 99 - (i + 1) * 0.05 })).toBe(null);
    }
    market.at(6_300, 100);
    expect(market.modify('o1', { price: 99 })).toMatchObject({
      kind: 'changeRejected',
      code: 'exchange/modifications',
      reason: 'The order was changed 25 times; brokers take 25 changes of an order.',
    });
    expect(market.cancel('o1')).toBe(null);
  });
});
