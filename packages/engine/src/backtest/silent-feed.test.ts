import { describe, expect, it } from 'vitest';

import type { Feed, MarketBlock } from '../plugins/feed.js';
import { time as at } from '../primitives/mondays.test-kit.js';
import { type EpochMs, formatMinuteOfDay, MINUTE_MS, minuteOfDay } from '../primitives/time.js';
import { type KeptJournal, keptJournal } from './kept-journal.test-kit.js';
import { dayOf, flat } from './market-day.test-kit.js';
import { configOf, run, setOf, type Told } from './run.test-kit.js';
import { signalsAt } from './scripted.test-kit.js';

const config = configOf([setOf({ strategy: signalsAt([at('09:20'), 'bullish']) })], {
  mode: 'paper',
  calendar: 'rules',
});

const watched = { ...config, risk: { ...config.risk, feedStaleMs: MINUTE_MS } };

/** Ten minutes at one price, in which a set enters, and the engine is stopped. */
async function heldBefore(): Promise<KeptJournal> {
  const journal = keptJournal();
  const stop = new AbortController();
  const market = dayOf(
    Object.fromEntries(Array.from({ length: 10 }, (_, i) => [formatMinuteOfDay(minuteOfDay('09:15') + i), flat(1_000)])),
  );
  const pacer = {
    until: (moment: EpochMs) => {
      if (moment >= at('09:24')) stop.abort();
      return Promise.resolve();
    },
  };
  await run(config, market, { journal, pacer, signal: stop.signal });
  return journal;
}

/** A live feed that never brings anything. Its time passes as fast as it is asked to. */
function silentFeed(since: EpochMs): Feed {
  return {
    name: 'silent',
    live: { since, until: () => new Promise((resolve) => setImmediate(resolve)) },
    instruments: [],
    blocks: () => ({
      [Symbol.asyncIterator]: (): AsyncIterator<MarketBlock> => ({
        next: () => new Promise(() => undefined),
        return: () => Promise.resolve({ done: true, value: undefined }),
      }),
    }),
    issues: () => [],
  };
}

/** Runs on a feed that brings nothing, until a person is told something. */
async function untilTold(since: EpochMs, journal: KeptJournal = keptJournal()): Promise<Told & { readonly alerts: readonly string[] }> {
  const stop = new AbortController();
  const alerts: string[] = [];
  const told = await run(watched, [silentFeed(since)], {
    journal,
    signal: stop.signal,
    onAlert: ({ code }) => {
      alerts.push(code);
      setImmediate(() => stop.abort());
    },
  });
  return { ...told, alerts };
}

describe('a live feed that never brings a point', () => {
  it('keeps nobody from going on with what is held, and a person is told of it', async () => {
    const told = await untilTold(at('09:30'), await heldBefore());
    expect(told.interrupted).toBe(true);
    expect(told.alerts).toContain('system/feed-stale');
    expect(told.guard).toContainEqual(expect.objectContaining({ kind: 'breakerTripped', code: 'system/feed-stale', at: at('09:31') }));
    expect(told.events).toContainEqual(expect.objectContaining({ kind: 'exitTriggered', rule: 'breaker' }));
  });

  it('keeps nobody from starting either', async () => {
    const told = await untilTold(at('09:30'));
    expect(told.events).toContainEqual(expect.objectContaining({ kind: 'setStarted' }));
    expect(told.alerts[0]).toBe('system/feed-stale');
  });

  it('is missed from the session’s open, where it is opened before', async () => {
    const told = await untilTold(at('08:45'));
    expect(told.guard).toContainEqual(expect.objectContaining({ kind: 'breakerTripped', at: at('09:16') }));
  });
});
