import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sandboxBroker, startSandbox } from '@sauda/brokers/sandbox';
import {
  createRegistry,
  type JournalRecord,
  openFileJournal,
  type Problem,
  parseRunConfig,
  parseSandboxConfig,
  type RunConfig,
  runConfig,
  type SandboxConfig,
  syntheticFeed,
} from '@sauda/engine';
import { emaCrossover } from '@sauda/strategies/ema-crossover';
import { afterAll, expect, it } from 'vitest';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sauda-example-'));
const registry = createRegistry([syntheticFeed, sandboxBroker, emaCrossover]);

afterAll(() => rmSync(folder, { recursive: true }));

const written = (file: string): Record<string, unknown> => parse(readFileSync(join(here, file), 'utf8'));

function right<Config>({ config, problems }: { readonly config: Config | null; readonly problems: readonly Problem[] }): Config {
  expect(problems).toEqual([]);
  if (config === null) throw new Error('It has no problems.');
  return config;
}

/** The exchange of the example, on a free port and faster. */
const exchangeConfig = (): SandboxConfig => ({
  ...right(parseSandboxConfig(written('sandbox.config.yaml'), { registry })),
  port: 0,
  speed: 200,
});

/** The engine of the example, for an exchange on another port. */
function engineConfig(port: number): RunConfig {
  const config = right(parseRunConfig(written('sauda.config.yaml'), { registry }));
  const accounts = config.accounts.map((account) => ({ ...account, broker: { use: 'sandbox', config: { host: '127.0.0.1', port } } }));
  const risk = { ...config.risk, feedStaleMs: null, brokerLostMs: null, maxQuoteAgeMs: null };
  return { ...config, accounts, risk };
}

/** Runs the engine until it has decided something. */
async function runUntil(kind: string, port: number): Promise<readonly JournalRecord[]> {
  const journal = await openFileJournal(join(folder, 'journal.db'), { runId: 'k3x9', createdAt: 0 });
  const records: JournalRecord[] = [];
  const stop = new AbortController();
  await runConfig(engineConfig(port), {
    registry,
    journal,
    runId: 'k3x9',
    signal: stop.signal,
    onRecord: (record) => {
      records.push(record);
      if (record.events.some((event) => event.kind === kind)) stop.abort();
    },
  });
  return records;
}

const idsOf = (records: readonly JournalRecord[]): readonly string[] =>
  records.flatMap(({ events }) => events.flatMap((event) => (event.kind === 'orderSubmitted' ? [event.orderId] : [])));

it('the engine of the example leaves what it held when it was stopped, at an exchange that went on without it', async () => {
  const told: string[] = [];
  const sandbox = await startSandbox({ config: exchangeConfig(), registry, baseDir: here, onEvent: (event) => told.push(event) });
  const before = await runUntil('setOpened', sandbox.port);
  const after = await runUntil('setClosed', sandbox.port);
  await sandbox.close();
  expect(idsOf(before)).toHaveLength(1);
  expect(idsOf(after).length).toBeGreaterThanOrEqual(1);
  expect(idsOf(after)).not.toContain(idsOf(before)[0]);
  expect(after.flatMap(({ events }) => events.map(({ kind }) => kind))).not.toContain('setOpened');
  expect(told.filter((event) => event.startsWith('main ')).slice(0, 3)).toEqual([
    'main is here; it holds nothing.',
    expect.stringMatching(/^main has gone; it holds 65 NFO:NIFTY/),
    expect.stringMatching(/^main is back; it holds 65 NFO:NIFTY/),
  ]);
});
