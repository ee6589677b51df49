import { afterAll, describe, expect, it } from 'vitest';

import { EngineError } from '../primitives/errors.js';
import { FileJournal } from './file-journal.js';
import { claimJournalFile } from './journal-file.js';
import { JournalFolder } from './journal-folder.test-kit.js';
import { numberedRecord, numberedRecords } from './numbered-record.test-kit.js';
import { openFileJournal } from './open-file-journal.js';
import { openSqlite, type SqliteDatabase, SqliteFailure } from './sqlite-driver.js';

const folder = new JournalFolder();
afterAll(() => folder.remove());

const origin = { runId: 'run-1', createdAt: 1_795_406_400_000 };

/** A journal, and the connection that it writes through. */
async function opened(wrap: (database: SqliteDatabase) => SqliteDatabase = (database) => database) {
  const path = folder.file();
  const database = wrap(await openSqlite(path));
  return { path, database, journal: new FileJournal(database, path, claimJournalFile(database, path, origin)) };
}

const refusalOf = (work: () => void): EngineError => {
  try {
    work();
  } catch (failure) {
    if (failure instanceof EngineError) return failure;
    throw failure;
  }
  throw new Error('It was written.');
};

/** A disk that says no to writes while it is told to. */
function failing(database: SqliteDatabase, disk: { fails: boolean }): SqliteDatabase {
  return {
    ...database,
    prepare(sql) {
      const statement = database.prepare(sql);
      const run: typeof statement.run = (...values) => {
        if (disk.fails) throw new SqliteFailure(10, new Error('disk I/O error'));
        statement.run(...values);
      };
      return { ...statement, run };
    },
  };
}

describe('a journal', () => {
  it('waits for the disk with each record, and has the file for itself', async () => {
    const { database, journal } = await opened();
    const setting = (name: string) => database.prepare(`PRAGMA ${name}`).get()?.[name];
    expect(['journal_mode', 'synchronous', 'fullfsync', 'locking_mode'].map(setting)).toEqual(['wal', 2, 1, 'exclusive']);
    journal.close();
  });
});

describe('a journal on a full disk', () => {
  it('keeps nothing of what did not fit, and goes on when there is room', async () => {
    const { path, database, journal } = await opened();
    journal.append(numberedRecord(1));
    const [{ page_count: pages = 0 } = {}] = database.prepare('PRAGMA page_count').all();
    database.exec(`PRAGMA max_page_count = ${Number(pages) + 2}`);
    let refused: EngineError | undefined;
    while (refused === undefined) {
      try {
        journal.append(numberedRecord(journal.lastSequence + 1));
      } catch (failure) {
        refused = failure as EngineError;
      }
    }
    const { lastSequence } = journal;
    expect(refused).toMatchObject({
      code: 'journal/write-failed',
      message: `Record ${lastSequence + 1} could not be written to the journal "${path}": database or disk is full.`,
      remedy: expect.stringContaining('Make room'),
    });
    const large = { sequence: 1, at: 1, states: { system: 'x'.repeat(20_000) } };
    expect(refusalOf(() => journal.saveSnapshot(large)).message).toContain('The snapshot after record 1 could not be written');
    expect(journal.latestSnapshot()).toBeNull();
    expect([...journal.read()]).toEqual(numberedRecords(lastSequence));

    database.exec('PRAGMA max_page_count = 100000');
    journal.append(numberedRecord(lastSequence + 1));
    journal.saveSnapshot(large);
    journal.close();
    const again = await openFileJournal(path, origin);
    expect([...again.read()]).toEqual(numberedRecords(lastSequence + 1));
    expect(again.latestSnapshot()).toEqual(large);
    again.close();
  });
});

describe('a journal on a failing disk', () => {
  it('writes nothing more until it is opened again, and can be read', async () => {
    const disk = { fails: false };
    const { path, journal } = await opened((database) => failing(database, disk));
    for (const record of numberedRecords(2)) journal.append(record);
    disk.fails = true;
    expect(refusalOf(() => journal.append(numberedRecord(3)))).toMatchObject({
      code: 'journal/write-failed',
      message: `Record 3 could not be written to the journal "${path}": disk I/O error.`,
      remedy: expect.stringContaining('start the engine again'),
    });
    disk.fails = false;
    for (const write of [
      () => journal.append(numberedRecord(3)),
      () => journal.saveSnapshot({ sequence: 2, at: 1, states: {} }),
      () => journal.append(numberedRecord(3)),
    ]) {
      expect(refusalOf(write).code).toBe('journal/write-failed');
    }
    expect(journal.lastSequence).toBe(2);
    expect([...journal.read()]).toEqual(numberedRecords(2));
    journal.close();
    const again = await openFileJournal(path, origin);
    again.append(numberedRecord(3));
    expect([...again.read()]).toEqual(numberedRecords(3));
    again.close();
  });
});
