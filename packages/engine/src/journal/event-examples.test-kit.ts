import type { BrokerNews } from '../orders/broker-news.js';
import type { OrderRequest } from '../orders/order-request.js';
import type { RequestedChange, SetEvent } from '../sets/set-event.js';
import type { ChosenLeg, OpenPosition } from '../sets/set-state.js';
import type { Signal } from '../sets/signal.js';
import type { JournalEvent } from './journal.js';

/** An event of a kind that comes in several forms, or in one. */
type ExamplesOf<Kind extends JournalEvent['kind']> = readonly [
  Extract<JournalEvent, { kind: Kind }>,
  ...Extract<JournalEvent, { kind: Kind }>[],
];

const at = 1_795_406_400_000;
const orderId = 'ne-1';
const instrument = 'NFO:NIFTY24NOV2626000CE';
const code = 'account/daily-loss';
const reason = 'Loss of the day ₹5,000.00, limit ₹5,000.00.';

const signal: Signal = {
  kind: 'enter',
  direction: 'bullish',
  at,
  reason: 'EMA 9 crossed above EMA 15',
  values: { fast: 101.5, slow: 101.25 },
  stop: 95,
  target: 120,
};

const leg: ChosenLeg = {
  instrument,
  side: 'buy',
  price: 100,
  premium: 'recorded',
  lotSize: 65,
  tickSize: 0.05,
  freezeQuantity: 1_755,
  costPerLotPaise: 6_500_00,
  expiry: '2026-11-24',
  strike: 26_000,
  optionType: 'CE',
  spot: 26_010,
};

const order: OrderRequest = {
  orderId,
  instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
  account: 'main',
  instrument,
  purpose: 'protect',
  side: 'sell',
  quantity: 130,
  kind: 'SL',
  price: 88,
  triggerPrice: 90,
  validity: 'day',
  product: 'MIS',
  at,
};

const position: OpenPosition = {
  instrument,
  side: 'buy',
  direction: 'bullish',
  quantity: 130,
  entryQuantity: 195,
  lotSize: 65,
  tickSize: 0.05,
  entryPrice: 100.025,
  entryTime: at,
  premium: 'model',
  stop: 90,
  trailing: true,
  target: 120,
  trailFrom: 110,
  best: 104,
  partials: [{ price: 110, quantity: 65 }],
  setStop: 80,
  setTarget: 140,
  dayLossStop: 70,
  underlyingBelow: 25_000,
  underlyingAbove: 27_000,
  leaveAt: at + 60_000,
  expiry: '2026-11-24',
};

/** Everything about a position that can be left open. */
const bare: OpenPosition = {
  ...position,
  stop: null,
  trailing: false,
  target: null,
  trailFrom: null,
  partials: [],
  setStop: null,
  setTarget: null,
  dayLossStop: null,
  underlyingBelow: null,
  underlyingAbove: null,
  leaveAt: null,
  expiry: null,
};

type ToldNews = Exclude<BrokerNews, { kind: 'filled' }>;

const news: { readonly [Kind in ToldNews['kind']]: Extract<ToldNews, { kind: Kind }> } = {
  acknowledged: { kind: 'acknowledged', orderId, brokerOrderId: 'B1', at },
  working: { kind: 'working', orderId, status: 'triggerPending', quantity: 130, price: 88, triggerPrice: 90, at },
  cancelled: { kind: 'cancelled', orderId, filledQuantity: 65, reason: 'On request.', at },
  expired: { kind: 'expired', orderId, filledQuantity: 65, at },
  rejected: { kind: 'rejected', orderId, code: 'margin', reason: 'Margin is short.', at },
  unknown: { kind: 'unknown', orderId, reason: 'No answer within 5 seconds.', at },
  changeRejected: { kind: 'changeRejected', orderId, change: 'modify', code: 'exchange/order-complete', reason: 'It is over.', at },
  changeUnknown: { kind: 'changeUnknown', orderId, change: 'cancel', reason: 'No answer within 5 seconds.', at },
};

const heard = (one: ToldNews): Extract<SetEvent, { kind: 'orderChanged' }> => ({ kind: 'orderChanged', news: one, at });

const changes: { readonly [Kind in RequestedChange['kind']]: Extract<RequestedChange, { kind: Kind }> } = {
  cancel: { kind: 'cancel', reason: 'The set leaves: target.' },
  moveStop: { kind: 'moveStop', triggerPrice: 95 },
  chase: { kind: 'chase' },
};

const changeOf = (change: RequestedChange): Extract<SetEvent, { kind: 'orderChangeRequested' }> => ({
  kind: 'orderChangeRequested',
  orderId,
  change,
  at,
});

const fill = { fillId: 'F1', orderId, instrument, side: 'sell', quantity: 65, price: 89.95, time: at } as const;

/** Each kind of event that a run can journal, in each of its forms, with fields in the order in which the engine writes them. */
export const eventExamples: { readonly [Kind in JournalEvent['kind']]: ExamplesOf<Kind> } = {
  setStarted: [{ kind: 'setStarted', by: 'config', at }],
  setStopped: [{ kind: 'setStopped', by: 'asha', reason: 'Enough.', at }],
  setHalted: [{ kind: 'setHalted', by: 'risk', reason, at }],
  signalSeen: [{ kind: 'signalSeen', signal, at }],
  entryRefused: [{ kind: 'entryRefused', by: 'risk', code, reason, signalAt: at - 1, at }],
  preparationStarted: [{ kind: 'preparationStarted', signal, at }],
  legsChosen: [
    { kind: 'legsChosen', leg, availablePaise: 1_00_000_00, sizeScale: 0.75, at },
    {
      kind: 'legsChosen',
      leg: { ...leg, freezeQuantity: null, expiry: null, strike: null, optionType: null },
      availablePaise: 0,
      sizeScale: 1,
      at,
    },
  ],
  entryPlanned: [{ kind: 'entryPlanned', instrument, lots: 2, quantity: 130, costPaise: 13_000_00, giveUpAt: at + 10_000, at }],
  entryTimedOut: [{ kind: 'entryTimedOut', at }],
  entryAbandoned: [{ kind: 'entryAbandoned', rule: 'breaker', at }],
  legOrderRequested: [
    { kind: 'legOrderRequested', purpose: 'protect', order, at },
    {
      kind: 'legOrderRequested',
      purpose: 'exit',
      order: { ...order, purpose: 'exit', kind: 'market', price: null, triggerPrice: null },
      at,
    },
  ],
  orderRefused: [{ kind: 'orderRefused', orderId, code, reason, at }],
  orderWithdrawn: [{ kind: 'orderWithdrawn', orderId, reason, at }],
  orderSubmitted: [
    { kind: 'orderSubmitted', orderId, orderKind: 'SL', price: 88, triggerPrice: 90, at },
    { kind: 'orderSubmitted', orderId, orderKind: 'market', price: null, triggerPrice: null, at },
  ],
  orderChanged: [
    heard(news.acknowledged),
    ...Object.values(news)
      .filter(({ kind }) => kind !== 'acknowledged')
      .map(heard),
  ],
  orderChangeRequested: [changeOf(changes.cancel), changeOf(changes.moveStop), changeOf(changes.chase)],
  bookLookRequested: [{ kind: 'bookLookRequested', orderId, count: 1, at }],
  bookLooked: [{ kind: 'bookLooked', orderId, outcome: 'absent', at }],
  orderNeverReached: [{ kind: 'orderNeverReached', orderId, at }],
  positionAsked: [{ kind: 'positionAsked', retryAt: at + 5_000, at }],
  positionTold: [{ kind: 'positionTold', expected: 130, found: 0, at }],
  legFilled: [
    { kind: 'legFilled', fill, purpose: 'exit', chargesPaise: 12_34, realisedPaise: -653_25, costPaise: 6_501_75, by: null, at },
    { kind: 'legFilled', fill, purpose: 'exit', chargesPaise: 12_34, realisedPaise: -653_25, costPaise: 6_501_75, by: 'autoSquareOff', at },
  ],
  setOpened: [
    { kind: 'setOpened', position, at },
    { kind: 'setOpened', position: bare, at },
  ],
  stopMoved: [{ kind: 'stopMoved', stop: 108.9, best: 110, at }],
  protectionLost: [
    { kind: 'protectionLost', reason, retryAt: at + 30_000, failures: 1, at },
    { kind: 'protectionLost', reason, retryAt: null, failures: 5, at },
  ],
  exitTriggered: [
    { kind: 'exitTriggered', rule: 'partialTarget', price: 110, quantity: 65, keep: 130, reverse: null, at },
    { kind: 'exitTriggered', rule: 'oppositeSignal', price: null, quantity: 130, keep: 0, reverse: signal, at },
  ],
  exitPostponed: [{ kind: 'exitPostponed', reason, retryAt: at + 1_000, at }],
  exitStuck: [
    { kind: 'exitStuck', orderId, price: 88, at },
    { kind: 'exitStuck', orderId, price: null, at },
  ],
  heldOvernight: [{ kind: 'heldOvernight', targetShare: 0.45, at }],
  positionReduced: [
    { kind: 'positionReduced', quantity: 65, rule: 'partialTarget', partialsLeft: 1, setStop: 90.5, setTarget: null, dayLossStop: 85, at },
  ],
  setClosed: [{ kind: 'setClosed', rule: 'target', grossPaise: 2_600_00, chargesPaise: 59_59, coolUntil: at + 300_000, at }],
  accountDayStarted: [{ kind: 'accountDayStarted', date: '2026-11-24', equityPaise: 1_00_000_00, at }],
  equityPeaked: [{ kind: 'equityPeaked', equityPaise: 1_00_750_00, at }],
  breakerTripped: [
    { kind: 'breakerTripped', code, reason, limit: 5_000_00, value: 5_000_50, until: '2026-11-25', at },
    { kind: 'breakerTripped', code, reason, limit: 5_000_00, value: 5_000_50, until: null, at },
  ],
  closingRequested: [{ kind: 'closingRequested', instances: ['a|NSE:TCS|main', 'b|NSE:TCS|main'], at }],
  closingCompleted: [{ kind: 'closingCompleted', orders: ['a-2', 'b-2'], at }],
  accountRearmed: [{ kind: 'accountRearmed', by: 'asha', equityPaise: 95_000_00, at }],
  haltEnded: [{ kind: 'haltEnded', code, at }],
  profitTargetReached: [
    { kind: 'profitTargetReached', code, reason, limit: 2_000_00, value: 2_000_50, period: '2026-11-23', until: '2026-11-30', at },
    { kind: 'profitTargetReached', code, reason, limit: 2_000_00, value: 2_000_50, period: '2026-11-23', until: null, at },
  ],
  chargesAdjusted: [{ kind: 'chargesAdjusted', date: '2026-11-24', chargesPaise: -37, at }],
  lineLost: [{ kind: 'lineLost', at }],
  lineRestored: [{ kind: 'lineRestored', at }],
  positionMismatched: [{ kind: 'positionMismatched', instrument, expected: 130, found: 0, at }],
  positionAgreed: [{ kind: 'positionAgreed', instrument, at }],
  positionIgnored: [{ kind: 'positionIgnored', by: 'asha', instrument, quantity: -65, at }],
  positionAdopted: [{ kind: 'positionAdopted', by: 'asha', instance: 'a|NSE:TCS|main', instrument, quantity: 65, at }],
  switchChanged: [{ kind: 'switchChanged', from: 'active', to: 'halted', by: 'asha', at }],
};
