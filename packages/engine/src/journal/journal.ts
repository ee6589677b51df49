import type { InstanceId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';
import type { SetEvent } from '../sets/set-event.js';

/** All events of one decision: they are kept together, or not at all. */
export interface JournalRecord {
  /** Counts from 1 without gaps. */
  readonly sequence: number;
  readonly at: EpochMs;
  readonly instance: InstanceId;
  readonly events: readonly SetEvent[];
}

/** Where decisions are kept before anything is done about them. Append-only. */
export interface Journal {
  /** Keeps a record in one atomic write. Memory answers at once; a disk is waited for. */
  append(record: JournalRecord): void | Promise<void>;
  /** SHA-256 over the canonical form of the decisions so far, of each record its instance and its events; hexadecimal. */
  hash(): string;
  close(): void | Promise<void>;
}
