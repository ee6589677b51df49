import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OptionInstrument } from '../market/instrument.js';
import type { OrderModification, OrderRequest } from '../orders/order-request.js';
import type { AccountView } from '../portfolio/account-view.js';
import type { AccountLimits } from './account-limits.js';
import { createGate, type GateAnswer, gate } from './gate.js';
import type { EntryNeeds, GateContext } from './gate-context.js';
import { defaultLimits } from './presets.js';
import type { Refusal } from './refusal.js';

const option: OptionInstrument = {
  kind: 'option',
  key: 'NFO:NIFTY24NOV2626000CE',
  exchange: 'NFO',
  symbol: 'NIFTY24NOV2626000CE',
  tickSize: 0.05,
  lotSize: 65,
  freezeQuantity: 1755,
  underlying: 'NSE_INDEX:NIFTY',
  expiry: '2026-11-24',
  strike: 26_000,
  optionType: 'CE',
};

const entry: OrderRequest = {
  orderId: '1',
  instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
  account: 'main',
  instrument: option.key,
  purpose: 'entry',
  side: 'buy',
  quantity: 130,
  kind: 'limit',
  price: 100.05,
  triggerPrice: null,
  validity: 'day',
  product: 'MIS',
  at: 1_795_406_400_000,
};
const exit: OrderRequest = { ...entry, purpose: 'exit', side: 'sell' };
const stop: OrderRequest = { ...exit, purpose: 'protect', kind: 'SL-M', price: null, triggerPrice: 90 };

const account: AccountView = {
  capitalPaise: 1_00_000_00,
  equityPaise: 1_00_000_00,
  availablePaise: 86_993_50,
  marginInUsePaise: 13_006_50,
  openSets: 1,
  dayLossPaise: 0,
  weekLossPaise: 0,
  peakEquityPaise: 1_00_000_00,
  drawdown: 0,
  ordersToday: 0,
  halted: null,
};
const needs: EntryNeeds = { requiredPaise: 13_006_50, adds: false, riskPaise: 13_006_50, notionalPaise: 0, chaseTo: null };
const context: GateContext = {
  tradingSwitch: 'active',
  byPerson: false,
  askedKind: 'limit',
  instrument: option,
  date: '2026-11-23',
  sessionOpen: true,
  priceBand: null,
  ownResting: { bid: null, ask: null },
  quote: { price: 100, ageMs: 200 },
  maxQuoteAgeMs: 5_000,
  lineUp: true,
  reconciled: true,
  disputed: [],
  brokerHolds: null,
  account,
  limits: defaultLimits,
  sent: { lastSecond: 0, lastMinute: 0 },
  entry: needs,
};
const withAccount = (change: Partial<AccountView>): Partial<GateContext> => ({ account: { ...account, ...change } });
const withLimits = (change: Partial<AccountLimits>): Partial<GateContext> => ({ limits: { ...defaultLimits, ...change } });
const withNeeds = (change: Partial<EntryNeeds>): Partial<GateContext> => ({ entry: { ...needs, ...change } });

const refusalIn = (answer: GateAnswer): Refusal | null => ('refused' in answer ? answer.refused : null);
const refusal = (request: Partial<OrderRequest>, change: Partial<GateContext> = {}): Refusal | null =>
  refusalIn(gate.check({ ...entry, ...request }, { ...context, ...change }));

const halted = { code: 'account/drawdown', reason: 'Fell too far.', at: 1, until: null, closes: true };

describe('the gate', () => {
  it('approves the request itself', () => {
    expect(gate.check(entry, context)).toEqual({ approved: entry });
  });

  /** What is asked, what is so, and what the gate says: code, limit, value. */
  const cases: readonly (readonly [Partial<OrderRequest>, Partial<GateContext>, Refusal['code'], Refusal['limit'], Refusal['value']])[] = [
    [{}, { tradingSwitch: 'halted' }, 'system/halted', 'active', 'halted'],
    [{}, { tradingSwitch: 'exits-only' }, 'system/exits-only', 'active', 'exits-only'],
    [{ quantity: 0 }, {}, 'order/quantity-invalid', 1, 0],
    [{ price: null }, {}, 'order/price-missing', null, null],
    [{ kind: 'SL' }, {}, 'order/price-missing', null, null],
    [{ kind: 'SL-M', price: null }, {}, 'order/price-missing', null, null],
    [{}, { instrument: { ...option, kind: 'index' } }, 'order/instrument-not-tradable', null, option.key],
    [{}, { date: '2026-11-25' }, 'order/instrument-expired', '2026-11-24', '2026-11-25'],
    [{}, { sessionOpen: false }, 'order/outside-trading-hours', null, entry.at],
    [{ price: 100.03 }, {}, 'order/price-off-grid', 0.05, 100.03],
    [{ kind: 'SL', triggerPrice: 99.99 }, {}, 'order/price-off-grid', 0.05, 99.99],
    [{}, { priceBand: { low: 101, high: 200 } }, 'order/outside-price-band', 101, 100.05],
    [{}, { priceBand: { low: 10, high: 100 } }, 'order/outside-price-band', 100, 100.05],
    [{}, { ownResting: { bid: null, ask: 100.05 } }, 'order/crosses-own-order', 100.05, 100.05],
    [{ kind: 'market', price: null }, { ownResting: { bid: null, ask: 500 } }, 'order/crosses-own-order', 500, null],
    [{ side: 'sell' }, { ownResting: { bid: 101, ask: null } }, 'order/crosses-own-order', 101, 100.05],
    [{}, { lineUp: false }, 'account/line-down', 'up', 'down'],
    [{}, { reconciled: false }, 'account/not-reconciled', null, null],
    [{}, { disputed: ['NSE:TCS', 'NSE:INFY'] }, 'account/position-mismatch', null, 'NSE:TCS, NSE:INFY'],
    [{ quantity: 100 }, {}, 'order/quantity-not-in-lots', 65, 100],
    [{ quantity: 1820 }, {}, 'order/above-freeze-quantity', 1755, 1820],
    [{}, { quote: null }, 'order/quote-missing', null, null],
    [{}, { quote: { price: 100, ageMs: 5_001 } }, 'order/quote-stale', 5_000, 5_001],
    [{}, withAccount({ halted }), 'account/halted', null, 'account/drawdown'],
    [{}, withAccount({ dayLossPaise: 5_000_00 }), 'account/daily-loss', 5_000_00, 5_000_00],
    [
      {},
      { ...withAccount({ weekLossPaise: 900 }), ...withLimits({ weeklyLoss: { kind: 'money', paise: 800 } }) },
      'account/weekly-loss',
      800,
      900,
    ],
    [{}, withAccount({ drawdown: 0.15, equityPaise: 85_000_00 }), 'account/drawdown', 0.15, 0.15],
    [{}, { ...withAccount({ openSets: 2 }), ...withLimits({ onePosition: true }) }, 'account/one-position', 1, 2],
    [{}, withAccount({ openSets: 6 }), 'account/slots', 5, 6],
    [{}, withNeeds({ requiredPaise: 20_000_01 }), 'account/capital-per-trade', 20_000_00, 20_000_01],
    [{}, withAccount({ availablePaise: -1 }), 'account/capital', 13_006_49, 13_006_50],
    [{}, withLimits({ firstEntryMarginShare: 0.1 }), 'account/first-entry', 10_000_00, 13_006_50],
    [{}, withLimits({ maxMarginUse: 0.1 }), 'account/margin-use', 10_000_00, 13_006_50],
    [{}, { ...withNeeds({ notionalPaise: 5_00_000_01 }), ...withLimits({ maxLeverage: 5 }) }, 'account/leverage', 5_00_000_00, 5_00_000_01],
    [{}, withLimits({ riskPerTrade: { kind: 'share', share: 0.02 } }), 'account/risk-per-trade', 2_000_00, 13_006_50],
    [
      {},
      { ...withNeeds({ riskPaise: null }), ...withLimits({ riskPerTrade: { kind: 'money', paise: 5 } }) },
      'order/stop-missing',
      5,
      null,
    ],
    [{}, withLimits({ products: ['NRML'] }), 'account/product', 'NRML', 'MIS'],
    [{}, withLimits({ instruments: ['NSE:TCS'] }), 'account/instrument', 'NSE:TCS', option.key],
    [{}, withLimits({ orderKinds: ['market', 'SL'] }), 'account/order-kind', 'market, SL', 'limit'],
    [{}, { askedKind: 'market', ...withLimits({ orderKinds: ['limit'] }) }, 'account/order-kind', 'limit', 'market'],
    [{}, withLimits({ maxOrderValuePaise: 13_006_49 }), 'account/order-value', 13_006_49, 13_006_50],
    [{}, { sent: { lastSecond: 9, lastMinute: 9 } }, 'account/order-rate', 9, 9],
    [{}, { sent: { lastSecond: 0, lastMinute: 90 }, ...withLimits({ ordersPerMinute: 60 }) }, 'account/order-rate', 60, 90],
    [{}, { ...withAccount({ ordersToday: 7 }), ...withLimits({ ordersPerDay: 7 }) }, 'account/order-rate', 7, 7],
  ];
  it.each(cases)('refuses %j with %j: %s', (request, change, code, limit, value) => {
    const found = refusal(request, change);
    expect(found).toMatchObject({ code, limit, value });
    expect(found?.reason).toMatch(/\.$/);
  });

  /** The same rules, just inside. */
  const passing: readonly (readonly [Partial<OrderRequest>, Partial<GateContext>])[] = [
    [{}, { tradingSwitch: 'halted', byPerson: true }],
    [{ kind: 'market', price: null }, {}],
    [{ kind: 'SL-M', price: null, triggerPrice: 99.95 }, { ownResting: { bid: null, ask: 90 } }],
    [{ quantity: 1755 }, {}],
    [{}, { date: '2026-11-24' }],
    [{}, { priceBand: { low: 100.05, high: 100.05 } }],
    [{}, { ownResting: { bid: 101, ask: 100.1 } }],
    [{}, { quote: { price: 100, ageMs: 5_000 } }],
    [{}, { quote: { price: 100, ageMs: 1e9 }, maxQuoteAgeMs: null }],
    [{}, withAccount({ dayLossPaise: 4_999_99, openSets: 5 })],
    [{}, { ...withNeeds({ adds: true }), ...withLimits({ firstEntryMarginShare: 0.1 }) }],
    [{}, withNeeds({ riskPaise: null })],
    [{}, withAccount({ availablePaise: 0 })],
    [{}, withLimits({ instruments: ['NSE_INDEX:NIFTY'], products: ['MIS'], orderKinds: ['limit'] })],
    [{}, { askedKind: 'market', ...withLimits({ orderKinds: ['market'] }) }],
    [{}, { ...withLimits({ maxOrderValuePaise: 13_006_50 }), sent: { lastSecond: 8, lastMinute: 1000 } }],
  ];
  it.each(passing)('approves %j with %j', (request, change) => {
    expect(refusal(request, change)).toBeNull();
  });

  it('never refuses an exit or a stop for size, lots, loss, slots, capital, rates, line or reconciliation', () => {
    const money = fc.integer({ min: -1e12, max: 1e12 });
    const limit = fc.option(fc.integer({ min: 0, max: 1e9 }));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const moneyLimit = fc.option(fc.record({ kind: fc.constant('money' as const), paise: fc.nat() }));
    const limits: fc.Arbitrary<AccountLimits> = fc.record({
      maxOpenSets: limit,
      onePosition: fc.boolean(),
      capitalPerTradePaise: limit,
      firstEntryMarginShare: share,
      maxMarginUse: share,
      riskPerTrade: moneyLimit,
      dailyLoss: moneyLimit,
      weeklyLoss: moneyLimit,
      maxDrawdown: fc.option(share),
      profitTargets: fc.record({ weekPaise: limit, monthPaise: limit, stop: fc.boolean() }),
      ordersPerSecond: limit,
      ordersPerMinute: limit,
      ordersPerDay: limit,
      maxOrderValuePaise: limit,
      maxLeverage: limit,
      products: fc.constantFrom(null, []),
      instruments: fc.constantFrom(null, []),
      orderKinds: fc.constantFrom(null, []),
      rejectionsInARow: limit,
      adaptive: fc.constantFrom(null, { roundTrips: 5, min: 0, max: 1 }),
    });
    const view: fc.Arbitrary<AccountView> = fc.record({
      capitalPaise: fc.nat(),
      equityPaise: money,
      availablePaise: money,
      marginInUsePaise: money,
      openSets: fc.nat(),
      dayLossPaise: money,
      weekLossPaise: money,
      peakEquityPaise: money,
      drawdown: fc.double({ min: 0, max: 2, noNaN: true }),
      ordersToday: fc.nat(),
      halted: fc.constantFrom(null, halted, { ...halted, closes: false, until: '2026-11-24' }),
    });
    const circumstances = fc.record({
      limits,
      account: view,
      sent: fc.record({ lastSecond: fc.nat(), lastMinute: fc.nat() }),
      quote: fc.option(fc.record({ price: fc.constant(100), ageMs: fc.nat() })),
      tradingSwitch: fc.constantFrom('active' as const, 'exits-only' as const),
      byPerson: fc.boolean(),
      lineUp: fc.boolean(),
      reconciled: fc.boolean(),
      disputed: fc.constantFrom([], ['NSE:TCS']),
      brokerHolds: fc.constantFrom(null, Number.MAX_SAFE_INTEGER),
    });
    const refuseAll = createGate([() => ({ code: 'check/never', reason: 'Never.', limit: null, value: null })]);
    const quantity = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(fc.constantFrom(exit, stop), quantity, circumstances, (request, units, change) => {
        expect(refusalIn(refuseAll.check({ ...request, quantity: units }, { ...context, ...change, entry: null }))).toBeNull();
      }),
    );
  });

  it('sends no exit and no stop either when halted, or when the exchange would not take it', () => {
    for (const request of [exit, stop]) {
      expect(refusal(request, { tradingSwitch: 'halted' })?.code).toBe('system/halted');
      expect(refusal(request, { tradingSwitch: 'halted', byPerson: true })).toBeNull();
      expect(refusal(request, { sessionOpen: false })?.code).toBe('order/outside-trading-hours');
      expect(refusal(request, { date: '2026-11-25' })?.code).toBe('order/instrument-expired');
    }
    expect(refusal({ ...exit, price: 100.03 })?.code).toBe('order/price-off-grid');
    expect(refusal({ ...stop, triggerPrice: 90.03 })?.code).toBe('order/price-off-grid');
    expect(refusal(stop, { priceBand: { low: 95, high: 120 } })?.code).toBe('order/outside-price-band');
    expect(refusal({ ...stop, triggerPrice: null })?.code).toBe('order/price-missing');
  });

  it('takes rules of plug-ins behind its own, for entries', () => {
    const own = createGate([
      ({ side }) => (side === 'buy' ? { code: 'check/no-buying', reason: 'No buying.', limit: null, value: side } : null),
    ]);
    expect(refusalIn(own.check(entry, context))?.code).toBe('check/no-buying');
    expect(refusalIn(own.check({ ...entry, quantity: 1 }, context))?.code).toBe('order/quantity-not-in-lots');
    expect(refusalIn(own.check({ ...entry, side: 'sell' }, context))).toBeNull();
  });

  it('lets nothing leave that the broker does not have, where that is disputed: it would open the opposite', () => {
    const codeOf = (request: OrderRequest, brokerHolds: number): string | null => refusal(request, { brokerHolds })?.code ?? null;
    for (const request of [exit, stop]) {
      expect([130, 129, 0, -130].map((held) => codeOf(request, held))).toEqual([null, ...Array(3).fill('account/position-mismatch')]);
    }
    const cover: OrderRequest = { ...exit, side: 'buy' };
    expect([-130, -129, 0, 130].map((held) => codeOf(cover, held))).toEqual([null, ...Array(3).fill('account/position-mismatch')]);
    expect(refusal(exit, { brokerHolds: 50 })).toMatchObject({ limit: 50, value: 130 });
    expect(refusal({}, { brokerHolds: 0 })).toBeNull();
  });

  it('judges what exits and stops meet first, whatever else is wrong with an entry', () => {
    const all = { ...context, lineUp: false, reconciled: false, account: { ...account, halted, openSets: 9 } };
    expect(refusalIn(gate.check({ ...entry, quantity: 100 }, { ...all, tradingSwitch: 'halted' }))?.code).toBe('system/halted');
    expect(refusalIn(gate.check({ ...entry, quantity: 100 }, { ...all, sessionOpen: false }))?.code).toBe('order/outside-trading-hours');
    expect(refusalIn(gate.check({ ...entry, quantity: 100 }, all))?.code).toBe('account/line-down');
  });

  it('takes an entry without its needs for a bug', () => {
    expect(() => gate.check(entry, { ...context, entry: null })).toThrow('An entry comes to the gate with what it needs.');
  });

  it('says limit and value in its reason', () => {
    expect(refusal({}, withAccount({ openSets: 6 }))?.reason).toBe('With this entry 6 sets would be open, limit 5.');
    expect(refusal({}, withAccount({ drawdown: 0.1625, equityPaise: 83_750_00 }))?.reason).toBe(
      'Equity is 16.25 % below its peak, limit 15.00 %.',
    );
    expect(refusal({}, withNeeds({ requiredPaise: 25_000_50 }))?.reason).toBe('What the entry needs: ₹25,000.50, limit ₹20,000.00.');
  });
});

describe('the gate, for a change of an order that rests', () => {
  const change: OrderModification = { orderId: '1', quantity: 130, kind: 'limit', price: 101, triggerPrice: null, at: entry.at };
  const changeRefusal = (words: Partial<OrderModification>, circumstances: Partial<GateContext> = {}, of = exit): Refusal | null => {
    const answer = gate.checkChange({ ...change, ...words }, { request: of, price: of.price }, { ...context, ...circumstances });
    return 'refused' in answer ? answer.refused : null;
  };

  it('approves the change itself', () => {
    expect(gate.checkChange(change, { request: entry, price: 100.05 }, context)).toEqual({ approved: change });
  });

  it('lets none pass by itself while trading is halted, and a person’s in any case', () => {
    expect(changeRefusal({}, { tradingSwitch: 'halted' })?.code).toBe('system/halted');
    expect(changeRefusal({}, { tradingSwitch: 'halted', byPerson: true })).toBeNull();
    expect(changeRefusal({}, { tradingSwitch: 'exits-only' })).toBeNull();
  });

  it('holds it against the rules of the exchange', () => {
    expect(changeRefusal({ quantity: 0 })?.code).toBe('order/quantity-invalid');
    expect(changeRefusal({ price: null })?.code).toBe('order/price-missing');
    expect(changeRefusal({ kind: 'SL', triggerPrice: null })?.code).toBe('order/price-missing');
    expect(changeRefusal({ price: 101.02 })?.code).toBe('order/price-off-grid');
    expect(changeRefusal({ kind: 'SL', triggerPrice: 90.02 })?.code).toBe('order/price-off-grid');
    expect(changeRefusal({}, { priceBand: { low: 90, high: 100 } })?.code).toBe('order/outside-price-band');
    expect(changeRefusal({}, { sessionOpen: false })?.code).toBe('order/outside-trading-hours');
  });

  it('asks nothing else of what leaves: it neither enters nor leaves anew', () => {
    const bad = {
      lineUp: false,
      reconciled: false,
      disputed: [option.key],
      brokerHolds: 0,
      quote: null,
      account: { ...account, halted, availablePaise: -1, dayLossPaise: 1e9 },
    };
    expect(
      changeRefusal({ quantity: 100 }, { ...bad, ...withLimits({ orderKinds: [], maxOrderValuePaise: 1, ordersPerDay: 0 }) }),
    ).toBeNull();
  });

  it('lets no entry follow the market on exits only', () => {
    expect(changeRefusal({}, { tradingSwitch: 'exits-only' }, entry)?.code).toBe('system/exits-only');
  });

  const worse: readonly (readonly [Partial<GateContext>, Refusal['code']])[] = [
    [withNeeds({ chaseTo: 100.95 }), 'order/chased-too-far'],
    [withLimits({ maxOrderValuePaise: 13_129_99 }), 'account/order-value'],
    [withNeeds({ requiredPaise: 20_000_01 }), 'account/capital-per-trade'],
    [withAccount({ availablePaise: -1 }), 'account/capital'],
    [withLimits({ firstEntryMarginShare: 0.1 }), 'account/first-entry'],
    [withLimits({ maxMarginUse: 0.1 }), 'account/margin-use'],
  ];
  it.each(worse)('asks of an entry that would be filled at a worse price what that may cost: %j is %s', (circumstances, code) => {
    expect(changeRefusal({ price: 101 }, circumstances, entry)?.code).toBe(code);
    // It has followed the market back: nothing of it costs more than before.
    expect(changeRefusal({ price: 100 }, circumstances, entry)).toBeNull();
    expect(changeRefusal({ price: 101 }, circumstances, { ...entry, price: 102 })).toBeNull();
  });

  it('takes a lower limit of what is sold for the worse one', () => {
    const sold: OrderRequest = { ...entry, side: 'sell' };
    expect(changeRefusal({ price: 99 }, withNeeds({ chaseTo: 99.05 }), sold)?.code).toBe('order/chased-too-far');
    expect(changeRefusal({ price: 101 }, withNeeds({ chaseTo: 99.05 }), sold)).toBeNull();
  });
});
