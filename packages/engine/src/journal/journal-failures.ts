import { EngineError } from '../primitives/errors.js';
import type { JournalMode } from './journal.js';
import { SqliteFailure } from './sqlite-driver.js';

/** SQLite's result codes that say something of their own: https://sqlite.org/rescode.html, 2026-11. */
const ERROR = 1;
const BUSY = 5;
const CORRUPT = 11;
const FULL = 13;
const NOTADB = 26;

/** Whether a write failed for want of room alone: nothing was written, and the file is as it was. */
export const isFull = (failure: unknown): boolean => failure instanceof SqliteFailure && failure.code === FULL;

/** What a person is told when a file cannot be opened as a journal. */
export function openFailure(path: string, failure: unknown): unknown {
  if (!(failure instanceof SqliteFailure)) return failure;
  switch (failure.code) {
    case BUSY:
      return inUse(path, failure);
    case NOTADB:
      return notAJournal(path, 'it is no SQLite file, or its beginning is damaged', failure);
    // A statement that cannot be made: the tables are not those that were put there.
    case ERROR:
    case CORRUPT:
      return damaged(path, failure.message, failure);
    default:
      return new EngineError('journal/cannot-open', {
        message: `The journal "${path}" cannot be opened: ${failure.message}.`,
        remedy: 'Check that its folder is there, that the file and the folder may be written, and that the disk has room.',
        context: { path, sqlite: failure.code },
        cause: failure,
      });
  }
}

/** Reads from a journal that is open. */
export function reading<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (failure) {
    throw failure instanceof SqliteFailure ? damaged(path, failure.message, failure) : failure;
  }
}

/** Two engines on one journal would trade twice. */
const inUse = (path: string, cause: unknown): EngineError =>
  new EngineError('safety/journal-in-use', {
    message: `The journal "${path}" is in use by another engine, or open in another program.`,
    remedy: 'Stop the other one, or give this engine a journal of its own. Nothing has to be removed: the lock ends with its owner.',
    context: { path },
    cause,
  });

/** What was held on paper is held by nobody, and what is held at a broker is not the simulated exchange's: neither may be recalled as the other. */
export const anotherMode = (path: string, found: JournalMode, asked: JournalMode): EngineError =>
  new EngineError('safety/journal-of-another-mode', {
    message: `The journal "${path}" is of a run with ${found} orders; this one's are ${asked}.`,
    remedy: `Name another file as the journal, one for each; or run it with ${found} orders again. This one was left as it is.`,
    context: { path, found, asked },
  });

/** @param found in words, without a full stop. */
export const notAJournal = (path: string, found: string, cause?: unknown): EngineError =>
  new EngineError('journal/not-a-journal', {
    message: `"${path}" is not a journal: ${found}.`,
    remedy: 'Name another file as the journal; one that is not there is made. This one was left as it is.',
    context: { path },
    cause,
  });

/** @param found in words, without a full stop. */
export const damaged = (path: string, found: string, cause?: unknown): EngineError =>
  new EngineError('journal/damaged', {
    message: `The journal "${path}" is damaged: ${found}.`,
    remedy:
      'Put back a copy of it, or move it away and begin a new one; then compare what the broker holds with what the engine shows before it trades.',
    context: { path },
    cause,
  });

/** A journal of a format that only a later version knows. */
export const newerFormat = (path: string, found: number, known: number): EngineError =>
  new EngineError('journal/newer-format', {
    message: `The journal "${path}" has format ${found}; this version of Sauda knows formats up to ${known}.`,
    remedy: 'Run the version of Sauda that wrote it, or a later one.',
    context: { path, found, known },
  });

/** @param what was to be written, as a subject. */
export const writeFailed = (path: string, what: string, cause: unknown): EngineError =>
  new EngineError('journal/write-failed', {
    message: `${what} could not be written to the journal "${path}": ${cause instanceof Error ? cause.message : String(cause)}.`,
    remedy: isFull(cause)
      ? 'Make room on the disk. Nothing was written, and the journal goes on from where it was.'
      : 'Look at the disk, then start the engine again: it goes on from what the journal holds.',
    context: { path },
    cause,
  });
