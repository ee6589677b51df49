import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compileSources } from './compiled-sources.test-kit.js';
import type { FileJournal } from './file-journal.js';
import { JournalFolder, presentDrivers } from './journal-folder.test-kit.js';
import { numberedRecord, numberedRecords } from './numbered-record.test-kit.js';
import { openFileJournal } from './open-file-journal.js';
import type { SqliteDriver } from './sqlite-driver.js';

/** An engine in a process of its own: it says `open`, and then the number of each record when it has been appended, without end. */
const ENGINE = `
import { writeSync } from 'node:fs';
import { numberedRecord } from './journal/numbered-record.test-kit.js';
import { openFileJournal } from './journal/open-file-journal.js';

const [, , path, driver] = process.argv;
const journal = await openFileJournal(path, { runId: 'run-1', createdAt: 1_795_406_400_000, driver });
writeSync(1, 'open\\n');
for (let sequence = journal.lastSequence + 1; ; sequence += 1) {
  journal.append(numberedRecord(sequence));
  writeSync(1, sequence + '\\n');
  if (sequence % 20 === 0) journal.saveSnapshot({ sequence, at: sequence, states: { system: numberedRecord(sequence).events } });
}`;

const folder = new JournalFolder();
const running = new Set<ChildProcess>();

beforeAll(() => {
  compileSources(folder.path, ['journal/open-file-journal.ts', 'journal/numbered-record.test-kit.ts']);
  writeFileSync(join(folder.path, 'engine.js'), ENGINE);
});

afterAll(() => {
  for (const engine of running) engine.kill('SIGKILL');
  folder.remove();
});

/**
 * Lets an engine append to a journal, and kills it when it has said so many lines.
 *
 * @param before it is killed.
 * @returns the last record of which it said that it was appended; 0 if it said nothing of the kind.
 */
async function kill(
  path: string,
  driver: SqliteDriver,
  lines: number,
  before: () => Promise<void> = async () => undefined,
): Promise<number> {
  const engine = spawn(process.execPath, [join(folder.path, 'engine.js'), path, driver], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(engine);
  let said = '';
  let complaint = '';
  let due: Promise<void> | undefined;
  engine.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  engine.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (due !== undefined || said.split('\n').length <= lines) return;
    due = before().finally(() => engine.kill('SIGKILL'));
  });
  const signal = await new Promise((resolve) => engine.on('close', (_, by) => resolve(by)));
  running.delete(engine);
  await due;
  if (signal !== 'SIGKILL') throw new Error(`The engine ended by itself: ${complaint}`);
  // The pipe has all that was said, and the last line may be half there.
  return Math.max(0, ...said.split('\n').slice(1, -1).map(Number));
}

/** What a killed engine leaves is whole: all records from the first on, and the snapshot of one of them. */
function expectWhole(journal: FileJournal): void {
  expect([...journal.read()]).toEqual(numberedRecords(journal.lastSequence));
  expect(journal.warnings).toEqual([]);
  const snapshot = journal.latestSnapshot();
  if (snapshot !== null) expect(snapshot.states['system']).toEqual(numberedRecord(snapshot.sequence).events);
}

describe.each(await presentDrivers())('the journal of an engine that is killed, on $driver', ({ driver, present }) => {
  const open = (path: string): Promise<FileJournal> => openFileJournal(path, { runId: 'run-2', createdAt: 0, driver });

  it.skipIf(!present)('has every record of which it was said, and can be opened at once, again and again', async () => {
    const path = folder.file();
    let last = 0;
    for (const lines of [1, 2, 60, 400]) {
      const said = await kill(path, driver, lines);
      const journal = await open(path);
      expectWhole(journal);
      // At most one record was appended and not spoken of any more.
      expect([0, 1]).toContain(journal.lastSequence - Math.max(last, said));
      journal.append(numberedRecord(journal.lastSequence + 1));
      last = journal.lastSequence;
      journal.close();
    }
    expect(last).toBeGreaterThan(400);
  });

  it.skipIf(!present)('is refused to everybody else while it lives', async () => {
    const path = folder.file();
    const refusals: unknown[] = [];
    await kill(path, driver, 5, async () => {
      await open(path).catch((failure) => refusals.push(failure));
    });
    expect(refusals).toMatchObject([{ code: 'safety/journal-in-use', context: { path } }]);
    const journal = await open(path);
    expectWhole(journal);
    journal.close();
  });

  it.skipIf(!present)('has its first records, whole, wherever the machine stopped writing', async () => {
    const path = folder.file();
    await kill(path, driver, 120);
    const log = readFileSync(`${path}-wal`);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: log.length }), fc.integer({ min: 0, max: 255 }), fc.boolean(), async (at, byte, torn) => {
        const copy = folder.file();
        copyFileSync(path, copy);
        // A write that did not reach the disk, or that did in part.
        writeFileSync(`${copy}-wal`, torn ? log.with(Math.min(at, log.length - 1), byte) : log);
        if (!torn) truncateSync(`${copy}-wal`, at);
        const journal = await open(copy);
        expectWhole(journal);
        journal.append(numberedRecord(journal.lastSequence + 1));
        journal.close();
      }),
      {
        numRuns: 25,
        examples: [
          [0, 0, false],
          [log.length, 0, false],
          [log.length - 1, 0, false],
        ],
      },
    );
  });
});
