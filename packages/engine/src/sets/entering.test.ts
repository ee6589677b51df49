import { describe, expect, it } from 'vitest';

import { asksIn, BrokerPlay } from './broker-play.test-kit.js';
import { find, ist, kindsOf, SetPlay } from './set-play.test-kit.js';

/** A set whose entry order of four lots is under way. */
function entering({ approves = true } = {}): SetPlay {
  const play = new SetPlay({ size: [{ kind: 'lots', lots: 4 }], exits: { stopLoss: { kind: 'percent', share: 0.1 } } });
  play.approves = approves;
  play.signal('bullish');
  play.legs();
  return play;
}

describe('an entry', () => {
  it('opens when it is filled, at the average of its fills', () => {
    const play = entering();
    expect(kindsOf(play.fill(100, 50))).toEqual(['legFilled']);
    expect(play.state.phase).toBe('entering');
    expect(kindsOf(play.fill(102))).toEqual(['legFilled', 'setOpened']);
    expect(play.position).toMatchObject({ quantity: 200, entryQuantity: 200, entryPrice: 101.5, stop: 91.35, direction: 'bullish' });
    expect(play.state).toMatchObject({ holding: { quantity: 200, costPaise: 20_300_00, realisedPaise: 0, chargesPaise: 0 } });
  });

  it('that no leg can be found for is refused', () => {
    const play = new SetPlay();
    play.signal('bullish');
    const events = play.tell({ kind: 'noLegs', code: 'legs/no-strike', reason: 'No strike answers.', at: play.now });
    expect(events).toMatchObject([{ kind: 'entryRefused', by: 'legs', code: 'legs/no-strike' }]);
    expect(play.state.phase).toBe('waiting');
  });

  it('that the gate refuses is back to waiting', () => {
    const play = entering({ approves: false });
    expect(play.refused()).toMatchObject([
      { kind: 'orderRefused', orderId: 'ne-1' },
      { kind: 'entryRefused', by: 'risk', code: 'risk/open-sets' },
    ]);
    expect(play.state.phase).toBe('waiting');
    play.signal('bullish');
    play.legs();
    expect(play.order.request.orderId).toBe('ne-2');
  });

  it.each(['rejected', 'cancelled', 'expired'] as const)('that is %s before a fill is back to waiting, with the reason', (how) => {
    const play = entering();
    const events = play.ended(how);
    expect(kindsOf(events)).toEqual(['orderChanged', 'entryRefused']);
    expect(find(events, 'entryRefused')).toMatchObject({ by: 'broker', code: `broker/order-${how}` });
    expect(play.state.phase).toBe('waiting');
  });

  it.each(['cancelled', 'expired'] as const)('that is %s after a part was filled opens with that part', (how) => {
    const play = entering();
    play.fill(100, 50);
    expect(kindsOf(play.ended(how))).toEqual(['orderChanged', 'setOpened']);
    expect(play.position).toMatchObject({ quantity: 50, entryQuantity: 50, entryPrice: 100 });
    play.tick(90);
    expect(play.order.request.quantity).toBe(50);
  });

  it('filled from the square-off time on leaves at once', () => {
    const play = entering();
    play.now = ist('15:15');
    play.squareOffAt = ist('15:15');
    const events = play.fill(100);
    expect(kindsOf(events)).toEqual(['legFilled', 'setOpened', 'exitTriggered', 'legOrderRequested']);
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'squareOff', quantity: 200 });
    expect(kindsOf(play.fill(99))).toEqual(['legFilled', 'setClosed']);
  });

  it('whose order is halted in the preparation is not made', () => {
    const play = new SetPlay();
    play.signal('bullish');
    play.tell({ kind: 'halt', by: 'risk', reason: 'The account has lost enough.', at: play.now });
    expect(play.legs()).toEqual([]);
    expect(play.state).toMatchObject({ phase: 'waiting', halted: { by: 'risk' } });
  });

  it('whose set is stopped in the preparation is not made', () => {
    const play = new SetPlay();
    play.signal('bullish');
    play.tell({ kind: 'stop', by: 'asha', reason: 'Enough.', at: play.now });
    expect(play.legs()).toEqual([]);
    expect(play.state.phase).toBe('stopped');
  });

  it('whose set is stopped while it is filled is filled no more, and what was is held', () => {
    const play = BrokerPlay.entering();
    play.working('ne-1');
    play.filled('ne-1', 50);
    expect(play.tell({ kind: 'stop', by: 'asha', reason: 'Enough.', at: play.now })).toMatchObject([
      { kind: 'setStopped', by: 'asha' },
      { kind: 'entryTimedOut' },
      { kind: 'orderChangeRequested', orderId: 'ne-1', change: { kind: 'cancel' } },
    ]);
    play.cancelled('ne-1');
    expect(play.state).toMatchObject({ phase: 'open', halted: { by: 'asha' }, position: { quantity: 50 } });
  });

  it('that has been filled in part is not refused by the gate any more', () => {
    const play = entering();
    play.fill(100, 50);
    expect(play.refused()).toEqual([]);
    expect(play.order.filledQuantity).toBe(50);
  });
});

describe('an entry that is not wanted any more', () => {
  /** Four lots are in the market, nothing is filled, and the cancellation is on its way. */
  function abandoned(): BrokerPlay {
    const play = BrokerPlay.entering({ exits: { stopLoss: { kind: 'percent', share: 0.1 } } });
    play.working('ne-1');
    expect(asksIn(play.exitNow('breaker'))).toEqual(['cancel ne-1']);
    return play;
  }

  it('is back to waiting when it is cancelled', () => {
    const play = abandoned();
    expect(kindsOf(play.cancelled('ne-1'))).toEqual(['orderChanged', 'entryRefused']);
    expect(play.state.phase).toBe('waiting');
  });

  it('is left at once when it is filled before the cancellation arrives', () => {
    const play = abandoned();
    const events = play.filled('ne-1');
    expect(kindsOf(events)).toEqual(['legFilled', 'setOpened', 'exitTriggered', 'legOrderRequested']);
    expect(find(events, 'setOpened').position).toMatchObject({ quantity: 200, direction: 'bullish', stop: null });
    expect(find(events, 'exitTriggered')).toMatchObject({ rule: 'breaker', quantity: 200, keep: 0 });
    expect(asksIn(events)).toEqual(['sell 200']);
  });

  it('is left as far as it is filled, when it is over', () => {
    const play = abandoned();
    expect(kindsOf(play.filled('ne-1', 50))).toEqual(['legFilled', 'setOpened', 'exitTriggered']);
    expect(asksIn(play.cancelled('ne-1'))).toEqual(['sell 50']);
    expect(kindsOf(play.filled('ne-2'))).toEqual(['legFilled', 'setClosed']);
  });

  it('whose cancellation was refused is looked for, and cancelled again when it is found', () => {
    const play = abandoned();
    expect(kindsOf(play.changeRejected('ne-1', 'cancel'))).toEqual(['orderChanged']);
    expect(asksIn(play.wakes())).toEqual(['look for ne-1']);
    expect(asksIn(play.looked('ne-1', play.inBook('ne-1', 'open')))).toEqual(['cancel ne-1']);
  });

  it('is cancelled as soon as it is heard of, where it was on its way', () => {
    const play = BrokerPlay.entering();
    expect(kindsOf(play.exitNow())).toEqual(['entryAbandoned']);
    expect(asksIn(play.working('ne-1'))).toEqual(['cancel ne-1']);
    expect(play.exitNow()).toEqual([]);
  });
});

describe('news', () => {
  it('of a fill that comes twice counts once', () => {
    const play = entering();
    const { orderId, instrument, side } = play.order.request;
    const fill = { fillId: 'X1', orderId, instrument, side, quantity: 50, price: 100, time: play.now };
    const news = { kind: 'filled', orderId, fill, at: play.now } as const;
    expect(play.news(news)).toHaveLength(1);
    expect(play.news(news)).toEqual([]);
    expect(play.news({ ...news, at: play.now + 5_000 })).toEqual([]);
    expect(play.order).toMatchObject({ filledQuantity: 50, filledPaise: 5_000_00 });
  });

  it('that is late changes nothing', () => {
    const play = entering();
    const { orderId } = play.order.request;
    play.fill(100);
    const { state, now: at } = play;
    expect(play.news({ kind: 'acknowledged', orderId, brokerOrderId: 'B1', at })).toEqual([]);
    expect(play.news({ kind: 'cancelled', orderId, filledQuantity: 200, reason: 'Too late.', at })).toEqual([]);
    expect(play.news({ kind: 'unknown', orderId, reason: 'A time-out.', at })).toEqual([]);
    expect(play.state).toBe(state);
  });

  it('of an order that is not under way changes nothing', () => {
    const play = entering();
    const { now: at } = play;
    expect(play.news({ kind: 'rejected', orderId: 'zz-1', code: 'margin', reason: 'Not ours.', at })).toEqual([]);
    expect(play.tell({ kind: 'refused', orderId: 'zz-1', code: 'risk/x', reason: 'Not ours.', retryAt: null, atMost: 0, at })).toEqual([]);
    expect(play.state.phase).toBe('entering');
  });

  it('that nobody can say what became of an order leaves it open what did', () => {
    const play = entering();
    const { orderId } = play.order.request;
    play.news({ kind: 'unknown', orderId, reason: 'The broker did not answer in 10 seconds.', at: play.now });
    expect(play.order.status).toBe('unknown');
    expect(play.state.phase).toBe('entering');
    expect(kindsOf(play.fill(100))).toEqual(['legFilled', 'setOpened']);
  });
});
