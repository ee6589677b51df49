import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { FaultKind } from '../config/run-config.js';
import { type BookOrder, newsFromBook } from '../orders/book.js';
import type { BrokerNews } from '../orders/broker-news.js';
import { isNews, isSettled, type OrderState, requestedOrder, submittedOrder, withNews } from '../orders/order-life.js';
import { type OrderRequest, signOf } from '../orders/order-request.js';
import { turnoverPaise } from '../primitives/price.js';
import type { Market } from './market.test-kit.js';
import { faultyModels, play, type Schedule, schedules } from './schedule.test-kit.js';

const ACCOUNTS = ['main', 'other'];
const RUNS = 200;

/** Looks at days in which some kinds of faults happen; after 15:00 nothing goes wrong any more, so that the book can be asked. */
const always = (look: (market: Market, schedule: Schedule) => void, kinds?: readonly FaultKind[]): void =>
  fc.assert(
    fc.property(schedules(faultyModels(kinds)), (schedule) => look(play(schedule), schedule)),
    { numRuns: RUNS },
  );

const newsOf = (market: Market, { orderId, account }: OrderRequest): readonly BrokerNews[] =>
  market.of(account).news.filter((news) => news.orderId === orderId);

const bookOf = (market: Market, { orderId, account }: OrderRequest): BookOrder | undefined =>
  market.book(account).find((order) => order.orderId === orderId);

/** An order's life as its answer and its news tell it. */
function lifeOf(market: Market, request: OrderRequest, i: number): OrderState {
  let order = submittedOrder(requestedOrder(request), request, request.at);
  const answer = market.answers[i] ?? null;
  for (const news of answer === null ? newsOf(market, request) : [answer, ...newsOf(market, request)]) {
    if (isNews(order, news)) order = withNews(order, news);
  }
  return order;
}

describe('whatever goes wrong', () => {
  it('the book is true: its fills are the positions, the money, and every order of it is over', () => {
    always((market) => {
      for (const account of ACCOUNTS) {
        const { line, outside } = market.of(account);
        const held = new Map<string, number>();
        let cash = account === 'main' ? 5_00_000_00 : 100_00_00_000_00;
        for (const { side, fills, instrument, product, status, quantity, filledQuantity } of market.book(account)) {
          expect(['filled', 'cancelled', 'rejected', 'expired']).toContain(status);
          expect(fills.reduce((sum, fill) => sum + fill.quantity, 0)).toBe(filledQuantity);
          expect(status === 'filled').toBe(filledQuantity === quantity);
          for (const fill of fills) {
            held.set(`${instrument} ${product}`, (held.get(`${instrument} ${product}`) ?? 0) + signOf(side) * fill.quantity);
            cash -= signOf(side) * turnoverPaise(fill.price, fill.quantity);
          }
        }
        expect(line.funds().cashPaise).toBe(cash);
        const positions = line.positions()?.positions ?? [];
        expect(positions.map(({ instrument, product, quantity }) => [`${instrument} ${product}`, quantity]).sort()).toEqual(
          [...held].filter(([, quantity]) => quantity !== 0).sort(),
        );
        const booked = market.book(account).filter(({ orderId }) => orderId === null);
        for (const fill of outside) expect(booked.some(({ brokerOrderId }) => brokerOrderId === fill.brokerOrderId)).toBe(true);
      }
    });
  });

  it('a day is what it would have been without the faults, where only news of it went wrong', () => {
    const kinds: readonly FaultKind[] = ['duplicate', 'reorder', 'silence', 'lateFillNews', 'bookUnanswered'];
    always((market, schedule) => {
      const plain = play({ ...schedule, model: { ...schedule.model, faults: [] } });
      for (const account of ACCOUNTS) {
        expect(market.book(account)).toEqual(plain.book(account));
        expect(market.of(account).line.funds()).toEqual(plain.of(account).line.funds());
      }
    }, kinds);
  });

  it('news tells nothing that is not in the book', () => {
    always((market) => {
      for (const request of market.orders) {
        const entry = bookOf(market, request);
        for (const news of newsOf(market, request)) {
          if (news.kind === 'filled') {
            const { fillId, quantity, price, time } = news.fill;
            expect(entry?.fills).toContainEqual({ fillId, quantity, price, time });
            expect(news.at).toBeGreaterThanOrEqual(time);
          }
          if (news.kind === 'cancelled' || news.kind === 'expired' || news.kind === 'rejected') expect(entry?.status).toBe(news.kind);
          if (news.kind === 'cancelled' || news.kind === 'expired') expect(news.filledQuantity).toBe(entry?.filledQuantity);
        }
      }
    });
  });

  it('an order’s life agrees with the book once that has been looked at, and with nothing lost it does so by itself', () => {
    const agrees = (market: Market, withBook: boolean): void => {
      for (const [i, request] of market.orders.entries()) {
        const entry = bookOf(market, request);
        let order = lifeOf(market, request, i);
        if (entry === undefined) {
          expect(order.filledQuantity).toBe(0);
          expect(['submitted', 'rejected']).toContain(order.status);
          continue;
        }
        if (withBook) for (const news of newsFromBook(order, entry, market.now())) order = withNews(order, news);
        expect(order.filledQuantity).toBe(entry.filledQuantity);
        expect(isSettled(order)).toBe(true);
        // One that was made larger without our knowledge is filled as far as we knew of it, before its rest is cancelled.
        if (order.status !== 'filled' || order.quantity === entry.quantity) expect(order.status).toBe(entry.status);
      }
    };
    always((market) => agrees(market, true));
    always(
      (market) => agrees(market, false),
      ['reject', 'rejectAfterAck', 'duplicate', 'cancelByHand', 'squareOffByHand', 'bookUnanswered'],
    );
  });

  it('fills that are only late are counted in the end', () => {
    always(
      (market) => {
        for (const [i, request] of market.orders.entries()) {
          if (market.answers[i]?.kind === 'acknowledged')
            expect(lifeOf(market, request, i).filledQuantity).toBe(bookOf(market, request)?.filledQuantity);
        }
      },
      ['duplicate', 'reorder', 'lateFillNews', 'cancelByHand', 'modifyByHand', 'squareOffByHand'],
    );
  });

  it('times of news do not go back, and lines that went down are up again', () => {
    always((market) => {
      for (const account of ACCOUNTS) {
        const { news, lines } = market.of(account);
        const times = news.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(lines.map(({ line }) => line)).toEqual(lines.map((_, i) => (i % 2 === 0 ? 'down' : 'up')));
        expect(lines.length % 2).toBe(0);
      }
    });
  });

  it('the same happens again', () =>
    fc.assert(
      fc.property(schedules(faultyModels()), (schedule) => {
        const [one, other] = [play(schedule), play(schedule)];
        for (const account of ACCOUNTS) {
          const [first, second] = [one.of(account), other.of(account)];
          expect([first.news, first.outside, first.lines]).toEqual([second.news, second.outside, second.lines]);
        }
      }),
      { numRuns: 60 },
    ));
});
