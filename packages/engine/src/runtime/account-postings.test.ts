import { describe, expect, it } from 'vitest';

import type { BrokerNews } from '../orders/broker-news.js';
import { accountDecider } from '../risk/account-decider.js';
import type { AccountLimits } from '../risk/account-limits.js';
import type { GuardedAccount } from '../risk/guarded-account.js';
import { noLimits } from '../risk/no-limits.test-kit.js';
import type { SetEvent } from '../sets/set-event.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { postedBySet } from './account-postings.js';

const SET = 'one|NSE:RELIANCE|main';
const adaptive: AccountLimits = { ...noLimits, adaptive: { roundTrips: 2, min: 0.5, max: 1 } };
const opened = accountDecider({ capitalPaise: 10_00_000_00, limits: noLimits, rearm: 'byHand' }).initial;

const after = (state: GuardedAccount, events: readonly SetEvent[], limits = noLimits): GuardedAccount =>
  events.reduce((before, event) => postedBySet(before, SET, event, limits), state);

const planned: SetEvent = { kind: 'entryPlanned', instrument: SHARE, lots: 10, quantity: 10, costPaise: 10_000_00, giveUpAt: 2, at: 1 };
const submitted: SetEvent = { kind: 'orderSubmitted', orderId: '1', orderKind: 'market', price: null, triggerPrice: null, at: 1 };
const refusedBy = (by: 'set' | 'legs' | 'sizing' | 'risk' | 'broker'): SetEvent => ({
  kind: 'entryRefused',
  by,
  code: 'x',
  reason: '',
  signalAt: 1,
  at: 1,
});
const closed = (grossPaise: number): SetEvent => ({ kind: 'setClosed', rule: 'target', grossPaise, chargesPaise: 10, coolUntil: 1, at: 1 });
const told = (news: Exclude<BrokerNews, { kind: 'filled' }>): SetEvent => ({ kind: 'orderChanged', news, at: 1 });
const rejected = (code = 'broker/margin'): SetEvent => told({ kind: 'rejected', orderId: '1', code, reason: '', at: 1 });
const filled = (orderId = '1', purpose: 'entry' | 'exit' = 'entry'): SetEvent => ({
  kind: 'legFilled',
  fill: {
    fillId: `F${orderId}`,
    orderId,
    instrument: SHARE,
    side: purpose === 'entry' ? 'buy' : 'sell',
    quantity: 10,
    price: 1_000,
    time: 1,
  },
  purpose,
  chargesPaise: 24_27,
  realisedPaise: purpose === 'entry' ? 0 : 500,
  costPaise: 0,
  by: null,
  at: 1,
});

describe('money', () => {
  it('is set aside for what is planned, and free again when the entry fails or the set is closed', () => {
    const reserved = after(opened, [planned]);
    expect(reserved.money).toMatchObject({ reservedPaise: 10_000_00, openInstances: 1 });
    for (const end of [refusedBy('risk'), refusedBy('broker'), closed(0)])
      expect(after(reserved, [end]).money).toMatchObject({ reservedPaise: 0, openInstances: 0 });
  });

  it('stays set aside when another signal is refused meanwhile', () => {
    const reserved = after(opened, [planned]);
    for (const by of ['set', 'legs', 'sizing'] as const) expect(after(reserved, [refusedBy(by)])).toBe(reserved);
  });

  it('moves with fills and what they cost', () => {
    expect(after(opened, [filled()]).money).toMatchObject({ cashPaise: -10_000_00 - 24_27, chargesPaise: 24_27 });
    expect(after(opened, [filled(), filled('2', 'exit')]).money).toMatchObject({ cashPaise: -2 * 24_27, realisedPaise: 500 });
  });

  it('counts orders that are sent', () => {
    expect(after(opened, [submitted, submitted]).money.orders).toBe(2);
  });

  it('is not touched by the rest, and neither is anything else', () => {
    const others: readonly SetEvent[] = [
      { kind: 'setStarted', by: 'config', at: 1 },
      { kind: 'entryTimedOut', at: 1 },
    ];
    expect(after(opened, others)).toBe(opened);
  });
});

describe('rejections in a row', () => {
  it('are counted, and what the broker takes or fills ends the row', () => {
    expect(after(opened, [rejected(), rejected()]).rejections).toBe(2);
    const working = told({ kind: 'working', status: 'open', orderId: '1', quantity: 10, price: 1, triggerPrice: null, at: 1 });
    for (const end of [working, filled()]) expect(after(opened, [rejected(), end, rejected()]).rejections).toBe(1);
  });

  it('are not ended by an acknowledgement: the exchange may still refuse', () => {
    const acknowledged = told({ kind: 'acknowledged', orderId: '1', brokerOrderId: 'B', at: 1 });
    expect(after(opened, [rejected(), acknowledged, rejected()]).rejections).toBe(2);
  });

  it('do not count what was never sent, nor changes that are refused', () => {
    const changeRejected = told({ kind: 'changeRejected', change: 'cancel', orderId: '1', code: 'x', reason: '', at: 1 });
    expect(after(opened, [rejected('broker/not-sent'), changeRejected]).rejections).toBe(0);
  });
});

describe('what a breaker closes', () => {
  const closing: GuardedAccount = { ...opened, closing: [SET] };

  it('is known by its orders, each once', () => {
    expect(after(closing, [filled('2', 'exit'), filled('2', 'exit'), filled('3', 'exit')]).closedBy).toEqual(['2', '3']);
  });

  it('is nothing that enters, and nothing while no breaker closes', () => {
    expect(after(closing, [filled('1', 'entry')]).closedBy).toEqual([]);
    expect(after(opened, [filled('2', 'exit')]).closedBy).toEqual([]);
  });
});

describe('the last round trips', () => {
  it('are remembered, net, as many as sizes are scaled by', () => {
    expect(after(opened, [closed(100), closed(200), closed(300)], adaptive).recentNetPaise).toEqual([190, 290]);
  });

  it('are not, where sizes follow nothing', () => {
    expect(after(opened, [closed(100)]).recentNetPaise).toEqual([]);
  });
});
