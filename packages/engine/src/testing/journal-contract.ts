import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import type { Journal, JournalRecord } from '../journal/journal.js';
import { memoryJournal } from '../journal/memory-journal.js';
import { journalRecords } from './arbitraries/journal-records.js';

/** One thing that must be true of a journal. Any test runner can register it; a journal may be on a disk, so it is waited for. */
export interface JournalCheck {
  readonly name: string;
  /** @throws Error that says what was found, with the smallest list of records that shows it. */
  run(): Promise<void>;
}

/** What the contract cannot know by itself. */
export interface JournalContractOptions {
  /** The records that a journal keeps, in order; without it nothing is read back. It is asked while the journal is open. */
  readonly read?: (journal: Journal) => readonly JournalRecord[] | Promise<readonly JournalRecord[]>;
  /** Opens again what a journal that was closed has kept; without it a journal is taken to end with its process. */
  readonly reopen?: (closed: Journal) => Journal | Promise<Journal>;
  /** How many lists of records each law is tried on; 30 unless given. */
  readonly runs?: number;
  /** Makes the records the same every time; a seed that once failed belongs here. */
  readonly seed?: number;
}

/**
 * What every journal owes to those who write to it: it keeps what it is given, in order and unchanged, and its hash is that of the decisions
 * alone, so that two runs that decided the same have the same hash, on a disk and in memory.
 *
 * Records are frozen while a journal has them.
 *
 * @param name goes in front of the checks' names.
 * @param make gives an empty journal each time.
 * @example for (const { name, run } of journalContract('memory', () => memoryJournal())) it(name, run);
 */
export function journalContract(
  name: string,
  make: () => Journal | Promise<Journal>,
  { read, reopen, runs = 30, seed }: JournalContractOptions = {},
): readonly JournalCheck[] {
  const settings = { numRuns: runs, includeErrorInReport: true, ...(seed === undefined ? {} : { seed }) };
  const law = (what: string, holds: (records: readonly JournalRecord[]) => Promise<void>): JournalCheck => ({
    name: `${name} ${what}`,
    run: () => fc.assert(fc.asyncProperty(journalRecords({ minLength: 1 }), holds), settings),
  });
  const hashAfter = async (records: readonly JournalRecord[], append = inTurn): Promise<string> => {
    const journal = await make();
    try {
      await append(journal, records.map(frozen));
      return journal.hash();
    } finally {
      await journal.close();
    }
  };

  return [
    law('has the hash of the engine’s canonical form', async (records) => {
      const memory = memoryJournal();
      for (const record of records) memory.append(record);
      demand((await hashAfter(records)) === memory.hash(), 'The hash is not that of the memory journal for the same records.');
    }),
    law('has a hash that does not depend on how long a write takes', async (records) => {
      demand((await hashAfter(records, allAtOnce)) === (await hashAfter(records)), 'Waiting for a write changed the hash.');
    }),
    law('has a hash that can be asked for at any time', async (records) => {
      demand((await hashAfter(records, askingBetween)) === (await hashAfter(records)), 'Asking for the hash changed it.');
    }),
    law('has another hash when a decision is missing, changed or in another place', async (records) => {
      const hash = await hashAfter(records);
      const other = async (what: string, changed: readonly JournalRecord[]): Promise<void> =>
        demand((await hashAfter(changed)) !== hash, `The hash is the same though ${what}.`);
      await other('the last record is missing', records.slice(0, -1));
      await other('the first record is of another instance', records.with(0, { ...first(records), instance: 'another' }));
      await other('the first record has an event more', records.with(0, withOneMore(first(records))));
      // A journal may refuse a sequence that does not follow, so that the records are numbered as they come.
      const turned = records.toReversed().map((record, i) => ({ ...record, sequence: i + 1 }));
      if (!sameData(turned.map(decided), records.map(decided))) await other('the records are turned round', turned);
    }),
    ...(read === undefined
      ? []
      : [
          law('gives back what it was given, in order', async (records) => {
            const journal = await make();
            try {
              await inTurn(journal, records.map(frozen));
              const found = await read(journal);
              demand(sameData(found, records), `It gave ${found.length} records back that are not the ${records.length} it was given.`);
            } finally {
              await journal.close();
            }
          }),
        ]),
    ...(reopen === undefined
      ? []
      : [
          law('goes on after it was closed and opened again', async (records) => {
            const half = Math.ceil(records.length / 2);
            const before = await make();
            try {
              await inTurn(before, records.slice(0, half).map(frozen));
            } finally {
              await before.close();
            }
            const after = await reopen(before);
            try {
              await inTurn(after, records.slice(half).map(frozen));
              demand(after.hash() === (await hashAfter(records)), 'The hash is not that of a journal that was not closed in between.');
              const found = await read?.(after);
              demand(found === undefined || sameData(found, records), 'It does not give back what was kept before and after.');
            } finally {
              await after.close();
            }
          }),
        ]),
  ];
}

async function inTurn(journal: Journal, records: readonly JournalRecord[]): Promise<void> {
  for (const record of records) await journal.append(record);
}

async function allAtOnce(journal: Journal, records: readonly JournalRecord[]): Promise<void> {
  await Promise.all(records.map((record) => journal.append(record)));
}

async function askingBetween(journal: Journal, records: readonly JournalRecord[]): Promise<void> {
  for (const record of records) {
    journal.hash();
    await journal.append(record);
    journal.hash();
  }
}

const first = (records: readonly JournalRecord[]): JournalRecord => {
  const [record] = records;
  if (record === undefined) throw new Error('A journal without records was drawn.');
  return record;
};

const withOneMore = (record: JournalRecord): JournalRecord => ({
  ...record,
  events: [...record.events, { kind: 'setStarted', by: 'the contract', at: record.at }],
});

/** What the hash is of: a record's sequence is its place, and its time is that of its events. */
const decided = ({ instance, events }: JournalRecord): unknown => ({ instance, events });

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

/** Prototypes are no data: what comes from a disk has others than what was drawn. */
const sameData = (left: unknown, right: unknown): boolean => isDeepStrictEqual(structuredClone(left), structuredClone(right));

function demand(holds: boolean, complaint: string): void {
  if (!holds) throw new Error(complaint);
}
