import { assert } from '../primitives/assert.js';
import { CanonicalHash } from './canonical-form.js';
import type { DurableJournal, Snapshot } from './durable-journal.js';
import type { JournalRecord } from './journal.js';
import { isFull, writeFailed } from './journal-failures.js';
import { type JournalOrigin, releaseJournalFile } from './journal-file.js';
import { recordBody, writeRecord } from './record-form.js';
import { RecordTable } from './record-table.js';
import { type JournalWarning, SnapshotTable } from './snapshot-table.js';
import { type SqliteDatabase, type SqliteDriver, SqliteFailure } from './sqlite-driver.js';

/** A journal in a local SQLite file, which nobody else can open meanwhile. `openFileJournal` makes it. */
export class FileJournal implements DurableJournal {
  /** Absolute. */
  readonly path: string;
  /** Of the file: what it was made with, whenever that was. */
  readonly origin: JournalOrigin;
  /** What was found when it was opened. */
  readonly warnings: readonly JournalWarning[];
  readonly driver: SqliteDriver;
  readonly #database: SqliteDatabase;
  readonly #records: RecordTable;
  readonly #snapshots: SnapshotTable;
  /** Kept from the first time that somebody asks for it. */
  #hash: CanonicalHash | null = null;
  #broken: { readonly cause: unknown } | null = null;
  #closed = false;

  /**
   * @param database of a file that was claimed for it.
   * @throws EngineError `journal/damaged` if records are missing.
   */
  constructor(database: SqliteDatabase, path: string, origin: JournalOrigin) {
    this.path = path;
    this.origin = origin;
    this.driver = database.driver;
    this.#database = database;
    this.#records = new RecordTable(database, path);
    this.#snapshots = new SnapshotTable(database, path);
    this.warnings = this.#snapshots.removeUnusable(this.#records.last);
  }

  get lastSequence(): number {
    return this.#records.last;
  }

  /**
   * Keeps a record: when this returns it is on the disk, with all of its events.
   *
   * @throws EngineError `journal/write-failed` if the disk refuses. InvariantError if the record does not follow the last one, or holds what is
   * not kept exactly: a number that is not finite, a field that is `undefined`, something that is no data.
   */
  append(record: JournalRecord): void {
    const { sequence } = record;
    assert(sequence === this.lastSequence + 1, `Record ${sequence} was appended after record ${this.lastSequence}.`);
    const body = recordBody(record);
    this.#write(`Record ${sequence}`, () => this.#records.insert(sequence, body));
    if (this.#hash !== null) writeRecord(this.#hash, record);
  }

  /** @throws EngineError `journal/damaged`, while reading, at a record that is not what was written. */
  read({ after = 0 }: { readonly after?: number } = {}): Iterable<JournalRecord> {
    this.#demandNotClosed();
    return { [Symbol.iterator]: () => this.#recordsAfter(after) };
  }

  /** The first call reads the whole file; from then on the hash goes along with what is appended. */
  hash(): string {
    this.#demandNotClosed();
    this.#hash ??= this.#hashOfAll();
    return this.#hash.digest();
  }

  /**
   * Keeps a snapshot, and of the earlier ones the newest.
   *
   * @throws EngineError `journal/write-failed`. InvariantError for one that is ahead of the records, or whose states are not data.
   */
  saveSnapshot(snapshot: Snapshot): void {
    const { sequence } = snapshot;
    assert(
      Number.isInteger(sequence) && sequence >= 0 && sequence <= this.lastSequence,
      `A snapshot was taken after record ${sequence} of ${this.lastSequence}.`,
    );
    this.#write(`The snapshot after record ${sequence}`, () => this.#snapshots.save(snapshot));
  }

  latestSnapshot(): Snapshot | null {
    this.#demandNotClosed();
    return this.#snapshots.latest();
  }

  /** Gives the file free. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    releaseJournalFile(this.#database);
  }

  /**
   * After a failed write nobody can say what a disk has kept, and what is written later may stand behind a gap: nothing more is written until the
   * file is opened again and looked through. A disk that is full is another matter: it has refused the whole of it.
   */
  #write(what: string, write: () => void): void {
    this.#demandNotClosed();
    if (this.#broken !== null) throw writeFailed(this.path, what, this.#broken.cause);
    try {
      write();
    } catch (cause) {
      if (!(cause instanceof SqliteFailure)) throw cause;
      if (!isFull(cause)) this.#broken = { cause };
      throw writeFailed(this.path, what, cause);
    }
  }

  *#recordsAfter(after: number): Generator<JournalRecord, void, void> {
    for (const record of this.#records.after(after)) {
      yield record;
      this.#demandNotClosed();
    }
  }

  #hashOfAll(): CanonicalHash {
    const hash = new CanonicalHash();
    for (const record of this.#records.after(0)) writeRecord(hash, record);
    return hash;
  }

  #demandNotClosed(): void {
    assert(!this.#closed, `The journal "${this.path}" was closed before.`);
  }
}
