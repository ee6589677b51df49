import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isSettled, type OrderState, remainingQuantity, requestedOrder } from '../orders/order-life.js';
import { type OrderPurpose, opposite, type Side, signOf } from '../orders/order-request.js';
import { isContingent } from '../orders/order-timing.js';
import { asksIn, BrokerPlay } from './broker-play.test-kit.js';
import { evolveSet, initialSetState } from './evolve-set.js';
import { find, ist, kindsOf, LEG, setConfig, setInstance } from './set-play.test-kit.js';
import type { SetState } from './set-state.js';
import { endOfAll, ordersTowards } from './towards.js';

const AT = ist('09:30');
const instance = setInstance(setConfig());

type Change = Partial<Omit<OrderState, 'request'>>;

const order = (purpose: OrderPurpose, side: Side, quantity: number, change: Change = {}): OrderState => ({
  ...requestedOrder({
    orderId: 'ne-1',
    instance: instance.id,
    account: instance.account,
    instrument: LEG.instrument,
    purpose,
    side,
    quantity,
    kind: purpose === 'protect' ? 'SL-M' : 'market',
    price: null,
    triggerPrice: purpose === 'protect' ? 90 : null,
    validity: 'day',
    product: 'MIS',
    at: AT,
  }),
  status: 'open',
  ...change,
});

const exit = (quantity: number, change?: Change): OrderState => order('exit', 'sell', quantity, change);
const entry = (quantity: number, change?: Change): OrderState => order('entry', 'buy', quantity, change);
const stop = (quantity: number, change?: Change): OrderState => order('protect', 'sell', quantity, { status: 'triggerPending', ...change });

const CANCELLING: Change = { change: { kind: 'cancel', at: AT } };
const UNSENT: Change = { status: 'requested' };

/** A set that has so many units and these orders, named `ne-1`, `ne-2` in turn. */
function stateOf(held: number, orders: readonly OrderState[], freezeQuantity: number | null = null): SetState {
  const named = orders.map((one, index) => ({ ...one, request: { ...one.request, orderId: `ne-${index + 1}` } }));
  const holding = { ...initialSetState.holding, quantity: held, costPaise: held * 100_00 };
  return { ...initialSetState, leg: { ...LEG, freezeQuantity }, orders: named, lastOrder: orders.length, holding };
}

/** The mirror image: what was bought was sold. */
const mirrored = (one: OrderState): OrderState => ({ ...one, request: { ...one.request, side: opposite(one.request.side) } });
const mirroredAsk = (ask: string): string => ask.replace(/^(buy|sell)/, (side) => opposite(side as Side));

const asksTowards = (held: number, wanted: number, orders: readonly OrderState[], freeze: number | null = null): readonly string[] =>
  asksIn(ordersTowards(instance, stateOf(held, orders, freeze), { wanted, reason: 'A test wants it.', at: AT }));

type Row = readonly [what: string, held: number, wanted: number, orders: readonly OrderState[], asks: readonly string[]];

const ROWS: readonly Row[] = [
  ['all that is held, while nothing is under way', 200, 0, [], ['sell 200']],
  ['a part, where a part is to stay', 200, 150, [], ['sell 50']],
  ['what went beyond flat, back', -50, 0, [], ['buy 50']],
  ['nothing, where nothing is missing', 200, 200, [], []],

  ['nothing on top of an order for all of it', 200, 0, [exit(200)], []],
  ['what an order for a part leaves', 200, 0, [exit(50)], ['sell 150']],
  ['what two orders for parts leave', 200, 0, [exit(50), exit(100)], ['sell 50']],
  ['no less for what an order has brought already', 150, 0, [exit(200, { status: 'partiallyFilled', filledQuantity: 50 })], []],
  ['nothing on top of an order that nobody can say the outcome of', 200, 0, [exit(200, { status: 'unknown' })], []],
  ['what an order of unknown outcome leaves', 200, 0, [exit(150, { status: 'unknown' })], ['sell 50']],
  ['nothing on top of an order that is being cancelled', 200, 0, [exit(200, CANCELLING)], []],
  ['nothing on top of an order that is only asked for', 200, 0, [exit(200, UNSENT)], []],
  ['all of it again after an order that came to nothing', 200, 0, [exit(200, { status: 'rejected', toldFilled: 0 })], ['sell 200']],
  ['nothing on top of fills that were told of and have not come', 200, 0, [exit(200, { status: 'cancelled', toldFilled: 200 })], []],
  ['nothing on top of an order that ended nobody said how', 200, 0, [exit(200, { status: 'cancelled', toldFilled: null })], []],

  ['that a resting stop is cancelled first', 200, 0, [stop(200)], ['cancel ne-1']],
  ['that each of several stops is cancelled first', 200, 0, [stop(100), stop(100)], ['cancel ne-1', 'cancel ne-2']],
  ['that a stop is waited for that is being cancelled', 200, 0, [stop(200, CANCELLING)], []],
  ['that a stop is waited for that is on its way', 200, 0, [stop(200, { status: 'submitted' })], []],
  ['that a stop is waited for that nobody can say the outcome of', 200, 0, [stop(200, { status: 'unknown' })], []],
  ['that a stop is waited for of which fills may be missing', 200, 0, [stop(200, { status: 'cancelled', toldFilled: null })], []],
  ['all of it, and that a stop that was never sent is not', 200, 0, [stop(200, UNSENT)], ['withdraw ne-1', 'sell 200']],
  ['all of it, once the stop is over', 200, 0, [stop(200, { status: 'cancelled', toldFilled: 0 })], ['sell 200']],
  ['nothing on top of a stop whose trigger was hit', 200, 0, [stop(200, { status: 'open' })], []],
  ['nothing on top of a stop that is being filled', 150, 0, [stop(200, { status: 'partiallyFilled', filledQuantity: 50 })], []],
  ['that what waits is cancelled beside what leaves', 200, 0, [exit(100), stop(100)], ['cancel ne-2']],

  [
    'that the rest of an entry is cancelled first',
    100,
    0,
    [entry(200, { filledQuantity: 100, status: 'partiallyFilled' })],
    ['cancel ne-1'],
  ],
  ['that an entry is waited for that is on its way', 100, 0, [entry(100, { status: 'submitted' })], []],
  ['all that is held, whatever becomes of an unknown entry', 100, 0, [entry(100, { status: 'unknown' })], ['sell 100']],
  ['all that is held, and that an entry that was never sent is not', 100, 0, [entry(100, UNSENT)], ['withdraw ne-1', 'sell 100']],
  ['that an entry is waited for of which fills are missing', 100, 0, [entry(200, { status: 'cancelled', toldFilled: 150 })], []],

  ['that too much is cancelled', 150, 0, [exit(200)], ['cancel ne-1']],
  ['that too much is cancelled, and what was never sent is not', 150, 0, [exit(150), exit(50, UNSENT)], ['cancel ne-1', 'withdraw ne-2']],
  ['that what is too much and unknown is waited for', 150, 0, [exit(200, { status: 'unknown' })], []],
  [
    'that all is cancelled once nothing is missing',
    0,
    0,
    [exit(50), exit(50, UNSENT), stop(50)],
    ['cancel ne-1', 'withdraw ne-2', 'cancel ne-3'],
  ],
  ['that an order on the wrong side is cancelled before one on the right', -50, 0, [exit(50)], ['cancel ne-1']],
  ['nothing but cancellations where less is to leave than leaves', 200, 150, [exit(200)], ['cancel ne-1']],
];

describe('what is asked for, so that what is held becomes what is wanted, is', () => {
  it.each(ROWS)('%s', (_, held, wanted, orders, asks) => {
    expect(asksTowards(held, wanted, orders)).toEqual(asks);
  });

  it.each(ROWS)('%s, and the other way round for what was sold', (_, held, wanted, orders, asks) => {
    expect(asksTowards(-held, -wanted, orders.map(mirrored))).toEqual(asks.map(mirroredAsk));
  });

  it('an order at the market for the day, under the next id', () => {
    const state = stateOf(200, [exit(50)]);
    expect(ordersTowards(instance, state, { wanted: 0, reason: 'The set leaves.', at: AT })).toEqual([
      {
        kind: 'legOrderRequested',
        purpose: 'exit',
        order: {
          orderId: 'ne-2',
          instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
          account: 'main',
          instrument: 'NFO:NIFTY24NOV2626000CE',
          purpose: 'exit',
          side: 'sell',
          quantity: 150,
          kind: 'market',
          price: null,
          triggerPrice: null,
          validity: 'day',
          product: 'MIS',
          at: AT,
        },
        at: AT,
      },
    ]);
  });

  it('a cancellation that says why', () => {
    const state = stateOf(200, [stop(200)]);
    expect(ordersTowards(instance, state, { wanted: 0, reason: 'The set leaves: target.', at: AT })).toEqual([
      { kind: 'orderChangeRequested', orderId: 'ne-1', change: { kind: 'cancel', reason: 'The set leaves: target.' }, at: AT },
    ]);
  });
});

describe('an order is brought to its end', () => {
  it.each([
    ['withdrawn, where it was only asked for', UNSENT, ['withdraw ne-1']],
    ['cancelled, where the broker has it', { status: 'acknowledged' }, ['cancel ne-1']],
    ['cancelled, where it rests', { status: 'open' }, ['cancel ne-1']],
    ['cancelled, where it waits for its trigger', { status: 'triggerPending' }, ['cancel ne-1']],
    ['cancelled, where a part of it is filled', { status: 'partiallyFilled', filledQuantity: 50 }, ['cancel ne-1']],
    ['cancelled, where other terms were asked for', { change: { kind: 'modify', at: AT } }, ['cancel ne-1']],
    ['not twice', CANCELLING, []],
    ['not before the broker has answered', { status: 'submitted' }, []],
    ['not while nobody knows whether it is there', { status: 'unknown' }, []],
    ['not after its end', { status: 'filled', filledQuantity: 200, toldFilled: 200 }, []],
    ['not after its end, though fills of it may come', { status: 'cancelled', toldFilled: null }, []],
  ] satisfies readonly (readonly [string, Change, readonly string[]])[])('%s', (_, change, asks) => {
    expect(asksIn(endOfAll([exit(200, change)], 'A test wants it.', AT))).toEqual(asks);
  });
});

describe('above the freeze quantity', () => {
  const FREEZE_120 = { leg: { freezeQuantity: 120 }, lots: 5 };

  it('orders are slices in whole lots', () => {
    expect(asksTowards(250, 0, [], 120)).toEqual(['sell 100', 'sell 100', 'sell 50']);
    expect(asksTowards(250, 0, [exit(100)], 120)).toEqual(['sell 100', 'sell 50']);
    expect(asksTowards(120, 0, [], 120)).toEqual(['sell 120']);
  });

  it('an entry is what its slices come to: one that fails leaves the position smaller', () => {
    const play = BrokerPlay.entering({}, FREEZE_120);
    expect(play.state.orders.map(({ request }) => [request.orderId, request.quantity])).toEqual([
      ['ne-1', 100],
      ['ne-2', 100],
      ['ne-3', 50],
    ]);
    expect(kindsOf(play.filled('ne-1'))).toEqual(['legFilled']);
    expect(kindsOf(play.rejected('ne-2'))).toEqual(['orderChanged']);
    expect(kindsOf(play.filled('ne-3'))).toEqual(['legFilled', 'setOpened']);
    expect(play.position).toMatchObject({ quantity: 150, entryQuantity: 150 });
  });

  it('an entry opens with what was filled of its slices when the last of them is over', () => {
    const play = BrokerPlay.entering({}, FREEZE_120);
    play.filled('ne-1', 50);
    play.filled('ne-2');
    play.rejected('ne-3');
    expect(play.state.phase).toBe('entering');
    expect(kindsOf(play.cancelled('ne-1'))).toEqual(['orderChanged', 'setOpened']);
    expect(play.position.quantity).toBe(150);
  });

  it('an entry fails when all of its slices do', () => {
    const play = BrokerPlay.entering({}, FREEZE_120);
    play.rejected('ne-1');
    play.rejected('ne-2');
    expect(find(play.rejected('ne-3'), 'entryRefused')).toMatchObject({ by: 'broker', code: 'broker/order-rejected' });
    expect(play.state.phase).toBe('waiting');
  });

  it('an exit goes on with its other slices when one fails, and what failed is asked for again', () => {
    const play = BrokerPlay.holding({}, FREEZE_120);
    expect(asksIn(play.exitNow())).toEqual(['sell 100', 'sell 100', 'sell 50']);
    expect(kindsOf(play.rejected('ne-5'))).toEqual(['orderChanged', 'exitPostponed']);
    expect(kindsOf(play.filled('ne-4'))).toEqual(['legFilled']);
    expect(kindsOf(play.filled('ne-6'))).toEqual(['legFilled']);
    expect(asksIn(play.wakes())).toEqual(['sell 100']);
    expect(kindsOf(play.filled('ne-7'))).toEqual(['legFilled', 'setClosed']);
  });

  it('an exit asks at once for what failed when its other slices end after the delay', () => {
    const play = BrokerPlay.holding({}, FREEZE_120);
    play.exitNow();
    play.rejected('ne-5');
    play.filled('ne-4');
    play.now += 1_000;
    expect(asksIn(play.filled('ne-6'))).toEqual(['sell 100']);
  });

  it('an exit asks for what its slices have left, in slices', () => {
    const play = BrokerPlay.holding({}, FREEZE_120);
    play.exitNow();
    play.filled('ne-4', 50);
    play.cancelled('ne-4');
    play.rejected('ne-5');
    play.filled('ne-6');
    expect(play.state.holding.quantity).toBe(150);
    expect(asksIn(play.wakes())).toEqual(['sell 100', 'sell 50']);
  });

  it('slices of an exit that fail together are one failure: the next try is a second away', () => {
    const play = BrokerPlay.holding({}, FREEZE_120);
    play.exitNow();
    const events = ['ne-4', 'ne-5', 'ne-6'].flatMap((orderId) => play.rejected(orderId));
    expect(kindsOf(events)).toEqual(['orderChanged', 'exitPostponed', 'orderChanged', 'orderChanged']);
    expect(find(events, 'exitPostponed').retryAt).toBe(play.now + 1_000);
    expect(play.watch.time).toBe(play.now + 1_000);
    expect(asksIn(play.wakes())).toEqual(['sell 100', 'sell 100', 'sell 50']);
  });

  it('slices of an exit that fail together wait for the one that waits longest', () => {
    const play = BrokerPlay.holding({}, FREEZE_120);
    play.approves = false;
    play.exitNow();
    play.passes('ne-4');
    expect(find(play.rejected('ne-4'), 'exitPostponed').retryAt).toBe(play.now + 1_000);
    const morning = ist('09:15', '2026-11-24');
    expect(find(play.refuses('ne-5', { retryAt: morning }), 'exitPostponed').retryAt).toBe(morning);
    expect(kindsOf(play.refuses('ne-6'))).toEqual(['orderRefused']);
    expect(play.watch.time).toBe(morning);
  });
});

/** Any order, however far it has come. */
const anyOrder = (): fc.Arbitrary<OrderState> =>
  fc
    .record({
      purpose: fc.constantFrom<OrderPurpose[]>('entry', 'exit', 'protect'),
      side: fc.constantFrom<Side[]>('buy', 'sell'),
      lots: fc.integer({ min: 1, max: 6 }),
      filledLots: fc.nat({ max: 6 }),
      told: fc.constantFrom('nothing', 'all', 'more'),
      status: fc.constantFrom<OrderState['status'][]>(
        'requested',
        'submitted',
        'acknowledged',
        'open',
        'triggerPending',
        'unknown',
        'cancelled',
        'expired',
        'rejected',
      ),
      cancelling: fc.boolean(),
    })
    .map(({ purpose, side, lots, filledLots, told, status, cancelling }) => {
      const dealt = status === 'open' || status === 'cancelled' || status === 'expired';
      const filledQuantity = dealt ? Math.min(filledLots, lots - 1) * LEG.lotSize : 0;
      const ended = status === 'cancelled' || status === 'expired' || status === 'rejected';
      const rests = status === 'acknowledged' || status === 'open' || status === 'triggerPending';
      return order(purpose, side, lots * LEG.lotSize, {
        status: filledQuantity > 0 && status === 'open' ? 'partiallyFilled' : status,
        filledQuantity,
        toldFilled: !ended || told === 'nothing' ? null : told === 'all' ? filledQuantity : filledQuantity + LEG.lotSize,
        change: rests && cancelling ? { kind: 'cancel', at: AT } : null,
      });
    });

const decisions = () =>
  fc.record({
    orders: fc.array(anyOrder(), { maxLength: 5 }),
    held: fc.integer({ min: -6, max: 6 }).map((lots) => lots * LEG.lotSize),
    wanted: fc.integer({ min: -6, max: 6 }).map((lots) => lots * LEG.lotSize),
    freeze: fc.constantFrom(null, 120),
  });

const alive = (one: OrderState): boolean => !isSettled(one);
const sum = (orders: readonly OrderState[]): number => orders.reduce((all, one) => all + remainingQuantity(one), 0);

describe('whatever is under way', () => {
  it('never is more asked for than is missing after it, everything unknown counted as filled', () =>
    fc.assert(
      fc.property(decisions(), ({ orders, held, wanted, freeze }) => {
        const before = stateOf(held, orders, freeze);
        const events = ordersTowards(instance, before, { wanted, reason: 'A test wants it.', at: AT });
        const after = events.reduce(evolveSet, before);
        const asked = events.filter(({ kind }) => kind === 'legOrderRequested');
        if (asked.length === 0) return;
        const side = wanted > held ? 'buy' : 'sell';
        const towards = after.orders.filter((one) => alive(one) && one.request.side === side && !isContingent(one));
        expect(held + signOf(side) * sum(towards)).toBe(wanted);
        // What else may still be filled is an entry with an unknown outcome: nobody can take it back.
        const others = after.orders.filter((one) => alive(one) && !towards.includes(one));
        expect(others.filter(({ status, request }) => status !== 'unknown' || request.purpose !== 'entry')).toEqual([]);
        for (const { request } of after.orders.slice(orders.length)) expect(request).toMatchObject({ side, purpose: 'exit' });
      }),
      { numRuns: 1_000 },
    ));

  it('nothing is asked for twice: the same decision a moment later asks for nothing', () =>
    fc.assert(
      fc.property(decisions(), ({ orders, held, wanted, freeze }) => {
        const before = stateOf(held, orders, freeze);
        const towards = { wanted, reason: 'A test wants it.', at: AT };
        const first = ordersTowards(instance, before, towards);
        const after = first.reduce(evolveSet, before);
        const again = ordersTowards(instance, after, towards);
        // What was withdrawn may have been in the way of an order on the right side.
        if (first.every(({ kind }) => kind !== 'orderWithdrawn')) expect(again).toEqual([]);
        else expect(ordersTowards(instance, again.reduce(evolveSet, after), towards)).toEqual([]);
      }),
      { numRuns: 1_000 },
    ));

  it('what is in the way, or too much, is brought to its end wherever it can be', () =>
    fc.assert(
      fc.property(decisions(), ({ orders, held, wanted, freeze }) => {
        const before = stateOf(held, orders, freeze);
        const after = ordersTowards(instance, before, { wanted, reason: 'A test wants it.', at: AT }).reduce(evolveSet, before);
        const missing = wanted - held;
        const helps = (one: OrderState): boolean => missing !== 0 && signOf(one.request.side) === Math.sign(missing) && !isContingent(one);
        const tooMuch = sum(before.orders.filter((one) => alive(one) && helps(one))) > Math.abs(missing);
        for (const one of after.orders) {
          if (!alive(one) || (helps(one) && !tooMuch)) continue;
          const { status } = one;
          const reachable = status === 'acknowledged' || status === 'open' || status === 'triggerPending' || status === 'partiallyFilled';
          expect(status).not.toBe('requested');
          if (reachable) expect(one.change?.kind).toBe('cancel');
        }
      }),
      { numRuns: 1_000 },
    ));
});
