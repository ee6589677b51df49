import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { journalRecords } from '../testing/arbitraries/journal-records.js';
import type { JournalRecord } from './journal.js';
import { type MemoryJournal, memoryJournal } from './memory-journal.js';

const record: JournalRecord = {
  sequence: 1,
  at: 1_795_406_400_000,
  instance: 'nifty-ema|NSE_INDEX:NIFTY|main',
  events: [
    { kind: 'setStarted', by: 'config', at: 1_795_406_400_000 },
    { kind: 'setHalted', by: 'risk', reason: 'The account has lost enough.', at: 1_795_406_400_000 },
  ],
};

const after = (journal: MemoryJournal, records: readonly JournalRecord[]): MemoryJournal => {
  for (const one of records) journal.append(one);
  return journal;
};

describe('the memory journal', () => {
  it('keeps no records unless asked to, and counts them', () => {
    const journal = after(memoryJournal(), [record, { ...record, sequence: 2 }]);
    expect(journal.records).toEqual([]);
    expect(journal.counts).toEqual({ records: 2, events: 4 });
  });

  it('keeps all of them when asked to', () => {
    const journal = after(memoryJournal({ keep: 'all' }), [record]);
    expect(journal.records).toEqual([record]);
    expect(journal.counts).toEqual({ records: 1, events: 2 });
  });

  it('answers at once', () => {
    expect(memoryJournal().append(record)).toBeUndefined();
  });

  it('has the hash of nothing before anything is kept', () => {
    expect(memoryJournal().hash()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('has the same hash for the same records, whatever it keeps', () =>
    fc.assert(
      fc.property(journalRecords(), (records) => {
        expect(after(memoryJournal({ keep: 'all' }), records).hash()).toBe(after(memoryJournal(), records).hash());
      }),
      { numRuns: 40 },
    ));

  it('has another hash when the same events are two decisions instead of one', () => {
    const [started, halted] = record.events;
    if (started === undefined || halted === undefined) throw new Error('The record has two events.');
    const two = [
      { ...record, events: [started] },
      { ...record, sequence: 2, events: [halted] },
    ];
    expect(after(memoryJournal(), two).hash()).not.toBe(after(memoryJournal(), [record]).hash());
  });
});
