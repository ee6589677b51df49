import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { EngineError } from '../primitives/errors.js';
import type { FileJournal } from './file-journal.js';
import { JournalFolder, presentDrivers, tamper } from './journal-folder.test-kit.js';
import { numberedRecord, numberedRecords } from './numbered-record.test-kit.js';
import { openFileJournal } from './open-file-journal.js';
import { openSqlite } from './sqlite-driver.js';

const folder = new JournalFolder();
afterAll(() => folder.remove());

/** None on a Node that has its own SQLite, when libsql is installed as well. */
const missing = (await presentDrivers()).filter(({ present }) => !present);

const origin = { runId: 'run-1', createdAt: 1_795_406_400_000 };
const open = (path: string): Promise<FileJournal> => openFileJournal(path, origin);

/** A journal with so many records, closed. */
async function written(records: number): Promise<string> {
  const journal = await open(folder.file());
  for (const record of numberedRecords(records)) journal.append(record);
  journal.close();
  return journal.path;
}

/** What it is refused with. */
async function refusal(path: string, reading: (journal: FileJournal) => unknown = () => undefined): Promise<EngineError> {
  let journal: FileJournal | undefined;
  try {
    journal = await open(path);
    reading(journal);
  } catch (failure) {
    if (failure instanceof EngineError) return failure;
    throw failure;
  } finally {
    journal?.close();
  }
  throw new Error('It was opened and read.');
}

describe('opening a file journal', () => {
  it('makes an empty one where there is none, or an empty file', async () => {
    const empty = folder.file();
    writeFileSync(empty, '');
    for (const path of [folder.file(), empty]) {
      const journal = await open(path);
      expect([journal.lastSequence, [...journal.read()], journal.latestSnapshot(), journal.warnings]).toEqual([0, [], null, []]);
      expect(journal.hash()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
      journal.close();
    }
  });

  it('keeps the origin of the file, not of whoever opens it again', async () => {
    const path = await written(1);
    const again = await openFileJournal(path, { runId: 'run-2', createdAt: 5 });
    expect(again.origin).toEqual({ ...origin, mode: 'live' });
    again.close();
  });

  it('takes names from the working folder on, and none as an address or as memory', async () => {
    const path = join(folder.path, ':memory:');
    const journal = await open(relative(process.cwd(), path));
    expect(journal.path).toBe(path);
    journal.append(numberedRecord(1));
    journal.close();
    const again = await open(path);
    expect(again.lastSequence).toBe(1);
    again.close();
  });

  it('leaves one file behind when it is closed', async () => {
    const journal = await open(folder.file());
    journal.append(numberedRecord(1));
    journal.close();
    expect(readFileSync(journal.path).includes('person 1')).toBe(true);
    expect(() => readFileSync(`${journal.path}-wal`)).toThrow('ENOENT');
  });

  it('writes to the disk before it answers', async () => {
    const journal = await open(folder.file());
    journal.append(numberedRecord(1));
    expect(readFileSync(`${journal.path}-wal`).includes('person 1')).toBe(true);
    journal.close();
  });

  it('is refused while another engine has it, used or not, and possible as soon as that one has closed it', async () => {
    for (const records of [0, 2]) {
      const first = await open(folder.file());
      for (const record of numberedRecords(records)) first.append(record);
      const { code, message, context } = await refusal(first.path);
      expect([code, context['path']]).toEqual(['safety/journal-in-use', first.path]);
      expect(message).toContain(`"${first.path}" is in use`);
      first.append(numberedRecord(records + 1));
      first.close();
      const second = await open(first.path);
      expect(second.lastSequence).toBe(records + 1);
      second.close();
    }
  });

  it('shows each event of a record to people who look into the file', async () => {
    const database = await openSqlite(await written(2));
    const rows = database
      .prepare(`SELECT sequence, at, instance, kind, json_extract(event, '$.by') AS by FROM events WHERE sequence = 2`)
      .all();
    database.close();
    const { at, instance, events } = numberedRecord(2);
    expect(rows).toMatchObject(events.map(({ kind }) => ({ sequence: 2, at, instance, kind })));
    expect(rows[0]).toMatchObject({ by: 'person 2' });
  });
});

describe('opening refuses', () => {
  it.each([
    ['text', 'This is not a database.'],
    ['text longer than a page', 'All work and no play. '.repeat(500)],
  ])('a file of %s, and leaves it as it is', async (_, text) => {
    const path = folder.file();
    writeFileSync(path, text);
    const { code, message, remedy } = await refusal(path);
    expect(code).toBe('journal/not-a-journal');
    expect(message).toBe(`"${path}" is not a journal: it is no SQLite file, or its beginning is damaged.`);
    expect(remedy).toContain('Name another file');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it.each([
    ['with tables', 'CREATE TABLE moz_places (id); CREATE TABLE orders (id)', 'it has tables of another program, "moz_places", "orders"'],
    ['with a mark of its own', 'PRAGMA application_id = 77', 'it belongs to another program, 77'],
  ])('a database of another program %s, and leaves it as it is', async (_, sql, found) => {
    const path = folder.file();
    await tamper(path, sql);
    const before = readFileSync(path);
    expect(await refusal(path)).toMatchObject({ code: 'journal/not-a-journal', message: `"${path}" is not a journal: ${found}.` });
    expect(readFileSync(path).equals(before)).toBe(true);
    // And it is free again.
    await tamper(path, 'CREATE TABLE another (id)');
  });

  it.each([
    ['paper', 'live'],
    ['live', 'paper'],
  ] as const)('a journal of %s orders for %s ones, and leaves it as it is', async (mode, asked) => {
    const path = folder.file();
    const journal = await openFileJournal(path, { runId: '', createdAt: 5, mode });
    journal.append(numberedRecord(1));
    journal.close();
    const failure = await openFileJournal(path, { runId: 'run-2', createdAt: 6, mode: asked }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'safety/journal-of-another-mode',
      message: `The journal "${path}" is of a run with ${mode} orders; this one's are ${asked}.`,
      context: { path, found: mode, asked },
    });
    const again = await openFileJournal(path, { runId: '', createdAt: 7, mode });
    expect([again.origin, again.lastSequence]).toEqual([{ runId: '', createdAt: 5, mode }, 1]);
    again.close();
  });

  it.each([
    ['', 'paper', 'live'],
    ['k3x9', 'live', 'paper'],
  ] as const)(
    'to take a journal that says nothing of its orders, of the run "%s", for one of other than %s orders',
    async (runId, mode, other) => {
      const path = folder.file();
      (await openFileJournal(path, { runId, createdAt: 5 })).close();
      await tamper(path, `DELETE FROM meta WHERE name = 'mode'`);
      await expect(openFileJournal(path, { runId: 'run-2', createdAt: 6, mode: other })).rejects.toMatchObject({
        code: 'safety/journal-of-another-mode',
      });
      const again = await openFileJournal(path, { runId: 'run-2', createdAt: 6, mode });
      expect(again.origin.mode).toBe(mode);
      again.close();
    },
  );

  it('a journal of a later format', async () => {
    const path = await written(1);
    await tamper(path, `UPDATE meta SET value = '2' WHERE name = 'format'`);
    expect(await refusal(path)).toMatchObject({
      code: 'journal/newer-format',
      message: `The journal "${path}" has format 2; this version of Sauda knows formats up to 1.`,
      context: { path, found: 2, known: 1 },
    });
  });

  it.each([
    ['without its origin', `DELETE FROM meta WHERE name = 'runId'`, 'it does not say which run it belongs to, and since when'],
    ['of a strange mode', `UPDATE meta SET value = 'demo' WHERE name = 'mode'`, 'it does not say whether its orders are paper or live'],
    ['of format nought', `UPDATE meta SET value = '0' WHERE name = 'format'`, 'it does not say which run it belongs to, and since when'],
    ['without a table', 'DROP TABLE meta', 'no such table: meta'],
    ['without another table', 'DROP VIEW events; DROP TABLE snapshots', 'no such table: snapshots'],
    ['that lacks a record', 'DELETE FROM records WHERE sequence = 3', 'it has 4 records, numbered from 1 to 5'],
    ['that lacks its first record', 'DELETE FROM records WHERE sequence = 1', 'it has 4 records, numbered from 2 to 5'],
  ])('a journal %s', async (_, sql, found) => {
    const path = await written(5);
    await tamper(path, sql);
    expect(await refusal(path)).toMatchObject({ code: 'journal/damaged', message: `The journal "${path}" is damaged: ${found}.` });
  });

  it('a journal that was overwritten in the middle', async () => {
    const path = await written(300);
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 12 * 4_096, 13 * 4_096);
    writeFileSync(path, bytes);
    expect(await refusal(path, (journal) => [...journal.read()])).toMatchObject({ code: 'journal/damaged', context: { path } });
  });

  it('to read a record that is not what was written', async () => {
    const path = await written(300);
    await tamper(path, `UPDATE records SET body = replace(body, 'person 280', 'person 281') WHERE sequence = 280`);
    const read: number[] = [];
    const failure = await refusal(path, (journal) => {
      for (const { sequence } of journal.read()) read.push(sequence);
    });
    expect(failure).toMatchObject({
      code: 'journal/damaged',
      message: `The journal "${path}" is damaged: record 280 is not what was written.`,
    });
    expect(read).toHaveLength(279);
    expect((await refusal(path, (journal) => journal.hash())).code).toBe('journal/damaged');
  });

  it.each([
    ['in a folder that is not there', () => join(folder.path, 'nowhere', 'journal.db')],
    [
      'that is a folder',
      () => {
        const path = folder.file();
        mkdirSync(path);
        return path;
      },
    ],
  ])('a file %s', async (_, make) => {
    const path = make();
    const { code, message, remedy } = await refusal(path);
    expect(code).toBe('journal/cannot-open');
    expect(message).toContain(`The journal "${path}" cannot be opened: `);
    expect(remedy).toContain('Check that its folder is there');
  });
});

describe('without a driver', () => {
  it.skipIf(missing.length === 0)('opening says which Node or package is needed', async () => {
    for (const { driver } of missing) {
      await expect(openFileJournal(folder.file(), { ...origin, driver })).rejects.toMatchObject({
        code: 'journal/no-driver',
        message: `No program for SQLite files was found: "${driver}" cannot be loaded on Node ${process.versions.node}.`,
        remedy: 'Use Node 22.13 or newer, which has one, or install the package: npm install libsql.',
      });
    }
  });
});
