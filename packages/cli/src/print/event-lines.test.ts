import type { Alert, BrokerNews, Fill, JournalEvent, OrderRequest, SetEvent } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { AT } from '../status.test-kit.js';
import { EventLines, namesOf } from './event-lines.js';
import { noStyle } from './style.js';

const INSTANCE = 'one|NSE:TCS|main';

const NO_LEVELS = { setStop: null, setTarget: null, dayLossStop: null } as const;

type Untimed<Each> = Each extends { readonly at: number } ? Omit<Each, 'at'> : never;
type Happening = Untimed<JournalEvent>;

/** A way to tell a run, and what it has said, without time and name. */
function telling({ stops = false } = {}) {
  const lines = new EventLines({ style: noStyle, stops, names: [INSTANCE, 'account:main'], tradingSwitch: 'active' });
  const words = (line: string): string => line.slice('11-25 10:31:04  '.length + INSTANCE.length + 2);
  const tell = (instance: string, ...events: readonly Happening[]): readonly string[] =>
    lines.of({ instance, events: events.map((event) => ({ ...event, at: AT }) as JournalEvent) }).map(words);
  return {
    lines,
    set: (...events: readonly Untimed<SetEvent>[]) => tell(INSTANCE, ...events),
    account: (...events: readonly Happening[]) => tell('account:main', ...events),
    system: (...events: readonly Happening[]) => tell('system', ...events),
    alert: (alert: Partial<Alert>) => words(lines.alert({ ...plainAlert, ...alert })),
  };
}

const plainAlert: Alert = {
  severity: 'warning',
  code: 'order/rejected',
  message: 'It happened.',
  remedy: '',
  at: AT,
  account: 'main',
  instance: INSTANCE,
};

const requested = (changes: Partial<OrderRequest> = {}): Untimed<SetEvent> => {
  const order: OrderRequest = {
    orderId: 'S0O4',
    instance: INSTANCE,
    account: 'main',
    instrument: 'NSE:TCS',
    purpose: 'entry',
    side: 'buy',
    quantity: 65,
    kind: 'market',
    price: null,
    triggerPrice: null,
    validity: 'day',
    product: 'MIS',
    at: AT,
    ...changes,
  };
  return { kind: 'legOrderRequested', purpose: order.purpose, order };
};

const sent = (changes: Partial<Extract<SetEvent, { kind: 'orderSubmitted' }>> = {}): Untimed<SetEvent> => ({
  kind: 'orderSubmitted',
  orderId: 'S0O4',
  orderKind: 'limit',
  price: 204.5,
  triggerPrice: null,
  ...changes,
});

type News = Exclude<BrokerNews, { kind: 'filled' }>;
type NewsBody = News extends infer Each ? (Each extends News ? Omit<Each, 'orderId' | 'at'> : never) : never;
const news = (body: NewsBody): Untimed<SetEvent> => ({ kind: 'orderChanged', news: { orderId: 'S0O4', at: AT, ...body } });
const working = (price: number | null, triggerPrice: number | null = null, quantity = 65): Untimed<SetEvent> =>
  news({ kind: 'working', status: triggerPrice === null ? 'open' : 'triggerPending', price, triggerPrice, quantity });
const wish = (change: Extract<SetEvent, { kind: 'orderChangeRequested' }>['change']): Untimed<SetEvent> => ({
  kind: 'orderChangeRequested',
  orderId: 'S0O4',
  change,
});

function filled(
  quantity: number,
  { side = 'buy', by = null, purpose = 'entry' }: { side?: 'buy' | 'sell'; by?: 'settlement' | null; purpose?: 'entry' | 'exit' } = {},
): Untimed<SetEvent> {
  const fill: Fill = { fillId: 'F1', orderId: 'S0O4', instrument: 'NSE:TCS', side, quantity, price: 199.35, time: AT };
  return { kind: 'legFilled', fill, purpose, chargesPaise: 0, realisedPaise: 0, costPaise: 0, by };
}

describe('an order', () => {
  it.each([
    [[requested(), sent()], 'entry order S0O4: buy 65 NSE:TCS, protected limit 204.50'],
    [[requested(), sent({ orderKind: 'market', price: null })], 'entry order S0O4: buy 65 NSE:TCS at the market'],
    [[requested({ kind: 'limit' }), sent()], 'entry order S0O4: buy 65 NSE:TCS, limit 204.50'],
    [
      [
        requested({ purpose: 'protect', side: 'sell', kind: 'SL-M', triggerPrice: 190 }),
        sent({ orderKind: 'SL', price: 186.2, triggerPrice: 190 }),
      ],
      'stop order S0O4: sell 65 NSE:TCS, trigger 190.00, protected limit 186.20',
    ],
    [[sent()], 'order S0O4 is sent, limit 204.50'],
  ] as const)('is told as it is sent: case %#', (events, words) => expect(telling().set(...events)).toEqual([words]));

  it('that rests follows the market, and is filled in parts', () => {
    const { set } = telling();
    set(requested(), sent());
    expect(set(news({ kind: 'acknowledged', brokerOrderId: 'P1' }))).toEqual([]);
    expect(set(working(204.5))).toEqual(['entry order S0O4 rests: 65, limit 204.50']);
    expect(set(working(204.5))).toEqual([]);
    expect(set(wish({ kind: 'chase' }))).toEqual([]);
    expect(set(working(205.1))).toEqual(['entry order S0O4 follows the market: 65, limit 205.10']);
    expect(set(filled(30))).toEqual(['bought 30 NSE:TCS at 199.35, 30 of 65 by now (order S0O4)']);
    expect(set(filled(35))).toEqual(['bought 35 NSE:TCS at 199.35, 65 of 65 by now (order S0O4)']);
  });

  it('that is changed by hand says so', () => {
    const { set } = telling();
    set(requested(), sent(), working(204.5));
    expect(set(working(190, null, 40))).toEqual(["entry order S0O4 was changed in the broker's app: 40, limit 190.00"]);
  });

  it('of a stop rests at the exchange, and is told of when it moves only where that is asked for', () => {
    for (const stops of [false, true]) {
      const { set } = telling({ stops });
      set(
        requested({ purpose: 'protect', side: 'sell', kind: 'SL-M', triggerPrice: 190 }),
        sent({ orderKind: 'SL-M', price: null, triggerPrice: 190 }),
      );
      expect(set(working(null, 190))).toEqual(['stop order S0O4 rests at the exchange: 65, trigger 190.00']);
      set(wish({ kind: 'moveStop', triggerPrice: 195 }));
      expect(set(working(null, 195))).toEqual(stops ? ['stop order S0O4 is moved: 65, trigger 195.00'] : []);
    }
  });

  it('that is cancelled says why, in our words where it was our wish', () => {
    const ours = telling();
    ours.set(requested(), sent(), filled(30), wish({ kind: 'cancel', reason: 'It was not filled in time.' }));
    const cancelled = news({ kind: 'cancelled', filledQuantity: 30, reason: 'Cancelled on request.' });
    expect(ours.set(cancelled)).toEqual(['order S0O4 is cancelled, 30 of 65 filled: It was not filled in time.']);
    const theirs = telling();
    theirs.set(requested(), sent());
    expect(theirs.set(news({ kind: 'cancelled', filledQuantity: 0, reason: 'By hand.' }))).toEqual([
      'order S0O4 is cancelled, 0 of 65 filled: By hand.',
    ]);
  });

  it.each([
    [news({ kind: 'expired', filledQuantity: 0 }), 'order S0O4 has expired, 0 of 65 filled'],
    [
      news({ kind: 'changeRejected', change: 'modify', code: 'exchange/gone', reason: 'It is gone.' }),
      'order S0O4 was not changed: It is gone. (exchange/gone)',
    ],
    [news({ kind: 'changeUnknown', change: 'cancel', reason: 'No answer.' }), 'nobody can say whether order S0O4 was changed: No answer.'],
    [{ kind: 'orderWithdrawn', orderId: 'S0O4', reason: 'It is too late.' }, 'order S0O4 is not sent: It is too late.'],
  ] as const)('that comes to nothing says how: case %#', (event, words) => {
    const { set } = telling();
    set(requested(), sent());
    expect(set(event)).toEqual([words]);
  });

  it('of which nobody could say anything is told when it is found, looks are not', () => {
    const { set } = telling();
    set(requested(), sent(), news({ kind: 'unknown', reason: 'No answer.' }));
    const look = (outcome: 'absent' | 'found'): Untimed<SetEvent> => ({ kind: 'bookLooked', orderId: 'S0O4', outcome });
    expect(set({ kind: 'bookLookRequested', orderId: 'S0O4', count: 1 }, look('absent'))).toEqual([]);
    expect(set(look('found'))).toEqual(["order S0O4 is found in the broker's book"]);
    expect(set(look('found'))).toEqual([]);
  });

  it('that is filled at once is told by the position that it opens, an exit by its fill', () => {
    const { set } = telling();
    set(requested(), sent());
    expect(set(filled(65))).toEqual([]);
    set(requested({ orderId: 'S0O5', purpose: 'exit', side: 'sell' }));
    expect(set(filled(65, { side: 'sell', purpose: 'exit' }))).toEqual(['sold 65 NSE:TCS at 199.35 (order S0O4)']);
  });

  it.each([
    [news({ kind: 'rejected', code: 'x', reason: 'y' })],
    [news({ kind: 'unknown', reason: 'y' })],
    [{ kind: 'orderNeverReached', orderId: 'S0O4' }],
    [{ kind: 'orderRefused', orderId: 'S0O4', code: 'x', reason: 'y' }],
    [filled(65, { by: 'settlement', purpose: 'exit' })],
    [{ kind: 'setHalted', by: 'x', reason: 'y' }],
    [{ kind: 'protectionLost', reason: 'x', retryAt: null, failures: 1 }],
    [{ kind: 'exitStuck', orderId: 'S0O4', price: 1 }],
  ] as const)('is left to its alert, or to what follows: case %#', (event) => {
    const { set } = telling();
    set(requested(), sent());
    expect(set(event)).toEqual([]);
  });
});

describe('a set', () => {
  it.each([
    [{ kind: 'setStarted', by: 'config' }, []],
    [{ kind: 'setStarted', by: 'asha' }, ['started by asha']],
    [{ kind: 'setStopped', by: 'asha', reason: 'By command.' }, ['stopped by asha: By command.']],
    [{ kind: 'entryRefused', by: 'set', code: 'set/cooling', reason: 'It waits.', signalAt: AT }, ['no entry: It waits. (set/cooling)']],
    [{ kind: 'entryTimedOut' }, ['the time for the entry is over: what is not filled is cancelled']],
    [{ kind: 'entryAbandoned', rule: 'byHand' }, ['the entry is given up: byHand']],
    [{ kind: 'exitTriggered', rule: 'target', price: 250, quantity: 65, keep: 0, reverse: null }, ['leaving: target at 250.00']],
    [
      { kind: 'exitTriggered', rule: 'partialTarget', price: null, quantity: 30, keep: 35, reverse: null },
      ['leaving: partialTarget, 30 of 65'],
    ],
    [{ kind: 'positionReduced', quantity: 30, rule: 'partialTarget', partialsLeft: 0, ...NO_LEVELS }, ['30 left by partialTarget']],
    [{ kind: 'heldOvernight', targetShare: 0.1 }, ['held overnight: too little of the target is reached']],
    [
      { kind: 'setClosed', rule: 'target', grossPaise: 3_000_00, chargesPaise: 75_50, coolUntil: AT },
      ['closed by target: ₹2,924.50 after ₹75.50 of charges'],
    ],
  ] as const)('says what happened: case %#', (event, words) => expect(telling().set(event)).toEqual(words));

  it('tells once why an exit is put off, and again when the reason is another', () => {
    const { set } = telling();
    const putOff = (reason: string): Untimed<SetEvent> => ({ kind: 'exitPostponed', reason, retryAt: AT + 1_000 });
    expect(set(putOff('The market is closed.'))).toEqual(['exit put off, tried again from 10:31:05 on: The market is closed.']);
    expect(set(putOff('The market is closed.'))).toEqual([]);
    expect(set(putOff('There is no price.'))).toHaveLength(1);
    set({ kind: 'exitTriggered', rule: 'byHand', price: null, quantity: 1, keep: 0, reverse: null });
    expect(set(putOff('There is no price.'))).toHaveLength(1);
    expect(set(news({ kind: 'rejected', code: 'x', reason: 'y' }), putOff('y'))).toEqual([]);
  });
});

describe('an account', () => {
  it.each([
    [{ kind: 'accountDayStarted', date: '2026-11-25', equityPaise: 1_00_512_40 }, ['2026-11-25 begins with ₹1,00,512.40']],
    [{ kind: 'closingRequested', instances: ['one|NSE:TCS|main', 'two|NSE:TCS|main'] }, ['closing one|NSE:TCS|main, two|NSE:TCS|main']],
    [{ kind: 'accountRearmed', by: 'asha', equityPaise: 94_988_00 }, ['re-armed by asha: limits count from ₹94,988.00']],
    [{ kind: 'haltEnded', code: 'account/daily-loss' }, ['enters again: the time of account/daily-loss is over']],
    [
      { kind: 'chargesAdjusted', date: '2026-11-25', chargesPaise: 45 },
      ['the contract note of 2026-11-25 asks for ₹0.45 more than was charged'],
    ],
    [
      { kind: 'chargesAdjusted', date: '2026-11-25', chargesPaise: -4 },
      ['the contract note of 2026-11-25 asks for ₹0.04 less than was charged'],
    ],
    [{ kind: 'positionIgnored', by: 'asha', instrument: 'NSE:TCS', quantity: 4 }, ['4 NSE:TCS are none of ours, says asha']],
    [{ kind: 'positionAgreed', instrument: 'NSE:TCS' }, ["the broker's position in NSE:TCS agrees with ours again"]],
    [
      { kind: 'positionAdopted', by: 'asha', instance: 'one|NSE:TCS|main', instrument: 'NSE:TCS', quantity: 0 },
      ['one|NSE:TCS|main is to hold 0 NSE:TCS, says asha'],
    ],
    [{ kind: 'lineLost' }, []],
  ] as const)('says what happened: case %#', (event, words) => expect(telling().account(event)).toEqual(words));
});

describe('an alert', () => {
  it.each([
    ['info', 'It happened. Do this.'],
    ['warning', 'It happened. Do this.'],
    ['critical', 'CRITICAL It happened. Do this.'],
  ] as const)('of the kind %s is a line with its remedy', (severity, words) =>
    expect(telling().alert({ severity, remedy: 'Do this.' })).toBe(words),
  );

  it('names whom it is about once', () => {
    expect(telling().alert({ message: `${INSTANCE}: halted by strategy x: It failed.` })).toBe('halted by strategy x: It failed.');
  });

  it('stands out: critical ones in the strongest colours there are', () => {
    const style = { ...noStyle, strong: (text: string) => `<b>${text}</b>`, bad: (text: string) => `<red>${text}</red>` };
    const lines = new EventLines({ style, stops: false, names: [], tradingSwitch: 'active' });
    expect(lines.alert({ ...plainAlert, severity: 'critical' })).toContain('<b><red>CRITICAL It happened.</red></b>');
  });

  it('about no set is told under its account, about no account under the system', () => {
    const { lines } = telling();
    expect(lines.alert({ ...plainAlert, instance: null })).toContain('account:main ');
    expect(lines.alert({ ...plainAlert, instance: null, account: null })).toContain('system ');
  });
});

describe('trading that is halted', () => {
  it('is said on every line, from the moment on at which it is', () => {
    const { set, account, system, alert } = telling();
    const day: Happening = { kind: 'accountDayStarted', date: '2026-11-25', equityPaise: 1 };
    expect(account(day)[0]).not.toContain('TRADING IS HALTED');
    expect(system({ kind: 'switchChanged', from: 'active', to: 'halted', by: 'asha' })).toEqual([]);
    expect(account(day)[0]).toBe('TRADING IS HALTED  2026-11-25 begins with ₹0.01');
    expect(set({ kind: 'setStarted', by: 'asha' })).toEqual(['TRADING IS HALTED  started by asha']);
    expect(alert({})).toBe('TRADING IS HALTED  It happened.');
    expect(alert({ severity: 'critical', message: 'TRADING IS HALTED by asha.' })).toBe('CRITICAL TRADING IS HALTED by asha.');
    system({ kind: 'switchChanged', from: 'halted', to: 'active', by: 'asha' });
    expect(alert({})).toBe('It happened.');
  });
});

describe('names', () => {
  it('are those of all instances and accounts, and make a column', () => {
    const sets = [{ id: 'one', underlyings: ['NSE:TCS', 'NSE:INFY'], accounts: ['main'] }];
    expect(namesOf({ sets, accounts: [{ id: 'main' }] } as never)).toEqual(['one|NSE:TCS|main', 'one|NSE:INFY|main', 'account:main']);
    const lines = new EventLines({ style: noStyle, stops: false, names: ['one|NSE:TCS|main'], tradingSwitch: 'active' });
    expect(lines.of({ instance: 'account:main', events: [{ kind: 'haltEnded', code: 'x', at: AT }] })).toEqual([
      '11-25 10:31:04  account:main      enters again: the time of x is over',
    ]);
  });
});
