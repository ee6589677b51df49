import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JournalRecord } from '../journal/journal.js';
import { type Grouping, groupBy } from '../portfolio/group-by.js';
import type { RoundTrip } from '../portfolio/round-trip.js';
import { time as at } from '../primitives/mondays.test-kit.js';
import { busyConfig, walks } from './busy-market.test-kit.js';
import { dayOf, flat } from './market-day.test-kit.js';
import type { ReportedRoundTrip, RunReport } from './report.js';
import { configOf, exchangeOf, run, setOf } from './run.test-kit.js';
import { signalsAt } from './scripted.test-kit.js';

const seeds = fc.integer({ min: 0, max: 9_999 });

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** A day on which ten shares are bought at 1000 and a stop at 990 is hit: 989.8 at the fill. */
const stopped = dayOf({ '09:15': flat(1000), '09:16': flat(1000), '09:17': [1000, 1004, 980, 985] });
const stopLoss = { kind: 'percent', share: 0.01 } as const;

describe('a reported round trip', () => {
  const oneDay = run(configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish']), exits: { stopLoss } })]), stopped);

  it('has its orders with the price of their decision, their fills, and why they leave', async () => {
    const { report } = await oneDay;
    const [trip] = report.roundTrips;
    expect(trip?.orders.map(({ id, purpose, rule, kind, status }) => [id, purpose, rule, kind, status])).toEqual([
      ['S0O1', 'entry', null, 'market', 'filled'],
      ['S0O2', 'exit', 'stopLoss', 'market', 'filled'],
    ]);
    expect(
      trip?.orders.map(({ decidedAt, decidedPrice, slippagePaise, fills }) => [decidedAt, decidedPrice, slippagePaise, fills]),
    ).toEqual([
      [at('09:16'), 1000, 0, [{ time: at('09:16:00.1'), quantity: 10, price: 1000, chargesPaise: 2427 }]],
      [at('09:17:23.75'), 990, 200, [{ time: at('09:17:23.85'), quantity: 10, price: 989.8, chargesPaise: 2644 }]],
    ]);
  });

  it('has its charges by kind', async () => {
    const { report } = await oneDay;
    // Bought for ₹10,000: exchange 30.70, SEBI 1, stamp 30, GST 18 % of 2031.70 is 365.71: 427, of which the paisa over goes to GST.
    // Sold for ₹9,898: tax 247.45, exchange 30.39, SEBI 0.99, GST 365.65: 644, of which SEBI and GST get one each.
    const charges = { brokeragePaise: 4000, sttPaise: 247, exchangePaise: 60, sebiPaise: 2, stampPaise: 30, gstPaise: 732 };
    expect(report.roundTrips).toMatchObject([{ charges, chargesPaise: 5071, product: 'MIS' }]);
    expect(report.figures.charges).toEqual({ ...charges, adjustmentsPaise: 0 });
  });

  it('points to the signal behind it', async () => {
    const { report } = await run(
      configOf([setOf({ strategy: signalsAt([at('09:16'), 'neutral'], [at('09:16'), 'bullish'], [at('09:17'), 'bullish']) })]),
      dayOf({ '09:15': flat(1000), '09:16': flat(1000), '09:17': flat(1000) }),
    );
    expect(report.signals.map(({ outcome }) => outcome)).toEqual(['set/neutral', 'entered', 'set/already-open']);
    expect(report.roundTrips.map(({ signal }) => signal)).toEqual([1]);
  });

  it('turned on a signal points to that one', async () => {
    const { report } = await run(
      configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish'], [at('09:18'), 'bearish']), exits: { oppositeSignal: 'reverse' } })]),
      dayOf({ '09:15': flat(1000), '09:16': flat(1000), '09:17': flat(1000), '09:18': flat(1007), '09:19': flat(1001) }),
    );
    expect(report.roundTrips.map(({ signal }) => signal)).toEqual([0, 1]);
  });

  it('that leaves in parts says of each order why', async () => {
    const points = (count: number) => ({ kind: 'points', points: count }) as const;
    const { report } = await run(
      configOf([
        setOf({ strategy: signalsAt([at('09:16'), 'bullish']), exits: { target: points(20), partial: [{ at: points(10), share: 0.3 }] } }),
      ]),
      dayOf({ '09:15': flat(1000), '09:16': flat(1000), '09:17': [1000, 1030, 1000, 1025] }),
    );
    expect(report.roundTrips[0]?.orders.map(({ rule, quantity }) => [rule, quantity])).toEqual([
      [null, 10],
      ['partialTarget', 3],
      ['target', 7],
    ]);
  });

  it('has the stop that rested at the exchange, cancelled or filled', async () => {
    const { report } = await run(
      configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish']), protection: 'exchange', exits: { stopLoss } })]),
      stopped,
    );
    expect(report.roundTrips[0]?.orders).toMatchObject([
      { purpose: 'entry' },
      { purpose: 'protect', kind: 'SL-M', trigger: 990, decidedPrice: 990, status: 'filled', fills: [{ quantity: 10 }] },
    ]);
  });
});

describe('the figures of a run', () => {
  it('say how long something was held, how much was dealt, and how often the money was turned over', async () => {
    const { report } = await run(
      configOf([setOf({ strategy: signalsAt([at('09:16'), 'bullish']), exits: { timeInTradeMs: 225_000 } })]),
      dayOf(Object.fromEntries(Array.from({ length: 8 }, (_, minute) => [`09:${15 + minute}`, flat(1000)]))),
    );
    // Held for 225.1 s of 375 minutes: it leaves so long after its fill, and is filled a tenth of a second later. Bought and sold for ₹10,000 each.
    expect(report.figures.exposure).toBeCloseTo(225.1 / (375 * 60), 12);
    expect(report.figures.tradedPaise).toBe(20_000_00);
    expect(report.figures.turnover).toBeCloseTo(20_000_00 / (report.equity[0]?.equityPaise ?? 0), 12);
  });

  it('have no exposure without a day', async () => {
    const { report } = await run(configOf([setOf()]), dayOf({}));
    expect(report.figures).toMatchObject({ roundTrips: 0, exposure: null, tradedPaise: 0, turnover: null });
  });
});

const tripOf = ({ legs, strategy = '', ...trip }: ReportedRoundTrip): RoundTrip => ({
  ...trip,
  strategy,
  entryTime: Math.min(...legs.map(({ entryTime }) => entryTime)),
  exitTime: Math.max(...legs.map(({ exitTime }) => exitTime)),
});

const GROUPINGS: readonly Grouping[] = ['strategy', 'set', 'underlying', 'account', 'weekday', 'hour'];

const FAULTS = [
  'duplicate',
  'reorder',
  'silence',
  'timeoutAfterAcceptance',
  'rejectAfterAck',
  'cancelByHand',
  'squareOffByHand',
  'lateFillNews',
] as const;

const faulty = FAULTS.map((kind) => ({ kind, chance: 0.02, from: null, to: null, times: null, account: null }));

/** A fill with the side of its order. */
const fillsOf = ({ orders }: ReportedRoundTrip) => orders.flatMap(({ id, side, fills }) => fills.map((fill) => ({ ...fill, id, side })));

describe('a busy run', () => {
  const options = fc.record({
    seed: seeds,
    contractNotes: fc.boolean(),
    protection: fc.constantFrom('engine' as const, 'exchange' as const),
    faults: fc.constantFrom([], faulty),
  });

  const play = async ({ seed, contractNotes, protection, faults }: typeof options extends fc.Arbitrary<infer One> ? One : never) => {
    const config = busyConfig(seed, { contractNotes, simulation: exchangeOf({ faults, seed }) });
    return run({ ...config, sets: config.sets.map((set) => ({ ...set, protection })) }, walks(seed, 2, 120));
  };

  it('accounts for every fill and every paisa, whatever the broker does', () =>
    fc.assert(
      fc.asyncProperty(options, async (chosen) => {
        const { report, records } = await play(chosen);
        const { roundTrips, figures, adjustments, signals } = report;
        for (const trip of roundTrips) {
          const fills = fillsOf(trip);
          const signed = (value: (fill: (typeof fills)[number]) => number) =>
            sum(fills.map((fill) => (fill.side === 'sell' ? 1 : -1) * value(fill)));
          expect(sum(Object.values(trip.charges))).toBe(trip.chargesPaise);
          expect(sum(fills.map(({ chargesPaise }) => chargesPaise))).toBe(trip.chargesPaise);
          expect(signed(({ price, quantity }) => Math.round(price * 100) * quantity)).toBe(trip.grossPaise);
          expect(signed(({ quantity }) => quantity)).toBe(0);
          expect(sum(fills.map(({ price, quantity }) => Math.round(price * 100) * quantity))).toBe(trip.tradedPaise);
          if (trip.signal !== null)
            expect(signals[trip.signal]).toMatchObject({ set: trip.set, account: trip.account, outcome: 'entered' });
          else expect(chosen.faults).toBe(faulty);
        }
        const reported = roundTrips.flatMap(fillsOf).map(({ id, time, quantity }) => `${id} ${time} ${quantity}`);
        expect(reported.sort()).toEqual(fillsOfClosed(records).sort());
        expect(sum(Object.values(figures.charges))).toBe(figures.chargesPaise);
        expect(figures.charges.adjustmentsPaise).toBe(sum(adjustments.map(({ chargesPaise }) => chargesPaise)));
      }),
      { numRuns: 16 },
    ));

  it('has figures by strategy, set, underlying, account, weekday and hour of which each adds up to the whole', () =>
    fc.assert(
      fc.asyncProperty(options, async (chosen) => {
        const { report } = await play({ ...chosen, contractNotes: false });
        for (const grouping of GROUPINGS) expect(wholeOf(report, grouping), grouping).toEqual(totalsOf(report));
      }),
      { numRuns: 8 },
    ));
});

/** The fills of everything that was closed: a set that still waits for news of an order at the end of the data has not closed what it held. */
function fillsOfClosed(records: readonly JournalRecord[]): string[] {
  const open = new Map<string, string[]>();
  const closed: string[] = [];
  for (const { instance, events } of records) {
    for (const event of events) {
      if (event.kind === 'legFilled') {
        const { orderId, time, quantity } = event.fill;
        open.set(instance, [...(open.get(instance) ?? []), `${orderId} ${time} ${quantity}`]);
      } else if (event.kind === 'setClosed') {
        closed.push(...(open.get(instance) ?? []));
        open.delete(instance);
      }
    }
  }
  return closed;
}

const totalsOf = ({ figures: { roundTrips, grossPaise, chargesPaise, netPaise } }: RunReport) => ({
  roundTrips,
  grossPaise,
  chargesPaise,
  netPaise,
});

const wholeOf = ({ roundTrips }: RunReport, grouping: Grouping) => {
  const groups = groupBy(roundTrips.map(tripOf), grouping).map(({ figures }) => figures);
  return {
    roundTrips: sum(groups.map((figures) => figures.roundTrips)),
    grossPaise: sum(groups.map((figures) => figures.grossPaise)),
    chargesPaise: sum(groups.map((figures) => figures.chargesPaise)),
    netPaise: sum(groups.map((figures) => figures.netPaise)),
  };
};
