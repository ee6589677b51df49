import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type BookOrder, newsFromBook } from './book.js';
import type { BrokerNews } from './broker-news.js';
import { isSettled, type OrderState } from './order-life.js';
import {
  AT,
  acknowledged,
  after,
  cancelled,
  filled,
  request,
  sent,
  sentOrders,
  shuffled,
  type Truth,
  truths,
  unknown,
  working,
} from './order-truth.test-kit.js';

const SECOND = 1_000;
const LOOKED_AT = AT + 30 * SECOND;

/** Fifty of two hundred have been filled, and the rest is open, unless a test says otherwise. */
const entry = (words: Partial<BookOrder> = {}): BookOrder => ({
  orderId: request.orderId,
  brokerOrderId: 'B1',
  instrument: request.instrument,
  side: request.side,
  kind: request.kind,
  product: request.product,
  status: 'open',
  reason: 'By hand.',
  quantity: 200,
  price: null,
  triggerPrice: null,
  filledQuantity: 50,
  fills: [{ fillId: 'F1', quantity: 50, price: 100, time: AT }],
  ...words,
});

const told = (order: OrderState, found: BookOrder) => newsFromBook(order, found, LOOKED_AT);
const read = (order: OrderState, found: BookOrder): OrderState => after(told(order, found), order);

describe('the book of an order', () => {
  it('tells of one that nobody knew anything about: that it is there, its fills, and that it rests', () => {
    const order = after([unknown]);
    expect(told(order, entry())).toEqual([
      { ...acknowledged, at: LOOKED_AT },
      { ...working('open'), since: LOOKED_AT, at: LOOKED_AT },
      { ...filled('F1', 50), at: LOOKED_AT },
    ]);
    expect(read(order, entry())).toMatchObject({ status: 'partiallyFilled', brokerOrderId: 'B1', filledQuantity: 50, look: null });
  });

  it('tells nothing that was heard before', () => {
    expect(told(after([acknowledged, working('open'), filled('F1', 50)]), entry())).toEqual([]);
    expect(told(after([acknowledged]), entry({ status: 'acknowledged', filledQuantity: 0, fills: [] }))).toEqual([]);
  });

  it('keeps the time of a fill, and says of everything when it was read', () => {
    const [, fill] = told(after([acknowledged]), entry({ fills: [{ fillId: 'F1', quantity: 50, price: 99.95, time: AT + SECOND }] }));
    const { orderId, instrument, side } = request;
    const time = AT + SECOND;
    expect(fill).toEqual({
      kind: 'filled',
      orderId,
      fill: { fillId: 'F1', orderId, instrument, side, quantity: 50, price: 99.95, time },
      at: LOOKED_AT,
    });
  });

  it('tells how an order ended, after its fills', () => {
    const kinds = (words: Partial<BookOrder>) => told(after([acknowledged]), entry(words)).map(({ kind }) => kind);
    expect(kinds({ status: 'cancelled' })).toEqual(['filled', 'cancelled']);
    expect(kinds({ status: 'expired' })).toEqual(['filled', 'expired']);
    expect(kinds({ status: 'rejected', filledQuantity: 0, fills: [] })).toEqual(['rejected']);
    expect(told(after([acknowledged]), entry({ status: 'cancelled' })).at(-1)).toEqual({
      ...cancelled(50),
      reason: 'By hand.',
      at: LOOKED_AT,
    });
  });

  it('tells of terms that were changed by hand', () => {
    const order = read(after([acknowledged, working('open', { price: 100 }), filled('F1', 50)]), entry({ quantity: 120, price: 98 }));
    expect(order).toMatchObject({ status: 'partiallyFilled', quantity: 120, price: 98 });
  });

  it('ends an order that was made smaller by hand and filled, though nobody told of the change', () => {
    const fills = [
      { fillId: 'F1', quantity: 50, price: 100, time: AT },
      { fillId: 'F2', quantity: 70, price: 101, time: AT },
    ];
    const small = entry({ status: 'filled', quantity: 120, filledQuantity: 120, fills });
    expect(read(after([acknowledged, filled('F1', 50)]), small)).toMatchObject({ status: 'filled', filledQuantity: 120, toldFilled: 120 });
    expect(read(after([acknowledged, filled('F1', 50), filled('F2', 70)]), small)).toMatchObject({ status: 'filled', toldFilled: 120 });
  });

  it('ends an order of which the rest was rejected after a fill', () => {
    const order = read(after([acknowledged]), entry({ status: 'rejected' }));
    expect(order).toMatchObject({ status: 'cancelled', filledQuantity: 50, toldFilled: 50 });
    expect(isSettled(order)).toBe(true);
  });

  it('leaves an order unsettled of which it does not have all fills yet', () => {
    const late = entry({ status: 'cancelled', filledQuantity: 120 });
    const order = read(after([acknowledged]), late);
    expect(order).toMatchObject({ status: 'cancelled', filledQuantity: 50, toldFilled: 120 });
    expect(isSettled(order)).toBe(false);
    const fills = [...late.fills, { fillId: 'F2', quantity: 70, price: 101, time: AT }];
    expect(isSettled(read(order, { ...late, fills }))).toBe(true);
  });

  it('answers for an ending that did not say how much was filled', () => {
    const order = read(after([acknowledged, cancelled(null)]), entry({ status: 'cancelled' }));
    expect(order).toMatchObject({ status: 'cancelled', filledQuantity: 50, toldFilled: 50, look: null });
  });
});

describe('the book of an order, whatever was heard of it before', () => {
  const any = (): fc.Arbitrary<Truth> => truths({ byHand: 'any', tells: false });
  // News of an order that was made larger, told before what is older, ends it too early; a fill that comes then still counts.
  const mixed = (): fc.Arbitrary<readonly [Truth, readonly BrokerNews[]]> =>
    truths({ byHand: 'smaller', tells: false }).chain((truth) => fc.tuple(fc.constant(truth), shuffled(truth.news)));

  const expectTruth = (order: OrderState, { entry: truth, filledPaise }: Truth): void => {
    expect(order).toMatchObject({ filledQuantity: truth.filledQuantity, filledPaise });
    expect(isSettled(order)).toBe(truth.status !== 'open' && truth.status !== 'acknowledged');
  };

  it('gives the fills and the end that are true, from any beginning of the truth', () =>
    fc.assert(
      fc.property(any(), sentOrders(), fc.nat({ max: 12 }), (truth, from, length) => {
        const order = read(after(truth.news.slice(0, length), from), truth.entry);
        expectTruth(order, truth);
        const { status } = truth.entry;
        expect(order.status).toBe(status === 'open' && order.filledQuantity > 0 ? 'partiallyFilled' : status);
        if (status !== 'acknowledged') expect(order.quantity).toBe(truth.entry.quantity);
      }),
      { numRuns: 500 },
    ));

  it('gives them from any part of it, in any order and told twice', () =>
    fc.assert(
      fc.property(mixed(), fc.nat({ max: 14 }), sentOrders(), ([truth, news], length, from) =>
        expectTruth(read(after(news.slice(0, length), from), truth.entry), truth),
      ),
      { numRuns: 500 },
    ));

  it('adds nothing when it is read again', () =>
    fc.assert(
      fc.property(mixed(), fc.nat({ max: 14 }), sentOrders(), ([truth, news], length, from) => {
        const order = read(after(news.slice(0, length), from), truth.entry);
        expect(told(order, truth.entry)).toEqual([]);
      }),
      { numRuns: 500 },
    ));

  it('gives them although it had only some of the fills when it was read first', () =>
    fc.assert(
      fc.property(any(), fc.nat({ max: 6 }), fc.nat({ max: 12 }), (truth, known, length) => {
        const lagging = read(after(truth.news.slice(0, length)), { ...truth.entry, fills: truth.entry.fills.slice(0, known) });
        expect(lagging.filledQuantity).toBeLessThanOrEqual(truth.entry.filledQuantity);
        expectTruth(read(lagging, truth.entry), truth);
      }),
      { numRuns: 500 },
    ));

  it('says nothing against what was heard after it: news that is late adds nothing to it', () =>
    fc.assert(
      fc.property(mixed(), ([truth, late]) => expectTruth(read(after(late, read(sent(), truth.entry)), truth.entry), truth)),
      { numRuns: 300 },
    ));
});
