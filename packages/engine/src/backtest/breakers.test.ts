import { describe, expect, it } from 'vitest';

import { anAccount } from '../config/plain-run.test-kit.js';
import type { FaultConfig, RiskConfig, RunConfig } from '../config/run-config.js';
import { arrayFeed } from '../feeds/array-feed.js';
import type { BookPosition } from '../orders/book.js';
import type { MarketBlock } from '../plugins/feed.js';
import { time as at, MONDAY, TUESDAY } from '../primitives/mondays.test-kit.js';
import { addDays, formatMinuteOfDay, MINUTE_MS, minuteOfDay, SECOND_MS, type TradingDate } from '../primitives/time.js';
import type { AccountLimits } from '../risk/account-limits.js';
import { paper } from '../runtime/paper.test-kit.js';
import { RunControl } from '../runtime/run-control.js';
import type { SetConfig } from '../sets/set-config.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { INDEX } from './busy-market.test-kit.js';
import { type Bar, dayOf, flat } from './market-day.test-kit.js';
import { configOf, eventsOf, exchangeOf, run, setOf } from './run.test-kit.js';
import { signalsAt } from './scripted.test-kit.js';

const rupees = (amount: number) => ({ kind: 'money', paise: amount * 100 }) as const;

/** Minutes from 09:15 on at the price that counts from a time on, but for those that are left out. */
function minutes(
  prices: Readonly<Record<string, number>>,
  { until = '10:30', missing = ['', ''] }: { readonly until?: string; readonly missing?: readonly [string, string] } = {},
): Readonly<Record<string, Bar>> {
  const bars: Record<string, Bar> = {};
  let price = Number.NaN;
  for (let minute = minuteOfDay('09:15'); minute < minuteOfDay(until); minute += 1) {
    const name = formatMinuteOfDay(minute);
    const before = price;
    price = prices[name] ?? price;
    const from = Number.isNaN(before) ? price : before;
    if (name < missing[0] || name >= missing[1]) bars[name] = [from, Math.max(from, price), Math.min(from, price), price];
  }
  return bars;
}

/** A hundred shares on each signal: a rupee of the price is a hundred of the account's. */
const hundred = (changes: Parameters<typeof setOf>[0] = {}): SetConfig =>
  setOf({ legs: [{ kind: 'equity', side: 'signal', size: [{ kind: 'lots', lots: 100 }] }], ...changes });

const withLimits = (limits: Partial<AccountLimits>, changes: Partial<RunConfig> = {}): Partial<RunConfig> => ({
  accounts: [anAccount('main', limits)],
  ...changes,
});

const watchedBy = (risk: Partial<RiskConfig>, changes: Partial<RunConfig> = {}): Partial<RunConfig> => ({
  risk: { ...configOf([]).risk, ...risk },
  ...changes,
});

const fault = (kind: FaultConfig['kind'], changes: Partial<FaultConfig> = {}): FaultConfig => ({
  kind,
  chance: 1,
  from: null,
  to: null,
  times: null,
  account: null,
  ...changes,
});

/** Falls by two rupees within a minute, at 10:00. */
const fall = (date: TradingDate = MONDAY) => dayOf(minutes({ '09:15': 1_000, '10:00': 998 }), { date });

const bullishAt = (...times: readonly (readonly [string, TradingDate?])[]) =>
  signalsAt(...times.map(([time, date]) => [at(time, date), 'bullish'] as const));

type Told = Awaited<ReturnType<typeof run>>;

const outcomes = ({ report }: Told): readonly string[] => report.signals.map(({ outcome }) => outcome);

const criticals = ({ report }: Told): readonly string[] =>
  report.alerts.filter(({ severity }) => severity === 'critical').map(({ code }) => code);

describe('the loss of a day', () => {
  const config = configOf(
    [hundred({ strategy: bullishAt(['09:16'], ['10:10'], ['09:16', TUESDAY]) })],
    withLimits({ dailyLoss: rupees(150) }),
  );

  it('trips, closes, and leaves a trail: limit, value, time, orders, and how the account is re-armed', async () => {
    const told = await run(config, [...fall(), ...dayOf(minutes({ '09:15': 998 }), { date: TUESDAY })]);
    // ₹42.22 of charges for the entry: ₹107.78 more are lost on the way from 1000 to 998, in the second quarter of the minute.
    const [breaker] = told.report.breakers;
    expect(breaker).toMatchObject({ account: 'main', code: 'account/daily-loss', limit: 150_00, rearmedBy: 'calendar' });
    expect(breaker?.value).toBeGreaterThanOrEqual(150_00);
    expect(breaker?.value).toBeLessThan(151_00);
    expect(breaker?.time).toBeGreaterThan(at('10:00:15'));
    expect(breaker?.time).toBeLessThan(at('10:00:30'));
    expect(breaker?.closedBy).toMatchObject([{ orderId: 'S0O2', set: 'one', instrument: SHARE, side: 'sell', quantity: 100 }]);
    expect(breaker?.closedAt).toBe(breaker?.closedBy[0]?.time);
    expect(breaker?.closedAt).toBe((breaker?.time ?? 0) + 100);
    expect(breaker?.rearm).toBe(`from ${TUESDAY} by itself, or: rearm main`);
    expect(breaker?.rearmedAt).toBe(at('09:15', TUESDAY));
    expect(told.report.roundTrips[0]?.exitReason).toBe('breaker');
  });

  it('lets nothing in for the rest of the day, says so at each signal, and trades again on the next', async () => {
    const told = await run(config, [...fall(), ...dayOf(minutes({ '09:15': 998 }), { date: TUESDAY })]);
    expect(outcomes(told)).toEqual(['entered', 'account/daily-loss', 'entered']);
    expect(criticals(told)).toEqual(['account/daily-loss']);
    const [alert] = told.report.alerts.filter(({ code }) => code === 'account/daily-loss');
    expect(alert?.message).toContain('limit ₹150.00');
    expect(alert?.remedy).toBe(`It trades again by itself from ${TUESDAY}, or: rearm main.`);
  });

  it('stays until a person re-arms the account where that is asked for', async () => {
    const byHand = { ...config, risk: { ...config.risk, rearm: 'byHand' } } as const;
    const told = await run(byHand, [...fall(), ...dayOf(minutes({ '09:15': 998 }), { date: TUESDAY })]);
    expect(told.report.breakers).toMatchObject([{ rearm: 'rearm main', rearmedAt: null, rearmedBy: null }]);
    expect(outcomes(told)).toEqual(['entered', 'account/daily-loss', 'account/daily-loss']);
  });

  it('is over when a person re-arms the account, and counts anew from there', async () => {
    const control = new RunControl();
    control.sendAt(at('10:05'), { kind: 'rearm', account: 'main', by: 'asha' });
    const told = await run(config, fall(), { control });
    expect(told.report.breakers).toMatchObject([{ rearmedAt: at('10:05'), rearmedBy: 'asha' }]);
    expect(outcomes(told)).toEqual(['entered', 'entered']);
    expect(told.report.breakers).toHaveLength(1);
  });

  it('is one account’s own: another goes on', async () => {
    const two = configOf([hundred({ accounts: ['main', 'second'], strategy: bullishAt(['09:16']) })], {
      accounts: [anAccount('main', { dailyLoss: rupees(150) }), anAccount('second')],
    });
    const told = await run(two, fall());
    expect(told.report.breakers.map(({ account }) => account)).toEqual(['main']);
    expect(told.report.roundTrips.map(({ account, exitReason }) => [account, exitReason])).toEqual([
      ['main', 'breaker'],
      ['second', 'endOfData'],
    ]);
  });
});

describe('the loss of a week', () => {
  it('adds up over its days, and ends with it', async () => {
    const nextMonday = addDays(MONDAY, 7);
    const signals = bullishAt(['09:16'], ['09:16', TUESDAY], ['10:10', TUESDAY], ['09:16', nextMonday]);
    const config = configOf(
      [hundred({ strategy: signals, exits: { squareOff: minuteOfDay('10:20') } })],
      withLimits({ weeklyLoss: rupees(400) }),
    );
    const told = await run(config, [...fall(), ...fall(TUESDAY), ...fall(nextMonday)]);
    expect(told.report.breakers).toMatchObject([{ code: 'account/weekly-loss', limit: 400_00, rearmedBy: 'calendar' }]);
    expect(told.report.breakers[0]?.time).toBeGreaterThan(at('10:00', TUESDAY));
    expect(told.report.breakers[0]?.rearm).toContain(nextMonday);
    expect(outcomes(told)).toEqual(['entered', 'entered', 'account/weekly-loss', 'entered']);
  });
});

describe('a fall from the peak', () => {
  it('stays until a person re-arms the account: no date ends it', async () => {
    const signals = bullishAt(['09:16'], ['10:10'], ['09:16', TUESDAY]);
    // ₹200 of ₹10,00,000.
    const config = configOf([hundred({ strategy: signals })], withLimits({ maxDrawdown: 0.0002 }));
    const told = await run(config, [...fall(), ...dayOf(minutes({ '09:15': 998 }), { date: TUESDAY })]);
    expect(told.report.breakers).toMatchObject([{ code: 'account/drawdown', limit: 200_00, rearm: 'rearm main', rearmedAt: null }]);
    expect(outcomes(told)).toEqual(['entered', 'account/drawdown', 'account/drawdown']);
  });
});

describe('orders that are rejected one after the other', () => {
  const signals = bullishAt(['09:16'], ['09:17'], ['09:18'], ['09:19']);

  it('trip at their limit, and nothing more is sent', async () => {
    const config = configOf(
      [hundred({ strategy: signals })],
      withLimits({ rejectionsInARow: 3 }, { simulation: exchangeOf({ faults: [fault('reject')] }) }),
    );
    const told = await run(config, dayOf(minutes({ '09:15': 1_000 })));
    expect(told.report.breakers).toMatchObject([{ code: 'account/rejections', limit: 3, value: 3, closedBy: [], time: at('09:18') }]);
    expect(told.report.breakers[0]?.closedAt).toBe(at('09:18'));
    expect(eventsOf(told.events, 'orderSubmitted')).toHaveLength(3);
    expect(outcomes(told).at(-1)).toBe('account/rejections');
    expect(criticals(told)).toEqual(['account/rejections']);
  });

  it('are counted as such when the exchange refuses what the broker took', async () => {
    const config = configOf(
      [hundred({ strategy: signals })],
      withLimits({ rejectionsInARow: 2 }, { simulation: exchangeOf({ faults: [fault('rejectAfterAck')] }) }),
    );
    const told = await run(config, dayOf(minutes({ '09:15': 1_000 })));
    expect(told.report.breakers).toMatchObject([{ code: 'account/rejections', value: 2, time: at('09:17:00.1') }]);
  });

  it('are no row where one in between is filled', async () => {
    const config = configOf(
      [hundred({ strategy: signals, exits: { timeInTradeMs: 10 * SECOND_MS } })],
      withLimits(
        { rejectionsInARow: 2 },
        { simulation: exchangeOf({ faults: [fault('reject', { times: 1 }), fault('reject', { from: minuteOfDay('09:18'), times: 1 })] }) },
      ),
    );
    const told = await run(config, dayOf(minutes({ '09:15': 1_000 })));
    expect(told.report.breakers).toEqual([]);
  });
});

describe('a feed that is silent', () => {
  const gap = (date: TradingDate = MONDAY) => dayOf(minutes({ '09:15': 1_000 }, { missing: ['09:50', '10:05'] }), { date });

  it('trips after its limit within a session, and closes', async () => {
    const config = configOf([hundred({ strategy: bullishAt(['09:16'], ['10:10']) })], watchedBy({ feedStaleMs: 3 * MINUTE_MS }));
    const told = await run(config, gap());
    // The last candle was over at 09:50.
    expect(told.report.breakers).toMatchObject([{ code: 'system/feed-stale', limit: 180_000, value: 180_000, time: at('09:53') }]);
    expect(told.report.breakers[0]).toMatchObject({ closedBy: [{ side: 'sell', quantity: 100 }], rearm: 'rearm main' });
    expect(outcomes(told)).toEqual(['entered', 'system/feed-stale']);
  });

  it('stops every account', async () => {
    const accounts = [anAccount('main'), anAccount('second')];
    const config = configOf([hundred()], watchedBy({ feedStaleMs: 3 * MINUTE_MS }, { accounts }));
    const told = await run(config, gap());
    expect(told.report.breakers.map(({ account }) => account)).toEqual(['main', 'second']);
  });

  it('concerns nobody before trading begins: history may have gaps', async () => {
    const config = configOf([hundred({ strategy: bullishAt(['10:10']) })], watchedBy({ feedStaleMs: 3 * MINUTE_MS }));
    const told = await run(config, gap(), { startAt: at('10:08') });
    expect(told.report.breakers).toEqual([]);
    expect(outcomes(told)).toEqual(['entered']);
  });

  it('that brings candles is not silent within one, however long it is', async () => {
    const names = ['09:15', '09:30', '09:45', '10:00', '10:15'];
    const blocks = dayOf(Object.fromEntries(names.map((name) => [name, flat(1_000)]))).map(
      (block): MarketBlock =>
        block.kind === 'candles'
          ? {
              ...block,
              timeframe: '15m',
              columns: { ...block.columns, closeTime: block.columns.openTime.map((open) => open + 15 * MINUTE_MS) },
            }
          : block,
    );
    const chart = { type: 'candlestick', timeframe: '15m' } as const;
    const config = configOf([hundred({ chart, strategy: bullishAt(['09:45']) })], watchedBy({ feedStaleMs: 3 * MINUTE_MS }));
    const told = await run(config, blocks);
    expect(told.report.breakers).toEqual([]);
    expect(outcomes(told)).toEqual(['entered']);
  });

  it('is silent over night, and is not asked', async () => {
    const config = configOf([hundred({ strategy: bullishAt(['09:20', TUESDAY]) })], watchedBy({ feedStaleMs: 3 * MINUTE_MS }));
    const whole = (date: TradingDate) => dayOf(minutes({ '09:15': 1_000 }, { until: '15:30' }), { date });
    const told = await run(config, [...whole(MONDAY), ...whole(TUESDAY)]);
    expect(told.report.breakers).toEqual([]);
  });
});

describe('a line to the broker that is lost', () => {
  const lost = (until: string) => exchangeOf({ faults: [fault('disconnect', { from: minuteOfDay('10:00'), to: minuteOfDay(until) })] });
  const signals = bullishAt(['09:16'], ['10:02'], ['10:12']);

  it('for longer than its limit trips; what is held is left when it is back', async () => {
    const config = configOf([hundred({ strategy: signals })], watchedBy({ brokerLostMs: MINUTE_MS }, { simulation: lost('10:05') }));
    const told = await run(config, dayOf(minutes({ '09:15': 1_000 })));
    const [breaker] = told.report.breakers;
    expect(breaker).toMatchObject({ code: 'account/broker-lost', limit: 60_000, value: 60_000, time: at('10:01'), rearm: 'rearm main' });
    expect(breaker?.closedAt).toBeGreaterThanOrEqual(at('10:05'));
    expect(breaker?.closedBy).toMatchObject([{ side: 'sell', quantity: 100 }]);
    expect(outcomes(told)).toEqual(['entered', 'set/exiting', 'account/broker-lost']);
    expect(told.report.alerts.map(({ code }) => code)).toEqual(expect.arrayContaining(['account/line-lost', 'account/line-restored']));
  });

  it('for less only keeps entries away while it is lost', async () => {
    const config = configOf(
      [hundred({ strategy: bullishAt(['10:02'], ['10:12']) })],
      watchedBy({ brokerLostMs: 10 * MINUTE_MS }, { simulation: lost('10:05') }),
    );
    const told = await run(config, dayOf(minutes({ '09:15': 1_000 })));
    expect(told.report.breakers).toEqual([]);
    expect(outcomes(told)).toEqual(['account/line-down', 'entered']);
  });
});

describe('clocks that do not agree', () => {
  /** A tick a second, stamped by the exchange so much earlier than it was received. */
  function ticks(lateMs: (i: number) => number, count = 1_200): readonly MarketBlock[] {
    const [day] = dayOf({ '09:15': flat(1_000) });
    const received = Float64Array.from({ length: count }, (_, i) => at('09:15') + i * SECOND_MS);
    const columns = {
      length: count,
      instruments: [SHARE],
      instrument: new Uint32Array(count),
      receivedTime: received,
      exchangeTime: received.map((time, i) => time - lateMs(i)),
      price: new Float64Array(count).fill(1_000),
      volume: new Float64Array(count).fill(Number.NaN),
      openInterest: new Float64Array(count).fill(Number.NaN),
      bid: new Float64Array(count).fill(Number.NaN),
      ask: new Float64Array(count).fill(Number.NaN),
    };
    return [...(day === undefined ? [] : [day]), { kind: 'ticks', columns }];
  }

  const config = configOf([hundred({ strategy: bullishAt(['09:16'], ['09:30']) })], watchedBy({ clockSkewMs: 2 * SECOND_MS }));

  it('trip, and say by how much they differ', async () => {
    const told = await run(
      config,
      ticks((i) => (i < 300 ? 150 : 4_000)),
    );
    expect(told.report.breakers).toMatchObject([{ code: 'system/clock-skew', limit: 2_000, value: 4_000, rearm: 'rearm main' }]);
    expect(told.report.breakers[0]?.time).toBeLessThanOrEqual(at('09:20:20'));
    expect(outcomes(told)).toEqual(['entered', 'system/clock-skew']);
  });

  it('are no more than late messages where some arrive in time', async () => {
    const told = await run(
      config,
      ticks((i) => (i % 7 === 0 ? 100 : 9_000)),
    );
    expect(told.report.breakers).toEqual([]);
    expect(outcomes(told)).toEqual(['entered', 'set/already-open']);
  });
});

describe('positions that do not agree', () => {
  const TCS: BookPosition = { instrument: 'NSE:TCS', product: 'CNC', quantity: 5 };
  /** A broker that has something of which we know nothing, for a while. */
  const strange = (from: string, until: string) =>
    paper(({ venue }) => ({
      positions: () => {
        const answer = venue.positions();
        if (answer === null || answer.at < at(from) || answer.at >= at(until)) return answer;
        return { ...answer, positions: [...answer.positions, TCS] };
      },
    }));
  const config = configOf(
    [hundred({ strategy: bullishAt(['09:16'], ['09:50'], ['10:20']) })],
    watchedBy({ reconcileEveryMs: 5 * MINUTE_MS }),
  );

  it('halt the account with a report, and leave what is held as it is', async () => {
    const told = await run(config, dayOf(minutes({ '09:15': 1_000 })), { plugins: [strange('09:40', '23:00')] });
    expect(criticals(told)).toEqual(['account/position-mismatch']);
    expect(told.report.alerts.find(({ severity }) => severity === 'critical')).toMatchObject({ time: at('09:40:05') });
    expect(told.report.roundTrips.map(({ exitReason }) => exitReason)).toEqual(['endOfData']);
    expect(outcomes(told)).toEqual(['entered', 'set/already-open', 'set/already-open']);
  });

  it('are the past when a person has said that it is none of ours, and re-armed the account', async () => {
    const control = new RunControl();
    control.sendAt(at('10:00'), { kind: 'ignore', account: 'main', instrument: 'NSE:TCS', by: 'asha' });
    control.sendAt(at('10:01'), { kind: 'rearm', account: 'main', by: 'asha' });
    const flatFirst = configOf([hundred({ strategy: bullishAt(['09:50'], ['10:20']) })], watchedBy({ reconcileEveryMs: 5 * MINUTE_MS }));
    const told = await run(flatFirst, dayOf(minutes({ '09:15': 1_000 })), { plugins: [strange('09:40', '23:00')], control });
    expect(outcomes(told)).toEqual(['account/position-mismatch', 'entered']);
    expect(criticals(told)).toEqual(['account/position-mismatch']);
  });
});

describe('what a breaker closes', () => {
  const sold = { kind: 'moneyness', stepsOutOfTheMoney: 0 } as const;
  const option = (id: string, side: 'buy' | 'sell', underlying: string, lots: number): SetConfig =>
    setOf({
      id,
      underlyings: [underlying],
      strategy: bullishAt(['09:16']),
      legs: [
        {
          kind: 'option',
          optionType: 'CE',
          side,
          strike: side === 'sell' ? sold : { kind: 'moneyness', stepsOutOfTheMoney: 4 },
          expiry: { cycle: 'nearest', minDays: 0 },
          size: [{ kind: 'lots', lots }],
        },
      ],
    });

  it('is what was sold first, and its hedge when that is gone; what hedges nothing does not wait', async () => {
    const accounts = [{ ...anAccount('main', { dailyLoss: rupees(8_000) }), capitalPaise: 50_00_000_00 }];
    const config = configOf(
      [option('hedge', 'buy', INDEX, 2), hundred({ strategy: bullishAt(['09:16']) }), option('short', 'sell', INDEX, 2)],
      {
        accounts,
      },
    );
    const index = dayOf(minutes({ '09:15': 24_000, '10:00': 24_300 }), { instrument: INDEX });
    const told = await run(config, [arrayFeed(index), arrayFeed(dayOf(minutes({ '09:15': 1_000 })))]);
    expect(told.report.breakers).toHaveLength(1);
    const [{ time = 0, closedBy = [] } = {}] = told.report.breakers;
    const exits = eventsOf(told.events, 'legOrderRequested').filter(({ order }) => order.purpose === 'exit');
    const asked = (set: string) => exits.find(({ order }) => order.instance.startsWith(`${set}|`))?.at;
    expect([asked('short'), asked('one')]).toEqual([time, time]);
    const soldBack = closedBy.find(({ set }) => set === 'short');
    expect(soldBack).toMatchObject({ side: 'buy' });
    expect(asked('hedge')).toBe(soldBack?.time);
    expect(closedBy.at(-1)).toMatchObject({ set: 'hedge', side: 'sell' });
    expect(closedBy).toHaveLength(3);
  });

  it('waits for what is entering, and leaves it', async () => {
    const config = configOf(
      [hundred({ strategy: bullishAt(['09:16']) }), hundred({ id: 'late', strategy: bullishAt(['10:00']) })],
      withLimits({ dailyLoss: rupees(150) }, { simulation: exchangeOf({ latency: { kind: 'fixed', ms: 25 * SECOND_MS } }) }),
    );
    const told = await run(config, fall());
    const [breaker] = told.report.breakers;
    expect(breaker?.time).toBeLessThan(at('10:00:25'));
    expect(breaker?.closedBy.map(({ set }) => set)).toContain('one');
    expect(breaker?.closedAt).not.toBeNull();
    expect(told.report.roundTrips.every(({ exitReason }) => exitReason === 'breaker')).toBe(true);
  });
});
