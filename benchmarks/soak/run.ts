/**
 * Plays a great many random schedules of sets, prices, faults, commands and deaths of the engine against the simulated exchange, and looks whether
 * anything is ever as it must not be: `npm run soak -- --schedules 1000000 --seed 1`. One that broke something is written to a file, and played
 * again, with its journal, by `npm run soak -- --replay soak-violation.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

import { Coverage } from './coverage.js';
import { replayed } from './replay.js';
import type { Schedule } from './schedule.js';
import { playShard, type ShardResult } from './shard.js';

/** Schedules of one errand of a worker. */
const SHARD = 500;

/** Of a million schedules every pair of fault and order state has to come up so often. */
const PAIR_SHARE = 1_000 / 1_000_000;

/** In fewer schedules chance alone leaves out a pair. */
const PAIRS_COUNT_FROM = 20_000;

const VIOLATION_FILE = 'soak-violation.json';

interface Errand {
  readonly seed: number;
  readonly count: number;
}

function work(): void {
  parentPort?.on('message', ({ seed, count }: Errand) => parentPort?.postMessage(playShard(seed, count)));
}

async function soak(total: number, seed: number, workers: number): Promise<void> {
  const started = performance.now();
  const coverage = new Coverage();
  const violations: NonNullable<ShardResult['violation']>[] = [];
  let played = 0;
  let shard = 0;
  let toldAt = started;
  const next = (): Errand | null => {
    const count = Math.min(SHARD, total - shard * SHARD);
    if (count <= 0) return null;
    shard += 1;
    return { seed: shardSeed(seed, shard), count };
  };
  const take = ({ schedules, counts, violation }: ShardResult): void => {
    played += schedules;
    coverage.add(counts);
    if (violation !== null) violations.push(violation);
    const now = performance.now();
    if (now - toldAt < 10_000) return;
    toldAt = now;
    const left = ((total - played) / played) * ((now - started) / 1000);
    process.stderr.write(
      `${played.toLocaleString('en-IN')} schedules, ${violations.length} violations, about ${Math.ceil(left)} s to go\n`,
    );
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(workers, Math.ceil(total / SHARD))) }, () => employ(next, take)));
  report(coverage, violations, played, (performance.now() - started) / 1000);
}

/** Has a worker do one errand after the other until none is left. */
function employ(next: () => Errand | null, take: (result: ShardResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(process.env['SAUDA_PROGRAM'] ?? (process.argv[1] as string));
    const send = (): void => {
      const errand = next();
      if (errand !== null) worker.postMessage(errand);
      else void worker.terminate().then(() => resolve());
    };
    worker.on('message', (result: ShardResult) => {
      take(result);
      send();
    });
    worker.on('error', reject);
    send();
  });
}

function report(coverage: Coverage, violations: readonly NonNullable<ShardResult['violation']>[], played: number, seconds: number): void {
  const lines = ['How often each fault struck an order in each state, as the engine knew it then:', '', coverage.table(), ''];
  const rare = played < PAIRS_COUNT_FROM ? [] : coverage.rarerThan(Math.floor(played * PAIR_SHARE));
  if (rare.length > 0) lines.push(`Too rare to count as tried: ${rare.join(', ')}.`, '');
  const [first] = violations;
  if (first !== undefined) {
    writeFileSync(VIOLATION_FILE, `${JSON.stringify(first.schedule)}\n`);
    for (const { message } of violations) lines.push(`Violation: ${message}`);
    lines.push('', `The smallest schedule that breaks the first of them is in ${VIOLATION_FILE}.`, '');
  }
  lines.push(`${seconds.toFixed(0)} s, ${((seconds * 1000) / played).toFixed(2)} ms a schedule.`);
  lines.push(`${played} schedules, ${violations.length} violations`);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = violations.length > 0 || rare.length > 0 ? 1 : 0;
}

/** Seeds of the parts of a run, far from those of other runs. */
const shardSeed = (seed: number, shard: number): number => (Math.imul(seed, 0x9e3779b1) + Math.imul(shard, 0x85ebca77)) | 0;

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      replay: { type: 'string' },
    },
  });
  if (values.replay === undefined) await soak(Number(values.schedules), Number(values.seed), Number(values.workers));
  else process.stdout.write(`${replayed(JSON.parse(readFileSync(values.replay, 'utf8')) as Schedule)}\n`);
} else work();
