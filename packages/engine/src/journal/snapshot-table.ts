import { crc32 } from 'node:zlib';

import type { Snapshot } from './durable-journal.js';
import { exactJson } from './exact-json.js';
import { reading } from './journal-failures.js';
import type { SqliteDatabase, SqliteRow, SqliteStatement } from './sqlite-driver.js';
import { inTransaction } from './sqlite-transaction.js';

/** Something about a journal that a person should know, and that stops nothing. */
export interface JournalWarning {
  /** Stable, for programs: `journal/snapshot-damaged`, `journal/snapshot-ahead`. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** The second one is for the day on which the newest cannot be read. */
const KEPT_SNAPSHOTS = 2;

/** The snapshots in a journal's file: the newest two. */
export class SnapshotTable {
  readonly #database: SqliteDatabase;
  readonly #path: string;
  readonly #newestFirst: SqliteStatement;
  readonly #put: SqliteStatement;
  readonly #remove: SqliteStatement;
  readonly #prune: SqliteStatement;

  constructor(database: SqliteDatabase, path: string) {
    this.#database = database;
    this.#path = path;
    this.#newestFirst = database.prepare('SELECT sequence, body, checksum FROM snapshots ORDER BY sequence DESC');
    this.#put = database.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)');
    this.#remove = database.prepare('DELETE FROM snapshots WHERE sequence = ?');
    this.#prune = database.prepare(
      `DELETE FROM snapshots WHERE sequence NOT IN (SELECT sequence FROM snapshots ORDER BY sequence DESC LIMIT ${KEPT_SNAPSHOTS})`,
    );
  }

  save({ sequence, at, states }: Snapshot): void {
    const body = exactJson({ at, states }).text;
    inTransaction(this.#database, 'IMMEDIATE', () => {
      this.#put.run(sequence, body, crc32(body));
      this.#prune.run();
    });
  }

  /** The newest that can be read, or `null`. */
  latest(): Snapshot | null {
    for (const row of reading(this.#path, () => this.#newestFirst.all())) {
      const snapshot = snapshotOf(row);
      if (snapshot !== undefined) return snapshot;
    }
    return null;
  }

  /**
   * Removes the snapshots that cannot be believed. One that is ahead of the records would otherwise be believed later, when there are other
   * records up to its place.
   */
  removeUnusable(lastRecord: number): readonly JournalWarning[] {
    const warnings: JournalWarning[] = [];
    for (const row of this.#newestFirst.all()) {
      const sequence = Number(row['sequence']);
      if (sequence > lastRecord) warnings.push(ahead(sequence, lastRecord, this.#path));
      else if (snapshotOf(row) === undefined) warnings.push(unreadable(sequence, this.#path));
      else continue;
      this.#remove.run(sequence);
    }
    return warnings;
  }
}

function snapshotOf({ sequence, body, checksum }: SqliteRow): Snapshot | undefined {
  if (typeof body !== 'string' || crc32(body) !== checksum) return undefined;
  return { sequence: Number(sequence), ...(JSON.parse(body) as Omit<Snapshot, 'sequence'>) };
}

const ahead = (sequence: number, lastRecord: number, path: string): JournalWarning => ({
  code: 'journal/snapshot-ahead',
  message: `The snapshot after record ${sequence} of the journal "${path}" is not used: the last record is ${lastRecord}.`,
  remedy:
    'Find out whether records were lost, for instance in a copy made without the "-wal" file beside it. State is folded from the records.',
});

const unreadable = (sequence: number, path: string): JournalWarning => ({
  code: 'journal/snapshot-damaged',
  message: `The snapshot after record ${sequence} of the journal "${path}" is not used: it is not what was written.`,
  remedy: 'Look at the disk. State is folded from an earlier snapshot or from the records, which takes a little longer.',
});
