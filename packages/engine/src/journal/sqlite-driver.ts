import { EngineError } from '../primitives/errors.js';

/** The programs for SQLite files that the engine knows, the first choice first. */
export const SQLITE_DRIVERS = ['node:sqlite', 'libsql'] as const;

/** `node:sqlite` is a part of Node from 22.13 on; `libsql` is a package that brings its program along. Their files are the same. */
export type SqliteDriver = (typeof SQLITE_DRIVERS)[number];

/** What is bound to a statement, and what comes back. */
export type SqliteValue = string | number | null;

/** A row by the names of its columns. */
export type SqliteRow = Readonly<Record<string, SqliteValue>>;

/** A statement that was prepared; each call runs it to its end. */
export interface SqliteStatement {
  run(...values: readonly SqliteValue[]): void;
  get(...values: readonly SqliteValue[]): SqliteRow | undefined;
  all(...values: readonly SqliteValue[]): readonly SqliteRow[];
}

/** A connection to a file; every failure of it is a {@link SqliteFailure}. */
export interface SqliteDatabase {
  readonly driver: SqliteDriver;
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  /** Gives the file free, also when statements are still around. */
  close(): void;
}

/** What SQLite answered instead of doing it. */
export class SqliteFailure extends Error {
  /** SQLite's primary result code, for instance 5 for a file that is locked; 0 where the driver names none. */
  readonly code: number;

  constructor(code: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'SqliteFailure';
    this.code = code;
  }
}

/**
 * Opens an SQLite file, or makes it.
 *
 * @param path absolute, so that no driver takes it for an address or for memory.
 * @param wanted a certain driver; else the first that is there.
 * @throws EngineError `journal/no-driver` if it, or each of them, is missing; SqliteFailure if the file cannot be opened.
 */
export async function openSqlite(path: string, wanted?: SqliteDriver): Promise<SqliteDatabase> {
  let cause: unknown;
  for (const driver of wanted === undefined ? SQLITE_DRIVERS : [wanted]) {
    let Database: RawDatabaseClass | undefined;
    try {
      Database = await LOADERS[driver]();
    } catch (failure) {
      cause = failure;
    }
    if (Database !== undefined) return connect(driver, Database, path);
  }
  throw new EngineError('journal/no-driver', {
    message: `No program for SQLite files was found: "${wanted ?? SQLITE_DRIVERS.join('" and "')}" cannot be loaded on Node ${process.versions.node}.`,
    remedy: 'Use Node 22.13 or newer, which has one, or install the package: npm install libsql.',
    context: { node: process.versions.node },
    cause,
  });
}

/** What both drivers have in common. */
interface RawDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): RawStatement;
  close(): void;
}

interface RawStatement {
  run(...values: readonly SqliteValue[]): unknown;
  get(...values: readonly SqliteValue[]): unknown;
  all(...values: readonly SqliteValue[]): unknown;
}

type RawDatabaseClass = new (path: string) => RawDatabase;

/** Named in a variable, so that a bundler leaves the package where its program is. */
const LIBSQL: string = 'libsql';

const LOADERS: Readonly<Record<SqliteDriver, () => Promise<RawDatabaseClass | undefined>>> = {
  // Asked for by name rather than imported: where a Node has no SQLite, or hides it behind a flag, there is simply none.
  'node:sqlite': async () =>
    (process.getBuiltinModule('node:sqlite') as { readonly DatabaseSync: RawDatabaseClass } | undefined)?.DatabaseSync,
  libsql: async () => ((await import(LIBSQL)) as { readonly default: RawDatabaseClass }).default,
};

function connect(driver: SqliteDriver, Database: RawDatabaseClass, path: string): SqliteDatabase {
  const raw = told(() => new Database(path));
  return {
    driver,
    exec: (sql) => told(() => void raw.exec(sql)),
    prepare(sql) {
      const statement = told(() => raw.prepare(sql));
      return {
        run: (...values) => told(() => void statement.run(...values)),
        get: (...values) => told(() => statement.get(...values) as SqliteRow | undefined),
        all: (...values) => told(() => statement.all(...values) as readonly SqliteRow[]),
      };
    },
    close: () => told(() => raw.close()),
  };
}

function told<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (failure) {
    throw new SqliteFailure(resultCode(failure), failure);
  }
}

/** `node:sqlite` has the code in `errcode`, `libsql` in `rawCode`, or only at the end of its words when a file cannot be opened. */
function resultCode(failure: unknown): number {
  const { errcode, rawCode, message } = failure as { readonly errcode?: number; readonly rawCode?: number; readonly message?: string };
  const extended = errcode ?? rawCode ?? Number(/: (\d+)"\)$/.exec(message ?? '')?.[1] ?? 0);
  return extended & 0xff;
}
