import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSqlite, SQLITE_DRIVERS, type SqliteDriver } from './sqlite-driver.js';

/** A folder of its own, and names in it that nobody has used yet. */
export class JournalFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'sauda-journal-'));
  #count = 0;

  file(): string {
    this.#count += 1;
    return join(this.path, `${this.#count}.journal.db`);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Each driver, and whether this Node has it; tests of one that it has not are skipped. */
export async function presentDrivers(): Promise<readonly { readonly driver: SqliteDriver; readonly present: boolean }[]> {
  const folder = new JournalFolder();
  const found = [];
  for (const driver of SQLITE_DRIVERS) {
    try {
      (await openSqlite(folder.file(), driver)).close();
      found.push({ driver, present: true });
    } catch {
      found.push({ driver, present: false });
    }
  }
  folder.remove();
  return found;
}

/** What another program does to a file. */
export async function tamper(path: string, sql: string): Promise<void> {
  const database = await openSqlite(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}
