import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Journal } from '../journal/journal.js';
import { memoryJournal } from '../journal/memory-journal.js';
import { type BrokerDefinition, defineBroker } from '../plugins/broker.js';
import { type SeededRandom, seededRandom } from '../primitives/seeded-random.js';
import { busyConfig, walks } from './busy-market.test-kit.js';
import { eventsOf, run } from './run.test-kit.js';

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed);

/** Settles after some turns of the microtask queue, or in a later turn of the event loop: no two answers keep their order. */
function later<Value>(random: SeededRandom, value: Value): Promise<Value> {
  if (random.below(4) === 0) return new Promise((resolve) => setImmediate(resolve, value));
  let promise = Promise.resolve(value);
  for (let turns = random.below(6); turns > 0; turns -= 1) promise = promise.then((same) => same);
  return promise;
}

/** The simulated exchange behind a line on which some answers come at once and others whenever they come. */
function laggard(seed: number): BrokerDefinition {
  const random = seededRandom(seed);
  const soon = <Value>(value: Value): Value | Promise<Value> => (random.below(5) === 0 ? value : later(random, value));
  return defineBroker({
    name: 'paper',
    simulated: true,
    config: z.unknown(),
    connect: async (_, { venue }) =>
      later(random, {
        submit: (order) => soon(venue.submit(order)),
        modify: (change) => soon(venue.modify(change)),
        cancel: (orderId) => soon(venue.cancel(orderId)),
        orders: () => soon(venue.orders()),
        positions: () => soon(venue.positions()),
        close: () => undefined,
      }),
  });
}

/** A journal that has to be waited for, now and then. */
function slowJournal(seed: number): Journal {
  const random = seededRandom(seed);
  const memory = memoryJournal();
  return {
    ...memory,
    append(record) {
      memory.append(record);
      return random.below(2) === 0 ? undefined : later(random, undefined);
    },
  };
}

describe('a broker that answers at once and one whose answers come in any order', () => {
  it.each(SEEDS)('lead to the same journal, event for event (seed %i)', async (seed) => {
    const config = busyConfig(seed);
    const straight = await run(config, walks(seed));
    const late = await run(config, walks(seed), { plugins: [laggard(seed)], journal: slowJournal(seed) });
    expect(late.records).toEqual(straight.records);
    expect(late.report).toEqual(straight.report);
    expect(straight.report.decisionHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('have much to disagree about', async () => {
    const told = await Promise.all(SEEDS.slice(0, 6).map((seed) => run(busyConfig(seed), walks(seed))));
    const events = told.flatMap((one) => one.events);
    expect(eventsOf(events, 'legFilled').length).toBeGreaterThan(200);
    expect(new Set(eventsOf(events, 'setClosed').map(({ rule }) => rule)).size).toBeGreaterThanOrEqual(6);
    expect(eventsOf(events, 'entryRefused').some(({ code }) => code === 'account/slots')).toBe(true);
    // Several orders in one moment: only then the order of answers can matter.
    const moments = eventsOf(events, 'legOrderRequested').map(({ at }) => at);
    expect(new Set(moments).size).toBeLessThan(moments.length);
  });
});

describe('a run', () => {
  it('gives the same journal each time', async () => {
    const [one, other] = [await run(busyConfig(5), walks(5)), await run(busyConfig(5), walks(5))];
    expect(other.records).toEqual(one.records);
    expect(other.report.decisionHash).toBe(one.report.decisionHash);
  });

  it('acknowledges before it fills, and numbers its records without a gap', async () => {
    const { records, events } = await run(busyConfig(3), walks(3), { plugins: [laggard(3)] });
    expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, i) => i + 1));
    const seen = new Map<string, string[]>();
    for (const event of events) {
      const id =
        event.kind === 'legOrderRequested'
          ? event.order.orderId
          : event.kind === 'orderChanged'
            ? event.news.orderId
            : event.kind === 'legFilled'
              ? event.fill.orderId
              : null;
      if (id === null) continue;
      seen.set(id, [...(seen.get(id) ?? []), event.kind === 'orderChanged' ? event.news.kind : event.kind]);
    }
    expect(seen.size).toBeGreaterThan(10);
    for (const life of seen.values()) {
      if (life.length > 1) expect(life.slice(0, 3)).toEqual(['legOrderRequested', 'acknowledged', ...life.slice(2, 3)]);
      expect(['legFilled', 'legOrderRequested']).toContain(life.at(-1));
    }
  });
});
