import type { DurableJournal, Snapshot } from '../journal/durable-journal.js';
import type { JournalRecord } from '../journal/journal.js';
import { memoryJournal } from '../journal/memory-journal.js';

/** A journal that outlives its engine. */
export interface KeptJournal extends DurableJournal {
  readonly records: readonly JournalRecord[];
  /** The engine dies when so many records are kept. */
  diesAt: number;
}

/** What an engine dies of. */
export class Killed extends Error {}

/** A journal in memory as one on a disk would be: another engine can go on with it. */
export function keptJournal(): KeptJournal {
  const memory = memoryJournal();
  const records: JournalRecord[] = [];
  let latest: Snapshot | null = null;
  return {
    records,
    diesAt: Infinity,
    get lastSequence() {
      return records.length;
    },
    read: ({ after = 0 } = {}) => records.slice(after),
    saveSnapshot(snapshot) {
      latest = structuredClone(snapshot);
    },
    latestSnapshot: () => latest,
    append(record) {
      memory.append(record);
      records.push(structuredClone(record));
      if (records.length >= this.diesAt) throw new Killed();
    },
    hash: () => memory.hash(),
    close: () => undefined,
  };
}
