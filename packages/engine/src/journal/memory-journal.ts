import { CanonicalHash } from './canonical-form.js';
import type { Journal, JournalRecord } from './journal.js';
import { writeRecord } from './record-form.js';

/** A journal in memory, for backtests and tests. */
export interface MemoryJournal extends Journal {
  /** The records, when all are kept; else none. */
  readonly records: readonly JournalRecord[];
  /** How many records and events there were, kept or not. */
  readonly counts: { readonly records: number; readonly events: number };
}

/**
 * A journal in memory. It keeps a running hash; the records themselves only with `keep: 'all'`, so that memory does not grow with time.
 */
export function memoryJournal({ keep = 'hash' }: { readonly keep?: 'hash' | 'all' } = {}): MemoryJournal {
  const hash = new CanonicalHash();
  const records: JournalRecord[] = [];
  const counts = { records: 0, events: 0 };
  return {
    records,
    counts,
    append(record) {
      counts.records += 1;
      counts.events += record.events.length;
      writeRecord(hash, record);
      if (keep === 'all') records.push(record);
    },
    hash: () => hash.digest(),
    close: () => undefined,
  };
}
