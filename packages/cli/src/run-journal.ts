import { resolve } from 'node:path';

import {
  type AccountId,
  type DurableJournal,
  type EpochMs,
  type InstanceId,
  type InstrumentKey,
  type JournalRecord,
  openFileJournal,
  type Snapshot,
  type TradingSwitch,
} from '@sauda/engine';
import { z } from 'zod';

import type { LocatedProblem } from './located-problem.js';

/** Where a journal stands. */
export interface JournalStand {
  /** The last decision's time. */
  readonly at: EpochMs;
  readonly decisions: number;
  /** Where people have put the trading switch; `null`: nobody has touched it. */
  readonly tradingSwitch: TradingSwitch | null;
  readonly positions: readonly JournalPosition[];
}

/** What a set instance holds, by its fills. */
export interface JournalPosition {
  readonly instance: InstanceId;
  readonly account: AccountId;
  readonly instrument: InstrumentKey;
  /** Units: above 0 bought, below 0 sold. */
  readonly quantity: number;
}

/** The journal of a run: what the engine writes to, and what is asked of it before and after. */
export interface RunJournal {
  /** For the engine, which closes what it was given when it is done; the file stays open until {@link close}, since the end is told from it. */
  readonly forEngine: DurableJournal;
  readonly path: string;
  readonly runId: string;
  readonly warnings: readonly LocatedProblem[];
  /** `null`: nothing was decided yet. */
  readonly stand: () => JournalStand | null;
  /** The last so many records, in their order. */
  readonly lastRecords: (count: number) => Iterable<JournalRecord>;
  readonly close: () => void;
}

/**
 * Opens the journal of a run, or makes it. A new one of a live run gets an id, since its orders stand in a broker's book beside those of other runs;
 * orders of the engine's own exchange need none, and decisions stay those of a backtest.
 *
 * @param file as it is written; relative to `baseDir`.
 * @param options.begun whether sets are in place. A snapshot of a run that ended before has nothing to say about them, and is not kept.
 * @param options.isLive whether orders go to a broker. A journal of a run on paper is none for one that is live, nor the other way round.
 * @throws EngineError as `openFileJournal`: `safety/journal-in-use`, `safety/journal-of-another-mode`, `journal/…`.
 */
export async function openRunJournal(
  file: string,
  {
    baseDir,
    now,
    begun,
    isLive,
  }: { readonly baseDir: string; readonly now: number; readonly begun: () => boolean; readonly isLive: boolean },
): Promise<RunJournal> {
  const journal = await openFileJournal(resolve(baseDir, file), {
    runId: isLive ? runIdAt(now) : '',
    createdAt: now,
    mode: isLive ? 'live' : 'paper',
  });
  return {
    forEngine: {
      get lastSequence() {
        return journal.lastSequence;
      },
      append: (record) => journal.append(record),
      hash: () => journal.hash(),
      read: (range) => journal.read(range),
      saveSnapshot: (snapshot) => {
        if (begun()) journal.saveSnapshot(snapshot);
      },
      latestSnapshot: () => journal.latestSnapshot(),
      close: () => undefined,
    },
    path: journal.path,
    runId: journal.origin.runId,
    warnings: journal.warnings.map(({ code, message, remedy }) => ({
      path: 'store.journal',
      found: null,
      message,
      remedy,
      severity: 'warning',
      code,
    })),
    stand: () => standOf(journal),
    lastRecords: (count) => journal.read({ after: Math.max(0, journal.lastSequence - count) }),
    close: () => journal.close(),
  };
}

/** Short, since brokers take few characters for an order's tag: the second in which the journal was made. */
const runIdAt = (now: number): string => Math.floor(now / 1000).toString(36);

/** Where a journal stands, folded from its last snapshot and the records after it; `null` for one without records. */
export function standOf(journal: Pick<DurableJournal, 'lastSequence' | 'read' | 'latestSnapshot'>): JournalStand | null {
  if (journal.lastSequence === 0) return null;
  const snapshot = journal.latestSnapshot();
  const held = new Map<InstanceId, { readonly instrument: InstrumentKey; readonly quantity: number }>(
    snapshot === null ? [] : heldAt(snapshot),
  );
  let tradingSwitch = snapshot === null ? null : switchAt(snapshot);
  for (const record of journal.read({ after: snapshot?.sequence ?? 0 })) {
    for (const event of record.events) {
      if (event.kind === 'switchChanged') tradingSwitch = event.to;
      if (event.kind !== 'legFilled') continue;
      const { instrument, side, quantity } = event.fill;
      const before = held.get(record.instance)?.quantity ?? 0;
      held.set(record.instance, { instrument, quantity: before + (side === 'buy' ? quantity : -quantity) });
    }
  }
  const positions = [...held].filter(([, { quantity }]) => quantity !== 0);
  return {
    at: lastDecisionAt(journal),
    decisions: journal.lastSequence,
    tradingSwitch,
    positions: positions.map(([instance, { instrument, quantity }]) => ({
      instance,
      account: instance.slice(instance.lastIndexOf('|') + 1),
      instrument,
      quantity,
    })),
  };
}

function lastDecisionAt(journal: Pick<DurableJournal, 'lastSequence' | 'read'>): EpochMs {
  let at = Number.NaN;
  for (const record of journal.read({ after: journal.lastSequence - 1 })) at = record.at;
  return at;
}

/** Of a set's state, what it holds of what; accounts and the system look otherwise. */
const holderSchema = z.object({ holding: z.object({ quantity: z.number() }), leg: z.object({ instrument: z.string() }) });

const heldAt = ({ states }: Snapshot) =>
  Object.entries(states).flatMap(([instance, state]) => {
    const holder = holderSchema.safeParse(state);
    if (!holder.success) return [];
    const { holding, leg } = holder.data;
    return [[instance, { instrument: leg.instrument, quantity: holding.quantity }] as const];
  });

const systemSchema = z.object({ tradingSwitch: z.enum(['active', 'exits-only', 'halted']) });

function switchAt({ states }: Snapshot): TradingSwitch | null {
  const system = systemSchema.safeParse(states['system']);
  return system.success ? system.data.tradingSwitch : null;
}
