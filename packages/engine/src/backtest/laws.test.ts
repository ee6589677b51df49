import fc from 'fast-check';
import { ignoreElements } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RunConfig } from '../config/run-config.js';
import { arrayFeed } from '../feeds/array-feed.js';
import type { JournalRecord } from '../journal/journal.js';
import { memoryJournal } from '../journal/memory-journal.js';
import type { CandleColumns } from '../market/candle.js';
import { signOf } from '../orders/order-request.js';
import type { Feed, MarketBlock } from '../plugins/feed.js';
import { defineStrategy } from '../plugins/strategy.js';
import { type EpochMs, MINUTE_MS } from '../primitives/time.js';
import { SHARE } from '../sets/ten-shares.test-kit.js';
import { busyConfig, INDEX, walks } from './busy-market.test-kit.js';
import { configOf, eventsOf, exchangeOf, run, setOf } from './run.test-kit.js';
import { averages } from './scripted.test-kit.js';

const seeds = fc.integer({ min: 0, max: 9_999 });

async function blocksOf(feed: Feed): Promise<readonly MarketBlock[]> {
  const blocks: MarketBlock[] = [];
  for await (const block of feed.blocks({ from: null, to: null })) blocks.push(block);
  return blocks;
}

/** Only the candles whose time is over at a moment; the days, with their hours, are known beforehand. */
function cutAt(blocks: readonly MarketBlock[], end: EpochMs): readonly MarketBlock[] {
  return blocks.map((block) => (block.kind === 'candles' ? { ...block, columns: firstRows(block.columns, end) } : block));
}

function firstRows(columns: CandleColumns, end: EpochMs): CandleColumns {
  const length = columns.closeTime.findIndex((time) => time > end);
  return { ...columns, length: length < 0 ? columns.length : length };
}

const upTo = (records: readonly JournalRecord[], end: EpochMs): readonly JournalRecord[] => records.filter(({ at }) => at < end);

/** When the last candle of a market is over: what is still open then is closed, which a market that goes on has no reason for. */
const lastClose = (market: readonly (readonly MarketBlock[])[]): EpochMs =>
  Math.max(
    ...market
      .flat()
      .map((block) => (block.kind === 'candles' ? (block.columns.closeTime[block.columns.length - 1] ?? -Infinity) : -Infinity)),
  );

describe('no decision knows what comes later', () => {
  it('leaves everything before a moment as it was when the data ends there', () =>
    fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 20, max: 230 }), async (seed, minute) => {
        const market = await Promise.all(walks(seed).map(blocksOf));
        const end = (market[0]?.[1]?.kind === 'candles' ? (market[0][1].columns.openTime[0] ?? 0) : 0) + minute * MINUTE_MS;
        const whole = await run(
          busyConfig(seed),
          market.map((blocks) => arrayFeed(blocks)),
        );
        const shorter = market.map((blocks) => cutAt(blocks, end));
        const cut = await run(
          busyConfig(seed),
          shorter.map((blocks) => arrayFeed(blocks)),
        );
        // Both markets can lack the last minute: then the data ends before the moment.
        const until = Math.min(end, lastClose(shorter));
        expect(upTo(cut.records, until)).toEqual(upTo(whole.records, until));
      }),
      { numRuns: 12, examples: [[7807, 80]] },
    ));

  it('fills at nothing but what the market has between a decision and its arrival', () =>
    fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 0, max: 3 }), async (seed, ticks) => {
        const config = busyConfig(seed, {
          simulation: exchangeOf({ slippage: { kind: 'ticks', ticks }, path: seed % 2 === 0 ? 'straight' : 'pessimistic' }),
        });
        const feeds = walks(seed);
        const { events } = await run(config, feeds);
        const columns = (await blocksOf(feeds[0])).flatMap((block) => (block.kind === 'candles' ? [block.columns] : []));
        const decided = new Map(eventsOf(events, 'legOrderRequested').map(({ order }) => [order.orderId, order.at]));
        for (const { fill } of eventsOf(events, 'legFilled')) {
          if (fill.instrument !== SHARE) continue;
          const [low, high] = rangeBetween(columns, decided.get(fill.orderId) ?? Number.NaN, fill.time);
          const room = (ticks + 1) * 0.05 + 1e-9;
          expect(fill.price).toBeGreaterThanOrEqual(low - room);
          expect(fill.price).toBeLessThanOrEqual(high + room);
          expect(fill.time).toBe((decided.get(fill.orderId) ?? Number.NaN) + 100);
        }
      }),
      { numRuns: 12 },
    ));
});

describe('a start in the middle of a day', () => {
  it('gives the same signals from then on as a start at the open, and as one that never stopped', () =>
    fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 0, max: 239 }), async (seed, minute) => {
        const config = configOf([setOf({ strategy: { use: 'averages', params: { fast: 2, slow: 5 } } })]);
        const [share] = walks(seed, 2);
        const market = await blocksOf(share);
        const open = (market[3]?.kind === 'candles' ? market[3].columns.openTime[0] : undefined) ?? 0;
        const startAt = open + minute * MINUTE_MS;
        const signals = async (start: EpochMs | null) => {
          const told = await run(config, [share], start === null ? {} : { startAt: start });
          return told.report.signals
            .map(({ time, direction, values }) => ({ time, direction, values }))
            .filter(({ time }) => time >= startAt);
        };
        const never = await signals(null);
        expect(await signals(startAt)).toEqual(never);
        expect(await signals(open)).toEqual(never);
      }),
      { numRuns: 15 },
    ));

  it('decides nothing before it', async () => {
    const [share] = walks(4, 2);
    const open = Date.parse('2026-02-03T03:45:00Z');
    const { records } = await run(configOf([setOf({ strategy: { use: averages.name, params: { fast: 2, slow: 5 } } })]), [share], {
      startAt: open + 30 * MINUTE_MS,
    });
    expect(records.length).toBeGreaterThan(10);
    for (const { at, events } of records) if (events[0]?.kind !== 'setStarted') expect(at).toBeGreaterThanOrEqual(open + 30 * MINUTE_MS);
  });
});

describe('money', () => {
  it('is what there was and what every round trip has netted, to the paisa', () =>
    fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { report, events } = await run(busyConfig(seed), walks(seed));
        const net = report.roundTrips.reduce((sum, { netPaise }) => sum + netPaise, 0);
        const gross = report.roundTrips.reduce((sum, { grossPaise }) => sum + grossPaise, 0);
        const fills = eventsOf(events, 'legFilled');
        const charges = fills.reduce((sum, { chargesPaise }) => sum + chargesPaise, 0);
        const cash = fills.reduce((sum, { fill }) => sum - signOf(fill.side) * Math.round(fill.price * 100) * fill.quantity, 0);
        expect(report.equity.at(-1)?.equityPaise).toBe(2 * 10_00_000_00 + net);
        expect(report.figures).toMatchObject({
          roundTrips: report.roundTrips.length,
          netPaise: net,
          grossPaise: gross,
          chargesPaise: gross - net,
        });
        expect([charges, cash]).toEqual([gross - net, gross]);
        expect(fills.reduce((sum, { realisedPaise }) => sum + realisedPaise, 0)).toBe(gross);
      }),
      { numRuns: 10 },
    ));

  it('leaves no position open, and sells of each instrument what was bought', () =>
    fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { events, records } = await run(busyConfig(seed), walks(seed));
        const units = new Map<string, number>();
        for (const { instance, events: told } of records) {
          for (const { fill } of eventsOf(told, 'legFilled')) {
            const held = `${instance} ${fill.instrument}`;
            units.set(held, (units.get(held) ?? 0) + signOf(fill.side) * fill.quantity);
          }
        }
        expect([...units.values()].every((left) => left === 0)).toBe(true);
        expect(eventsOf(events, 'setOpened').length).toBe(eventsOf(events, 'setClosed').length);
      }),
      { numRuns: 8 },
    ));
});

describe('a journal that keeps only its hash', () => {
  it('has the hash of one that keeps everything, and holds no record', async () => {
    const [slim, full] = [memoryJournal(), memoryJournal({ keep: 'all' })];
    const one = await run(busyConfig(1), walks(1), { journal: slim });
    const other = await run(busyConfig(1), walks(1), { journal: full });
    expect(one.report.decisionHash).toBe(other.report.decisionHash);
    expect(slim.records).toEqual([]);
    expect(slim.counts).toEqual(full.counts);
    expect(full.records).toEqual(one.records);
  });

  it('has another hash when one number is another', async () => {
    const base = await run(busyConfig(1), walks(1));
    const other = await run(busyConfig(1, { simulation: exchangeOf({ latency: { kind: 'fixed', ms: 101 } }) }), walks(1));
    expect(other.report.decisionHash).not.toBe(base.report.decisionHash);
  });
});

describe('somebody who looks at every tick', () => {
  const onlooker = defineStrategy({
    name: 'onlooker',
    summary: 'Watches ticks and says nothing.',
    params: z.object({}),
    warmup: () => 0,
    signals: ({ market, set }) => market.ticks(set.underlying).pipe(ignoreElements()),
  });
  const watched = (config: RunConfig): RunConfig => ({
    ...config,
    sets: [...config.sets, setOf({ id: 'onlooker', strategy: { use: 'onlooker', params: {} }, underlyings: [SHARE, INDEX] })],
  });
  const deeds = (records: readonly JournalRecord[]) =>
    records.filter(({ instance }) => !instance.startsWith('onlooker')).map(({ at, instance, events }) => ({ at, instance, events }));

  it('changes nothing for the others: candles that nobody looks into are the same as those that somebody does', () =>
    fc.assert(
      fc.asyncProperty(
        seeds,
        fc.constantFrom('straight', 'pessimistic'),
        fc.constantFrom('both', 'share', 'index'),
        async (seed, path, feeds) => {
          const config = busyConfig(seed, { simulation: exchangeOf({ path }) });
          // With a single feed whole candles are taken at once where nobody looks.
          const market = () => walks(seed).filter(({ name }) => feeds === 'both' || name === feeds);
          const alone = await run(config, market());
          const seen = await run(watched(config), market(), { plugins: [onlooker] });
          expect(deeds(seen.records)).toEqual(deeds(alone.records));
          expect(seen.report.equity).toEqual(alone.report.equity);
        },
      ),
      { numRuns: 30 },
    ));
});

/** The lowest and the highest price of the candles from the one that is under way at a decision, or was last, to the one at the arrival. */
function rangeBetween(blocks: readonly CandleColumns[], from: EpochMs, to: EpochMs): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  let last: readonly [number, number] = [Number.NaN, Number.NaN];
  for (const columns of blocks) {
    for (let row = 0; row < columns.length; row += 1) {
      const openTime = columns.openTime[row] ?? Number.NaN;
      if (openTime > to) break;
      const range = [columns.low[row] ?? Number.NaN, columns.high[row] ?? Number.NaN] as const;
      last = range;
      if ((columns.closeTime[row] ?? Number.NaN) < from) continue;
      low = Math.min(low, range[0]);
      high = Math.max(high, range[1]);
    }
  }
  return low === Infinity ? last : [low, high];
}
