import { describe, expect, expectTypeOf, it } from 'vitest';

import type { Approved } from '../orders/approved.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import { approvedChange } from '../testing/approved-change.js';
import { approvedOrder } from '../testing/approved-order.js';
import type { Broker } from './broker.js';

/** A broker that says what it was given. */
const given: unknown[] = [];
const broker: Pick<Broker, 'submit' | 'modify'> = {
  submit: (order) => {
    given.push(order);
    return null;
  },
  modify: (change) => {
    given.push(change);
    return null;
  },
};

const approved = approvedOrder();
const order: OrderRequest = approved;
const change: OrderModification = { orderId: 'test-1', quantity: 10, kind: 'limit', price: 100, triggerPrice: null, at: order.at };

// The compiler is the test here: a line below an expected error that compiles is an error itself.
const refusals: readonly (() => unknown)[] = [
  // @ts-expect-error an order that no gate has seen
  () => broker.submit(order),
  // @ts-expect-error an approved one that was made larger
  () => broker.submit({ ...approved, quantity: 100 * approved.quantity }),
  // @ts-expect-error an approved one that was only copied
  () => broker.submit({ ...approved }),
  // @ts-expect-error an approved one that was copied in another way, and made larger
  () => broker.submit(Object.assign({}, order, { quantity: 1_000 })),
  // @ts-expect-error an approved one that was made larger in its place
  () => (approved.quantity = 1_000),
  // @ts-expect-error something of the same shape
  () => broker.submit({ ...order, approved: true }),
  // @ts-expect-error a change that no gate has seen
  () => broker.modify(change),
  // @ts-expect-error an approved change to another price
  () => broker.modify({ ...approvedChange(order), price: 1 }),
  // @ts-expect-error an approval of something else
  () => broker.modify(approved as Approved<Pick<OrderRequest, 'orderId'>>),
];

describe('what the gate has approved', () => {
  it('is what a broker takes, and nothing else is', () => {
    expect(broker.submit(approved)).toBeNull();
    expect(broker.modify(approvedChange(order, { kind: 'limit', price: 100 }))).toBeNull();
    expect(given).toMatchObject([{ orderId: 'test-1' }, { orderId: 'test-1', price: 100 }]);
    expect(refusals).toHaveLength(9);
    expectTypeOf<OrderRequest>().not.toExtend<Approved<OrderRequest>>();
    expectTypeOf<Approved<OrderRequest>>().toExtend<OrderRequest>();
  });

  it('stays as it was approved', () => {
    expect(Object.isFrozen(approved)).toBe(true);
    expect(Object.isFrozen(approvedChange(order))).toBe(true);
    expect(() => Object.assign(approved, { quantity: 1_000 })).toThrow(TypeError);
  });
});
