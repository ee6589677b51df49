import type { InstanceId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';
import type { AccountEvent } from '../risk/account-event.js';
import type { SystemEvent } from '../risk/system-decider.js';
import type { SetEvent } from '../sets/set-event.js';

/** What the deciders of a run journal: set instances, accounts, and the system itself. */
export type JournalEvent = SetEvent | AccountEvent | SystemEvent;

/** All events of one decision: they are kept together, or not at all. */
export interface JournalRecord {
  /** Counts from 1 without gaps. */
  readonly sequence: number;
  readonly at: EpochMs;
  /** Who decided: a set instance, an account (`account:main`), or the `system`. */
  readonly instance: InstanceId;
  readonly events: readonly JournalEvent[];
}

/** Whether a journal's orders went to the simulated exchange alone, or to a broker. Its positions and its profit are as real as its orders. */
export type JournalMode = 'paper' | 'live';

/** Where decisions are kept before anything is done about them. Append-only. */
export interface Journal {
  /** Keeps a record in one atomic write. Memory answers at once; a disk is waited for. */
  append(record: JournalRecord): void | Promise<void>;
  /** SHA-256 over the canonical form of the decisions so far, of each record its instance and its events; hexadecimal. */
  hash(): string;
  close(): void | Promise<void>;
}
