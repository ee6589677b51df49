import { describe, expect, it } from 'vitest';

import { arrayFeed } from '../feeds/array-feed.js';
import type { MarketBlock } from '../plugins/feed.js';
import { time as at, MONDAY } from '../primitives/mondays.test-kit.js';
import type { EpochMs } from '../primitives/time.js';
import { atTheMoney } from '../sets/at-the-money.test-kit.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { INDEX } from './busy-market.test-kit.js';
import { dayOf, flat } from './market-day.test-kit.js';
import { configOf, eventsOf, exchangeOf, fillsOf, run, setOf } from './run.test-kit.js';
import { signalsAt } from './scripted.test-kit.js';

const points = (count: number) => ({ kind: 'points', points: count }) as const;

type Quote = readonly [time: EpochMs, price: number, bid?: number, ask?: number];

/** A day of ticks. */
function ticksOf(instrument: string, ...quotes: readonly Quote[]): readonly MarketBlock[] {
  const column = (value: (quote: Quote) => number): Float64Array => Float64Array.from(quotes, value);
  const unknown = new Float64Array(quotes.length).fill(Number.NaN);
  return [
    { kind: 'day', date: MONDAY, sessions: [{ date: MONDAY, open: at('09:15'), close: at('15:30') }], instruments: [] },
    {
      kind: 'ticks',
      columns: {
        length: quotes.length,
        instruments: [instrument],
        instrument: new Uint32Array(quotes.length),
        receivedTime: column(([time]) => time),
        exchangeTime: unknown,
        price: column(([, price]) => price),
        volume: unknown,
        openInterest: unknown,
        bid: column(([, , bid = Number.NaN]) => bid),
        ask: column(([, , , ask = Number.NaN]) => ask),
      },
    },
  ];
}

describe('recorded ticks', () => {
  const strategy = signalsAt([at('09:16'), 'bullish']);

  it('fill at the quote that stands when the order arrives: not at the one before, not at the one after', async () => {
    const { events } = await run(
      configOf([setOf({ strategy })]),
      ticksOf(
        SHARE,
        [at('09:15:10'), 1_000, 999.9, 1_000.1],
        [at('09:16:00.05'), 1_001, 1_000.9, 1_001.2],
        [at('09:16:00.15'), 1_005, 1_004.9, 1_005.1],
        [at('09:17:30'), 1_006, 1_005.8, 1_006.1],
      ),
    );
    expect(fillsOf(events)).toEqual([
      ['buy', 1_001.2, at('09:16:00.1')],
      ['sell', 1_005.8, at('09:17:30.1')],
    ]);
  });

  it('stop a position at the tick that is past the level, and fill it at the quote a tenth of a second later', async () => {
    const { events } = await run(
      configOf([setOf({ strategy, exits: { stopLoss: points(10) } })]),
      ticksOf(
        SHARE,
        [at('09:15:10'), 1_000],
        [at('09:16:30'), 991],
        [at('09:16:40'), 988],
        [at('09:16:40.1'), 987],
        [at('09:16:40.2'), 980],
      ),
    );
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'stopLoss', price: 988, at: at('09:16:40') }]);
    expect(fillsOf(events)[1]).toEqual(['sell', 988, at('09:16:40.1')]);
  });

  it('close a candle by the clock, although no tick comes for minutes', async () => {
    const { events } = await run(configOf([setOf({ strategy })]), ticksOf(SHARE, [at('09:15:10'), 1_000], [at('09:45'), 1_100]));
    expect(fillsOf(events)[0]).toEqual(['buy', 1_000, at('09:16:00.1')]);
  });
});

describe('looks at every whole minute', () => {
  it('leave only if the price is past the level then', async () => {
    const set = setOf({
      strategy: signalsAt([at('09:16'), 'bullish']),
      checks: { entryEveryMs: null, exitEveryMs: 60_000 },
      exits: { stopLoss: points(10) },
    });
    const { events } = await run(
      configOf([set]),
      // In 09:17 it goes to 980 and comes back; 09:18 ends at 985.
      dayOf({
        '09:15': flat(1_000),
        '09:16': flat(1_000),
        '09:17': [1_000, 1_001, 980, 999],
        '09:18': [999, 999, 985, 985],
        '09:19': flat(970),
      }),
    );
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'stopLoss', price: 985, at: at('09:19') }]);
    // What comes at the same moment, the open of 09:19, is there when the order arrives.
    expect(fillsOf(events)[1]).toEqual(['sell', 970, at('09:19:00.1')]);
  });

  it('trail behind the price of those minutes alone', async () => {
    const set = setOf({
      strategy: signalsAt([at('09:16'), 'bullish']),
      checks: { entryEveryMs: null, exitEveryMs: 60_000 },
      exits: { trailing: { start: points(5), distance: points(3), step: null } },
    });
    const { events } = await run(
      configOf([set]),
      dayOf({
        '09:15': flat(1_000),
        '09:16': flat(1_000),
        '09:17': [1_000, 1_050, 1_000, 1_008],
        '09:18': flat(1_007),
        '09:19': flat(1_004),
      }),
    );
    expect(eventsOf(events, 'stopMoved')).toMatchObject([{ stop: 1_005, best: 1_008, at: at('09:18') }]);
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'trailingStop', at: at('09:20') }]);
  });

  it('enter at the next look: the wait for it does not make a signal stale', async () => {
    const set = setOf({
      strategy: signalsAt([at('09:16'), 'bullish']),
      checks: { entryEveryMs: 300_000, exitEveryMs: null },
      staleAfterMs: 60_000,
    });
    const market = dayOf({ '09:15': flat(1_000), '09:16': flat(1_000), '09:20': flat(1_003), '09:21': flat(1_003) });
    const { events } = await run(configOf([set]), market);
    expect(fillsOf(events)[0]).toEqual(['buy', 1_003, at('09:20:00.1')]);
  });
});

describe('the pessimistic path', () => {
  const pessimistic = exchangeOf({ path: 'pessimistic' });
  const bars = { '09:15': flat(1_000), '09:16': flat(1_000), '09:17': [1_000, 1_012, 988, 1_005] } as const;
  const exitOf = async (direction: 'bullish' | 'bearish', path: 'straight' | 'pessimistic') => {
    const set = setOf({ strategy: signalsAt([at('09:16'), direction]), exits: { stopLoss: points(10), target: points(11) } });
    const { report } = await run(configOf([set], { simulation: { ...pessimistic, path } }), dayOf(bars));
    return report.roundTrips[0]?.exitReason;
  };

  it('lets a stop go before a target within one candle, on whichever side the position is', async () => {
    // Both extremes are equally far: the straight path goes to the low first.
    expect([await exitOf('bullish', 'straight'), await exitOf('bearish', 'straight')]).toEqual(['stopLoss', 'target']);
    expect([await exitOf('bullish', 'pessimistic'), await exitOf('bearish', 'pessimistic')]).toEqual(['stopLoss', 'stopLoss']);
  });

  it('moves a trailing stop at the candle’s end only', async () => {
    const trailing = { start: points(5), distance: points(3), step: null };
    const set = setOf({ strategy: signalsAt([at('09:16'), 'bullish']), exits: { trailing } });
    const market = dayOf({ ...bars, '09:17': [1_000, 1_012, 999, 1_011], '09:18': [1_011, 1_011, 1_000, 1_000] });
    const { events } = await run(configOf([set], { simulation: pessimistic }), market);
    expect(eventsOf(events, 'stopMoved')).toMatchObject([{ stop: 1_009, best: 1_012, at: at('09:17:59') }]);
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'trailingStop', price: 1_009 }]);
  });

  it('fills a market order at the worse of the prices at its decision and at its arrival', async () => {
    const set = setOf({ strategy: signalsAt([at('09:17'), 'bullish']) });
    const { events } = await run(configOf([set], { simulation: pessimistic }), dayOf({ '09:16': flat(1_000), '09:17': flat(990) }));
    expect(fillsOf(events)[0]).toEqual(['buy', 1_000, at('09:17:00.1')]);
  });
});

describe('an option that a feed brings only when it is held already', () => {
  const CALL = 'NFO:NIFTY03FEB2624000CE';
  const set = setOf({
    strategy: signalsAt([at('09:16'), 'bullish'], [at('09:20'), 'neutral', 'exit'], [at('09:22'), 'bullish']),
    underlyings: [INDEX],
    legs: [atTheMoney],
    exits: { stopLoss: points(40) },
  });
  const minutes = ['15', '16', '17', '18', '19', '20', '21', '22', '23'].map((minute) => `09:${minute}`);
  const index = dayOf(Object.fromEntries(minutes.map((minute) => [minute, flat(24_000)])), { instrument: INDEX });

  const outcome = async (recorded: readonly MarketBlock[]) => {
    const { report } = await run(configOf([set]), [arrayFeed(index), arrayFeed(recorded)]);
    return report.roundTrips.map(({ legs: [own] }) => [own?.premium, Math.round(own?.entryPrice ?? 0), Math.round(own?.exitPrice ?? 0)]);
  };

  // The model has some ₹82 for it, the recording 500.
  const expected = [
    ['model', 82, 81],
    ['recorded', 500, 500],
  ];

  it('is left at modelled prices, and entered at recorded ones the next time: candles', async () => {
    const bars = Object.fromEntries(minutes.slice(3).map((minute) => [minute, [500, 503, 497, 500] as const]));
    expect(await outcome(dayOf(bars, { instrument: CALL }))).toEqual(expected);
  });

  it('is left at modelled prices, and entered at recorded ones the next time: ticks and quotes', async () => {
    const quotes = minutes.slice(3).map((minute): Quote => [at(minute), 500, 499.9, 500.1]);
    expect(await outcome(ticksOf(CALL, ...quotes))).toEqual(expected);
  });
});

describe('a short day', () => {
  it('is squared off a quarter of an hour before its end', async () => {
    const set = setOf({ strategy: signalsAt([at('09:16'), 'bullish']), exits: { squareOff: 915 } });
    const market = dayOf(
      { '09:15': flat(1_000), '09:16': flat(1_000), '09:45': flat(1_010), '09:50': flat(1_020) },
      { hours: ['09:15', '10:00'] },
    );
    const { events } = await run(configOf([set]), market);
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'squareOff', at: at('09:45') }]);
    expect(fillsOf(events)[1]).toEqual(['sell', 1_010, at('09:45:00.1')]);
  });
});
