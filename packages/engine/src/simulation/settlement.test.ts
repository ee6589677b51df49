import { describe, expect, it } from 'vitest';

import { EXPIRY, future, index, option, put, share, stockFuture } from './instruments.test-kit.js';
import { Market, type Sent } from './market.test-kit.js';

/** A market in which something was dealt on the day before the expiry, at 100, until the evening of the expiry. */
function afterExpiry(
  orders: readonly Sent[],
  underlying: { readonly key: string; readonly price: number } = { key: index.key, price: 26_080.037 },
): Market {
  const market = new Market();
  for (const { key } of [option, put, future, stockFuture]) market.show({ price: 100 }, key);
  market.show({ price: 26_000 }, index.key);
  market.show({ price: 1_400 }, share.key);
  for (const order of orders) market.send({ product: 'NRML', ...order });
  market.untilTime('10:01');
  market.untilTime('15:29', EXPIRY);
  market.show({ price: underlying.price }, underlying.key);
  market.untilTime('16:00');
  return market;
}

const closed = (market: Market) => market.of().outside.map(({ side, quantity, price }) => `${side} ${quantity} at ${price}`);

describe('at the close of the day of expiry', () => {
  it.each<[string, Sent, string]>([
    ['a call is worth what the index lies above its strike', { side: 'buy' }, 'sell 50 at 80.04'],
    ['the same to who sold it', { side: 'sell', quantity: 100 }, 'buy 100 at 80.04'],
    ['a put out of the money is worth nothing', { side: 'buy', instrument: put.key }, 'sell 50 at 0'],
    ['a future is worth the index', { side: 'sell', instrument: future.key }, 'buy 50 at 26080.04'],
  ])('%s', (_, order, expected) => {
    const market = afterExpiry([order]);
    expect(closed(market)).toEqual([expected]);
    expect(market.of().outside[0]).toMatchObject({ by: 'settlement', brokerOrderId: null, product: 'NRML' });
    expect(market.of().line.positions()?.positions).toEqual([]);
    expect(market.exchange.notes()).toEqual([]);
    expect(market.book().every(({ orderId }) => orderId !== null)).toBe(true);
  });

  it('the money is what was paid and what it was worth', () => {
    const { cashPaise, realisedPaise, availablePaise } = afterExpiry([{ side: 'buy' }])
      .of()
      .line.funds();
    expect(realisedPaise).toBe(8_004 * 50 - 10_000 * 50);
    expect(cashPaise).toBe(100_00_00_000_00 + realisedPaise);
    expect(availablePaise).toBe(cashPaise);
  });

  it('orders expire before positions are settled', () => {
    const market = new Market({ autoSquareOff: null });
    market.at(0, 100);
    market.show({ price: 26_000 }, index.key);
    market.untilTime('10:00', EXPIRY);
    market.send({ side: 'buy', product: 'NRML' });
    market.send({ side: 'sell', product: 'NRML', kind: 'limit', price: 200 });
    market.untilTime('15:30');
    expect(market.kinds()).toEqual(['o1 filled', 'o2 working', 'o2 expired']);
    expect(closed(market)).toEqual(['sell 50 at 0']);
  });

  it('contracts on shares are closed in money, and it is said that shares would have changed hands', () => {
    const market = afterExpiry([{ side: 'buy', instrument: stockFuture.key }], { key: share.key, price: 1_412.5 });
    expect(closed(market)).toEqual(['sell 50 at 1412.5']);
    expect(market.exchange.notes()).toEqual([
      `${stockFuture.key} of account main was closed in money at its expiry; shares of ${share.key} would have been delivered.`,
    ]);
  });

  it('it is the close of the contracts that counts, not that of shares', () => {
    const date = '2026-08-11';
    const call = { ...option, key: 'NFO:NIFTY11AUG2626000CE', symbol: 'NIFTY11AUG2626000CE', expiry: date };
    const market = new Market({}, { date, instruments: [call] });
    market.show({ price: 100 }, call.key);
    market.show({ price: 26_100 }, index.key);
    market.send({ side: 'buy', instrument: call.key, product: 'NRML', kind: 'limit', price: 101 });
    market.untilTime('15:39');
    expect([market.kinds(), closed(market)]).toEqual([['o1 filled'], []]);
    market.untilTime('15:40');
    expect(closed(market)).toEqual(['sell 50 at 100']);
  });

  it('each product is settled, and what expires later is not', () => {
    const market = new Market({ autoSquareOff: null });
    market.at(0, 100);
    market.show({ price: 26_050 }, index.key);
    market.send({ side: 'buy', product: 'NRML', quantity: 100 });
    market.send({ side: 'sell', product: 'MIS' });
    market.untilTime('16:00');
    expect(closed(market)).toEqual([]);
    market.untilTime('16:00', EXPIRY);
    expect(closed(market)).toEqual(['sell 100 at 50', 'buy 50 at 50']);
  });

  it('what has no price of its underlying is not settled, and that is said', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', product: 'NRML' });
    market.untilTime('16:00', EXPIRY);
    expect(closed(market)).toEqual([]);
    expect(market.exchange.notes()).toEqual([
      `${option.key} of account main expired without a price of NSE_INDEX:NIFTY, and is not settled.`,
    ]);
  });

  it('what a run without that day still holds is settled when the next day begins', () => {
    const market = new Market();
    market.at(0, 100);
    market.show({ price: 26_010 }, index.key);
    market.send({ side: 'buy', product: 'NRML' });
    market.untilTime('16:00');
    market.until(market.start + 2 * 86_400_000);
    market.exchange.beginDay('2026-03-25');
    expect(closed(market)).toEqual(['sell 50 at 10']);
    expect(market.of().outside[0]?.time).toBe(market.now());
    expect(market.exchange.notes()).toEqual([
      `${option.key} expired on ${EXPIRY}, a day that the run had no close of, and was settled later.`,
    ]);
  });
});
