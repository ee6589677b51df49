import { describe, expect, it } from 'vitest';

import type { OrderRequest } from '../orders/order-request.js';
import type { OutsideDealer } from '../orders/outside-fill.js';
import { NO_CHARGES } from '../portfolio/charge-kinds.js';
import { anOrder } from '../runtime/runtime.test-kit.js';
import type { ExitRule } from '../sets/set-state.js';
import { TripOrders } from './trip-orders.js';

const SHARE = 'NSE:SBIN';

/** An entry of ten shares unless something else is said. */
const request = (orderId: string, change: Partial<OrderRequest> = {}): OrderRequest =>
  anOrder({ orderId, instance: 'one|NSE:SBIN|main', instrument: SHARE, at: 1_000, ...change });

/** The orders of a round trip that was decided at 500 and is left by a rule at a price. */
class Played {
  readonly orders = new TripOrders();

  constructor() {
    this.orders.entryAt(500);
    this.orders.begin();
  }

  ask(orderId: string, change: Partial<OrderRequest> = {}): this {
    const order = request(orderId, change);
    this.orders.requested({ kind: 'legOrderRequested', purpose: order.purpose, order, at: order.at });
    return this;
  }

  send(orderId: string, limit: number | null = null): this {
    this.orders.submitted({
      kind: 'orderSubmitted',
      orderId,
      orderKind: limit === null ? 'market' : 'limit',
      price: limit,
      triggerPrice: null,
      at: 1_001,
    });
    return this;
  }

  leave(rule: ExitRule, price: number | null): this {
    this.orders.leaving({ kind: 'exitTriggered', rule, price, quantity: 10, keep: 0, reverse: null, at: 2_000 });
    return this;
  }

  fill(
    orderId: string,
    quantity: number,
    price: number,
    { side = 'buy', purpose = 'entry', by = null }: Partial<Pick<OrderRequest, 'side' | 'purpose'>> & { by?: OutsideDealer | null } = {},
  ): this {
    const fill = { fillId: `${orderId}f`, orderId, instrument: SHARE, side, quantity, price, time: 3_000 };
    this.orders.filled(
      { kind: 'legFilled', fill, purpose, chargesPaise: 7, realisedPaise: 0, costPaise: 0, by, at: 3_000 },
      { ...NO_CHARGES, sttPaise: 7 },
    );
    return this;
  }

  end() {
    return this.orders.end().orders;
  }
}

describe('the orders of a round trip', () => {
  it('stand as they were sent, with their fills and what those cost beside the price of the decision', () => {
    const orders = new Played().ask('a').send('a', 505).fill('a', 4, 500.1).fill('a', 6, 500.25).end();
    expect(orders).toEqual([
      {
        id: 'a',
        purpose: 'entry',
        rule: null,
        by: null,
        instrument: SHARE,
        side: 'buy',
        quantity: 10,
        kind: 'limit',
        limit: 505,
        trigger: null,
        status: 'filled',
        reason: null,
        decidedAt: 1_000,
        decidedPrice: 500,
        // Four at ten paise more, six at twenty-five.
        slippagePaise: 190,
        fills: [
          { time: 3_000, quantity: 4, price: 500.1, chargesPaise: 7 },
          { time: 3_000, quantity: 6, price: 500.25, chargesPaise: 7 },
        ],
      },
    ]);
  });

  it('have a slippage below zero where they were filled at better prices, whichever side they are on', () => {
    const sold = { side: 'sell', purpose: 'exit' } as const;
    const [entry, exit] = new Played()
      .ask('a')
      .send('a')
      .fill('a', 10, 499.5)
      .leave('target', 510)
      .ask('b', sold)
      .send('b')
      .fill('b', 10, 510.2, sold)
      .end();
    expect([entry?.slippagePaise, exit?.slippagePaise]).toEqual([-500, -200]);
    expect([entry?.rule, exit?.rule, exit?.decidedPrice]).toEqual([null, 'target', 510]);
  });

  it('have none where no price was looked at, or nothing was filled', () => {
    const orders = new Played()
      .ask('a')
      .leave('strategyExit', null)
      .ask('b', { purpose: 'exit', side: 'sell' })
      .send('b')
      .fill('b', 10, 510, { side: 'sell', purpose: 'exit' })
      .end();
    expect(orders.map(({ slippagePaise }) => slippagePaise)).toEqual([null, null]);
  });

  it('end as the broker says, or were never sent, with the reason that was given', () => {
    const played = new Played().ask('a').send('a').ask('b').ask('c').ask('d').send('d').ask('e').send('e').fill('e', 3, 500);
    const { orders } = played;
    orders.changed({ kind: 'rejected', orderId: 'a', code: 'x', reason: 'No margin.', at: 1 });
    orders.unsent('b', 'refused', 'Out of hours.');
    orders.unsent('c', 'withdrawn', 'Not wanted any more.');
    orders.unsent('d', 'neverReached', null);
    orders.changed({ kind: 'acknowledged', orderId: 'e', brokerOrderId: '1', at: 1 });
    orders.changed({ kind: 'cancelled', orderId: 'e', filledQuantity: 3, reason: '', at: 1 });
    expect(played.end().map(({ status, reason }) => [status, reason])).toEqual([
      ['rejected', 'No margin.'],
      ['refused', 'Out of hours.'],
      ['withdrawn', 'Not wanted any more.'],
      ['neverReached', null],
      ['cancelled', null],
    ]);
  });

  it('are filled too when they were made as small by hand as what was filled of them', () => {
    const played = new Played().ask('a').send('a').fill('a', 4, 500);
    played.orders.changed({ kind: 'working', orderId: 'a', status: 'open', quantity: 4, price: 500, triggerPrice: null, at: 1 });
    expect(played.end()).toMatchObject([{ status: 'filled', quantity: 10 }]);
  });

  it('measure a stop that rests at the exchange against where it rested in the end', () => {
    const stop = { side: 'sell', purpose: 'protect' } as const;
    const played = new Played().ask('s', { ...stop, kind: 'SL-M', triggerPrice: 490 }).send('s');
    played.orders.changed({ kind: 'working', orderId: 's', status: 'triggerPending', quantity: 10, price: null, triggerPrice: 495, at: 1 });
    expect(played.fill('s', 10, 494.9, stop).end()).toMatchObject([{ decidedPrice: 495, slippagePaise: 100, rule: null }]);
  });

  it('have what nobody ordered among them, with who did it', () => {
    const outside = { side: 'sell', purpose: 'exit', by: 'settlement' } as const;
    const [entry, settled] = new Played()
      .ask('a')
      .send('a')
      .fill('a', 10, 500)
      .fill('outside:1', 4, 510, outside)
      .fill('outside:1', 6, 510, outside)
      .end();
    expect(entry?.by).toBeNull();
    expect(settled).toMatchObject({
      id: 'outside:1',
      by: 'settlement',
      rule: 'settlement',
      kind: null,
      status: 'filled',
      quantity: 10,
      decidedPrice: null,
      slippagePaise: null,
    });
    expect(settled?.fills).toHaveLength(2);
  });

  it('of the last round trip come again when they are filled late, with the late fill alone', () => {
    const played = new Played().ask('a').send('a').fill('a', 4, 500);
    played.orders.changed({ kind: 'cancelled', orderId: 'a', filledQuantity: 4, reason: '', at: 1 });
    const first = played.end();
    const late = played.fill('a', 6, 500.5).end();
    expect(first).toMatchObject([{ id: 'a', fills: [{ quantity: 4 }] }]);
    expect(late).toMatchObject([{ id: 'a', status: 'cancelled', decidedPrice: 500, slippagePaise: 300, fills: [{ quantity: 6 }] }]);
  });

  it('of an entry that came to nothing are no part of the next', () => {
    const played = new Played().ask('a').send('a');
    played.orders.begin();
    expect(
      played
        .ask('b')
        .end()
        .map(({ id }) => id),
    ).toEqual(['b']);
  });

  it('add their charges up by kind, and begin anew after the end', () => {
    const played = new Played().ask('a').send('a').fill('a', 4, 500).fill('a', 6, 500);
    expect(played.orders.end().charges).toEqual({ ...NO_CHARGES, sttPaise: 14 });
    expect(played.orders.end()).toEqual({ orders: [], charges: NO_CHARGES, tradedPaise: 0 });
  });
});
