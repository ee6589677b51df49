import type { EpochMs } from '../primitives/time.js';
import type { JournalMode } from './journal.js';
import { anotherMode, damaged, newerFormat, notAJournal, openFailure } from './journal-failures.js';
import { type SqliteDatabase, SqliteFailure } from './sqlite-driver.js';
import { inTransaction } from './sqlite-transaction.js';

/** Where a journal comes from. */
export interface JournalOrigin {
  /** The run that the journal belongs to; ids of orders are made from it. */
  readonly runId: string;
  readonly createdAt: EpochMs;
  readonly mode: JournalMode;
}

/** What a journal is asked to be: the origin of a new one, and of one that is there the mode, where that is said. */
export type AskedOrigin = Omit<JournalOrigin, 'mode'> & Partial<Pick<JournalOrigin, 'mode'>>;

/** Written into the head of the file, where SQLite keeps a number for the program that the file belongs to: "Saud". */
const APPLICATION_ID = 0x53617564;

/** Goes up whenever an older version could no longer read what a newer one writes. */
const FORMAT = 1;

/** `events` is for people: each event with its record, for a look with any SQLite program. */
const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE records (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
  CREATE TABLE snapshots (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
  CREATE VIEW events AS
    SELECT records.sequence, json_extract(body, '$.at') AS at, json_extract(body, '$.instance') AS instance,
      json_extract(event.value, '$.kind') AS kind, event.value AS event
    FROM records, json_each(body, '$.events') AS event;
  PRAGMA application_id = ${APPLICATION_ID};`;

/**
 * Takes a file for this connection alone, until {@link releaseJournalFile} or the end of the process, and makes a journal of it if it is empty.
 *
 * @param asked origin of a new journal.
 * @returns the journal's own origin.
 * @throws EngineError `safety/journal-in-use`, `safety/journal-of-another-mode`, `journal/not-a-journal`, `journal/newer-format`, `journal/damaged`
 * or `journal/cannot-open`.
 */
export function claimJournalFile(database: SqliteDatabase, path: string, asked: AskedOrigin): JournalOrigin {
  try {
    // The operating system's lock on the file, which no crash leaves behind. It is asked for once and never given back in between.
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    // A write is on the disk, not on its way there, when it returns; the second is for the drives of a Mac, and does nothing elsewhere.
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA fullfsync = ON');
    const found = inTransaction(database, 'EXCLUSIVE', () => {
      if (isEmpty(database, path)) create(database, asked);
      return inspected(database, path);
    });
    if (asked.mode !== undefined && asked.mode !== found.mode) throw anotherMode(path, found.mode, asked.mode);
    // One write to the disk for each record instead of several. Last, since it is kept in the file, and another program's is left as it is.
    database.exec('PRAGMA journal_mode = WAL');
    return found;
  } catch (failure) {
    letGo(database);
    throw openFailure(path, failure);
  }
}

/** Closes a file that was claimed, and leaves all of it in the one file. */
export function releaseJournalFile(database: SqliteDatabase): void {
  attempt(() => database.exec('PRAGMA journal_mode = DELETE'));
  letGo(database);
}

/** Closes the connection. The lock goes first: libsql keeps a connection as long as there are statements of it, closed or not. */
function letGo(database: SqliteDatabase): void {
  attempt(() => {
    database.exec('PRAGMA locking_mode = NORMAL');
    database.exec('SELECT count(*) FROM sqlite_master');
  });
  database.close();
}

/** For what is a matter of tidiness at the end: records that were kept stay kept in the file beside the journal's, and are put in their place next time. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (failure) {
    if (!(failure instanceof SqliteFailure)) throw failure;
  }
}

/** @throws EngineError `journal/not-a-journal` if the file has something of another program. */
function isEmpty(database: SqliteDatabase, path: string): boolean {
  const { application_id: owner } = database.prepare('PRAGMA application_id').get() ?? {};
  if (owner === APPLICATION_ID) return false;
  const tables = database.prepare('SELECT name FROM sqlite_master ORDER BY name LIMIT 5').all();
  if (owner === 0 && tables.length === 0) return true;
  const names = tables.map(({ name }) => `"${name}"`).join(', ');
  throw notAJournal(path, names === '' ? `it belongs to another program, ${owner}` : `it has tables of another program, ${names}`);
}

/** Orders that stand in a broker's book have the run in their ids; those of the simulated exchange alone need none. */
const modeOf = (runId: string): JournalMode => (runId === '' ? 'paper' : 'live');

function create(database: SqliteDatabase, { runId, createdAt, mode = modeOf(runId) }: AskedOrigin): void {
  database.exec(SCHEMA);
  const insert = database.prepare('INSERT INTO meta VALUES (?, ?)');
  insert.run('format', String(FORMAT));
  insert.run('runId', runId);
  insert.run('createdAt', String(createdAt));
  insert.run('mode', mode);
}

function inspected(database: SqliteDatabase, path: string): JournalOrigin {
  const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (check !== 'ok') throw damaged(path, `SQLite's check says "${check}"`);
  const rows = database.prepare('SELECT name, value FROM meta').all();
  const meta = new Map(rows.map(({ name, value }) => [name, value]));
  const format = Number(meta.get('format'));
  if (format > FORMAT) throw newerFormat(path, format, FORMAT);
  const runId = meta.get('runId');
  const createdAt = Number(meta.get('createdAt') ?? Number.NaN);
  if (format !== FORMAT || typeof runId !== 'string' || !Number.isFinite(createdAt)) {
    throw damaged(path, 'it does not say which run it belongs to, and since when');
  }
  // Files of the first versions do not say it.
  const mode = meta.get('mode') ?? modeOf(runId);
  if (mode !== 'paper' && mode !== 'live') throw damaged(path, 'it does not say whether its orders are paper or live');
  return { runId, createdAt, mode };
}
