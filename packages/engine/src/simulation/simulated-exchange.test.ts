import { describe, expect, it } from 'vitest';

import { option } from './instruments.test-kit.js';
import { Market } from './market.test-kit.js';

describe('a market order', () => {
  it('is filled at the price that prevails when it arrives, not at the one it was decided on', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy' });
    market.at(50, 101);
    market.at(99, 102);
    expect(market.news).toEqual([]);
    market.at(150, 103);
    expect(market.fills()).toEqual([{ orderId: 'o1', side: 'buy', quantity: 50, price: 102, time: market.start + 100 }]);
  });

  it('is acknowledged when it is sent', () => {
    const market = new Market();
    market.at(0, 100);
    expect(market.send({ side: 'buy' })).toEqual({ kind: 'acknowledged', orderId: 'o1', brokerOrderId: 'P1', at: market.start });
  });

  it('pays the slippage, and the far side of a quote', () => {
    const market = new Market({ slippage: { kind: 'ticks', ticks: 2 } });
    market.at(0, 100);
    market.send({ side: 'buy' });
    market.send({ side: 'sell' });
    market.quote(99.9, 100.2);
    market.at(200, 100);
    expect(market.fills().map(({ price }) => price)).toEqual([100.3, 99.8]);
  });

  it('gets the worse of decision and arrival from a pessimist', () => {
    const market = new Market({ path: 'pessimistic' });
    market.at(0, 100);
    market.send({ side: 'buy' });
    market.send({ side: 'sell' });
    market.at(50, 102);
    market.at(200, 102);
    expect(market.fills().map(({ price }) => price)).toEqual([102, 100]);
    market.send({ side: 'buy' });
    market.send({ side: 'sell' });
    market.at(250, 97);
    market.at(400, 97);
    expect(market.fills().map(({ price }) => price)).toEqual([102, 100, 102, 97]);
  });

  it('gets it as a limit too, if it could be filled at the decision and can be at the arrival', () => {
    const market = new Market({ path: 'pessimistic' });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 103 });
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(50, 98);
    market.at(200, 98);
    // The second was to wait for 99 and finds the market beyond: it gets the market's price.
    expect(market.fills().map(({ price }) => price)).toEqual([100, 98]);
  });

  it('is told of twice: acknowledged, and filled', () => {
    const market = new Market();
    market.at(0, 100);
    expect(market.send({ side: 'buy' })?.kind).toBe('acknowledged');
    market.at(200, 100);
    expect(market.kinds()).toEqual(['o1 filled']);
  });
});

describe('requests', () => {
  it('arrive one after the other for an account, whatever their latencies, and each account has its own lane', () => {
    const market = new Market({ latency: { kind: 'uniform', fromMs: 1, toMs: 500 } }, { accounts: { main: 1e11, other: 1e11 } });
    market.at(0, 100);
    expect(market.exchange.nextTime).toBe(market.start + (5 * 60 + 25) * 60_000);
    for (let i = 0; i < 8; i += 1) market.send({ side: 'buy', account: i % 2 === 0 ? 'main' : 'other' });
    expect(market.exchange.nextTime).toBeLessThanOrEqual(market.start + 500);
    market.at(2_000, 100);
    expect(market.fills().map(({ orderId }) => orderId)).toEqual(['o1', 'o3', 'o5', 'o7']);
    expect(market.fills('other').map(({ orderId }) => orderId)).toEqual(['o2', 'o4', 'o6', 'o8']);
    const times = market.orders.map(
      ({ orderId }) => [...market.fills(), ...market.fills('other')].find((fill) => fill.orderId === orderId)?.time ?? 0,
    );
    expect(times).not.toEqual(times.toSorted((one, other) => one - other));
  });

  it('are not overtaken by what is asked of them', () => {
    const market = new Market({ latency: { kind: 'uniform', fromMs: 0, toMs: 400 } });
    market.at(0, 100);
    for (let i = 1; i <= 3; i += 1) {
      market.send({ side: 'buy', kind: 'limit', price: 90 });
      market.modify(`o${i}`, { price: 91 });
      market.cancel(`o${i}`);
    }
    market.at(2_000, 100);
    expect(market.kinds()).toEqual([1, 2, 3].flatMap((i) => [`o${i} working`, `o${i} working`, `o${i} cancelled`]));
  });
});

describe('a limit order', () => {
  it('rests until the market touches its price, and gets that price', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.send({ side: 'sell', kind: 'limit', price: 101 });
    market.at(200, 99.05);
    expect(market.exchange.band(option.key)).toEqual({ low: 99, high: 101, everyPoint: false });
    market.at(300, 99);
    market.at(400, 104);
    expect(market.fills().map(({ price }) => price)).toEqual([99, 101]);
    expect(market.exchange.band(option.key)).toEqual({ low: -Infinity, high: Infinity, everyPoint: false });
  });

  it('waits for a deal through its price, where the model asks for that', () => {
    const market = new Market({ fill: { kind: 'through' } });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 99);
    expect(market.fills()).toEqual([]);
    market.at(300, 98.95);
    expect(market.fills().map(({ price }) => price)).toEqual([99]);
  });

  it('that finds the market beyond its price pays the market’s', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 105 });
    market.send({ side: 'sell', kind: 'limit', price: 95 });
    market.at(200, 100);
    expect(market.fills().map(({ price }) => price)).toEqual([100, 100]);
  });

  it('never pays more than its price, whatever the slippage', () => {
    const market = new Market({ slippage: { kind: 'ticks', ticks: 10 } });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 100.1 });
    market.at(200, 100);
    expect(market.fills().map(({ price }) => price)).toEqual([100.1]);
  });

  it('for the moment does not rest', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99, validity: 'IOC' });
    market.send({ side: 'buy', kind: 'limit', price: 101, validity: 'IOC' });
    market.at(200, 100);
    expect(market.kinds()).toEqual(['o1 cancelled', 'o2 filled']);
    expect(market.news[0]).toMatchObject({ filledQuantity: 0 });
  });

  it('takes a quote within its price, and does not take a price at which nobody offers any more', () => {
    const market = new Market();
    market.quote(99.9, 100.2);
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 100.3 });
    market.send({ side: 'buy', kind: 'limit', price: 100 });
    market.until(market.start + 150);
    expect(market.fills().map(({ price }) => price)).toEqual([100.2]);
    market.at(200, 100);
    expect(market.fills().map(({ price }) => price)).toEqual([100.2, 100]);
  });

  it('that rests says so with its terms', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 100);
    expect(market.news).toEqual([
      {
        kind: 'working',
        orderId: 'o1',
        status: 'open',
        quantity: 50,
        price: 99,
        triggerPrice: null,
        since: market.start + 100,
        at: market.start + 100,
      },
    ]);
    expect(market.book()).toMatchObject([
      { orderId: 'o1', brokerOrderId: 'P1', status: 'open', kind: 'limit', price: 99, filledQuantity: 0, fills: [] },
    ]);
  });

  it('expires with the day, and with the segment’s close', () => {
    const market = new Market({ autoSquareOff: null });
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99, product: 'NRML' });
    market.untilTime('15:29');
    expect(market.kinds()).toEqual(['o1 working']);
    market.untilTime('15:30');
    expect(market.news.at(-1)).toEqual({ kind: 'expired', orderId: 'o1', filledQuantity: 0, at: market.now() });
    expect(market.exchange.band(option.key).low).toBe(-Infinity);
    expect(market.exchange.nextTime).toBe(Infinity);
  });
});

describe('a stop order', () => {
  it('at the market is filled at the price that triggers it', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL-M', triggerPrice: 95 });
    market.send({ side: 'buy', kind: 'SL-M', triggerPrice: 110 });
    market.at(200, 95.05);
    expect(market.exchange.band(option.key)).toEqual({ low: 95, high: 110, everyPoint: false });
    expect(market.book().map(({ status }) => status)).toEqual(['triggerPending', 'triggerPending']);
    market.at(300, 94.5);
    market.at(400, 112);
    expect(market.fills().map(({ side, price }) => [side, price])).toEqual([
      ['sell', 94.5],
      ['buy', 112],
    ]);
  });

  it('whose trigger the market has reached while it was on its way is refused', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL-M', triggerPrice: 99 });
    market.at(50, 99);
    market.at(200, 99);
    expect(market.news).toEqual([
      {
        kind: 'rejected',
        orderId: 'o1',
        code: 'exchange/trigger-side',
        reason: 'The trigger of 99 of a stop to sell is not below the market at 99.',
        at: market.start + 100,
      },
    ]);
  });

  it('with a limit is filled within it', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL', triggerPrice: 95, price: 94 });
    market.at(200, 100);
    market.at(300, 94.5);
    expect(market.fills().map(({ price }) => price)).toEqual([94.5]);
  });

  it('with a limit that is jumped over rests at the limit', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL', triggerPrice: 95, price: 94 });
    market.at(200, 100);
    market.at(300, 90);
    expect(market.fills()).toEqual([]);
    expect(market.exchange.band(option.key)).toEqual({ low: -Infinity, high: 94, everyPoint: false });
    expect(market.news.map((news) => news.kind === 'working' && news.status)).toEqual(['triggerPending', 'open']);
    market.at(400, 94);
    expect(market.fills().map(({ price }) => price)).toEqual([94]);
  });

  it('is hit on its way between two points, where binary fractions make the price a hair short of its trigger', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL', triggerPrice: 95, price: 94 });
    market.at(200, 100);
    market.show({ price: 95.00000000000001 });
    market.exchange.priceMoved(option.key, market.start + 300);
    expect(market.fills().map(({ price }) => price)).toEqual([95]);
  });
});

describe('an account that comes back', () => {
  it('finds its book and what it holds, and is told of what happens from then on', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy' });
    market.send({ side: 'sell', kind: 'limit', price: 105 });
    market.at(200, 100);
    const news: string[] = [];
    const line = market.exchange.connect(
      { id: 'main', capitalPaise: 1, broker: 'paper' },
      { onNews: ({ kind, orderId }) => news.push(`${orderId} ${kind}`), onOutsideFill: () => undefined, onLine: () => undefined },
    );
    expect(line.orders()?.orders.map(({ status }) => status)).toEqual(['filled', 'open']);
    expect(line.positions()?.positions).toEqual([{ instrument: option.key, product: 'MIS', quantity: 50 }]);
    market.at(300, 105);
    expect(news).toEqual(['o2 filled']);
    expect(market.kinds()).toEqual(['o1 filled', 'o2 working']);
  });
});
