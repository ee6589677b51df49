import { describe, expect, it } from 'vitest';

import type { SimulationConfig } from '../config/run-config.js';
import { arrayFeed } from '../feeds/array-feed.js';
import { tickRows } from '../feeds/tick-rows.js';
import { createRuleBook } from '../market/create-rule-book.js';
import type { Tick } from '../market/tick.js';
import type { BrokerNews } from '../orders/broker-news.js';
import type { OutsideFill } from '../orders/outside-fill.js';
import type { MarketBlock } from '../plugins/feed.js';
import { atIst, type EpochMs, minuteOfDay } from '../primitives/time.js';
import { plainModel } from '../simulation/market.test-kit.js';
import { approvedOrder } from '../testing/approved-order.js';
import { ExchangeHost } from './exchange-host.js';

const SHARE = 'NSE:RELIANCE';
const DATE = '2026-02-02';
const YESTERDAY = '2026-01-30';

/** A moment of a date. */
const ist = (time: string, date = DATE): EpochMs => atIst(date, minuteOfDay(time));

/** A market's time that a test moves: whoever waits waits until it has come. */
class TestClock {
  time: EpochMs = Number.NEGATIVE_INFINITY;
  readonly jumps: EpochMs[] = [];
  /** What happens when somebody waits for a moment; by default it comes at once. */
  onWait: (until: EpochMs) => void = (until) => {
    this.time = until;
  };

  now(): EpochMs {
    return this.time;
  }

  until(until: EpochMs): Promise<void> {
    this.onWait(until);
    return Promise.resolve();
  }

  jump(to: EpochMs): void {
    this.jumps.push(to);
    this.time = to;
  }
}

function ticksOf(prices: readonly (readonly [time: EpochMs, price: number])[]): MarketBlock {
  const rows = tickRows([SHARE], { exchangeTime: true });
  for (const [time, price] of prices) rows.add(0, time, price, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
  return { kind: 'ticks', columns: rows.take() };
}

const dayOf = (date: string): MarketBlock => ({ kind: 'day', date, sessions: null, instruments: [] });

/** A host over a day before and a day of trading, in which the price falls by a rupee a second from 1,500. */
function hosted(simulation: Partial<SimulationConfig> = {}, blocks: readonly MarketBlock[] = twoDays()) {
  const clock = new TestClock();
  const ticks: Tick[] = [];
  const history: MarketBlock[] = [];
  const news: BrokerNews[] = [];
  const outside: OutsideFill[] = [];
  const host = new ExchangeHost({
    simulation: { ...plainModel, ...simulation },
    rules: createRuleBook({ calendar: 'rules' }),
    feeds: [arrayFeed(blocks)],
    opensOn: DATE,
    historyDays: 5,
    to: null,
    clock,
    signal: new AbortController().signal,
    onHistory: (block) => history.push(block),
    onTick: (tick) => ticks.push(tick),
  });
  const line = host.connect(
    { id: 'main', capitalPaise: 10_00_000_00, broker: 'sandbox' },
    { onNews: (one) => news.push(one), onOutsideFill: (fill) => outside.push(fill), onLine: () => undefined },
  );
  return { host, clock, ticks, history, news, outside, line };
}

const twoDays = (): readonly MarketBlock[] => [
  dayOf(YESTERDAY),
  ticksOf([
    [ist('09:15', YESTERDAY), 1_490],
    [ist('15:29', YESTERDAY), 1_495],
  ]),
  dayOf(DATE),
  ticksOf(Array.from({ length: 10 }, (_, second) => [ist('09:15') + second * 1_000, 1_500 - second] as const)),
];

describe('an exchange of its own', () => {
  it('tells the points of its market at their times, and what was before it opened as history', async () => {
    const { host, ticks, history, clock } = hosted();
    await host.run();
    expect(history.map(({ kind }) => kind)).toEqual(['day', 'ticks', 'day']);
    expect(ticks.map(({ price }) => price)).toEqual([1_500, 1_499, 1_498, 1_497, 1_496, 1_495, 1_494, 1_493, 1_492, 1_491]);
    expect(ticks[0]).toEqual({
      instrument: SHARE,
      exchangeTime: ist('09:15'),
      receivedTime: ist('09:15'),
      price: 1_500,
      volume: null,
      openInterest: null,
      bid: null,
      ask: null,
    });
    // It opens when the market does: nobody waits for the night.
    expect(clock.jumps[0]).toBe(ist('09:15'));
  });

  it('waits for nothing of its history, and for every point of its market', async () => {
    const { host, clock } = hosted();
    const waits: EpochMs[] = [];
    clock.onWait = (until) => {
      waits.push(until);
      clock.time = until;
    };
    await host.run();
    expect(waits[0]).toBe(ist('09:15') + 1_000);
    expect(Math.min(...waits)).toBeGreaterThan(ist('09:15'));
  });

  it('takes an order at the time at which it comes, between two points', async () => {
    const { host, clock, line, news } = hosted();
    let sent = false;
    clock.onWait = (until) => {
      if (!sent && until > ist('09:15') + 3_000) {
        sent = true;
        // 400 ms after the point of the third second.
        clock.time = ist('09:15') + 3_400;
        line.submit(approvedOrder({ orderId: 'o1', side: 'buy', at: 0 }));
        return;
      }
      clock.time = until;
    };
    await host.run();
    expect(news).toMatchObject([{ kind: 'filled', fill: { quantity: 10, price: 1_497, time: ist('09:15') + 3_500 } }]);
  });

  it('fills what rests while nobody is there, and tells whoever comes back by its book', async () => {
    const { host, clock, line } = hosted();
    let sent = false;
    clock.onWait = (until) => {
      if (!sent) {
        sent = true;
        clock.time = ist('09:15') + 100;
        line.submit(approvedOrder({ orderId: 'o1', side: 'buy', kind: 'limit', price: 1_495, at: 0 }));
        return;
      }
      clock.time = until;
    };
    await host.run();
    const back = host.connect(
      { id: 'main', capitalPaise: 10_00_000_00, broker: 'sandbox' },
      { onNews: () => undefined, onOutsideFill: () => undefined, onLine: () => undefined },
    );
    expect(back.orders()?.orders.filter(({ orderId }) => orderId !== null)).toMatchObject([
      { orderId: 'o1', status: 'filled', filledQuantity: 10 },
    ]);
  });

  it('goes on to the end of the day when its market is over: what is held for the day is squared off', async () => {
    const { host, clock, line, outside } = hosted({ autoSquareOff: minuteOfDay('15:25') });
    let sent = false;
    clock.onWait = (until) => {
      clock.time = sent ? until : Math.min(until, ist('09:15') + 500);
      if (sent) return;
      sent = true;
      line.submit(approvedOrder({ orderId: 'o1', side: 'buy', at: 0 }));
    };
    await host.run();
    expect(outside).toMatchObject([{ by: 'autoSquareOff', side: 'sell', quantity: 10, time: ist('15:25') }]);
    expect(line.positions()?.positions ?? []).toEqual([]);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const { clock } = hosted();
    const ticks: Tick[] = [];
    const host = new ExchangeHost({
      simulation: plainModel,
      rules: createRuleBook({ calendar: 'rules' }),
      feeds: [arrayFeed(twoDays())],
      opensOn: DATE,
      historyDays: 5,
      to: null,
      clock,
      signal: stop.signal,
      onHistory: () => undefined,
      onTick: (tick) => {
        ticks.push(tick);
        if (ticks.length === 3) stop.abort();
      },
    });
    await host.run();
    expect(ticks).toHaveLength(3);
  });
});
