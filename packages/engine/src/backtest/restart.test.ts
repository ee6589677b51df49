import { describe, expect, it } from 'vitest';

import type { RunConfig } from '../config/run-config.js';
import type { MarketBlock } from '../plugins/feed.js';
import { time as at } from '../primitives/mondays.test-kit.js';
import { formatMinuteOfDay, MINUTE_MS, minuteOfDay } from '../primitives/time.js';
import { paper } from '../runtime/paper.test-kit.js';
import { RunControl } from '../runtime/run-control.js';
import { type KeptJournal, Killed, keptJournal } from './kept-journal.test-kit.js';
import { dayOf, flat } from './market-day.test-kit.js';
import { configOf, eventsOf, run, setOf } from './run.test-kit.js';
import { signalsAt } from './scripted.test-kit.js';

/** An hour of minutes at one price. */
const calm = (): readonly MarketBlock[] =>
  dayOf(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [formatMinuteOfDay(minuteOfDay('09:15') + i), flat(1_000)])));

const bullishAt = (...times: readonly string[]) => signalsAt(...times.map((time) => [at(time), 'bullish'] as const));

/** Runs until so many records are kept, and is killed then. */
async function killed(
  journal: KeptJournal,
  config: RunConfig,
  market: readonly MarketBlock[],
  { records, ...options }: { readonly records: number } & Parameters<typeof run>[2],
): Promise<void> {
  journal.diesAt = records;
  await expect(run(config, market, { ...options, journal })).rejects.toThrow(Killed);
  journal.diesAt = Infinity;
}

/** Runs until a moment, and is interrupted then. */
async function interrupted(
  journal: KeptJournal,
  until: string,
  ...[config, market, options]: readonly [RunConfig, readonly MarketBlock[], Parameters<typeof run>[2]?]
) {
  const stop = new AbortController();
  const pacer = {
    until: (moment: number) => {
      if (moment >= at(until)) stop.abort();
      return Promise.resolve();
    },
  };
  return run(config, market, { ...options, journal, pacer, signal: stop.signal });
}

const kindsAt = (journal: KeptJournal, kind: string): number =>
  journal.records.findIndex(({ events }) => events.some((event) => event.kind === kind)) + 1;

/** How many records a run has kept when it first journals a kind of event. */
async function recordsUntil(kind: string, config: RunConfig, market: readonly MarketBlock[]): Promise<number> {
  const journal = keptJournal();
  await run(config, market, { journal });
  return kindsAt(journal, kind);
}

describe('a run that goes on from a journal', () => {
  it('numbers its records on, and decides nothing of before', async () => {
    const config = configOf([setOf({ strategy: bullishAt('09:20', '09:40'), exits: { timeInTradeMs: 5 * MINUTE_MS } })], { mode: 'paper' });
    const journal = keptJournal();
    await interrupted(journal, '09:30', config, calm());
    const { length } = journal.records;
    const last = journal.records.at(-1)?.at ?? 0;
    const told = await run(config, calm(), { journal });
    expect(told.records.map(({ sequence }) => sequence)).toEqual(told.records.map((_, i) => length + 1 + i));
    expect(told.records.every((record) => record.at >= last)).toBe(true);
    expect(eventsOf(told.events, 'setOpened')).toHaveLength(1);
    expect(told.report.signals.map(({ time, outcome }) => [time, outcome])).toEqual([[at('09:40'), 'entered']]);
  });

  it('is where one that was never interrupted is', async () => {
    const config = configOf([setOf({ strategy: bullishAt('09:20', '09:40'), exits: { timeInTradeMs: 5 * MINUTE_MS } })], { mode: 'paper' });
    const [whole, parts] = [keptJournal(), keptJournal()];
    await run(config, calm(), { journal: whole });
    await interrupted(parts, '09:30', config, calm());
    await run(config, calm(), { journal: parts });
    const ofSets = ({ records }: KeptJournal) => records.filter(({ instance }) => instance.includes('|'));
    expect(ofSets(parts).length).toBeGreaterThan(10);
    // Looking for what was on its way leaves no trace where nothing was.
    expect(ofSets(parts).map(({ at: time, events }) => [time, events.map(({ kind }) => kind)])).toEqual(
      ofSets(whole).map(({ at: time, events }) => [time, events.map(({ kind }) => kind)]),
    );
  });

  it('takes up at the very moment at which it died what was still to be decided then, and enters nothing before the books agree', async () => {
    const config = configOf([setOf({ id: 'one', strategy: bullishAt('09:30') }), setOf({ id: 'two', strategy: bullishAt('09:30') })], {
      mode: 'paper',
    });
    const journal = keptJournal();
    await killed(journal, config, calm(), { records: await recordsUntil('signalSeen', config, calm()) });
    const told = await run(config, calm(), { journal });
    expect(told.report.signals.map(({ set, outcome }) => [set, outcome])).toEqual([
      ['one', 'account/not-reconciled'],
      ['two', 'account/not-reconciled'],
    ]);
  });

  it('leaves at once what was to be squared off at the very moment at which it died', async () => {
    const exits = { squareOff: minuteOfDay('09:40') };
    const config = configOf(
      [setOf({ id: 'one', strategy: bullishAt('09:20'), exits }), setOf({ id: 'two', strategy: bullishAt('09:20'), exits })],
      {
        mode: 'paper',
      },
    );
    const journal = keptJournal();
    await killed(journal, config, calm(), { records: await recordsUntil('exitTriggered', config, calm()) });
    const told = await run(config, calm(), { journal });
    expect(eventsOf(told.events, 'exitTriggered').filter(({ rule }) => rule === 'squareOff')).toHaveLength(1);
    expect(eventsOf(told.events, 'setClosed').map(({ rule }) => rule)).toEqual(['squareOff', 'squareOff']);
  });

  it('books one contract note a day, whatever the day was interrupted by', async () => {
    const config = configOf([setOf({ strategy: bullishAt('09:20', '09:40'), exits: { timeInTradeMs: 5 * MINUTE_MS } })], {
      mode: 'paper',
      contractNotes: true,
    });
    const adjusted = ({ records }: KeptJournal): readonly number[] =>
      records.flatMap(({ events }) => events.flatMap((event) => (event.kind === 'chargesAdjusted' ? [event.chargesPaise] : [])));
    const [whole, stopped, dead] = [keptJournal(), keptJournal(), keptJournal()];
    await run(config, calm(), { journal: whole });
    expect(adjusted(whole)).toHaveLength(1);
    await interrupted(stopped, '09:30', config, calm());
    await run(config, calm(), { journal: stopped });
    expect(adjusted(stopped)).toEqual(adjusted(whole));
    await killed(dead, config, calm(), { records: await recordsUntil('setClosed', config, calm()) });
    await run(config, calm(), { journal: dead });
    expect(adjusted(dead)).toEqual(adjusted(whole));
  });

  it('holds what it held at the simulated exchange, too', async () => {
    const config = configOf([setOf({ strategy: bullishAt('09:20'), exits: { timeInTradeMs: 25 * MINUTE_MS } })], { mode: 'paper' });
    const journal = keptJournal();
    await interrupted(journal, '09:30', config, calm());
    const told = await run(config, calm(), { journal });
    expect(told.guard.filter(({ kind }) => kind === 'positionMismatched')).toEqual([]);
    expect(told.report.roundTrips.map(({ exitReason }) => exitReason)).toEqual(['timeInTrade']);
  });

  it('leaves a set stopped that a person has stopped', async () => {
    const config = configOf([setOf({ strategy: bullishAt('09:40') })], { mode: 'paper' });
    const control = new RunControl();
    control.sendAt(at('09:25'), { kind: 'stop', set: 'one', by: 'asha' });
    const journal = keptJournal();
    await interrupted(journal, '09:30', config, calm(), { control });
    const told = await run(config, calm(), { journal });
    expect(told.report.signals.map(({ outcome }) => outcome)).toEqual(['set/stopped']);
  });
});

describe('a run that fails', () => {
  it('closes its lines all the same', async () => {
    const closed: string[] = [];
    const closing = paper(({ account }) => ({
      close: () => {
        closed.push(account);
      },
    }));
    const journal = keptJournal();
    await killed(journal, configOf([setOf({ strategy: bullishAt('09:20') })]), calm(), { plugins: [closing], records: 3 });
    expect(closed).toEqual(['main']);
  });
});
