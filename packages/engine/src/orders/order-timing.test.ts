import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { askedLook, startLook } from './look.js';
import { isSettled, isTerminal, type OrderState, requestedOrder } from './order-life.js';
import type { OrderRequest } from './order-request.js';
import { isAtMarket, isContingent, nextDue, type OrderTiming } from './order-timing.js';
import {
  AT,
  acknowledged,
  after,
  anyNews,
  cancelled,
  filled,
  request,
  sent,
  sentOrders,
  unknown,
  working,
} from './order-truth.test-kit.js';

const SECOND = 1_000;
const timing: OrderTiming = { answerWithinMs: 5 * SECOND, chaseEveryMs: 2 * SECOND, chases: 4 };

const due = (order: OrderState) => {
  const next = nextDue(order, timing);
  return next === null ? null : [next.due, (next.at - AT) / SECOND];
};
/** Sent as a protected limit, which stands for an order at the market. */
const asLimit = (order: OrderState): OrderState => ({ ...order, kind: 'limit', price: 103 });
const LIMIT: Partial<OrderRequest> = { kind: 'limit', price: 100 };
const STOP: Partial<OrderRequest> = { kind: 'SL-M', triggerPrice: 90, purpose: 'protect', side: 'sell' };
const WAITS = working('triggerPending', { triggerPrice: 90 });
const HIT = working('open', { triggerPrice: 90 });

describe('what an order waits for', () => {
  it('is nothing before it was sent, and nothing once it is settled', () => {
    expect(due(requestedOrder(request))).toBeNull();
    expect(due(after([filled('F1', 200)]))).toBeNull();
    expect(due(after([cancelled(0)]))).toBeNull();
  });

  it('is an answer to the request, for five seconds', () => {
    expect(due(sent())).toEqual(['unanswered', 5]);
    expect(due(sent(LIMIT))).toEqual(['unanswered', 5]);
  });

  it('is the next look while it is unknown, and then the answer to that look', () => {
    const order = after([unknown]);
    expect(due(order)).toEqual(['look', 1]);
    expect(due({ ...order, look: askedLook(startLook(AT), AT + SECOND) })).toEqual(['lookUnanswered', 6]);
  });

  it('is a look for the fills that are missing of an order that has ended', () => {
    expect(due(after([cancelled(50)]))).toEqual(['look', 1]);
    expect(due(after([cancelled(null)]))).toEqual(['look', 1]);
  });

  it('is the answer to a change, whatever it waited for before', () => {
    const change = { kind: 'cancel', at: AT + 7 * SECOND } as const;
    expect(due({ ...asLimit(after([acknowledged, working('open')])), change })).toEqual(['changeUnanswered', 12]);
    expect(due({ ...after([WAITS], sent(STOP)), change })).toEqual(['changeUnanswered', 12]);
  });

  it('is a fill of an order at the market, which should have come by now', () => {
    expect(due(after([acknowledged]))).toEqual(['silent', 5]);
    expect(due(after([acknowledged, working('open')]))).toEqual(['silent', 5]);
    expect(due(after([acknowledged, filled('F1', 50)]))).toEqual(['silent', 5]);
  });

  it('is the market, which a limit that stands for a market order is moved after', () => {
    expect(due(asLimit(after([acknowledged, working('open')])))).toEqual(['chase', 2]);
    expect(due(asLimit(after([acknowledged, filled('F1', 50)])))).toEqual(['chase', 2]);
    expect(due({ ...asLimit(after([working('open')])), chases: 3, heardAt: AT + 6 * SECOND })).toEqual(['chase', 8]);
  });

  it('is the market every thirty seconds only, once it was chased as often as allowed', () => {
    expect(due({ ...asLimit(after([working('open')])), chases: 4, heardAt: AT + 8 * SECOND })).toEqual(['chase', 38]);
  });

  it('is nothing but news for a limit that rests and a stop that waits for its trigger', () => {
    expect(due(after([acknowledged, working('open', { price: 100 })], sent(LIMIT)))).toBeNull();
    expect(due(after([acknowledged, filled('F1', 50)], sent(LIMIT)))).toBeNull();
    expect(due(after([acknowledged, WAITS], sent(STOP)))).toBeNull();
  });

  it('is to hear that it rests, for a limit or a stop that the broker has taken', () => {
    expect(due(after([acknowledged], sent(LIMIT)))).toEqual(['silent', 5]);
    expect(due(after([acknowledged], sent(STOP)))).toEqual(['silent', 5]);
  });

  it('is the market for a stop whose trigger was hit', () => {
    const sentAsStopLimit: OrderState = { ...sent(STOP), kind: 'SL', price: 87.3 };
    expect(due(after([acknowledged, WAITS, HIT], sentAsStopLimit))).toEqual(['chase', 2]);
  });

  it('is something, for every order of which nobody knows whether it rests', () =>
    fc.assert(
      fc.property(sentOrders(), fc.array(anyNews(), { maxLength: 20 }), (from, all) => {
        const order = after(all, from);
        const { status } = order;
        if (isSettled(order)) expect(due(order)).toBeNull();
        else if (isTerminal(order) || status === 'submitted' || status === 'unknown' || status === 'acknowledged')
          expect(due(order)).not.toBeNull();
      }),
      { numRuns: 300 },
    ));
});

describe('an order at the market', () => {
  it('is one that was asked for so, whatever it was sent as, and a stop whose trigger was hit', () => {
    expect(isAtMarket(sent())).toBe(true);
    expect(isAtMarket(asLimit(after([working('open')])))).toBe(true);
    expect(isAtMarket(after([HIT], sent(STOP)))).toBe(true);
    expect(isAtMarket(after([filled('F1', 50)], sent(STOP)))).toBe(true);
    expect(isAtMarket(after([working('open')], sent(LIMIT)))).toBe(false);
    expect(isAtMarket(after([WAITS], sent(STOP)))).toBe(false);
  });

  it('waits for no trigger; a stop does until it is hit, also while nobody can say where it is', () => {
    expect(isContingent(sent())).toBe(false);
    expect(isContingent(sent(LIMIT))).toBe(false);
    expect(isContingent(sent(STOP))).toBe(true);
    expect(isContingent(after([unknown], sent(STOP)))).toBe(true);
    expect(isContingent(after([WAITS], sent({ ...STOP, kind: 'SL', price: 88 })))).toBe(true);
    expect(isContingent(after([HIT], sent(STOP)))).toBe(false);
  });
});
