import { describe, expect, it } from 'vitest';

import { Market, option } from './market.test-kit.js';

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
    const market = new Market({ pessimistic: true });
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
});

describe('orders', () => {
  it('arrive in the order of their arrival, and of one moment in that of their sending', () => {
    const latencies = [100, 20, 100];
    const market = new Market({ latency: () => latencies.shift() ?? 0 });
    market.at(0, 100);
    expect(market.exchange.nextArrival).toBe(Infinity);
    for (let i = 0; i < 3; i += 1) market.send({ side: 'buy' });
    expect(market.exchange.nextArrival).toBe(market.start + 20);
    expect(market.exchange.nextArrivalOrder?.orderId).toBe('o2');
    market.at(500, 100);
    expect(market.fills().map(({ orderId }) => orderId)).toEqual(['o2', 'o1', 'o3']);
    expect(market.exchange.nextArrival).toBe(Infinity);
  });

  it('are refused in a closed market, without a price, off the lot, above the freeze quantity, and off the grid', () => {
    const refusal = (order: Parameters<Market['send']>[0], state: { readonly open?: boolean; readonly price?: number } = {}): unknown => {
      const market = new Market();
      market.open = state.open ?? true;
      market.at(0, state.price ?? 100);
      market.send(order);
      market.at(200, state.price ?? 100);
      const [first] = market.news;
      return first?.kind === 'rejected' ? first.code : first?.kind;
    };
    expect(refusal({ side: 'buy' })).toBe('filled');
    expect(refusal({ side: 'buy' }, { open: false })).toBe('exchange/closed');
    expect(refusal({ side: 'buy' }, { price: NaN })).toBe('exchange/no-price');
    expect(refusal({ side: 'buy', quantity: 60 })).toBe('exchange/lot');
    expect(refusal({ side: 'buy', quantity: 1_850 })).toBe('exchange/freeze');
    expect(refusal({ side: 'buy', quantity: 1_800 })).toBe('filled');
    expect(refusal({ side: 'buy', kind: 'limit', price: 99.97 })).toBe('exchange/grid');
    expect(refusal({ side: 'buy', kind: 'SL-M', triggerPrice: 101.01 })).toBe('exchange/grid');
  });

  it('can be taken back on their way and while they rest, and not afterwards', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy' });
    expect(market.exchange.cancel('o1', market.now)).toBe(true);
    expect(market.exchange.nextArrival).toBe(Infinity);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 100);
    expect(market.exchange.cancel('o2', market.now)).toBe(true);
    market.send({ side: 'buy' });
    market.at(400, 98);
    expect(market.exchange.cancel('o3', market.now)).toBe(false);
    expect(market.exchange.cancel('zz', market.now)).toBe(false);
    expect(market.kinds()).toEqual(['o1 cancelled', 'o2 cancelled', 'o3 filled']);
  });
});

describe('a limit order', () => {
  it('rests until the market touches its price, and gets that price', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.send({ side: 'sell', kind: 'limit', price: 101 });
    market.at(200, 99.05);
    expect(market.exchange.band(option.key)).toEqual({ low: 99, high: 101 });
    market.at(300, 99);
    market.at(400, 104);
    expect(market.fills().map(({ price }) => price)).toEqual([99, 101]);
    expect(market.exchange.band(option.key)).toEqual({ low: -Infinity, high: Infinity });
  });

  it('waits for a deal through its price, where the model asks for that', () => {
    const market = new Market({ fill: 'through' });
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
  });

  it('expires with the day', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 100);
    market.exchange.expireDay(market.now);
    market.at(300, 90);
    expect(market.kinds()).toEqual(['o1 expired']);
  });
});

describe('a stop order', () => {
  it('at the market is filled at the price that triggers it', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL-M', triggerPrice: 95 });
    market.send({ side: 'buy', kind: 'SL-M', triggerPrice: 110 });
    market.at(200, 95.05);
    expect(market.exchange.band(option.key)).toEqual({ low: 95, high: 110 });
    market.at(300, 94.5);
    market.at(400, 112);
    expect(market.fills().map(({ side, price }) => [side, price])).toEqual([
      ['sell', 94.5],
      ['buy', 112],
    ]);
  });

  it('that arrives behind its trigger is triggered at once', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'sell', kind: 'SL-M', triggerPrice: 101 });
    market.at(200, 100);
    expect(market.fills().map(({ price }) => price)).toEqual([100]);
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
    expect(market.exchange.band(option.key)).toEqual({ low: -Infinity, high: 94 });
    market.at(400, 94);
    expect(market.fills().map(({ price }) => price)).toEqual([94]);
  });
});
