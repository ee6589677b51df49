import { InvariantError } from '../primitives/assert.js';
import { CanonicalHash } from './canonical-form.js';
import { writeEvent } from './event-form.js';
import { exactJson } from './exact-json.js';
import type { JournalEvent, JournalRecord } from './journal.js';

/** Writes what the decision hash is made of: who decided, and what. */
export function writeRecord(hash: CanonicalHash, { instance, events }: Omit<JournalRecord, 'sequence' | 'at'>): void {
  hash.text(instance);
  hash.beginList(events.length);
  for (const event of events) writeEvent(hash, event);
}

/**
 * A record without its sequence as JSON that can be kept: what comes back is the same in every bit, and has the same canonical form.
 *
 * @throws InvariantError if there is no such JSON: for a number that is not finite, for what is no data, and for a field that is `undefined`
 * where the canonical form has a place for it.
 */
export function recordBody({ at, instance, events }: JournalRecord): string {
  const { text, leftOut } = exactJson({ at, instance, events });
  // Fields whose names count, those of signals, may be left out. Of the others an absent one is another form, so that it has to be `null`.
  if (leftOut && formOf(events) !== formOf((JSON.parse(text) as JournalRecord).events)) {
    throw new InvariantError(`A journalled field is undefined, of ${events.map(({ kind }) => kind).join(', ')}.`);
  }
  return text;
}

function formOf(events: readonly JournalEvent[]): string {
  const hash = new CanonicalHash();
  for (const event of events) writeEvent(hash, event);
  return hash.digest();
}
