import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { BookOrder } from '../orders/book.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { Fill } from '../orders/fill.js';
import { isNews, isSettled, requestedOrder, submittedOrder, withNews } from '../orders/order-life.js';
import { type OrderRequest, signOf } from '../orders/order-request.js';
import { turnoverPaise } from '../primitives/price.js';
import type { Market } from './market.test-kit.js';
import { play, type Schedule, SLIPPAGE_TICKS_MAX, STEP_MS, schedules } from './schedule.test-kit.js';

const ACCOUNTS = ['main', 'other'];
const RUNS = 250;

const always = (look: (market: Market, schedule: Schedule) => void): void =>
  fc.assert(
    fc.property(schedules(), (schedule) => look(play(schedule), schedule)),
    { numRuns: RUNS },
  );

const newsOf = (market: Market, { orderId, account }: OrderRequest): readonly BrokerNews[] =>
  market.of(account).news.filter((news) => news.orderId === orderId);

const fillsIn = (news: readonly BrokerNews[]): readonly Fill[] => news.flatMap((told) => (told.kind === 'filled' ? [told.fill] : []));

const sumOf = (fills: readonly { readonly quantity: number }[]): number => fills.reduce((sum, { quantity }) => sum + quantity, 0);

const bookOf = (market: Market, { orderId, account }: OrderRequest): BookOrder | undefined =>
  market.book(account).find((order) => order.orderId === orderId);

describe('the simulated exchange', () => {
  it('ends every order once, and accounts for it: what it told is what its book says', () => {
    always((market) => {
      for (const [i, request] of market.orders.entries()) {
        const news = newsOf(market, request).filter(({ kind }) => kind !== 'changeRejected');
        const entry = bookOf(market, request);
        const answer = market.answers[i];
        if (answer?.kind === 'rejected') {
          expect(news).toEqual([]);
          expect(entry?.status ?? 'rejected').toBe('rejected');
          continue;
        }
        const filled = sumOf(fillsIn(news));
        const last = news.at(-1);
        const endings = news.filter(({ kind }) => kind === 'cancelled' || kind === 'expired' || kind === 'rejected');
        expect(entry).toMatchObject({
          filledQuantity: filled,
          fills: fillsIn(news).map(({ fillId, quantity, price }) => ({ fillId, quantity, price })),
        });
        if (endings.length === 0) expect(entry).toMatchObject({ status: 'filled', quantity: filled });
        else {
          expect(endings).toEqual([last]);
          expect(entry?.status).toBe(last?.kind);
          expect(filled).toBeLessThan(entry?.quantity ?? 0);
          if (last?.kind === 'cancelled' || last?.kind === 'expired') expect(last.filledQuantity).toBe(filled);
          if (last?.kind === 'rejected') expect(filled).toBe(0);
        }
      }
    });
  });

  it('tells a life that an order can have: folded, it is settled, with the terms and the fills of the book', () => {
    always((market) => {
      for (const [i, request] of market.orders.entries()) {
        const answer = market.answers[i];
        if (answer?.kind !== 'acknowledged') continue;
        let order = submittedOrder(requestedOrder(request), request, request.at);
        for (const news of [answer, ...newsOf(market, request)]) if (isNews(order, news)) order = withNews(order, news);
        const { filledQuantity, quantity, price, triggerPrice, status } = bookOf(market, request) as BookOrder;
        expect(isSettled(order)).toBe(true);
        expect({ ...order }).toMatchObject({ status, filledQuantity, quantity, price, triggerPrice });
      }
    });
  });

  it('fills never more than an order asks for, in whole lots, each fill once', () => {
    always((market) => {
      const ids = ACCOUNTS.flatMap((account) => fillsIn(market.of(account).news).map(({ fillId }) => fillId));
      expect(new Set(ids).size).toBe(ids.length);
      for (const request of market.orders) {
        let quantity = request.quantity;
        let filled = 0;
        for (const news of newsOf(market, request)) {
          if (news.kind === 'working') quantity = news.quantity;
          if (news.kind !== 'filled') continue;
          filled += news.fill.quantity;
          expect(news.fill.quantity % 50 === 0 || request.instrument.startsWith('NSE:')).toBe(true);
          expect(filled).toBeLessThanOrEqual(quantity);
        }
      }
    });
  });

  it('holds what was dealt, and closes what was for the day', () => {
    always((market) => {
      for (const account of ACCOUNTS) {
        const { outside, news, line } = market.of(account);
        const held = new Map<string, number>();
        const add = (key: string, quantity: number): void => void held.set(key, (held.get(key) ?? 0) + quantity);
        for (const fill of fillsIn(news)) {
          const product = market.orders.find(({ orderId }) => orderId === fill.orderId)?.product;
          add(`${fill.instrument} ${product}`, signOf(fill.side) * fill.quantity);
        }
        for (const fill of outside) add(`${fill.instrument} ${fill.product}`, signOf(fill.side) * fill.quantity);
        const expected = [...held].filter(([, quantity]) => quantity !== 0).sort();
        const positions = line.positions()?.positions ?? [];
        expect(positions.map(({ instrument, product, quantity }) => [`${instrument} ${product}`, quantity]).sort()).toEqual(expected);
        expect(positions.every(({ product }) => product !== 'MIS')).toBe(true);
      }
    });
  });

  it('conserves cash: what an account has is its capital, less what it paid, and what it was paid', () => {
    always((market) => {
      for (const account of ACCOUNTS) {
        const { outside, news, line } = market.of(account);
        let cash = account === 'main' ? 5_00_000_00 : 100_00_00_000_00;
        for (const { side, price, quantity } of [...fillsIn(news), ...outside]) cash -= signOf(side) * turnoverPaise(price, quantity);
        const funds = line.funds();
        expect(funds.cashPaise).toBe(cash);
        if (line.positions()?.positions.length === 0) {
          expect(funds.availablePaise).toBe(cash);
          expect(funds.realisedPaise).toBe(cash - (account === 'main' ? 5_00_000_00 : 100_00_00_000_00));
        }
      }
    });
  });

  it('never goes beyond a limit, whatever it was changed to', () => {
    always((market) => {
      for (const request of market.orders) {
        let { kind, price: limit } = request;
        for (const news of newsOf(market, request)) {
          if (news.kind === 'working') {
            limit = news.price;
            kind = news.price === null ? 'market' : kind;
          }
          if (news.kind !== 'filled' || limit === null || kind === 'market') continue;
          if (request.side === 'buy') expect(news.fill.price).toBeLessThanOrEqual(limit);
          else expect(news.fill.price).toBeGreaterThanOrEqual(limit);
        }
      }
    });
  });

  it('fills at a price that was seen between decision and fill, but for the slippage, the spread and a tick', () => {
    always((market, { path, spreadTicks }) => {
      const slack = (SLIPPAGE_TICKS_MAX + 1 + Math.max(0, spreadTicks)) * 0.05 + 1e-9;
      for (const request of market.orders) {
        for (const { price, time } of fillsIn(newsOf(market, request))) {
          const seen = [100, ...path].filter((_, i) => {
            const from = market.start + i * STEP_MS;
            return from <= time && (from + STEP_MS > request.at || i === path.length);
          });
          expect(price).toBeGreaterThanOrEqual(Math.min(...seen) - slack);
          expect(price).toBeLessThanOrEqual(Math.max(...seen) + slack);
        }
      }
    });
  });

  it('lets requests of an account arrive in their order, none before it was sent', () => {
    always((market) => {
      for (const account of ACCOUNTS) {
        const first = market.orders.filter((order) => order.account === account).map((order) => newsOf(market, order)[0]?.at ?? null);
        const arrivals = first.filter((at) => at !== null);
        expect(arrivals).toEqual(arrivals.toSorted((one, other) => one - other));
      }
      for (const order of market.orders) for (const { at } of newsOf(market, order)) expect(at).toBeGreaterThanOrEqual(order.at);
    });
  });

  it('fills at one moment no more than there is', () => {
    always((market, { model: { size } }) => {
      if (size?.kind !== 'units') return;
      const dealt = new Map<string, number>();
      for (const account of ACCOUNTS) {
        for (const { instrument, time, quantity } of fillsIn(market.of(account).news)) {
          const key = `${instrument} ${time}`;
          dealt.set(key, (dealt.get(key) ?? 0) + quantity);
        }
      }
      for (const quantity of dealt.values()) expect(quantity).toBeLessThanOrEqual(size.units);
    });
  });

  it('fills no more than its share of what was traded while orders were there', () => {
    always((market, { model: { size }, tradedEach, path }) => {
      if (size?.kind !== 'volume' || tradedEach === null) return;
      for (const key of ['NFO:', 'NSE:']) {
        const fills = ACCOUNTS.flatMap((account) => fillsIn(market.of(account).news)).filter(({ instrument }) =>
          instrument.startsWith(key),
        );
        expect(sumOf(fills)).toBeLessThanOrEqual(size.share * tradedEach * (path.length + 1) + 1e-6);
      }
    });
  });

  it('needs to be told of nothing but what its band asks for', () =>
    fc.assert(
      fc.property(schedules(), (schedule) => {
        // Where a point is a new chance for what waits, being told of it more often would be more of them.
        const model = { ...schedule.model, size: schedule.model.size?.kind === 'units' ? null : (schedule.model.size ?? null) };
        const asked = play({ ...schedule, model });
        const told = play({ ...schedule, model }, { everyPoint: true });
        for (const account of ACCOUNTS) expect(told.of(account).news).toEqual(asked.of(account).news);
      }),
      { numRuns: RUNS },
    ));

  it('does the same again', () =>
    fc.assert(
      fc.property(schedules(), (schedule) => {
        const [one, other] = [play(schedule), play(schedule)];
        for (const account of ACCOUNTS) {
          expect(one.of(account).news).toEqual(other.of(account).news);
          expect(one.of(account).outside).toEqual(other.of(account).outside);
        }
      }),
      { numRuns: 60 },
    ));
});
