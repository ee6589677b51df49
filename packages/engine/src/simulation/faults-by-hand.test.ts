import { describe, expect, it } from 'vitest';

import { minuteOfDay } from '../primitives/time.js';
import { faulty } from './faulty.test-kit.js';

describe('by hand, in the app of the broker', () => {
  it('an order is cancelled', () => {
    const { market, told } = faulty([{ kind: 'cancelByHand' }]);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(31_000, 100);
    expect(market.kinds()).toEqual(['o1 working', 'o1 cancelled']);
    expect(market.news[1]).toMatchObject({ filledQuantity: 0, reason: 'Cancelled by hand in the app of the broker.' });
    expect(market.news[1]?.at).toBeGreaterThanOrEqual(market.start + 300);
    expect(told).toEqual([['cancelByHand', 'o1']]);
  });

  it('the terms of an order are changed, and told', () => {
    const { market, told } = faulty([{ kind: 'modifyByHand', times: 3 }]);
    market.send({ side: 'buy', kind: 'limit', price: 90, quantity: 200 });
    market.at(120_000, 100);
    expect(told).toEqual(Array(3).fill(['modifyByHand', 'o1']));
    const terms = market.news.flatMap((news) => (news.kind === 'working' ? [`${news.quantity} at ${news.price}`] : []));
    expect(new Set(terms).size).toBeGreaterThan(2);
    expect(market.book()).toMatchObject([{ status: 'open' }]);
    const [{ quantity, price } = { quantity: 0, price: 0 }] = market.book();
    expect(terms.at(-1)).toBe(`${quantity} at ${price}`);
  });

  it('a position is closed, or a part of it in whole lots', () => {
    const closed = new Set<number>();
    for (let seed = 0; seed < 20; seed += 1) {
      const { market, told } = faulty([{ kind: 'squareOffByHand', times: 1 }], { seed });
      market.send({ side: 'sell', quantity: 200, product: 'NRML' });
      market.at(31_000, 90);
      expect(market.of().outside).toMatchObject([{ by: 'byHandAtBroker', side: 'buy', price: 100, product: 'NRML', brokerOrderId: 'P2' }]);
      expect(told).toEqual([['squareOffByHand', null]]);
      const quantity = market.of().outside[0]?.quantity ?? 0;
      closed.add(quantity);
      expect(
        market
          .of()
          .line.positions()
          ?.positions.map((position) => position.quantity),
      ).toEqual(quantity === 200 ? [] : [quantity - 200]);
      expect(market.book().at(-1)).toMatchObject({ orderId: null, status: 'filled', quantity });
    }
    expect([...closed].sort((one, other) => one - other)).toEqual([50, 100, 150, 200]);
  });

  it('what is there already is met when the time comes', () => {
    const from = minuteOfDay('10:30');
    const { market } = faulty([
      { kind: 'squareOffByHand', from, times: 1 },
      { kind: 'cancelByHand', from, times: 1 },
    ]);
    market.send({ side: 'buy', product: 'NRML' });
    market.send({ side: 'buy', kind: 'limit', price: 90 });
    market.untilTime('10:30');
    expect([market.of().outside, market.kinds()]).toEqual([[], ['o1 filled', 'o2 working']]);
    market.untilTime('10:31');
    expect(market.of().outside).toMatchObject([{ by: 'byHandAtBroker', quantity: 50 }]);
    expect(market.kinds().at(-1)).toBe('o2 cancelled');
  });

  it('what comes too late counts for nothing', () => {
    const { market, told } = faulty([{ kind: 'cancelByHand', times: 1 }]);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(150, 100);
    market.at(200, 99);
    expect(market.kinds()).toEqual(['o1 working', 'o1 filled']);
    market.at(40_000, 100);
    market.send({ side: 'buy', kind: 'limit', price: 90 });
    market.at(80_000, 100);
    expect(market.kinds().slice(2)).toEqual(['o2 working', 'o2 cancelled']);
    expect(told).toEqual([['cancelByHand', 'o2']]);

    const short = faulty([{ kind: 'cancelByHand', from: minuteOfDay('10:00'), to: minuteOfDay('10:01') }], { seed: 5 });
    short.market.untilTime('10:00');
    short.market.until(short.market.start + 59_800);
    short.market.send({ side: 'buy', kind: 'limit', price: 90 });
    short.market.at(120_000, 100);
    expect(short.market.kinds()).toEqual(['o1 working']);
  });

  it('a test does it at once', () => {
    const { market, told } = faulty();
    market.send({ side: 'buy', quantity: 100, product: 'NRML' });
    market.send({ side: 'buy', kind: 'limit', price: 90 });
    expect(market.exchange.inject('cancelByHand', { orderId: 'o2' })).toBe(false);
    market.at(200, 100);
    expect(market.exchange.inject('modifyByHand', { orderId: 'o1' })).toBe(false);
    expect(market.exchange.inject('cancelByHand', { account: 'other' })).toBe(false);
    expect(market.exchange.inject('cancelByHand', { orderId: 'o2' })).toBe(true);
    expect(market.exchange.inject('squareOffByHand', { account: 'main' })).toBe(true);
    expect(market.exchange.inject('squareOffByHand', { orderId: 'o1' })).toBe(false);
    expect(market.of().outside).toMatchObject([{ quantity: 100, price: 100, time: market.now() }]);
    expect(told).toEqual([
      ['cancelByHand', 'o2'],
      ['squareOffByHand', null],
    ]);
  });

  it('nothing is closed while the market is', () => {
    const { market } = faulty();
    market.send({ side: 'buy', product: 'NRML' });
    market.untilTime('15:45');
    expect(market.exchange.inject('squareOffByHand', { account: 'main' })).toBe(false);
  });
});
