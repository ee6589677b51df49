import { crc32 } from 'node:zlib';

import type { JournalRecord } from './journal.js';
import { damaged, reading } from './journal-failures.js';
import type { SqliteDatabase, SqliteRow, SqliteStatement } from './sqlite-driver.js';

/** Records that are held in memory at once while many are read. */
const PAGE_RECORDS = 256;

/** The records in a journal's file: one row each, so that all events of a decision are there or none. */
export class RecordTable {
  readonly #path: string;
  readonly #insert: SqliteStatement;
  readonly #page: SqliteStatement;
  #last: number;

  /** @throws EngineError `journal/damaged` if records are missing. */
  constructor(database: SqliteDatabase, path: string) {
    this.#path = path;
    this.#insert = database.prepare('INSERT INTO records VALUES (?, ?, ?)');
    this.#page = database.prepare('SELECT sequence, body, checksum FROM records WHERE sequence > ? ORDER BY sequence LIMIT ?');
    const { records, first, last } = { ...database.prepare(EXTENT).get() };
    if (first !== 1 || last !== records) throw damaged(path, `it has ${records} records, numbered from ${first} to ${last}`);
    this.#last = Number(last);
  }

  /** The sequence of the last record; 0 while there is none. */
  get last(): number {
    return this.#last;
  }

  /** @param body the rest of the record as JSON. */
  insert(sequence: number, body: string): void {
    this.#insert.run(sequence, body, crc32(body));
    this.#last = sequence;
  }

  /** The records after a sequence, in their order. */
  *after(sequence: number): Generator<JournalRecord, void, void> {
    let last: number | undefined = sequence;
    while (last !== undefined) {
      const from = last;
      const rows: readonly SqliteRow[] = reading(this.#path, () => this.#page.all(from, PAGE_RECORDS));
      for (const row of rows) yield this.#record(row);
      last = rows.length < PAGE_RECORDS ? undefined : Number(rows.at(-1)?.['sequence']);
    }
  }

  #record({ sequence, body, checksum }: SqliteRow): JournalRecord {
    if (typeof body !== 'string' || crc32(body) !== checksum) throw damaged(this.#path, `record ${sequence} is not what was written`);
    // What passes the checksum is what `recordBody` made.
    return { sequence: Number(sequence), ...(JSON.parse(body) as Omit<JournalRecord, 'sequence'>) };
  }
}

const EXTENT = 'SELECT count(*) AS records, coalesce(min(sequence), 1) AS first, coalesce(max(sequence), 0) AS last FROM records';
