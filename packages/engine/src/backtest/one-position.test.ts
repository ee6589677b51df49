import { describe, expect, it } from 'vitest';

import { arrayFeed } from '../feeds/array-feed.js';
import { time as at, MONDAY, TUESDAY } from '../primitives/mondays.test-kit.js';
import type { ExitsConfig } from '../sets/set-config.js';
import { type Bar, dayOf, flat } from './market-day.test-kit.js';
import { configOf, eventsOf, exchangeOf, fillsOf, run, setOf } from './run.test-kit.js';
import { signalsAt } from './scripted.test-kit.js';

/** Ten shares bought at 1000, a tenth of a second after 09:16; then the bars from 09:17 on, each in its minute. */
const bought = (exits: Partial<ExitsConfig>, ...bars: readonly Bar[]) =>
  run(
    configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish']), exits })]),
    dayOf({ '09:15': flat(1000), '09:16': flat(1000), ...Object.fromEntries(bars.map((bar, i) => [`09:${17 + i}`, bar])) }),
  );

const points = (count: number) => ({ kind: 'points', points: count }) as const;

describe('one position, worked out by hand', () => {
  it('enters a tenth of a second after the close that spoke, at the price of that moment', async () => {
    const { events, report } = await run(
      configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish']) })]),
      // From 1000 the price falls to its nearer extreme, 997, within a quarter of a minute: two paise in the first tenth of a second.
      dayOf({ '09:15': flat(990), '09:16': [1000, 1010, 997, 1005] }),
    );
    expect(fillsOf(events)[0]).toEqual(['buy', 1000, at('09:16:00.1')]);
    expect(report.signals).toMatchObject([{ time: at('09:16'), direction: 'bullish', outcome: 'entered' }]);
    // 997 at 15 s, 1010 at 30 s, 1005 at 59 s, and nothing afterwards: the end of the data is the end of the candle.
    expect(fillsOf(events)[1]).toEqual(['sell', 1005, at('09:17:00.1')]);
    expect(report.roundTrips[0]?.exitReason).toBe('endOfData');
  });

  it('is stopped at its level, at the time at which the path is there, and filled a tenth of a second later', async () => {
    // 1004 at 15 s, 980 at 30 s: 990 is passed 8.75 s after the high. A tenth of a second later it is 989.84.
    const { events, report } = await bought({ stopLoss: { kind: 'percent', share: 0.01 } }, [1000, 1004, 980, 985]);
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'stopLoss', price: 990, at: at('09:17:23.75') }]);
    expect(fillsOf(events)).toEqual([
      ['buy', 1000, at('09:16:00.1')],
      ['sell', 989.8, at('09:17:23.85')],
    ]);
    // Bought for ₹10,000: brokerage ₹20, 0.00307 % to the exchange, 0.0001 % to SEBI, 18 % of those, 0.003 % stamp. Sold: 0.025 % tax, no stamp.
    expect(eventsOf(events, 'legFilled').map(({ chargesPaise }) => chargesPaise)).toEqual([2427, 2644]);
    expect(report.roundTrips).toMatchObject([{ exitReason: 'stopLoss', grossPaise: -10200, chargesPaise: 5071, netPaise: -15271 }]);
    expect(report.equity).toEqual([{ date: MONDAY, equityPaise: 10_00_000_00 - 15271 }]);
  });

  it('reaches its target on the way from one extreme to the other', async () => {
    // 995 at 15 s, 1030 at 30 s: 1020 after 25.714 s, told at the next whole millisecond; 1020.235 at the fill.
    const { events, report } = await bought({ target: points(20) }, [1000, 1030, 995, 1025]);
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'target', price: 1020, at: at('09:17:25.715') }]);
    expect(fillsOf(events)[1]).toEqual(['sell', 1020.2, at('09:17:25.815')]);
    expect(report.roundTrips[0]).toMatchObject({ exitReason: 'target', grossPaise: 20200 });
  });

  it('trails: the stop follows the high of one minute and is hit in the next', async () => {
    const trailing = { start: points(10), distance: points(5), step: null };
    const { events } = await bought({ stopLoss: points(50), trailing }, [1000, 1015, 998, 1012], [1012, 1013, 1001, 1002]);
    expect(eventsOf(events, 'stopMoved')).toMatchObject([{ stop: 1010, best: 1015, at: at('09:17:30') }]);
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'trailingStop', price: 1010, at: at('09:18:18.75') }]);
    expect(fillsOf(events)[1]).toEqual(['sell', 1009.9, at('09:18:18.85')]);
  });

  it('leaves a quarter at the first target and the rest at the second, each part at its share of the cost', async () => {
    const { events, report } = await bought({ target: points(20), partial: [{ at: points(10), share: 0.3 }] }, [1000, 1030, 1000, 1025]);
    // The low is the open, so the first quarter of the minute stands still: 1010 after 20 s, 1020 after 25 s.
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([
      { rule: 'partialTarget', price: 1010, quantity: 3, at: at('09:17:20') },
      { rule: 'target', price: 1020, quantity: 7, at: at('09:17:25') },
    ]);
    expect(fillsOf(events).slice(1)).toEqual([
      ['sell', 1010.2, at('09:17:20.1')],
      ['sell', 1020.2, at('09:17:25.1')],
    ]);
    expect(report.roundTrips).toMatchObject([{ grossPaise: 3 * 1020 + 7 * 2020, exitReason: 'target' }]);
  });

  it('leaves so long after its fill', async () => {
    const { events } = await bought({ timeInTradeMs: 90_000 }, [1001, 1001, 1001, 1001]);
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'timeInTrade', at: at('09:17:30.1') }]);
    expect(fillsOf(events)[1]).toEqual(['sell', 1001, at('09:17:30.2')]);
  });

  it('leaves at 15:15 sharp, at the price a tenth of a second later', async () => {
    const { events, report } = await run(
      configOf([setOf({ strategy: signalsAt([at('15:10'), 'bearish'], [at('15:17'), 'bearish']), exits: { squareOff: 915 } })]),
      dayOf({ '15:09': flat(1000), '15:10': flat(1000), '15:14': flat(1003), '15:15': flat(1004), '15:16': flat(900), '15:17': flat(900) }),
    );
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'squareOff', price: 1003, at: at('15:15') }]);
    expect(fillsOf(events)).toEqual([
      ['sell', 1000, at('15:10:00.1')],
      ['buy', 1004, at('15:15:00.1')],
    ]);
    expect(report.roundTrips).toMatchObject([{ grossPaise: -4000 }]);
    expect(report.signals.map(({ outcome }) => outcome)).toEqual(['entered', 'set/after-square-off']);
  });

  it('turns on the opposite signal: out and in again, each a tenth of a second after its decision', async () => {
    const { events, report } = await run(
      configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish'], [at('09:18'), 'bearish']), exits: { oppositeSignal: 'reverse' } })]),
      dayOf({ '09:15': flat(1000), '09:16': flat(1000), '09:17': flat(1000), '09:18': flat(1007), '09:19': flat(1001) }),
    );
    expect(fillsOf(events)).toEqual([
      ['buy', 1000, at('09:16:00.1')],
      ['sell', 1007, at('09:18:00.1')],
      ['sell', 1007, at('09:18:00.2')],
      ['buy', 1001, at('09:20:00.1')],
    ]);
    expect(report.roundTrips.map(({ exitReason, grossPaise }) => [exitReason, grossPaise])).toEqual([
      ['oppositeSignal', 7000],
      ['endOfData', 6000],
    ]);
    expect(report.signals.map(({ outcome }) => outcome)).toEqual(['entered', 'entered']);
  });

  it('leaves when the strategy says so, and when the underlying leaves its range', async () => {
    const asked = await run(
      configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish'], [at('09:18'), 'neutral', 'exit']) })]),
      dayOf({ '09:15': flat(1000), '09:16': flat(1000), '09:17': flat(1002), '09:18': flat(1003) }),
    );
    expect(asked.report.roundTrips).toMatchObject([{ exitReason: 'strategyExit', grossPaise: 3000 }]);
    const range = await bought({ underlyingRange: { below: 995, above: 1010 } }, [1000, 1001, 985, 990]);
    // 1001 at 15 s, 985 at 30 s: 995 after 20.625 s.
    expect(eventsOf(range.events, 'exitTriggered')).toMatchObject([{ rule: 'underlyingRange', price: 995, at: at('09:17:20.625') }]);
  });

  it('pays slippage on both sides', async () => {
    const config = configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish']) })], {
      simulation: exchangeOf({ slippage: { kind: 'ticks', ticks: 2 } }),
    });
    const { events } = await run(config, dayOf({ '09:15': flat(1000), '09:16': flat(1000) }));
    expect(fillsOf(events).map(([side, price]) => [side, price])).toEqual([
      ['buy', 1000.1],
      ['sell', 999.9],
    ]);
  });
});

describe('a gap in the data', () => {
  const strategy = signalsAt([at('09:17'), 'bullish']);

  it('fills what arrives in it at the last price before it, not at one that came afterwards', async () => {
    const { events } = await run(configOf([setOf({ strategy })]), dayOf({ '09:16': [1000, 1002, 998, 1001], '10:30': flat(1500) }));
    expect(fillsOf(events)[0]).toEqual(['buy', 1001, at('09:17:00.1')]);
  });

  it('leaves a stop that the price jumped over at the price behind the gap', async () => {
    const { events } = await run(
      configOf([setOf({ strategy, exits: { stopLoss: points(10) } })]),
      dayOf({ '09:16': flat(1000), '10:30': [980, 985, 980, 983] }),
    );
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'stopLoss', price: 980, at: at('10:30') }]);
    // Up to 985 within half a minute, the low first: the price stands still for the first quarter.
    expect(fillsOf(events)[1]).toEqual(['sell', 980, at('10:30:00.1')]);
  });

  it('squares off within it at the last price before it', async () => {
    const { events } = await run(
      configOf([setOf({ strategy, exits: { squareOff: 915 } })]),
      dayOf({ '09:16': flat(1000), '09:17': flat(1004), '15:20': flat(900) }),
    );
    expect(fillsOf(events)[1]).toEqual(['sell', 1004, at('15:15:00.1')]);
  });

  it('carries a position over the night, and judges it by the morning', async () => {
    const market = [...dayOf({ '09:16': flat(1000), '09:17': flat(1000) }), ...dayOf({ '09:15': [950, 955, 949, 950] }, { date: TUESDAY })];
    const { events, report } = await run(configOf([setOf({ strategy, product: 'CNC', exits: { stopLoss: points(20) } })]), market);
    expect(eventsOf(events, 'exitTriggered')).toMatchObject([{ rule: 'stopLoss', price: 950, at: at('09:15', TUESDAY) }]);
    // The low is nearer: 949 after a quarter of a minute, so 949.993 at the fill.
    expect(fillsOf(events)[1]).toEqual(['sell', 949.95, at('09:15:00.1', TUESDAY)]);
    expect(report.equity.map(({ date }) => date)).toEqual([MONDAY, TUESDAY]);
  });
});

describe('the end of the data', () => {
  const last = { '15:27': flat(1000), '15:28': flat(1000), '15:29': flat(1004) };

  it('closes what was to leave at the close of the last session, when the next would begin', async () => {
    const { events, report } = await run(
      configOf([setOf({ strategy: signalsAt([at('15:28'), 'bullish'], [at('15:30'), 'bearish']), exits: { oppositeSignal: 'reverse' } })]),
      dayOf(last),
    );
    expect(eventsOf(events, 'exitPostponed')).toMatchObject([{ at: at('15:30'), retryAt: at('09:15', TUESDAY) }]);
    expect(fillsOf(events)[1]).toEqual(['sell', 1004, at('09:15:00.1', TUESDAY)]);
    expect(report.roundTrips).toMatchObject([{ exitReason: 'oppositeSignal', grossPaise: 4000 }]);
    // Out, but not in again: an entry keeps the exchange's hours.
    expect(eventsOf(events, 'entryRefused')).toMatchObject([{ at: at('09:15:00.1', TUESDAY) }]);
  });

  it('enters nothing after the close', async () => {
    const { report } = await run(configOf([setOf({ strategy: signalsAt([at('15:30'), 'bullish']) })]), dayOf(last));
    expect(report.signals.map(({ outcome }) => outcome)).toEqual(['order/outside-trading-hours']);
    expect(report.roundTrips).toEqual([]);
  });

  it('is nothing to a run without any', async () => {
    const { report, records } = await run(configOf([setOf()]), [arrayFeed([])]);
    expect([report.candles, report.roundTrips.length, records.length]).toEqual([0, 0, 0]);
  });
});
