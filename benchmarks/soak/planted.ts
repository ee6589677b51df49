import fc from 'fast-check';

import { play } from './play.js';
import { schedules } from './schedule.js';

/** Plays schedules until one breaks something; `null`: none of so many did. */
export function caught(seed: number, most: number): { readonly after: number; readonly message: string } | null {
  const result = fc.check(
    fc.property(schedules(), (schedule) => play(schedule)),
    { numRuns: most, seed, endOnFailure: true },
  );
  if (!result.failed) return null;
  const { errorInstance: error } = result;
  return { after: result.numRuns, message: error instanceof Error ? error.message : String(error) };
}
