import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';

import type { Snapshot } from './durable-journal.js';
import type { FileJournal } from './file-journal.js';
import { JournalFolder, tamper } from './journal-folder.test-kit.js';
import { numberedRecord, numberedRecords } from './numbered-record.test-kit.js';
import { openFileJournal } from './open-file-journal.js';

const folder = new JournalFolder();
afterAll(() => folder.remove());

const open = (path = folder.file()): Promise<FileJournal> => openFileJournal(path, { runId: 'run-1', createdAt: 1_795_406_400_000 });

const snapshotAfter = (sequence: number): Snapshot => ({
  sequence,
  at: 1_795_406_400_000 + sequence,
  states: {
    'nifty-ema|NSE_INDEX:NIFTY|main': { phase: 'open', stop: sequence / 20, trailing: null },
    'account:main': { realisedPaise: -0 },
  },
});

/** A journal of so many records with snapshots after some of them, closed. */
async function written(records: number, snapshots: readonly number[]): Promise<string> {
  const journal = await open();
  for (const record of numberedRecords(records)) {
    journal.append(record);
    if (snapshots.includes(record.sequence)) journal.saveSnapshot(snapshotAfter(record.sequence));
  }
  journal.close();
  return journal.path;
}

/** What it says when it is opened again, its newest snapshot, and which are left in the file. */
async function reopened(path: string) {
  const journal = await open(path);
  const { warnings } = journal;
  const latest = journal.latestSnapshot();
  journal.close();
  return { warnings, latest };
}

describe('a snapshot', () => {
  it('is there when the journal is opened again, as it was', async () => {
    expect(await reopened(await written(3, [3]))).toStrictEqual({ warnings: [], latest: snapshotAfter(3) });
  });

  it('may be taken before the first record, and again after the same one', async () => {
    const journal = await open();
    journal.saveSnapshot({ sequence: 0, at: 1, states: {} });
    journal.saveSnapshot({ sequence: 0, at: 2, states: { system: null } });
    expect(journal.latestSnapshot()).toEqual({ sequence: 0, at: 2, states: { system: null } });
    journal.close();
  });

  it('is the one after the latest record, whenever it was taken, and the file keeps two', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }), async (sequences) => {
        const path = await written(9, []);
        const journal = await open(path);
        for (const sequence of sequences) journal.saveSnapshot(snapshotAfter(sequence));
        const [newest, second] = [...new Set(sequences)].sort((left, right) => right - left);
        expect(journal.latestSnapshot()?.sequence).toBe(newest);
        journal.close();
        await tamper(path, `UPDATE snapshots SET body = 'lost' WHERE sequence = ${newest}`);
        const { latest, warnings } = await reopened(path);
        expect([latest?.sequence, warnings.length]).toEqual([second, 1]);
        await tamper(path, "UPDATE snapshots SET body = 'lost'");
        expect((await reopened(path)).latest).toBeNull();
      }),
      { numRuns: 8 },
    ));

  it('is not used when a digit of it is another, and the one before is', async () => {
    const path = await written(9, [2, 5, 8]);
    await tamper(path, `UPDATE snapshots SET body = replace(body, '"stop":0.4', '"stop":0.5') WHERE sequence = 8`);
    const { warnings, latest } = await reopened(path);
    expect(warnings).toEqual([
      {
        code: 'journal/snapshot-damaged',
        message: `The snapshot after record 8 of the journal "${path}" is not used: it is not what was written.`,
        remedy: expect.stringContaining('Look at the disk'),
      },
    ]);
    expect(latest).toStrictEqual(snapshotAfter(5));
    expect((await reopened(path)).warnings).toEqual([]);
  });

  it('is not used when it is ahead of the records, also not later, when there are others in their place', async () => {
    const path = await written(9, [4, 8]);
    await tamper(path, 'DELETE FROM records WHERE sequence > 6');
    const journal = await open(path);
    expect(journal.warnings).toEqual([
      {
        code: 'journal/snapshot-ahead',
        message: `The snapshot after record 8 of the journal "${path}" is not used: the last record is 6.`,
        remedy: expect.stringContaining('whether records were lost'),
      },
    ]);
    expect(journal.latestSnapshot()?.sequence).toBe(4);
    for (const sequence of [7, 8, 9]) journal.append(numberedRecord(sequence));
    expect(journal.latestSnapshot()?.sequence).toBe(4);
    journal.close();
    expect((await reopened(path)).latest?.sequence).toBe(4);
  });

  it('of records that are not there yet is a bug', async () => {
    const journal = await open();
    journal.append(numberedRecord(1));
    for (const sequence of [2, -1, 0.5]) {
      expect(() => journal.saveSnapshot(snapshotAfter(sequence))).toThrow(`A snapshot was taken after record ${sequence} of 1.`);
    }
    journal.close();
  });

  it('of states that are no data is a bug, and the last one stays', async () => {
    const journal = await open();
    journal.append(numberedRecord(1));
    journal.saveSnapshot(snapshotAfter(0));
    for (const state of [NaN, new Map(), () => 1]) {
      expect(() => journal.saveSnapshot({ sequence: 1, at: 1, states: { system: state } })).toThrow('A journalled');
    }
    expect(journal.latestSnapshot()).toStrictEqual(snapshotAfter(0));
    journal.append(numberedRecord(2));
    journal.close();
  });
});
