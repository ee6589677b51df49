import { join } from 'node:path';

import type { JournalRecord, Snapshot } from '@sauda/engine';
import { describe, expect, it, onTestFinished } from 'vitest';

import { folderWith } from './cli.test-kit.js';
import { openRunJournal, standOf } from './run-journal.js';

const INSTANCE = 'one|NSE:TCS|main';

const filled = (sequence: number, side: 'buy' | 'sell', quantity: number): JournalRecord => {
  const fill = { fillId: `F${sequence}`, orderId: 'S0O1', instrument: 'NSE:TCS', side, quantity, price: 100, time: sequence };
  const event = {
    kind: 'legFilled',
    fill,
    purpose: 'entry',
    chargesPaise: 0,
    realisedPaise: 0,
    costPaise: 0,
    by: null,
    at: sequence,
  } as const;
  return { sequence, at: sequence * 1_000, instance: INSTANCE, events: [event] };
};

const switched = (sequence: number): JournalRecord => ({
  sequence,
  at: sequence * 1_000,
  instance: 'system',
  events: [{ kind: 'switchChanged', from: 'active', to: 'halted', by: 'asha', at: sequence * 1_000 }],
});

/** A journal in memory, as far as somebody asks where it stands. */
const journalOf = (records: readonly JournalRecord[], snapshot: Snapshot | null = null) => ({
  lastSequence: records.length,
  read: ({ after = 0 }: { readonly after?: number } = {}) => records.filter(({ sequence }) => sequence > after),
  latestSnapshot: () => snapshot,
});

const held = (quantity: number) => [{ instance: INSTANCE, account: 'main', instrument: 'NSE:TCS', quantity }];

describe('where a journal stands', () => {
  it('is nowhere before the first record', () => expect(standOf(journalOf([]))).toBeNull());

  it('is the sum of its fills, the last decision, and the switch', () => {
    expect(standOf(journalOf([filled(1, 'buy', 65), switched(2), filled(3, 'sell', 30)]))).toEqual({
      at: 3_000,
      decisions: 3,
      tradingSwitch: 'halted',
      positions: held(35),
    });
  });

  it('begins with the last snapshot, and counts what came after', () => {
    const states = {
      [INSTANCE]: { phase: 'open', holding: { quantity: 65 }, leg: { instrument: 'NSE:TCS' } },
      'two|NSE:TCS|main': { phase: 'waiting', holding: { quantity: 0 }, leg: null },
      'account:main': { money: {}, ignored: {} },
      system: { tradingSwitch: 'exits-only' },
    };
    const records = [filled(1, 'buy', 65), filled(2, 'buy', 10)];
    expect(standOf(journalOf(records, { sequence: 1, at: 1_500, states }))).toEqual({
      at: 2_000,
      decisions: 2,
      tradingSwitch: 'exits-only',
      positions: held(75),
    });
    expect(standOf(journalOf(records.slice(0, 1), { sequence: 1, at: 1_500, states }))?.at).toBe(1_000);
  });

  it('has no position where everything was left', () => {
    expect(standOf(journalOf([filled(1, 'buy', 65), filled(2, 'sell', 65)]))?.positions).toEqual([]);
  });
});

describe("a run's journal", () => {
  const opened = async (begun: () => boolean, isLive = false) => {
    const baseDir = folderWith({});
    const journal = await openRunJournal('./run.db', { baseDir, now: 7, begun, isLive });
    onTestFinished(() => journal.close());
    return { baseDir, journal };
  };

  it('lies beside the configuration, and belongs to a run without an id', async () => {
    const { baseDir, journal } = await opened(() => true);
    expect([journal.path, journal.runId, journal.warnings]).toEqual([join(baseDir, 'run.db'), '', []]);
    expect(journal.stand()).toBeNull();
  });

  it('is still asked when the engine is done with it, and closed after that', async () => {
    const { journal } = await opened(() => true);
    await journal.forEngine.append(filled(1, 'buy', 65));
    await journal.forEngine.close();
    expect(journal.stand()).toMatchObject({ decisions: 1, positions: held(65) });
    expect([...journal.lastRecords(10)]).toEqual([filled(1, 'buy', 65)]);
    journal.close();
    expect(() => journal.stand()).toThrow('closed');
  });

  it('keeps no snapshot of sets that are not in place yet: it would forget what they hold', async () => {
    let begun = false;
    const { journal } = await opened(() => begun);
    const snapshot: Snapshot = { sequence: 0, at: 1, states: {} };
    await journal.forEngine.saveSnapshot(snapshot);
    expect(journal.forEngine.latestSnapshot()).toBeNull();
    begun = true;
    await journal.forEngine.saveSnapshot(snapshot);
    expect(journal.forEngine.latestSnapshot()).toEqual(snapshot);
  });

  it('of a live run gives it an id, which it keeps: its orders stand in a book beside those of other runs', async () => {
    const baseDir = folderWith({});
    const open = (now: number) => openRunJournal('live.db', { baseDir, now, begun: () => true, isLive: true });
    const journal = await open(1_795_578_300_000);
    journal.close();
    const again = await open(1_795_600_000_000);
    onTestFinished(() => again.close());
    expect([journal.runId, again.runId]).toEqual(['tp1h30', 'tp1h30']);
  });

  it.each([
    [false, true],
    [true, false],
  ])(
    'of paper orders is none for live ones, nor the other way round: it would recall positions that nobody holds (live: %s)',
    async (isLive, other) => {
      const baseDir = folderWith({});
      const open = (live: boolean) => openRunJournal('run.db', { baseDir, now: 7_000, begun: () => true, isLive: live });
      (await open(isLive)).close();
      await expect(open(other)).rejects.toMatchObject({ code: 'safety/journal-of-another-mode' });
      const again = await open(isLive);
      onTestFinished(() => again.close());
      expect(again.runId).toBe(isLive ? '7' : '');
    },
  );

  it('is had by one run at a time', async () => {
    const { baseDir } = await opened(() => true);
    await expect(openRunJournal('run.db', { baseDir, now: 8, begun: () => true, isLive: false })).rejects.toMatchObject({
      code: 'safety/journal-in-use',
    });
  });
});
