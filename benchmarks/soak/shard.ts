import fc from 'fast-check';

import { Coverage } from './coverage.js';
import { play } from './play.js';
import { type Schedule, schedules } from './schedule.js';

/** What became of a part of a run. */
export interface ShardResult {
  readonly schedules: number;
  readonly counts: Readonly<Record<string, number>>;
  /** The smallest schedule that was found to break something; `null`: none did. */
  readonly violation: { readonly message: string; readonly schedule: Schedule } | null;
}

/** Plays so many schedules; of the first that breaks something, the smallest that still does is given, and no more are played. */
export function playShard(seed: number, count: number): ShardResult {
  const coverage = new Coverage();
  let shrinking = false;
  const result = fc.check(
    fc.property(schedules(), (schedule) => {
      try {
        play(schedule, shrinking ? new Coverage() : coverage);
      } catch (error) {
        shrinking = true;
        throw error;
      }
    }),
    { numRuns: count, seed },
  );
  const [schedule] = result.counterexample ?? [];
  const violation = schedule === undefined ? null : { message: wordsOf(result.errorInstance), schedule };
  return { schedules: result.numRuns, counts: coverage.counts(), violation };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
