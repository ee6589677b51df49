import { describe, expect, it } from 'vitest';

import type { Journal, JournalRecord } from '../journal/journal.js';
import { memoryJournal } from '../journal/memory-journal.js';
import { type JournalContractOptions, journalContract } from './journal-contract.js';

/** A journal that is a while about each record, as a disk is. */
function slowJournal(): Journal {
  const memory = memoryJournal();
  let last = Promise.resolve();
  return {
    ...memory,
    append(record) {
      last = last.then(() => memory.append(record));
      return last;
    },
    hash: () => memory.hash(),
  };
}

describe.each([
  ['memory', () => memoryJournal()],
  ['slow', slowJournal],
])('the %s journal keeps the journal contract', (name, make) => {
  it.each(journalContract(name, make))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe('the memory journal that keeps all', () => {
  const memory = new WeakMap<Journal, readonly JournalRecord[]>();
  const make = (): Journal => {
    const journal = memoryJournal({ keep: 'all' });
    memory.set(journal, journal.records);
    return journal;
  };
  it.each(journalContract('keep: all', make, { read: (journal) => memory.get(journal) ?? [] }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe('journalContract finds', () => {
  const failed = async (make: () => Journal, options: JournalContractOptions = {}): Promise<readonly string[]> => {
    const names: string[] = [];
    for (const { name, run } of journalContract('it', make, { runs: 20, seed: 3, ...options })) {
      try {
        await run();
      } catch {
        names.push(name);
      }
    }
    return names;
  };
  const withHash = (hash: (memory: Journal, appended: number) => string): Journal => {
    const memory = memoryJournal();
    let appended = 0;
    return {
      append(record) {
        appended += 1;
        return memory.append(record);
      },
      hash: () => hash(memory, appended),
      close: () => undefined,
    };
  };

  it('a hash that is always the same', async () => {
    expect(await failed(() => withHash(() => 'one'))).toEqual([
      'it has the hash of the engine’s canonical form',
      'it has another hash when a decision is missing, changed or in another place',
    ]);
  });

  it('a hash that changes when it is asked for', async () => {
    let asked = 0;
    const names = await failed(() => {
      asked = 0;
      return withHash((memory) => {
        asked += 1;
        return asked === 1 ? memory.hash() : `${asked}`;
      });
    });
    expect(names).toEqual(['it has a hash that can be asked for at any time']);
  });

  it('a journal that loses what comes while it writes', async () => {
    const names = await failed(() => {
      const memory = memoryJournal();
      let busy = false;
      return {
        ...memory,
        hash: () => memory.hash(),
        async append(record) {
          if (busy) return;
          busy = true;
          await Promise.resolve();
          memory.append(record);
          busy = false;
        },
      };
    });
    expect(names).toEqual(['it has a hash that does not depend on how long a write takes']);
  });

  it('a journal that gives back another order', async () => {
    const kept: JournalRecord[] = [];
    const make = (): Journal => {
      const memory = memoryJournal();
      kept.length = 0;
      return {
        append(record) {
          kept.unshift(record);
          memory.append(record);
        },
        hash: () => memory.hash(),
        close: () => undefined,
      };
    };
    expect(await failed(make, { read: () => kept })).toEqual(['it gives back what it was given, in order']);
  });

  it('a journal that has forgotten everything when it is opened again', async () => {
    const names = await failed(() => memoryJournal(), { reopen: () => memoryJournal() });
    expect(names).toEqual(['it goes on after it was closed and opened again']);
  });

  it('a journal that changes what it kept while it is closed', async () => {
    const kept = new WeakMap<Journal, readonly JournalRecord[]>();
    const make = (): Journal => {
      const journal = memoryJournal({ keep: 'all' });
      kept.set(journal, journal.records);
      return journal;
    };
    const reopen = (closed: Journal): Journal => {
      const journal = make();
      for (const record of kept.get(closed) ?? []) journal.append({ ...record, at: record.at + 1 });
      return journal;
    };
    // The hash leaves the times of records out: only reading them shows it.
    expect(await failed(make, { reopen })).toEqual([]);
    expect(await failed(make, { reopen, read: (journal) => kept.get(journal) ?? [] })).toEqual([
      'it goes on after it was closed and opened again',
    ]);
  });
});
