import { type EpochMs, SECOND_MS } from '../primitives/time.js';

/** A search for an order in the broker's book of the day, while nobody can say what became of it. */
export interface Look {
  /** When it became unknown. */
  readonly since: EpochMs;
  /** Looks that were asked for so far. */
  readonly count: number;
  /** When the next one is asked for. */
  readonly nextAt: EpochMs;
  /** When the present one was asked for; `null` while none is. */
  readonly askedAt: EpochMs | null;
  /** When a look first found the day's book without the order; `null`: none has. */
  readonly absentAt: EpochMs | null;
}

/** Seconds after which the book is looked at. */
const LOOKS_AFTER_SECONDS = [1, 2, 4, 8, 15, 30] as const;
const LOOKS_THEN_EVERY_SECONDS = 15;

/** So far apart must two looks be that both find nothing, for it to be believed. */
export const ABSENT_FOR_MS = 5 * SECOND_MS;

export const startLook = (at: EpochMs): Look => ({ since: at, count: 0, nextAt: lookAt(at, 0), askedAt: null, absentAt: null });

/** After a look was asked for. */
export const askedLook = ({ since, count, absentAt }: Look, at: EpochMs): Look => ({
  since,
  count: count + 1,
  nextAt: lookAt(since, count + 1),
  askedAt: at,
  absentAt,
});

/** After a look that nobody answered: it proves nothing. */
export const unansweredLook = ({ since, count, nextAt, absentAt }: Look, at: EpochMs): Look => ({
  since,
  count,
  nextAt: Math.max(nextAt, at),
  askedAt: null,
  absentAt,
});

/** After a look that found the day's book without the order. */
export const absentLook = ({ since, count, nextAt, absentAt }: Look, at: EpochMs): Look => ({
  since,
  count,
  nextAt: Math.max(nextAt, at),
  askedAt: null,
  absentAt: absentAt ?? at,
});

/**
 * Whether a look that finds nothing again proves that the order never reached the broker: it has to have been asked for long enough after the
 * answer of the first that found nothing.
 *
 * @param at when it was answered, for a look that nobody asked for.
 */
export const provesAbsence = ({ absentAt, askedAt }: Look, at: EpochMs): boolean =>
  absentAt !== null && (askedAt ?? at) - absentAt >= ABSENT_FOR_MS;

/** A book may lag behind what is held by some seconds; one that has not told by then does not. */
const BOOK_LAG_MAX_MS = 15 * SECOND_MS;

/** Whether a book that does not show what became of an order may only be late. */
export const mayLag = ({ since }: Look, at: EpochMs): boolean => at - since < BOOK_LAG_MAX_MS;

/** When the look after so many is due. */
function lookAt(since: EpochMs, count: number): EpochMs {
  const last = LOOKS_AFTER_SECONDS.length - 1;
  const seconds = LOOKS_AFTER_SECONDS[count] ?? LOOKS_AFTER_SECONDS[last]! + (count - last) * LOOKS_THEN_EVERY_SECONDS;
  return since + seconds * SECOND_MS;
}
