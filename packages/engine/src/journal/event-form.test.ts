import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { SetEvent } from '../sets/set-event.js';
import { SetPlay } from '../sets/set-play.test-kit.js';
import { scripts, setWords } from '../sets/set-script.test-kit.js';
import { CanonicalHash } from './canonical-form.js';
import { writeEvent } from './event-form.js';

const written = (event: SetEvent): string => {
  const hash = new CanonicalHash();
  writeEvent(hash, event);
  return hash.digest();
};

const added = (event: unknown): string => {
  const hash = new CanonicalHash();
  hash.add(event);
  return hash.digest();
};

/** Signals are written with the names of their fields. */
const hasSignal = (event: SetEvent): boolean => 'signal' in event || (event.kind === 'exitTriggered' && event.reverse !== null);

/** Everything that a set may come to journal. */
const events = () =>
  fc.tuple(setWords(), scripts()).map(([words, script]) => {
    const play = new SetPlay(words);
    for (const { afterMs, happening } of script) {
      play.now += afterMs;
      play.tell(happening(play.state, play.now));
    }
    return play.events;
  });

/** Another value of the same kind. */
function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'boolean') return !value;
  return 0;
}

/** Each copy of a value in which one leaf is another. */
function* variants(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) {
    yield otherThan(value);
    return;
  }
  for (const [name, part] of Object.entries(value)) {
    for (const variant of variants(part)) yield Array.isArray(value) ? value.with(Number(name), variant) : { ...value, [name]: variant };
  }
}

describe('an event in its canonical form', () => {
  it('is the same written field by field and gone through as a value, but for signals', () =>
    fc.assert(
      fc.property(events(), (all) => {
        for (const event of all) if (!hasSignal(event)) expect(written(event)).toBe(added(event));
      }),
      { numRuns: 60 },
    ));

  it('tells a signal with a stop from one with a target, and values by their names', () => {
    const signal = { kind: 'enter', direction: 'bullish', at: 1, reason: 'a reason', values: { fast: 2 } } as const;
    const hashes = [{ ...signal, stop: 95 }, { ...signal, target: 95 }, signal, { ...signal, values: { slow: 2 } }].map((one) =>
      written({ kind: 'signalSeen', signal: one, at: 1 }),
    );
    expect(new Set(hashes).size).toBe(4);
  });

  it('is the same before and after JSON', () =>
    fc.assert(
      fc.property(events(), (all) => {
        for (const event of all) expect(written(JSON.parse(JSON.stringify(event)))).toBe(written(event));
      }),
      { numRuns: 30 },
    ));

  it('is another if any field of it is, but for its kind, which says what its fields are', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(events(), (all) => {
        for (const event of all) {
          if (kinds.has(event.kind)) continue;
          kinds.add(event.kind);
          const own = written(event);
          for (const variant of variants(event)) {
            const changed = variant as SetEvent;
            if (changed.kind === event.kind) expect(written(changed), JSON.stringify(changed)).not.toBe(own);
          }
        }
      }),
      // Chosen so that even the rarest kinds of events come up.
      { numRuns: 200, seed: 1 },
    );
    expect([...kinds].sort()).toEqual([
      'entryPlanned',
      'entryRefused',
      'exitPostponed',
      'exitReduced',
      'exitTriggered',
      'heldOvernight',
      'legFilled',
      'legOrderRequested',
      'legsChosen',
      'orderChanged',
      'positionReduced',
      'preparationStarted',
      'setClosed',
      'setHalted',
      'setOpened',
      'setStarted',
      'setStopped',
      'signalSeen',
      'stopMoved',
    ]);
  });
});
