import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { BrokerNews } from './broker-news.js';
import { isNews, isTerminal, type OrderState, requestedOrder, withNews } from './order-life.js';
import type { OrderRequest } from './order-request.js';

const request: OrderRequest = {
  orderId: 'ne-1',
  instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
  account: 'main',
  instrument: 'NFO:NIFTY24NOV2626000CE',
  purpose: 'entry',
  side: 'buy',
  quantity: 200,
  kind: 'market',
  price: null,
  triggerPrice: null,
  validity: 'day',
  product: 'MIS',
  at: 1_795_406_400_000,
};
const { orderId, at } = request;

const filled = (fillId: string, quantity: number, price = 100): BrokerNews => ({
  kind: 'filled',
  orderId,
  fill: { fillId, orderId, instrument: request.instrument, side: 'buy', quantity, price, time: at },
  at,
});
const acknowledged: BrokerNews = { kind: 'acknowledged', orderId, brokerOrderId: 'B1', at };
const cancelled: BrokerNews = { kind: 'cancelled', orderId, reason: 'On request.', at };
const unknown: BrokerNews = { kind: 'unknown', orderId, reason: 'No answer in 10 seconds.', at };

const news = (): fc.Arbitrary<BrokerNews> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .record({ id: fc.nat({ max: 8 }), quantity: fc.integer({ min: 1, max: 120 }) })
        .map(({ id, quantity }) => filled(`F${id}`, quantity)),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom<BrokerNews[]>(
        acknowledged,
        cancelled,
        unknown,
        { kind: 'rejected', orderId, code: 'margin', reason: 'Margin is short.', at },
        { kind: 'expired', orderId, at },
      ),
    },
    { weight: 1, arbitrary: fc.constant<BrokerNews>({ ...cancelled, orderId: 'zz-1' }) },
  );

/** What becomes of an order; what is no news is left out. */
const after = (all: readonly BrokerNews[]): OrderState =>
  all.reduce((order, one) => (isNews(order, one) ? withNews(order, one) : order), requestedOrder(request));

describe('an order', () => {
  it('is requested, acknowledged, filled in parts, and filled', () => {
    expect(after([])).toMatchObject({ status: 'requested', brokerOrderId: null, filledQuantity: 0 });
    expect(after([acknowledged])).toMatchObject({ status: 'acknowledged', brokerOrderId: 'B1' });
    expect(after([acknowledged, filled('F1', 50)])).toMatchObject({ status: 'partiallyFilled', filledQuantity: 50, filledPaise: 5_000_00 });
    expect(after([acknowledged, filled('F1', 50), filled('F2', 150, 101)])).toMatchObject({
      status: 'filled',
      filledQuantity: 200,
      filledPaise: 20_150_00,
      fillIds: ['F1', 'F2'],
    });
  });

  it('learns the broker’s id though a fill was quicker', () => {
    expect(after([filled('F1', 50), acknowledged])).toMatchObject({ status: 'partiallyFilled', brokerOrderId: 'B1', filledQuantity: 50 });
    expect(after([filled('F1', 200), acknowledged])).toMatchObject({ status: 'filled', brokerOrderId: null });
  });

  it('that nobody can say anything of is found again', () => {
    expect(after([unknown]).status).toBe('unknown');
    expect(after([unknown, acknowledged]).status).toBe('acknowledged');
    expect(after([unknown, filled('F1', 200)]).status).toBe('filled');
    expect(after([unknown, cancelled]).status).toBe('cancelled');
    expect(after([acknowledged, unknown]).status).toBe('acknowledged');
  });

  it('counts a fill that comes after its cancellation, since money has moved', () => {
    expect(after([filled('F1', 50), cancelled, filled('F2', 50)])).toMatchObject({ status: 'cancelled', filledQuantity: 100 });
  });

  it('counts nothing beyond what was asked for', () => {
    expect(after([filled('F1', 150), filled('F2', 100)]).filledQuantity).toBe(150);
  });
});

describe('an order, whatever is said of it', () => {
  it('never counts fewer units than before, nor more than were asked for', () =>
    fc.assert(
      fc.property(fc.array(news(), { maxLength: 20 }), (all) => {
        let before = 0;
        all.forEach((_, i) => {
          const { filledQuantity } = after(all.slice(0, i + 1));
          expect(filledQuantity).toBeGreaterThanOrEqual(before);
          expect(filledQuantity).toBeLessThanOrEqual(request.quantity);
          before = filledQuantity;
        });
      }),
      { numRuns: 100 },
    ));

  it('stays as it ended; only fills can still come to it', () =>
    fc.assert(
      fc.property(fc.array(news(), { maxLength: 20 }), news(), (all, late) => {
        const order = after(all);
        fc.pre(isTerminal(order) && isNews(order, late));
        expect(late.kind).toBe('filled');
        const { status, filledQuantity } = withNews(order, late);
        expect(status).toBe(filledQuantity === request.quantity ? 'filled' : order.status);
      }),
      { numRuns: 60 },
    ));

  it('hears nothing new in what it has heard', () =>
    fc.assert(
      fc.property(fc.array(news(), { maxLength: 20 }), (all) => {
        const order = after(all);
        expect(after([...all, ...all.filter(({ kind }) => kind === 'filled')]).fillIds.filter((id) => order.fillIds.includes(id))).toEqual(
          order.fillIds,
        );
        expect(new Set(order.fillIds).size).toBe(order.fillIds.length);
      }),
      { numRuns: 100 },
    ));

  it('is filled exactly when all of it is', () =>
    fc.assert(
      fc.property(fc.array(news(), { maxLength: 20 }), (all) => {
        const order = after(all);
        expect(order.status === 'filled').toBe(order.filledQuantity === request.quantity);
      }),
      { numRuns: 100 },
    ));
});
