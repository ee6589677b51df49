import { describe, expect, it } from 'vitest';

import { minuteOfDay } from '../primitives/time.js';
import { faulty } from './faulty.test-kit.js';

describe('a request', () => {
  it('is refused at the door', () => {
    const { market, told } = faulty([{ kind: 'reject', times: 1 }]);
    expect(market.send({ side: 'buy' })).toMatchObject({ kind: 'rejected', orderId: 'o1', code: 'exchange/fault', at: market.now() });
    expect(market.book()).toMatchObject([{ orderId: 'o1', status: 'rejected' }]);
    expect(market.send({ side: 'buy' })?.kind).toBe('acknowledged');
    market.at(200, 100);
    expect(market.kinds()).toEqual(['o2 filled']);
    expect(told).toEqual([['reject', 'o1']]);
  });

  it('to change an order is refused too, and the order goes on', () => {
    const { market } = faulty();
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 100);
    market.exchange.inject('reject', { orderId: 'o1' });
    expect(market.cancel('o1')).toMatchObject({ kind: 'changeRejected', change: 'cancel', code: 'exchange/fault' });
    expect(market.modify('o1', { price: 98 })).toBe(null);
    market.at(400, 98);
    expect(market.book()).toMatchObject([{ status: 'filled', price: 98 }]);
  });

  it('is acknowledged and refused when it arrives', () => {
    const { market, told } = faulty([{ kind: 'rejectAfterAck', times: 1 }]);
    expect(market.send({ side: 'buy', quantity: 60 })?.kind).toBe('rejected');
    expect(told).toEqual([]);
    expect(market.send({ side: 'buy' })?.kind).toBe('acknowledged');
    market.at(200, 100);
    expect(market.news).toMatchObject([{ kind: 'rejected', orderId: 'o2', code: 'exchange/fault', at: market.start + 100 }]);
    expect(market.book().map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(told).toEqual([['rejectAfterAck', 'o2']]);
  });

  it('is taken and not answered: the book knows, and nothing is heard of it for a while', () => {
    const { market, told } = faulty();
    market.exchange.inject('timeoutAfterAcceptance', { account: 'main' });
    expect(market.send({ side: 'buy', kind: 'limit', price: 101 })).toBe(null);
    market.at(1_500, 100);
    expect(market.news).toEqual([]);
    expect(market.book()).toMatchObject([{ orderId: 'o1', brokerOrderId: 'P1', status: 'filled', filledQuantity: 50 }]);
    expect(told).toEqual([['timeoutAfterAcceptance', 'o1']]);
    market.send({ side: 'buy' });
    market.at(1_700, 100);
    expect(market.kinds()).toEqual(['o2 filled']);
  });

  it('to change an order is taken and not answered', () => {
    const { market } = faulty();
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(200, 100);
    market.exchange.inject('timeoutAfterAcceptance', { orderId: 'o1' });
    expect(market.cancel('o1')).toBe(null);
    market.at(1_000, 100);
    expect(market.kinds()).toEqual(['o1 working']);
    expect(market.book()).toMatchObject([{ status: 'cancelled' }]);
    expect(market.cancel('o1')).toMatchObject({ kind: 'changeRejected', code: 'exchange/order-complete' });
  });

  it('is heard of again after the while', () => {
    const { market } = faulty();
    market.exchange.inject('timeoutAfterAcceptance', { account: 'main' });
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(21_000, 100);
    market.at(21_100, 98);
    expect(market.kinds()).toEqual(['o1 filled']);
  });

  it('is not answered and never arrives', () => {
    const { market, told } = faulty([{ kind: 'timeoutBeforeArrival', times: 1 }]);
    expect(market.send({ side: 'buy' })).toBe(null);
    market.at(1_000, 100);
    expect(market.news).toEqual([]);
    expect(market.book()).toEqual([]);
    expect(told).toEqual([['timeoutBeforeArrival', 'o1']]);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(1_200, 100);
    market.exchange.inject('timeoutBeforeArrival', { account: 'main' });
    expect(market.cancel('o2')).toBe(null);
    market.at(2_000, 100);
    expect(market.book()).toMatchObject([{ orderId: 'o2', status: 'open' }]);
  });
});

describe('the line', () => {
  it('is down from one time to another: requests fail or are not answered, the book is silent, news waits or is lost', () => {
    const { market, told, line } = faulty([{ kind: 'disconnect', from: minuteOfDay('10:05'), to: minuteOfDay('10:07'), account: 'main' }]);
    market.send({ side: 'buy', kind: 'limit', price: 99, product: 'NRML' });
    market.untilTime('10:05');
    expect(market.of().lines).toEqual([{ line: 'down', at: market.now() }]);
    expect([line.orders(), line.positions()]).toEqual([null, null]);
    const answers = Array.from({ length: 9 }, () => market.send({ side: 'buy', product: 'NRML' }));
    const failed = answers.filter((answer) => answer !== null);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(9);
    for (const answer of failed) expect(answer).toMatchObject({ kind: 'rejected', code: 'broker/not-sent' });
    market.untilTime('10:06');
    expect(market.kinds()).toEqual(['o1 working']);
    market.untilTime('10:07');
    expect(market.of().lines.at(-1)).toEqual({ line: 'up', at: market.now() });
    const known = market.book().map(({ orderId }) => orderId);
    // Of those that nobody answered some have arrived, and the news of some of these has waited.
    expect(known.length).toBeGreaterThan(1);
    expect(known.length - 1).toBeLessThan(answers.length - failed.length);
    expect(market.kinds().length).toBeLessThanOrEqual(known.length);
    for (const { at } of market.news.slice(1)) expect(at).toBe(market.now());
    expect(told).toEqual([['disconnect', null]]);
  });

  it('is down for a while by chance, when something is asked for', () => {
    const { market, told } = faulty([{ kind: 'disconnect', times: 1 }]);
    const answer = market.send({ side: 'buy' });
    expect(answer === null || answer.kind === 'rejected').toBe(true);
    expect(market.of().lines).toEqual([{ line: 'down', at: market.start }]);
    market.at(30_500, 100);
    expect(market.of().lines.map(({ line }) => line)).toEqual(['down', 'up']);
    expect(market.of('other').lines).toEqual([]);
    expect(told).toEqual([['disconnect', 'o1']]);
  });

  it('brings what has waited for it once', () => {
    const { market } = faulty();
    for (let i = 0; i < 6; i += 1) market.send({ side: 'buy', product: 'NRML' });
    market.exchange.inject('disconnect', { account: 'main' });
    market.at(31_000, 100);
    const told = market.kinds();
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told).size).toBe(told.length);
    market.exchange.inject('disconnect', { account: 'main' });
    market.at(80_000, 100);
    expect(market.kinds()).toEqual(told);
    expect(market.of().lines.map(({ line }) => line)).toEqual(['down', 'up', 'down', 'up']);
  });

  it('is down for as long as the last reason for it lasts', () => {
    const { market } = faulty([
      { kind: 'disconnect', from: minuteOfDay('10:05'), to: minuteOfDay('10:07'), account: 'main' },
      { kind: 'disconnect', from: minuteOfDay('10:06'), to: minuteOfDay('10:10'), account: 'main' },
      { kind: 'disconnect', from: minuteOfDay('10:08'), to: minuteOfDay('10:09'), account: 'main' },
    ]);
    market.untilTime('10:09');
    expect(market.of().lines).toHaveLength(1);
    market.untilTime('10:10');
    expect(market.of().lines).toMatchObject([{ line: 'down' }, { line: 'up', at: market.now() }]);
  });

  it('is down when a test wants it', () => {
    const { market } = faulty();
    expect(market.exchange.inject('disconnect', { account: 'other' })).toBe(true);
    expect(market.of('other').line.positions()).toBe(null);
    expect(market.of().line.positions()?.positions).toEqual([]);
    market.at(31_000, 100);
    expect(market.of('other').line.positions()?.positions).toEqual([]);
  });

  it('gives no answer to a question', () => {
    const { line, told } = faulty([{ kind: 'bookUnanswered', times: 2 }]);
    expect([line.orders(), line.positions()]).toEqual([null, null]);
    expect(line.orders()?.orders).toEqual([]);
    expect(told).toEqual([
      ['bookUnanswered', null],
      ['bookUnanswered', null],
    ]);
  });

  it('shows a book that lacks the orders that came last', () => {
    const { market, line, told } = faulty([{ kind: 'bookStale', times: 2 }]);
    const ids = () => line.orders()?.orders.map(({ orderId }) => orderId);
    market.send({ side: 'buy', kind: 'limit', price: 99 });
    market.at(7_000, 100);
    market.send({ side: 'buy', kind: 'limit', price: 98 });
    expect([ids(), ids(), ids()]).toEqual([['o1'], ['o1'], ['o1', 'o2']]);
    expect(told).toEqual([
      ['bookStale', null],
      ['bookStale', null],
    ]);
  });
});
