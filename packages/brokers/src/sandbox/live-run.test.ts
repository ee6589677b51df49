import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  atIst,
  createRegistry,
  defineStrategy,
  type JournalRecord,
  minuteOfDay,
  openFileJournal,
  parseRunConfig,
  parseSandboxConfig,
  type RunConfig,
  runConfig,
  syntheticFeed,
} from '@sauda/engine';
import { map } from 'rxjs';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { type Sandbox, sandboxBroker, startSandbox } from './index.js';

/** Enters at every candle, now one way, now the other. */
const restless = defineStrategy({
  name: 'restless',
  summary: 'Enters at every candle.',
  params: z.strictObject({}),
  warmup: () => 0,
  signals: ({ market, set }) =>
    market.candles(set.underlying, set.chart).pipe(
      map(({ closeTime }, index) => ({
        kind: 'enter' as const,
        direction: index % 2 === 0 ? ('bullish' as const) : ('bearish' as const),
        at: closeTime,
        reason: 'another candle',
        values: {},
      })),
    ),
});

const registry = createRegistry([syntheticFeed, restless, sandboxBroker]);
const MADE_UP = { seed: 7, underlying: 'NSE_INDEX:NIFTY', start: '2026-11-23', days: 1 };
const running: Sandbox[] = [];

afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

async function started(speed = 300): Promise<Sandbox> {
  const { config, problems } = parseSandboxConfig({ port: 0, clock: { speed }, feeds: [{ use: 'synthetic', ...MADE_UP }] }, { registry });
  expect(problems).toEqual([]);
  if (config === null) throw new Error('The configuration is right.');
  const sandbox = await startSandbox({ config, registry, baseDir: '.' });
  running.push(sandbox);
  return sandbox;
}

/** Two accounts over the prices of one, of which one is live. Clocks of a fast market are far apart before anything has been sent. */
function liveConfig(port: number): RunConfig {
  const broker = { use: 'sandbox', port };
  const { config, problems } = parseRunConfig(
    {
      mode: 'live',
      accounts: [
        { id: 'real', capital: 500_000, live: true, broker },
        { id: 'shadow', capital: 500_000, broker },
      ],
      feeds: [{ use: 'broker', account: 'real' }],
      sets: [
        {
          id: 'one',
          strategy: { use: 'restless' },
          underlying: 'NSE_INDEX:NIFTY',
          accounts: ['real', 'shadow'],
          chart: { timeframe: '1m' },
          legs: [{ kind: 'option', side: 'buy' }],
          exits: { oppositeSignal: 'exit' },
          execution: { answerWithin: '2m', entryWithin: '5m', chase: { every: '1m' } },
        },
      ],
      store: { journal: 'not-used-here.db' },
      risk: { maxQuoteAge: 'off', feedStale: 'off', clockSkew: 'off', brokerLost: 'off' },
    },
    { registry },
  );
  expect(problems).toEqual([]);
  if (config === null) throw new Error('The configuration is right.');
  return config;
}

interface Sent {
  readonly account: string;
  readonly orderId: string;
}

const sentIn = (records: readonly JournalRecord[]): readonly Sent[] =>
  records.flatMap(({ instance, events }) =>
    events.flatMap((event) =>
      event.kind === 'orderSubmitted' ? [{ account: instance.slice(instance.lastIndexOf('|') + 1), orderId: event.orderId }] : [],
    ),
  );

/** Orders that the sandbox has of an account. */
async function bookOf({ port }: Sandbox, account: string): Promise<readonly string[]> {
  const never = (): never => {
    throw new Error('It has a server of its own.');
  };
  const broker = await sandboxBroker.connect(
    { host: '127.0.0.1', port },
    {
      account,
      capitalPaise: 1,
      venue: { submit: never, modify: never, cancel: never, orders: never, positions: never },
      onNews: () => undefined,
      onOutsideFill: () => undefined,
      onLine: () => undefined,
    },
  );
  const book = await broker.orders();
  await broker.close();
  return book?.orders.flatMap(({ orderId }) => orderId ?? []) ?? [];
}

describe('a live run on a sandbox', () => {
  it('sends the orders of a live account there, once each, and keeps those of another one on paper beside it', async () => {
    const sandbox = await started();
    const records: JournalRecord[] = [];
    const stop = new AbortController();
    const { report, interrupted } = await runConfig(liveConfig(sandbox.port), {
      registry,
      runId: 'r1',
      signal: stop.signal,
      onRecord: (record) => {
        records.push(record);
        const closed = records.filter(
          ({ instance, events }) => instance.endsWith('|real') && events.some(({ kind }) => kind === 'setClosed'),
        );
        if (closed.length === 3) stop.abort();
      },
    });
    expect(interrupted).toBe(true);
    const sent = sentIn(records);
    const real = sent.filter(({ account }) => account === 'real').map(({ orderId }) => orderId);
    expect(real.length).toBeGreaterThanOrEqual(6);
    expect(new Set(real).size).toBe(real.length);
    expect(sent.some(({ account }) => account === 'shadow')).toBe(true);
    expect(report.alerts.filter(({ code }) => code === 'account/position-mismatch')).toEqual([]);
    expect((await bookOf(sandbox, 'real')).toSorted()).toEqual(real.toSorted());
    expect(await bookOf(sandbox, 'shadow')).toEqual([]);
  });

  it('is not gone on with at a sandbox that was started anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sauda-live-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const open = () => openFileJournal(join(folder, 'journal.db'), { runId: 'r1', createdAt: 0 });
    const first = await started();
    const stop = new AbortController();
    const later = atIst('2026-11-23', minuteOfDay('09:20'));
    await runConfig(liveConfig(first.port), {
      registry,
      runId: 'r1',
      journal: await open(),
      signal: stop.signal,
      onRecord: ({ at }) => {
        if (at >= later) stop.abort();
      },
    });
    await first.close();
    const { port } = await started(1);
    const journal = await open();
    onTestFinished(() => journal.close());
    await expect(runConfig(liveConfig(port), { registry, runId: 'r1', journal })).rejects.toMatchObject({
      code: 'safety/journal-ahead',
      message: expect.stringMatching(
        /^The journal's last decision is of 2026-11-23 09:\d\d:\d\d, and the market is only at 2026-11-23 09:15:\d\d\.$/,
      ),
    });
  });

  it('is refused on prices that were made up', async () => {
    const { port } = await started();
    const config = { ...liveConfig(port), feeds: [{ use: 'synthetic', config: MADE_UP }] };
    await expect(runConfig(config, { registry })).rejects.toMatchObject({ code: 'safety/feed-not-live' });
  });
});
