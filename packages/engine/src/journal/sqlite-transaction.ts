import { type SqliteDatabase, SqliteFailure } from './sqlite-driver.js';

/** Does all of it or nothing. `EXCLUSIVE` takes the file's lock before the work begins. */
export function inTransaction<Result>(database: SqliteDatabase, kind: 'EXCLUSIVE' | 'IMMEDIATE', work: () => Result): Result {
  database.exec(`BEGIN ${kind}`);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (failure) {
    rollBack(database);
    throw failure;
  }
}

function rollBack(database: SqliteDatabase): void {
  try {
    database.exec('ROLLBACK');
  } catch (failure) {
    // After some failures SQLite has rolled back by itself; what is told is the failure that led here.
    if (!(failure instanceof SqliteFailure)) throw failure;
  }
}
