import type { InstanceId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';
import type { Journal, JournalRecord } from './journal.js';

/** What was true after a record: a shortcut for folding the records up to it, never the truth. */
export interface Snapshot {
  /** The last record that is folded into it; 0 before the first. */
  readonly sequence: number;
  readonly at: EpochMs;
  /** The state of everybody who decides, as plain data: `null` for absent. */
  readonly states: Readonly<Record<InstanceId, unknown>>;
}

/** A journal that is still there after the process is gone. */
export interface DurableJournal extends Journal {
  /** The sequence of the last record; 0 while there is none. */
  readonly lastSequence: number;
  /** The records in their order, those after a sequence or all. Each iteration reads anew, and sees what is appended meanwhile. */
  read(range?: { readonly after?: number }): Iterable<JournalRecord>;
  /** Keeps a snapshot of records that are kept already; an older one may go for it. */
  saveSnapshot(snapshot: Snapshot): void | Promise<void>;
  /** The newest snapshot, or `null`. */
  latestSnapshot(): Snapshot | null;
}

/** Whether a journal is kept, so that a run can go on from it. */
export const isDurable = (journal: Journal | DurableJournal): journal is DurableJournal => 'latestSnapshot' in journal;
