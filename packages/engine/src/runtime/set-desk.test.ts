import { describe, expect, it } from 'vitest';

import { memoryJournal } from '../journal/memory-journal.js';
import { createRuleBook } from '../market/create-rule-book.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { Answer, Broker } from '../plugins/broker.js';
import { atIst } from '../primitives/time.js';
import { defaultLimits } from '../risk/presets.js';
import { setDecider } from '../sets/set-decider.js';
import type { Signal } from '../sets/signal.js';
import { AccountDesk } from './account-desk.js';
import { Board } from './board.js';
import { ChargeBook } from './charge-book.js';
import { LegChooser } from './leg-chooser.js';
import { PriceModels } from './price-models.js';
import { aSet, SHARE } from './runtime.test-kit.js';
import { SetDesk } from './set-desk.js';
import { SetRunner } from './set-runner.js';

const DATE = '2026-02-02';
const NOW = atIst(DATE, 600);

const bullish: Signal = { kind: 'enter', direction: 'bullish', at: NOW, reason: 'a test', values: {} };

type Submit = (order: OrderRequest, tell: SetDesk['news']) => Answer | Promise<Answer>;

/** A desk with some sets on one account, and a broker of which the test says what it answers. */
function deskWith(submit: Submit, { sets = ['one'], capitalPaise = 10_00_000_00 } = {}) {
  const clock = { now: NOW };
  const board = new Board({ pessimistic: false });
  const rules = createRuleBook({ calendar: 'rules' });
  const journal = memoryJournal({ keep: 'all' });
  const account = new AccountDesk({ id: 'main', capitalPaise, limits: { ...defaultLimits, capitalPerTradePaise: null } });
  const models = {
    premiums: { model: 'black-scholes', volatility: { kind: 'fixed', share: 0.14 }, rate: 0.065 },
    futures: null,
    vix: null,
  } as const;
  const charges = new ChargeBook({ accounts: [], chargesFrom: null });
  const said: string[] = [];
  const desk = new SetDesk({
    clock,
    board,
    rules,
    journal,
    legs: new LegChooser(rules, board, new PriceModels(models, rules, board)),
    charges,
    accounts: new Map([['main', account]]),
    observe: ({ instance }, event) => said.push(`${instance.config.id} ${event.kind === 'orderChanged' ? event.news.kind : event.kind}`),
  });
  const sent: OrderRequest[] = [];
  const broker: Broker = {
    submit(order) {
      sent.push(order);
      said.push(`${order.orderId} sent`);
      return submit(order, desk.news);
    },
    cancel: (orderId) => ({ kind: 'rejected', orderId, code: 'test/none', reason: 'Nothing rests here.', at: clock.now }),
    close: () => undefined,
  };
  desk.connect('main', broker);
  board.slot(SHARE).jump(NOW, 1_000);
  board.slot(SHARE).recordedAt = NOW;
  const runners = sets.map((id) => {
    const config = aSet({}, { id });
    const instance = { id: `${id}|${SHARE}|main`, account: 'main', underlying: SHARE, orderPrefix: `${id}-`, config };
    const runner = new SetRunner(instance, setDecider(instance), { board, clock, post: desk.post });
    account.add(runner);
    desk.post(runner, { kind: 'start', by: 'config', at: NOW });
    return runner;
  });
  const enter = (runner: SetRunner) => desk.post(runner, { kind: 'signal', signal: bullish, squareOffAt: null, at: clock.now });
  return { desk, runners, enter, sent, said, journal, account, clock, board };
}

const acknowledged = ({ orderId }: OrderRequest): Answer => ({ kind: 'acknowledged', orderId, brokerOrderId: `B ${orderId}`, at: NOW });

const filled = ({ orderId, instrument, side, quantity }: OrderRequest, price = 1_000) =>
  ({ kind: 'filled', orderId, fill: { fillId: `F ${orderId}`, orderId, instrument, side, quantity, price, time: NOW }, at: NOW }) as const;

const first = <Item>(items: readonly Item[]): Item => {
  const [item] = items;
  if (item === undefined) throw new Error('There is none.');
  return item;
};

describe('the mailbox', () => {
  it('journals a decision before its order goes out', async () => {
    const { desk, runners, enter, said, journal } = deskWith(acknowledged);
    enter(first(runners));
    await desk.drain();
    expect(said).toEqual([
      'one setStarted',
      'one signalSeen',
      'one preparationStarted',
      'one legsChosen',
      'one entryPlanned',
      'one legOrderRequested',
      'one-1 sent',
      'one acknowledged',
    ]);
    expect(journal.records.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('lets "filled" follow "acknowledged", and nothing else, when a broker tells of both within the call', async () => {
    const { desk, runners, enter, said } = deskWith((order, tell) => {
      tell(acknowledged(order));
      tell(filled(order));
      return acknowledged(order);
    });
    enter(first(runners));
    await desk.drain();
    expect(said.slice(said.indexOf('one-1 sent') + 1)).toEqual(['one acknowledged', 'one legFilled', 'one setOpened']);
  });

  it('takes answers up when it is empty, in the order in which was asked', async () => {
    const { desk, runners, enter, said } = deskWith(acknowledged, { sets: ['one', 'two'] });
    for (const runner of runners) enter(runner);
    await desk.drain();
    expect(said.filter((what) => /sent|acknowledged/.test(what))).toEqual([
      'one-1 sent',
      'two-1 sent',
      'one acknowledged',
      'two acknowledged',
    ]);
  });

  it('waits for answers that come later, and takes them up in the same order', async () => {
    const waiting: (() => void)[] = [];
    const { desk, runners, enter, said } = deskWith((order) => new Promise((resolve) => waiting.push(() => resolve(acknowledged(order)))), {
      sets: ['one', 'two'],
    });
    for (const runner of runners) enter(runner);
    const drained = desk.drain();
    expect(drained).toBeInstanceOf(Promise);
    for (const answer of waiting.reverse()) answer();
    await drained;
    expect(said.slice(-2)).toEqual(['one acknowledged', 'two acknowledged']);
    expect(desk.busy).toBe(false);
  });

  it('gives no promise where nothing must be waited for', () => {
    const { desk } = deskWith(acknowledged);
    expect(desk.busy).toBe(true);
    expect(desk.drain()).toBeUndefined();
    expect(desk.busy).toBe(false);
  });

  it('puts a rejection into the journal, and the set waits again', async () => {
    const { desk, runners, enter, said } = deskWith(({ orderId }) => ({
      kind: 'rejected',
      orderId,
      code: 'broker/margin',
      reason: 'No margin.',
      at: NOW,
    }));
    const runner = first(runners);
    enter(runner);
    await desk.drain();
    expect(said.slice(-2)).toEqual(['one rejected', 'one entryRefused']);
    expect([runner.state.phase, runner.slot]).toEqual(['waiting', null]);
  });

  it('knows no order that is not ours, and no fill twice', async () => {
    const { desk, runners, enter, sent, journal } = deskWith(acknowledged);
    const runner = first(runners);
    enter(runner);
    await desk.drain();
    desk.news({ ...filled(first(sent)), orderId: 'somebody else’s' });
    await desk.drain();
    expect(runner.state.phase).toBe('entering');
    desk.news(filled(first(sent)));
    desk.news(filled(first(sent)));
    await desk.drain();
    expect(runner.state.phase).toBe('open');
    expect(journal.records.flatMap(({ events }) => events).filter(({ kind }) => kind === 'legFilled')).toHaveLength(1);
  });
});

describe('fills', () => {
  const half = (order: OrderRequest, nth: number) => {
    const { fill, ...news } = filled(order);
    return { ...news, fill: { ...fill, fillId: `${fill.fillId} ${nth}`, quantity: 5 } };
  };

  it('that come in one message pay the order’s brokerage once', async () => {
    const { desk, runners, enter, journal } = deskWith((order, tell) => {
      tell(acknowledged(order));
      tell(half(order, 1));
      tell(half(order, 2));
      return acknowledged(order);
    });
    enter(first(runners));
    await desk.drain();
    const charges = journal.records.flatMap(({ events }) => events).map((event) => (event.kind === 'legFilled' ? event.chargesPaise : 0));
    // The whole order costs ₹24.27, of which ₹20 are brokerage; each half is rounded on its own.
    expect(charges.filter((paise) => paise > 0)).toEqual([2394, 34]);
  });

  it('that are told again when their position is closed, or another is open, change nothing', async () => {
    const { desk, runners, enter, sent, said, journal } = deskWith(acknowledged);
    const runner = first(runners);
    enter(runner);
    await desk.drain();
    desk.news(filled(first(sent)));
    desk.post(runner, { kind: 'exitNow', by: 'byHand', price: null, at: NOW });
    await desk.drain();
    const exit = sent[1] ?? first(sent);
    desk.news(filled(exit));
    await desk.drain();
    expect(said.at(-1)).toBe('one setClosed');
    const { length } = journal.records;
    desk.news(filled(exit));
    desk.news(filled(first(sent)));
    await desk.drain();
    expect(journal.records).toHaveLength(length);
    enter(runner);
    desk.news(filled(exit));
    await desk.drain();
    expect(runner.state.phase).toBe('entering');
  });
});

describe('the account', () => {
  it('sets aside what an entry costs, and keeps it while the position is open', async () => {
    const { desk, runners, enter, sent, account } = deskWith(acknowledged);
    const runner = first(runners);
    enter(runner);
    await desk.drain();
    const { marginInUsePaise, openSets, ordersToday } = account.view(NOW);
    expect([marginInUsePaise > 0, openSets, ordersToday]).toEqual([true, 1, 1]);
    desk.news(filled(first(sent)));
    await desk.drain();
    expect(account.view(NOW).marginInUsePaise).toBe(marginInUsePaise);
    desk.post(runner, { kind: 'exitNow', by: 'byHand', price: null, at: NOW });
    await desk.drain();
    desk.news(filled(sent[1] ?? first(sent), 1_010));
    await desk.drain();
    expect(account.view(NOW)).toMatchObject({ marginInUsePaise: 0, openSets: 0, ordersToday: 2 });
  });

  it('gives it back when the broker refuses', async () => {
    const { desk, runners, enter, account } = deskWith(({ orderId }) => ({
      kind: 'rejected',
      orderId,
      code: 'broker/margin',
      reason: 'No margin.',
      at: NOW,
    }));
    enter(first(runners));
    await desk.drain();
    expect(account.view(NOW)).toMatchObject({ marginInUsePaise: 0, openSets: 0, availablePaise: 10_00_000_00 });
  });

  it('gives it back when the gate refuses, and nothing is sent', async () => {
    const { desk, runners, enter, account, sent, said } = deskWith(acknowledged, { capitalPaise: 100_00 });
    enter(first(runners));
    await desk.drain();
    expect([sent, said.at(-1)]).toEqual([[], 'one entryRefused']);
    expect(account.view(NOW)).toMatchObject({ marginInUsePaise: 0, openSets: 0, ordersToday: 0 });
  });

  it('is worth its cash and what is open at the price of the moment', async () => {
    const { desk, runners, enter, sent, account, board } = deskWith(acknowledged);
    enter(first(runners));
    await desk.drain();
    expect(account.equityPaise(NOW)).toBe(10_00_000_00);
    desk.news(filled(first(sent), 1_000));
    await desk.drain();
    // ₹24.27 of charges, see the example in the backtest's tests.
    expect(account.equityPaise(NOW)).toBe(10_00_000_00 - 2427);
    board.slot(SHARE).jump(NOW + 1, 1_003.35);
    expect(account.equityPaise(NOW + 1)).toBe(10_00_000_00 - 2427 + 33_50);
    account.dayStarted('2026-02-03', NOW + 1);
    board.slot(SHARE).jump(NOW + 2, 1_000);
    expect(account.view(NOW + 2)).toMatchObject({ dayLossPaise: 33_50, ordersToday: 0 });
  });
});
