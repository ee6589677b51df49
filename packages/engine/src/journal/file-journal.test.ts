import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';

import { journalRecords } from '../testing/arbitraries/journal-records.js';
import { journalContract } from '../testing/journal-contract.js';
import { FileJournal } from './file-journal.js';
import type { JournalEvent, JournalRecord } from './journal.js';
import { JournalFolder, presentDrivers } from './journal-folder.test-kit.js';
import { memoryJournal } from './memory-journal.js';
import { numberedRecord, numberedRecords } from './numbered-record.test-kit.js';
import { openFileJournal } from './open-file-journal.js';
import type { SqliteDriver } from './sqlite-driver.js';

const folder = new JournalFolder();
afterAll(() => folder.remove());

const origin = { runId: 'run-1', createdAt: 1_795_406_400_000 };
const fileOf = (journal: unknown): FileJournal => {
  if (!(journal instanceof FileJournal)) throw new Error('The contract was given another journal.');
  return journal;
};

/** To the last bit: −0 is not 0. Prototypes are no data. */
const sameData = (left: unknown, right: unknown): boolean => isDeepStrictEqual(structuredClone(left), structuredClone(right));

const hashOf = (records: readonly JournalRecord[]): string => {
  const memory = memoryJournal();
  for (const record of records) memory.append(record);
  return memory.hash();
};

/** Records whose events are any data at all. */
const anyRecords = (): fc.Arbitrary<readonly JournalRecord[]> =>
  fc
    .array(
      fc.record({
        at: fc.maxSafeNat(),
        instance: fc.string({ unit: 'binary', minLength: 1 }),
        events: fc.array(fc.record({ kind: fc.constant('anything'), data: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) })),
      }),
      { minLength: 1, maxLength: 12 },
    )
    // A journal keeps what it is given, whether or not it is an event that it knows.
    .map((all) => all.map(({ events, ...record }, i) => ({ ...record, sequence: i + 1, events: events as unknown as JournalEvent[] })));

describe.each(await presentDrivers())('the file journal on $driver', ({ driver, present }) => {
  const open = (path = folder.file(), on: SqliteDriver = driver): Promise<FileJournal> => openFileJournal(path, { ...origin, driver: on });
  const opened = async (records: readonly JournalRecord[], path?: string): Promise<FileJournal> => {
    const journal = await open(path);
    for (const record of records) journal.append(record);
    return journal;
  };

  describe.skipIf(!present)('where this Node has it', () => {
    const contract = journalContract('keeps the contract:', () => open(), {
      read: (journal) => [...fileOf(journal).read()],
      reopen: (closed) => open(fileOf(closed).path),
      runs: 6,
    });
    it.each(contract)('$name', ({ run }) => run());

    it('gives back any data to the last bit, and has its hash, now and after it was opened again', () =>
      fc.assert(
        fc.asyncProperty(anyRecords(), fc.nat(), async (records, asked) => {
          const journal = await open();
          for (const record of records) {
            if (record.sequence === (asked % records.length) + 1) journal.hash();
            journal.append(record);
          }
          const [now, hash] = [[...journal.read()], journal.hash()];
          journal.close();
          const again = await open(journal.path);
          expect(sameData(now, records)).toBe(true);
          expect(sameData([...again.read()], records)).toBe(true);
          expect([hash, again.hash()]).toEqual([hashOf(records), hashOf(records)]);
          again.close();
        }),
        { numRuns: 15 },
      ));

    it('keeps −0, 1e-7, whole numbers up to 2⁵³, and texts beyond Unicode', async () => {
      const values = [-0, 1e-7, 2 ** 53, -(2 ** 53), 5e-324, '₹ \u0000 \ud800 😀'];
      const events = [{ kind: 'anything', values }] as unknown as JournalEvent[];
      const journal = await opened([{ ...numberedRecord(1), events }]);
      expect(sameData([...journal.read()][0]?.events, events)).toBe(true);
      journal.close();
    });

    it('reads from any record on, over as many as there are', async () => {
      const records = numberedRecords(600);
      const journal = await opened(records);
      for (const after of [0, 1, 255, 256, 257, 511, 512, 599, 600, 700]) {
        expect([...journal.read({ after })].map(({ sequence }) => sequence)).toEqual(records.slice(after).map(({ sequence }) => sequence));
      }
      expect([...journal.read({ after: 598 })]).toEqual(records.slice(598));
      journal.close();
    });

    it('can be read again, and while records come', async () => {
      const journal = await opened(numberedRecords(2));
      const all = journal.read();
      expect([...all]).toEqual(numberedRecords(2));
      const iterator = all[Symbol.iterator]();
      iterator.next();
      journal.append(numberedRecord(3));
      expect(journal.lastSequence).toBe(3);
      expect([...all]).toEqual(numberedRecords(3));
      journal.close();
    });

    it('refuses a record that does not follow the last one', async () => {
      const journal = await opened(numberedRecords(2));
      for (const sequence of [0, 1, 2, 4, 2.5]) {
        expect(() => journal.append(numberedRecord(sequence))).toThrow(`Record ${sequence} was appended after record 2.`);
      }
      journal.append(numberedRecord(3));
      expect([...journal.read()]).toEqual(numberedRecords(3));
      journal.close();
    });

    it('keeps nothing of a record that has no JSON, and goes on', async () => {
      const journal = await opened(numberedRecords(1));
      const hash = journal.hash();
      const wrong: readonly unknown[] = [NaN, Infinity, undefined, new Date(0), 10n];
      for (const stop of wrong) {
        const [started, moved] = numberedRecord(2).events;
        const events = [started, { ...moved, stop }] as unknown as JournalEvent[];
        expect(() => journal.append({ ...numberedRecord(2), events })).toThrow('A journalled');
      }
      expect([...journal.read()]).toEqual(numberedRecords(1));
      expect(journal.hash()).toBe(hash);
      journal.append(numberedRecord(2));
      expect(journal.hash()).toBe(hashOf(numberedRecords(2)));
      journal.close();
    });

    it('leaves out what a signal does not have, which changes no hash', async () => {
      const signal = { kind: 'enter', direction: 'bullish', at: 1, reason: 'a reason', values: { fast: 2 } };
      const events = [{ kind: 'signalSeen', signal: { ...signal, stop: undefined }, at: 1 }] as unknown as JournalEvent[];
      const record = { ...numberedRecord(1), events };
      const journal = await opened([record]);
      expect([...journal.read()][0]?.events).toStrictEqual([{ kind: 'signalSeen', signal, at: 1 }]);
      expect(journal.hash()).toBe(hashOf([record]));
      journal.close();
    });

    it('says what it is no more once it is closed', async () => {
      const journal = await opened(numberedRecords(2));
      const iterator = journal.read()[Symbol.iterator]();
      iterator.next();
      journal.close();
      journal.close();
      const closed = 'was closed before';
      expect(() => iterator.next()).toThrow(closed);
      expect(() => journal.append(numberedRecord(3))).toThrow(closed);
      expect(() => journal.read()).toThrow(closed);
      expect(() => journal.hash()).toThrow(closed);
      expect(() => journal.saveSnapshot({ sequence: 1, at: 1, states: {} })).toThrow(closed);
      expect(() => journal.latestSnapshot()).toThrow(closed);
    });
  });
});

describe.skipIf((await presentDrivers()).some(({ present }) => !present))('a file journal', () => {
  it('is the same on every driver, one after the other', () =>
    fc.assert(
      fc.asyncProperty(journalRecords({ minLength: 2 }), async (records) => {
        const path = folder.file();
        const drivers: readonly SqliteDriver[] = ['libsql', 'node:sqlite'];
        for (const record of records) {
          const driver = drivers[record.sequence % 2];
          const journal = await openFileJournal(path, { ...origin, ...(driver === undefined ? {} : { driver }) });
          journal.append(record);
          expect([...journal.read()]).toEqual(records.slice(0, record.sequence));
          journal.close();
        }
      }),
      { numRuns: 3 },
    ));
});
