import { resolve } from 'node:path';

import { FileJournal } from './file-journal.js';
import { openFailure } from './journal-failures.js';
import { type AskedOrigin, claimJournalFile, releaseJournalFile } from './journal-file.js';
import { openSqlite, type SqliteDatabase, type SqliteDriver } from './sqlite-driver.js';

/**
 * How a journal is opened. The origin is that of a journal that is made; one that is there keeps its own. A `mode` that is said has to be the
 * journal's; a new one that is not told is `live` if its run has an id, else `paper`.
 */
export interface FileJournalOptions extends AskedOrigin {
  /** The program for the file; the first that is there unless given. */
  readonly driver?: SqliteDriver;
}

/**
 * Opens the journal of an engine that trades, or makes it: a local SQLite file that one engine has at a time.
 *
 * SQLite looks through the file's structure, half a second for a gigabyte, and the records are counted; each is held against its checksum when
 * it is read.
 *
 * @param path of the file, on a disk of this machine; its folder must be there.
 * @throws EngineError `safety/journal-in-use` if another engine has it, in this process or another. `safety/journal-of-another-mode` if its orders
 * are paper and this run's are live, or the other way round. `journal/not-a-journal`, `journal/newer-format`, `journal/damaged`, `journal/cannot-open`. `journal/no-driver` if Node has no SQLite and the package libsql is missing.
 * @example const journal = await openFileJournal('sauda.journal.db', { runId: 'k3x9', createdAt: clock.now(), mode: 'live' });
 */
export async function openFileJournal(path: string, { driver, ...asked }: FileJournalOptions): Promise<FileJournal> {
  const absolute = resolve(path);
  const database = await connected(absolute, driver);
  const found = claimJournalFile(database, absolute, asked);
  try {
    return new FileJournal(database, absolute, found);
  } catch (failure) {
    releaseJournalFile(database);
    throw openFailure(absolute, failure);
  }
}

async function connected(path: string, driver: SqliteDriver | undefined): Promise<SqliteDatabase> {
  try {
    return await openSqlite(path, driver);
  } catch (failure) {
    throw openFailure(path, failure);
  }
}
