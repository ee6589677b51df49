import { describe, expect, it } from 'vitest';

import { faulty } from './faulty.test-kit.js';

describe('news', () => {
  it('comes twice', () => {
    const { market, told } = faulty([{ kind: 'duplicate' }]);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(5_000, 100);
    market.at(5_100, 99);
    market.at(7_000, 99);
    expect(market.kinds()).toEqual(['o1 working', 'o1 working', 'o1 filled', 'o1 filled']);
    const [one, other] = market.news.flatMap((news) => (news.kind === 'filled' ? [news] : []));
    expect(other?.fill).toEqual(one?.fill);
    expect(other?.at).toBeGreaterThan(one?.at ?? Infinity);
    expect(told).toEqual([
      ['duplicate', 'o1'],
      ['duplicate', 'o1'],
    ]);
  });

  it('of a deal from outside comes twice as well', () => {
    const { market } = faulty([{ kind: 'duplicate' }]);
    market.send({ side: 'buy' });
    market.untilTime('15:26');
    const [one, other, ...rest] = market.of().outside;
    expect(other).toEqual(one);
    expect(rest).toEqual([]);
  });

  it('is overtaken by other news of the order', () => {
    const { market, told } = faulty([], { size: { kind: 'units', units: 50 } });
    market.send({ side: 'buy', quantity: 100 });
    market.exchange.inject('reorder', { orderId: 'o1' });
    market.at(200, 100);
    expect(market.kinds()).toEqual(['o1 working', 'o1 filled']);
    market.at(1_000, 100);
    expect(market.kinds()).toEqual(['o1 working', 'o1 filled', 'o1 filled']);
    const fills = market.news.flatMap((news) => (news.kind === 'filled' ? [news] : []));
    expect(fills.map(({ fill }) => fill.fillId)).toEqual(['F2', 'F1']);
    expect(fills[1]?.at).toBeLessThanOrEqual(market.start + 100 + 401);
    expect(fills[1]?.fill.time).toBe(market.start + 100);
    expect(told).toEqual([['reorder', 'o1']]);
  });

  it('is lost, and the book still knows', () => {
    const { market, told } = faulty([{ kind: 'silence', times: 1 }]);
    market.send({ side: 'buy' });
    market.send({ side: 'buy' });
    market.at(200, 100);
    expect(market.kinds()).toEqual(['o2 filled']);
    expect(market.book().map(({ status }) => status)).toEqual(['filled', 'filled']);
    expect(told).toEqual([['silence', 'o1']]);
  });

  it('of a settlement is not lost: no book would tell of it', () => {
    const { market } = faulty([{ kind: 'silence' }]);
    market.show({ price: 26_000 }, 'NSE_INDEX:NIFTY');
    market.send({ side: 'buy', product: 'NRML' });
    market.send({ side: 'buy' });
    market.untilTime('16:00', '2026-03-24');
    expect(market.news).toEqual([]);
    expect(market.of().outside).toMatchObject([{ by: 'settlement', quantity: 50 }]);
  });

  it('of a fill comes after the cancellation that followed it, which tells the truth', () => {
    const { market, told } = faulty([{ kind: 'lateFillNews' }], { size: { kind: 'units', units: 50 } });
    market.send({ side: 'buy', quantity: 150, kind: 'limit', price: 100 });
    market.at(200, 102);
    market.cancel('o1');
    market.at(400, 102);
    expect(market.kinds()).toEqual(['o1 working', 'o1 cancelled']);
    expect(market.news[1]).toMatchObject({ filledQuantity: 50 });
    market.at(1_000, 102);
    expect(market.kinds()).toEqual(['o1 working', 'o1 cancelled', 'o1 filled']);
    expect(market.news[2]).toMatchObject({ fill: { quantity: 50, time: market.start + 100 } });
    expect(told).toEqual([['lateFillNews', 'o1']]);
  });

  it('of a fill does not wait where the order is filled, or nothing follows', () => {
    const { market } = faulty([{ kind: 'lateFillNews' }], { size: { kind: 'units', units: 50 } });
    market.send({ side: 'buy', quantity: 100 });
    market.at(200, 100);
    expect(market.kinds()).toEqual(['o1 working', 'o1 filled', 'o1 filled']);
    market.at(2_000, 100);
    market.send({ side: 'buy', quantity: 100, kind: 'limit', price: 100 });
    market.at(2_200, 103);
    expect(market.kinds().slice(3)).toEqual(['o2 working']);
    market.at(70_000, 103);
    expect(market.kinds().slice(3)).toEqual(['o2 working', 'o2 filled']);
  });
});
