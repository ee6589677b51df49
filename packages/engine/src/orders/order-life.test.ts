import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { BrokerNews } from './broker-news.js';
import { startLook } from './look.js';
import {
  foundOrder,
  isNews,
  isSettled,
  isTerminal,
  type OrderState,
  remainingQuantity,
  requestedOrder,
  submittedOrder,
  withNews,
} from './order-life.js';
import {
  AT,
  acknowledged,
  after,
  anyNews,
  cancelled,
  expired,
  filled,
  rejected,
  request,
  sentOrders,
  shuffled,
  truths,
  unknown,
  working,
} from './order-truth.test-kit.js';

const { orderId } = request;
const SECOND = 1_000;

/** The states that an order goes through, news by news; what is no news is left out. */
function* states(all: readonly BrokerNews[], from: OrderState): Generator<OrderState> {
  let order = from;
  yield order;
  for (const one of all) {
    if (!isNews(order, one)) continue;
    order = withNews(order, one);
    yield order;
  }
}

const whatever = (look: (states: readonly OrderState[]) => void): void =>
  fc.assert(
    fc.property(sentOrders(), fc.array(anyNews(), { maxLength: 25 }), (from, all) => look([...states(all, from)])),
    { numRuns: 300 },
  );

describe('an order', () => {
  it('is requested, and certainly not sent', () => {
    expect(requestedOrder(request)).toEqual({
      request,
      status: 'requested',
      brokerOrderId: null,
      kind: 'market',
      quantity: 200,
      price: null,
      triggerPrice: null,
      termsSince: 0,
      filledQuantity: 0,
      filledPaise: 0,
      fillIds: [],
      toldFilled: null,
      change: null,
      look: null,
      heardAt: AT,
      chases: 0,
      modifications: 0,
    });
  });

  it('is submitted as what it is sent as, while the request stays what it was', () => {
    const order = submittedOrder(requestedOrder(request), { kind: 'limit', price: 103, triggerPrice: null }, AT + SECOND);
    expect(order).toMatchObject({ status: 'submitted', kind: 'limit', price: 103, heardAt: AT + SECOND });
    expect(order.request).toBe(request);
  });

  it('is acknowledged, rests, waits for its trigger', () => {
    expect(after([acknowledged])).toMatchObject({ status: 'acknowledged', brokerOrderId: 'B1' });
    expect(after([acknowledged, working('open', { price: 103 })])).toMatchObject({ status: 'open', price: 103 });
    expect(after([working('open')])).toMatchObject({ status: 'open', brokerOrderId: null });
    const stop = after([acknowledged, working('triggerPending', { triggerPrice: 90 })]);
    expect(stop).toMatchObject({ status: 'triggerPending', triggerPrice: 90 });
    expect(after([working('open', { triggerPrice: 90 })], stop).status).toBe('open');
  });

  it('is filled in parts, and filled', () => {
    expect(after([acknowledged, filled('F1', 50)])).toMatchObject({
      status: 'partiallyFilled',
      filledQuantity: 50,
      filledPaise: 5_000_00,
      toldFilled: null,
    });
    expect(after([acknowledged, filled('F1', 50), filled('F2', 150, 101)])).toMatchObject({
      status: 'filled',
      filledQuantity: 200,
      filledPaise: 20_150_00,
      fillIds: ['F1', 'F2'],
      toldFilled: 200,
    });
  });

  it('ends rejected, cancelled or expired, before or after it rested', () => {
    expect(after([rejected])).toMatchObject({ status: 'rejected', toldFilled: 0 });
    expect(after([acknowledged, working('open'), rejected])).toMatchObject({ status: 'rejected', brokerOrderId: 'B1' });
    expect(after([acknowledged, cancelled(0)])).toMatchObject({ status: 'cancelled', toldFilled: 0 });
    expect(after([working('triggerPending'), expired(0)])).toMatchObject({ status: 'expired', toldFilled: 0 });
    expect(after([filled('F1', 50), expired(50)])).toMatchObject({ status: 'expired', filledQuantity: 50, toldFilled: 50 });
  });

  it('learns the broker’s id though a fill was quicker', () => {
    expect(after([filled('F1', 50), acknowledged])).toMatchObject({ status: 'partiallyFilled', brokerOrderId: 'B1', filledQuantity: 50 });
    expect(after([filled('F1', 200), acknowledged])).toMatchObject({ status: 'filled', brokerOrderId: null });
  });

  it('is none of a request that was not sent: an acknowledgement of it is no news', () => {
    expect(isNews(requestedOrder(request), acknowledged)).toBe(false);
    expect(isNews(requestedOrder(request), unknown)).toBe(false);
  });
});

describe('an order that nobody can say anything of', () => {
  it('is unknown, and looked for in the book', () => {
    expect(after([unknown])).toMatchObject({ status: 'unknown', look: { since: AT, count: 0, nextAt: AT + SECOND } });
  });

  it('is found again by whatever is heard of it', () => {
    expect(after([unknown, acknowledged])).toMatchObject({ status: 'acknowledged', look: null });
    expect(after([unknown, working('triggerPending')])).toMatchObject({ status: 'triggerPending', look: null });
    expect(after([unknown, filled('F1', 50)])).toMatchObject({ status: 'partiallyFilled', look: null });
    expect(after([unknown, filled('F1', 200)])).toMatchObject({ status: 'filled', look: null });
    expect(after([unknown, cancelled(0)])).toMatchObject({ status: 'cancelled', look: null });
    expect(after([unknown, expired(0)])).toMatchObject({ status: 'expired', look: null });
    expect(after([unknown, rejected])).toMatchObject({ status: 'rejected', look: null });
  });

  it('is only one that was sent and not answered', () => {
    for (const heard of [acknowledged, working('open'), filled('F1', 50), filled('F1', 200), cancelled(0), rejected]) {
      expect(isNews(after([heard]), unknown)).toBe(false);
    }
  });
});

describe('an order that has ended', () => {
  it('is settled when every fill that was told of has been counted', () => {
    const short = after([filled('F1', 50), cancelled(120)]);
    expect(short).toMatchObject({ status: 'cancelled', toldFilled: 120, look: { since: AT } });
    expect([isTerminal(short), isSettled(short), remainingQuantity(short)]).toEqual([true, false, 70]);
    const whole = after([filled('F2', 70)], short);
    expect(whole).toMatchObject({ status: 'cancelled', filledQuantity: 120, look: null });
    expect([isSettled(whole), remainingQuantity(whole)]).toEqual([true, 0]);
  });

  it('is not settled while the broker does not say how much was filled: all the rest may have been', () => {
    const mute = after([filled('F1', 50), cancelled(null)]);
    expect(mute).toMatchObject({ status: 'cancelled', toldFilled: null, look: { since: AT } });
    expect([isSettled(mute), remainingQuantity(mute)]).toEqual([false, 150]);
    expect(after([cancelled(50)], mute)).toMatchObject({ status: 'cancelled', toldFilled: 50, look: null });
    expect(after([expired(80)], mute)).toMatchObject({ status: 'cancelled', toldFilled: 80, look: { since: AT } });
    expect(isNews(mute, cancelled(null))).toBe(false);
  });

  it('is settled when all that was asked for has been filled, whatever the broker does not say', () => {
    const order = after([cancelled(null), filled('F1', 200)]);
    expect(order).toMatchObject({ status: 'cancelled', filledQuantity: 200, look: null });
    expect(isSettled(order)).toBe(true);
  });

  it('counts a fill that comes late, since money has moved', () => {
    expect(after([rejected, filled('F1', 50)])).toMatchObject({ status: 'rejected', filledQuantity: 50, filledPaise: 5_000_00 });
    expect(after([cancelled(0), filled('F1', 50)])).toMatchObject({ status: 'cancelled', filledQuantity: 50 });
    expect(after([filled('F1', 200), filled('F2', 50)])).toMatchObject({ status: 'filled', filledQuantity: 250 });
  });

  it('was not rejected when something of it has been filled', () => {
    expect(after([filled('F1', 50), rejected])).toMatchObject({ status: 'partiallyFilled', filledQuantity: 50 });
  });
});

describe('an order that somebody changes', () => {
  it('has the terms that count at the exchange', () => {
    const order = after([acknowledged, working('open', { price: 100 }), filled('F1', 50), working('open', { quantity: 120, price: 99 })]);
    expect(order).toMatchObject({ status: 'partiallyFilled', quantity: 120, price: 99, filledQuantity: 50 });
    expect(remainingQuantity(order)).toBe(70);
    expect(after([filled('F2', 70)], order)).toMatchObject({ status: 'filled', toldFilled: 120 });
  });

  it('is filled when it was made smaller and all of that has been filled, though the news of it comes last', () => {
    expect(after([acknowledged, filled('F1', 100), filled('F2', 50), working('open', { quantity: 150 })])).toMatchObject({
      status: 'filled',
      quantity: 150,
      filledQuantity: 150,
      toldFilled: 150,
      change: null,
      look: null,
    });
  });

  it('hears once that it rests, and that its trigger was hit; a trigger that waits is not news after that', () => {
    const open = after([working('triggerPending'), working('open')]);
    expect(isNews(open, working('open'))).toBe(false);
    expect(isNews(open, working('triggerPending'))).toBe(false);
    expect(isNews(after([filled('F1', 50)], open), working('open'))).toBe(false);
  });

  it('takes what rests for the answer to a modification, but not to a cancellation', () => {
    const asked = (kind: 'modify' | 'cancel'): OrderState => ({ ...after([working('open', { price: 100 })]), change: { kind, at: AT } });
    expect(after([working('open', { price: 101 })], asked('modify'))).toMatchObject({ price: 101, change: null });
    expect(after([working('open', { price: 101 })], asked('cancel'))).toMatchObject({ price: 101, change: { kind: 'cancel' } });
  });

  it('is looked at in the book when a change was refused, or nobody can say whether it was made', () => {
    const asked: OrderState = { ...after([working('open')]), change: { kind: 'cancel', at: AT } };
    const refused: BrokerNews = {
      kind: 'changeRejected',
      orderId,
      change: 'cancel',
      code: 'exchange/order-complete',
      reason: 'It is over.',
      at: AT + SECOND,
    };
    const unheard: BrokerNews = { kind: 'changeUnknown', orderId, change: 'cancel', reason: 'No answer.', at: AT + SECOND };
    expect(after([refused], asked)).toMatchObject({ status: 'open', change: null, look: { since: AT + SECOND } });
    expect(after([unheard], asked)).toMatchObject({ status: 'open', change: null, look: { since: AT + SECOND }, heardAt: AT });
    expect(isNews(asked, { ...refused, change: 'modify' })).toBe(false);
    expect(isNews(after([cancelled(0)], asked), refused)).toBe(false);
  });
});

describe('news of its terms that comes late', () => {
  const terms = (quantity: number, since?: number): BrokerNews => {
    const news = { kind: 'working', status: 'open', quantity, price: null, triggerPrice: null, orderId: request.orderId, at: AT } as const;
    return since === undefined ? news : { ...news, since };
  };

  it('does not put old terms back, where the broker says since when they hold', () => {
    const order = after([terms(300, AT + 2 * SECOND)]);
    expect(isNews(order, terms(200, AT + SECOND))).toBe(false);
    expect(isNews(order, terms(250, AT + 3 * SECOND))).toBe(true);
    expect(isNews(order, terms(250))).toBe(true);
  });
});

describe('an order that was looked for and found', () => {
  const looked = (order: OrderState): OrderState => ({ ...order, look: { ...startLook(AT), count: 1, askedAt: AT + SECOND } });

  it('is looked for no more', () => {
    expect(foundOrder(looked(after([working('open')])), false, AT + 2 * SECOND)).toMatchObject({ look: null, heardAt: AT + 2 * SECOND });
    expect(foundOrder(looked(after([filled('F1', 200)])), true, AT + 2 * SECOND).look).toBeNull();
  });

  it('is looked at again while it is unknown, or has ended and fills are missing', () => {
    expect(foundOrder(looked(after([unknown])), false, AT + 2 * SECOND)).toMatchObject({ look: { askedAt: null, count: 1 } });
    expect(foundOrder(looked(after([filled('F1', 50)])), true, AT + 2 * SECOND)).toMatchObject({ look: { askedAt: null, count: 1 } });
  });

  it('is as it was when nobody looked', () => {
    const order = after([working('open')]);
    expect(foundOrder(order, false, AT + SECOND)).toBe(order);
  });

  it('is looked for on when the book says that it has ended and not all of it is told, also where nothing was unclear before', () => {
    const order = after([working('open')]);
    expect(foundOrder(order, true, AT + SECOND).look).toMatchObject({ since: AT + SECOND, askedAt: null });
  });
});

describe('an order, whatever is said of it', () => {
  it('stays as it ended', () =>
    whatever((all) => {
      const end = all.find(isTerminal);
      if (end === undefined) return;
      for (const order of all.slice(all.indexOf(end))) expect(order.status).toBe(end.status);
    }));

  it('stays settled once it is, with nothing to look for and no change under way', () =>
    whatever((all) => {
      const first = all.findIndex(isSettled);
      if (first < 0) return;
      for (const order of all.slice(first)) {
        expect(isSettled(order)).toBe(true);
        expect([order.look, order.change]).toEqual([null, null]);
      }
    }));

  it('is looked for when it has ended and is not settled', () =>
    whatever((all) => {
      for (const order of all) if (isTerminal(order) && !isSettled(order)) expect(order.look).not.toBeNull();
    }));

  it('never counts fewer units than before, and has none less than none left', () =>
    whatever((all) => {
      let before = 0;
      for (const order of all) {
        expect(order.filledQuantity).toBeGreaterThanOrEqual(before);
        expect(remainingQuantity(order)).toBeGreaterThanOrEqual(0);
        before = order.filledQuantity;
      }
    }));

  it('has ended when all of it is filled, and is filled only then', () =>
    whatever((all) => {
      for (const order of all) {
        if (!isTerminal(order)) expect(order.filledQuantity).toBeLessThan(order.quantity);
        if (order.status === 'filled') expect(order.filledQuantity).toBeGreaterThanOrEqual(order.quantity);
      }
    }));

  it('remembers what it was asked for, and how often it was changed', () =>
    fc.assert(
      fc.property(sentOrders(), fc.array(anyNews(), { maxLength: 20 }), (from, all) => {
        const order = after(all, { ...from, chases: 3, modifications: 5 });
        expect(order).toMatchObject({ kind: from.kind, chases: 3, modifications: 5 });
        expect(order.request).toBe(from.request);
      }),
    ));

  it('counts each fill once, by its id', () =>
    fc.assert(
      fc.property(sentOrders(), fc.array(anyNews(), { maxLength: 25 }), (from, all) => {
        const counted = new Map<string, number>();
        for (const news of all) {
          if (news.kind === 'filled' && !counted.has(news.fill.fillId)) counted.set(news.fill.fillId, news.fill.quantity);
        }
        const order = after(all, from);
        expect(order.fillIds).toEqual([...counted.keys()]);
        expect(order.filledQuantity).toBe([...counted.values()].reduce((sum, one) => sum + one, 0));
        expect(order.filledPaise).toBe(order.filledQuantity * 100_00);
      }),
      { numRuns: 200 },
    ));

  it('resumes from JSON', () =>
    fc.assert(
      fc.property(sentOrders(), fc.array(anyNews(), { maxLength: 20 }), fc.array(anyNews(), { maxLength: 20 }), (from, before, later) => {
        const order = after(before, from);
        const saved: OrderState = JSON.parse(JSON.stringify(order));
        expect(saved).toEqual(order);
        expect(after(later, saved)).toEqual(after(later, order));
      }),
    ));
});

describe('news of an order that is true', () => {
  const told = () => truths({ byHand: 'none', tells: true });

  it('comes to the same fills and a settled order, repeated, late and in any order', () =>
    fc.assert(
      fc.property(
        told().chain((truth) => fc.tuple(fc.constant(truth), shuffled(truth.news))),
        sentOrders(),
        ([{ entry, filledPaise }, news], from) => {
          const order = after(news, from);
          expect(order).toMatchObject({ filledQuantity: entry.filledQuantity, filledPaise });
          const over = entry.status !== 'open' && entry.status !== 'acknowledged';
          expect(isSettled(order)).toBe(over);
          expect(remainingQuantity(order)).toBe(over ? 0 : 200 - entry.filledQuantity);
        },
      ),
      { numRuns: 500 },
    ));

  it('adds nothing when all of it is told again', () =>
    fc.assert(
      fc.property(
        told().chain((truth) => fc.tuple(shuffled(truth.news), shuffled(truth.news))),
        ([news, again]) => {
          const order = after(news);
          expect(
            after(
              again.filter(({ kind }) => kind !== 'acknowledged' || order.brokerOrderId !== null),
              order,
            ),
          ).toEqual(order);
        },
      ),
      { numRuns: 300 },
    ));
});
