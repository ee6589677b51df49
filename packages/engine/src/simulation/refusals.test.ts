import { describe, expect, it } from 'vitest';

import { formatRupees } from '../primitives/money.js';
import { estimateMargin } from '../risk/margin.js';
import type { ExchangeModel } from './exchange-model.js';
import { DATE, EXPIRY, future, index, option, put, share } from './instruments.test-kit.js';
import { Market, type Sent } from './market.test-kit.js';

/** Sends one order in a market at 100, and says how it was refused: at the door, or when it arrived; or what became of it. */
function outcome(
  order: Sent,
  { model = {}, prepare = () => undefined }: { model?: Partial<ExchangeModel>; prepare?: (market: Market) => void } = {},
) {
  const market = new Market(model);
  for (const { key } of [put, share, future]) market.show({ price: 100 }, key);
  market.show({ price: 26_000 }, index.key);
  market.at(0, 100);
  prepare(market);
  const answer = market.send(order);
  if (answer?.kind === 'rejected') return `door ${answer.code}`;
  market.until(market.now() + 100);
  const last = market.news.at(-1);
  return last?.kind === 'rejected' ? `arrival ${last.code}` : last?.kind;
}

describe('the broker refuses at once', () => {
  it.each<[string, Sent, string]>([
    ['what is not whole lots', { side: 'buy', quantity: 60 }, 'door exchange/lot'],
    ['what is nothing', { side: 'buy', quantity: 0 }, 'door exchange/lot'],
    ['what is above the freeze quantity', { side: 'buy', quantity: 1_850 }, 'door exchange/freeze'],
    ['but not what is just the freeze quantity', { side: 'buy', quantity: 1_800 }, 'filled'],
    ['a limit off the grid', { side: 'buy', kind: 'limit', price: 99.97 }, 'door exchange/grid'],
    ['a trigger off the grid', { side: 'buy', kind: 'SL-M', triggerPrice: 101.01 }, 'door exchange/grid'],
    ['a limit order without its limit', { side: 'buy', kind: 'limit' }, 'door exchange/price-missing'],
    ['a stop order without its trigger', { side: 'sell', kind: 'SL', price: 95 }, 'door exchange/price-missing'],
    [
      'a stop whose limit lies before its trigger',
      { side: 'buy', kind: 'SL', triggerPrice: 105, price: 104.95 },
      'door exchange/stop-limit',
    ],
    ['the same the other way', { side: 'sell', kind: 'SL', triggerPrice: 95, price: 95.05 }, 'door exchange/stop-limit'],
    ['but not one whose limit is its trigger', { side: 'sell', kind: 'SL', triggerPrice: 95, price: 95 }, 'working'],
    ['an index', { side: 'buy', instrument: index.key }, 'door exchange/index'],
    ['shares for delivery that are not held', { side: 'sell', instrument: share.key, product: 'CNC' }, 'door exchange/short-delivery'],
    ['an option for delivery', { side: 'buy', product: 'CNC' }, 'door exchange/product'],
    ['a future for delivery', { side: 'sell', instrument: future.key, product: 'CNC' }, 'door exchange/product'],
    ['shares that are carried forward', { side: 'buy', instrument: share.key, product: 'NRML' }, 'door exchange/product'],
    ['but not a future that is carried forward', { side: 'buy', instrument: future.key, product: 'NRML' }, 'filled'],
    ['but not shares sold for the day', { side: 'sell', instrument: share.key, product: 'MIS' }, 'filled'],
  ])('%s', (_, order, expected) => {
    expect(outcome(order)).toBe(expected);
  });

  it('orders outside of the day’s price band, which begins with the first price', () => {
    const model = { priceBand: 0.1 };
    expect(outcome({ side: 'buy', kind: 'limit', price: 110 }, { model })).toBe('filled');
    expect(outcome({ side: 'buy', kind: 'limit', price: 110.05 }, { model })).toBe('door exchange/price-band');
    expect(outcome({ side: 'buy', kind: 'SL', triggerPrice: 105, price: 110.05 }, { model })).toBe('door exchange/price-band');
    expect(outcome({ side: 'sell', kind: 'limit', price: 89.95 }, { model })).toBe('door exchange/price-band');
    const market = new Market(model);
    expect(market.exchange.bandOf(option.key)).toBe(null);
    market.at(0, 100.03);
    expect(market.exchange.bandOf(option.key)).toEqual({ low: 90.05, high: 110 });
    market.at(100, 50);
    expect(market.exchange.bandOf(option.key)).toEqual({ low: 90.05, high: 110 });
    market.exchange.beginDay('2026-03-24');
    expect(market.exchange.bandOf(option.key)).toEqual({ low: 45, high: 55 });
    expect(new Market().exchange.bandOf(option.key)).toBe(null);
  });

  it('market orders and stops at the market of algorithms since April 2026', () => {
    const on = (date: string, order: Sent): unknown => {
      const market = new Market({}, { date });
      market.show({ price: 100 }, share.key);
      const answer = market.send({ instrument: share.key, quantity: 1, ...order });
      return answer?.kind === 'rejected' ? answer.code : answer?.kind;
    };
    expect(on('2026-03-30', { side: 'buy' })).toBe('acknowledged');
    expect(on('2026-04-01', { side: 'buy' })).toBe('exchange/market-barred');
    expect(on('2026-04-01', { side: 'sell', kind: 'SL-M', triggerPrice: 95 })).toBe('exchange/market-barred');
    expect(on('2026-04-01', { side: 'sell', kind: 'SL', triggerPrice: 95, price: 94 })).toBe('acknowledged');
    expect(on('2026-04-01', { side: 'buy', kind: 'limit', price: 102 })).toBe('acknowledged');
  });

  it('contracts that have expired', () => {
    const market = new Market({ autoSquareOff: null });
    market.at(0, 100);
    market.untilTime('10:00', '2026-03-25');
    expect(market.send({ side: 'buy' })).toMatchObject({
      kind: 'rejected',
      code: 'exchange/expired',
      reason: `${option.key} expired on ${EXPIRY}; today is 2026-03-25.`,
    });
  });

  it('more than ten requests of an account in a second of the clock, of whatever kind', () => {
    const market = new Market({}, { accounts: { main: 1e12, other: 1e12 } });
    market.at(0, 100);
    for (let i = 1; i <= 6; i += 1) market.send({ side: 'buy', kind: 'limit', price: 90 });
    for (let i = 1; i <= 4; i += 1) expect(market.modify(`o${i}`, { price: 91 })).toBe(null);
    expect(market.send({ side: 'buy' })).toMatchObject({ kind: 'rejected', code: 'exchange/rate' });
    expect(market.cancel('o1')).toMatchObject({ kind: 'changeRejected', change: 'cancel', code: 'exchange/rate' });
    expect(market.send({ side: 'buy', account: 'other' })?.kind).toBe('acknowledged');
    expect(market.book().map(({ orderId }) => orderId)).not.toContain('o7');
    market.at(999, 100);
    expect(market.send({ side: 'buy' })?.kind).toBe('rejected');
    market.at(1_000, 100);
    expect(market.send({ side: 'buy' })?.kind).toBe('acknowledged');
  });

  it('shares for delivery that another order sells already', () => {
    const market = new Market();
    market.show({ price: 100 }, share.key);
    const sell = (quantity: number) =>
      market.send({ side: 'sell', instrument: share.key, product: 'CNC', quantity, kind: 'limit', price: 110 });
    market.send({ side: 'buy', instrument: share.key, product: 'CNC', quantity: 10 });
    market.until(market.now() + 200);
    expect(sell(6)?.kind).toBe('acknowledged');
    expect(sell(5)).toMatchObject({
      code: 'exchange/short-delivery',
      reason: `5 of ${share.key} for delivery (CNC), of which 4 are held and free.`,
    });
    expect(sell(4)?.kind).toBe('acknowledged');
    market.until(market.now() + 200);
    expect(market.modify('o2', { quantity: 7 })).toMatchObject({ kind: 'changeRejected', code: 'exchange/short-delivery' });
    expect(market.modify('o2', { quantity: 5 })).toBe(null);
  });

  it('intraday orders after it has closed what was held for the day', () => {
    const market = new Market();
    market.at(0, 100);
    market.untilTime('15:24');
    expect(market.send({ side: 'buy' })?.kind).toBe('acknowledged');
    market.untilTime('15:25');
    expect(market.send({ side: 'buy' })).toMatchObject({ kind: 'rejected', code: 'exchange/square-off' });
    expect(market.send({ side: 'buy', product: 'NRML' })?.kind).toBe('acknowledged');
  });

  it('and has what it refused in its book', () => {
    const market = new Market();
    market.at(0, 100);
    market.send({ side: 'buy', quantity: 60 });
    expect(market.book()).toMatchObject([
      { orderId: 'o1', status: 'rejected', reason: 'Quantity 60 is not a whole number of lots of 50.' },
    ]);
    expect(market.news).toEqual([]);
    expect(market.cancel('o1')).toMatchObject({ kind: 'changeRejected', code: 'exchange/order-complete' });
  });
});

describe('the exchange refuses on arrival', () => {
  it('in a closed market, and where nothing has traded', () => {
    expect(outcome({ side: 'buy' }, { prepare: (market) => Object.assign(market, { open: false }) })).toBe('arrival exchange/closed');
    expect(outcome({ side: 'buy' }, { prepare: (market) => market.show({ price: NaN }) })).toBe('arrival exchange/no-price');
  });

  it('what comes when it has closed', () => {
    const market = new Market();
    market.at(0, 100);
    market.untilTime('15:29');
    market.until(market.now() + 59_950);
    market.send({ side: 'buy', product: 'NRML' });
    market.untilTime('15:31');
    expect(market.news).toMatchObject([{ kind: 'rejected', code: 'exchange/closed' }]);
  });

  it.each<[string, Sent]>([
    ['a stop to buy at the market', { side: 'buy', kind: 'SL-M', triggerPrice: 100 }],
    ['one below it', { side: 'buy', kind: 'SL', triggerPrice: 99, price: 99.5 }],
    ['a stop to sell at the market', { side: 'sell', kind: 'SL-M', triggerPrice: 100 }],
    ['one above it', { side: 'sell', kind: 'SL', triggerPrice: 101, price: 100.5 }],
  ])('%s', (_, order) => {
    expect(outcome(order)).toBe('arrival exchange/trigger-side');
  });

  it('intraday orders that the broker’s square-off has met on their way', () => {
    const market = new Market();
    market.at(0, 100);
    market.untilTime('15:24');
    market.until(market.now() + 59_950);
    expect(market.send({ side: 'buy' })?.kind).toBe('acknowledged');
    market.untilTime('15:26');
    expect(market.news).toMatchObject([{ kind: 'rejected', code: 'exchange/square-off' }]);
    expect(market.of().line.positions()?.positions).toEqual([]);
  });
});

describe('without margin the broker refuses', () => {
  const poor = (paise: number, model: Partial<ExchangeModel> = {}): Market => {
    const market = new Market(model, { accounts: { main: paise } });
    market.show({ price: 26_000 }, index.key);
    market.show({ price: 60 }, put.key);
    market.show({ price: 100 }, share.key);
    market.at(0, 100);
    return market;
  };

  it('a bought option that costs more than there is, with what it needs and what there is', () => {
    expect(poor(5_000_00).send({ side: 'buy' })?.kind).toBe('acknowledged');
    expect(poor(4_999_99).send({ side: 'buy' })).toMatchObject({
      kind: 'rejected',
      code: 'exchange/margin',
      reason: `The order needs ${formatRupees(5_000_00)}; ${formatRupees(4_999_99)} are available.`,
    });
    expect(poor(4_999_99, { margin: false }).send({ side: 'buy' })?.kind).toBe('acknowledged');
  });

  it('what other orders have taken already, until they are over', () => {
    const market = poor(5_000_00);
    market.send({ side: 'buy', kind: 'limit', price: 60 });
    expect(market.send({ side: 'buy', kind: 'limit', price: 60 })).toMatchObject({ code: 'exchange/margin' });
    expect(market.of().line.funds().availablePaise).toBe(2_000_00);
    market.until(market.now() + 200);
    market.cancel('o1');
    market.until(market.now() + 200);
    expect(market.of().line.funds().availablePaise).toBe(5_000_00);
    expect(market.send({ side: 'buy', kind: 'limit', price: 60 })?.kind).toBe('acknowledged');
  });

  it('never an order that only closes, and what goes beyond', () => {
    const market = poor(5_000_00);
    market.send({ side: 'buy', product: 'NRML' });
    market.until(market.now() + 200);
    expect(market.of().line.funds()).toEqual({ cashPaise: 0, realisedPaise: 0, availablePaise: 0 });
    expect(market.send({ side: 'sell', product: 'NRML', quantity: 100 })).toMatchObject({ code: 'exchange/margin' });
    expect(market.send({ side: 'sell', product: 'NRML' })?.kind).toBe('acknowledged');
    // The first has asked for all of it already: a second would sell what nobody has.
    expect(market.send({ side: 'sell', product: 'NRML' })).toMatchObject({ code: 'exchange/margin' });
  });

  it('nothing for what an order asks for no more, because it was filled, made smaller, or ended', () => {
    const market = poor(10_000_00, { size: { kind: 'units', units: 50 } });
    const held = (): number => market.of().line.positions()?.positions[0]?.quantity ?? 0;
    for (let i = 0; i < 2; i += 1) {
      market.send({ side: 'buy', product: 'NRML' });
      market.until(market.now() + 1_100);
    }
    expect(held()).toBe(100);
    market.send({ side: 'sell', product: 'NRML', quantity: 100, kind: 'limit', price: 95 });
    market.at(2_300, 90);
    market.cancel('o3');
    market.at(3_500, 100);
    expect([held(), market.kinds().at(-1)]).toEqual([50, 'o3 cancelled']);
    expect(market.send({ side: 'sell', product: 'NRML', kind: 'limit', price: 120 })?.kind).toBe('acknowledged');
    market.cancel('o4');
    market.at(3_700, 100);
    expect(market.send({ side: 'buy', product: 'NRML' })?.kind).toBe('acknowledged');
    market.at(5_000, 100);
    expect(held()).toBe(100);
    market.send({ side: 'sell', product: 'NRML', quantity: 100, kind: 'limit', price: 120 });
    market.at(5_200, 100);
    market.modify('o6', { quantity: 50 });
    market.at(5_400, 100);
    expect(market.send({ side: 'sell', product: 'NRML', kind: 'limit', price: 120 })?.kind).toBe('acknowledged');
    expect(market.send({ side: 'sell', product: 'NRML', kind: 'limit', price: 120 })).toMatchObject({ code: 'exchange/margin' });
  });

  it('a larger quantity of an order that rests', () => {
    const market = poor(5_000_00);
    market.send({ side: 'buy', kind: 'limit', price: 60 });
    market.until(market.now() + 200);
    expect(market.modify('o1', { quantity: 100 })).toMatchObject({ kind: 'changeRejected', change: 'modify', code: 'exchange/margin' });
    expect(market.modify('o1', { price: 99 })).toBe(null);
    market.until(market.now() + 200);
    expect(market.of().line.funds().availablePaise).toBe(50_00);
  });

  it('a sold option below the estimate, and nothing else of what hedges it', () => {
    const terms = { underlyingPrice: 26_000, date: DATE };
    const sold = { instrument: put, side: 'sell', quantity: 50, price: 60 } as const;
    const alone = estimateMargin([sold], terms).totalPaise;
    expect(poor(alone - 1).send({ side: 'sell', instrument: put.key })).toMatchObject({ code: 'exchange/margin' });
    expect(poor(alone).send({ side: 'sell', instrument: put.key })?.kind).toBe('acknowledged');

    const market = poor(10_00_000_00);
    market.show({ price: 26_050 }, future.key);
    for (const { key } of [put, future]) {
      market.send({ side: 'sell', instrument: key });
      market.until(market.now() + 200);
    }
    const both = estimateMargin([sold, { instrument: future, side: 'sell', quantity: 50, price: 26_050 }], terms);
    // A fall of the price costs the put and earns the future.
    expect(both.totalPaise).toBeLessThan(
      alone + estimateMargin([{ instrument: future, side: 'sell', quantity: 50, price: 26_050 }], terms).totalPaise,
    );
    expect(10_00_000_00 - market.of().line.funds().availablePaise).toBe(both.totalPaise);
    market.send({ side: 'buy', instrument: put.key });
    market.send({ side: 'buy', instrument: future.key });
    market.until(market.now() + 200);
    expect(market.of().line.funds()).toEqual({ cashPaise: 10_00_000_00, realisedPaise: 0, availablePaise: 10_00_000_00 });
  });

  it('and blocks more for a sold option on the day of its expiry', () => {
    const market = poor(10_00_000_00);
    market.send({ side: 'sell', instrument: put.key, product: 'NRML' });
    market.untilTime('10:00', EXPIRY);
    const sold = { instrument: put, side: 'sell', quantity: 50, price: 60 } as const;
    const { totalPaise } = estimateMargin([sold], { underlyingPrice: 26_000, date: EXPIRY });
    expect(totalPaise).toBeGreaterThan(estimateMargin([sold], { underlyingPrice: 26_000, date: DATE }).exposurePaise * 2);
    expect(market.of().line.funds().availablePaise).toBe(10_00_000_00 - totalPaise);
  });

  it('what turns a position round, for what is sold beyond it', () => {
    const needed = estimateMargin([{ instrument: option, side: 'sell', quantity: 50, price: 60 }], {
      underlyingPrice: 26_000,
      date: DATE,
    });
    for (const missing of [0, 1]) {
      // What the bought option has blocked is free when it is sold.
      const market = poor(needed.totalPaise - missing);
      market.send({ side: 'buy', product: 'NRML' });
      market.at(200, 60);
      const answer = market.send({ side: 'sell', product: 'NRML', quantity: 100 });
      expect(answer?.kind).toBe(missing === 0 ? 'acknowledged' : 'rejected');
    }
  });

  it('and blocks shares at what they cost, bought or sold', () => {
    const market = poor(1_000_00);
    market.send({ side: 'sell', instrument: share.key, quantity: 10 });
    market.until(market.now() + 200);
    expect(market.of().line.funds()).toEqual({ cashPaise: 2_000_00, realisedPaise: 0, availablePaise: 0 });
    market.at(300, 90, { key: share.key });
    market.send({ side: 'buy', instrument: share.key, quantity: 10 });
    market.until(market.now() + 200);
    expect(market.of().line.funds()).toEqual({ cashPaise: 1_100_00, realisedPaise: 100_00, availablePaise: 1_100_00 });
  });
});
