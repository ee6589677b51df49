import fc from 'fast-check';

import type { JournalRecord } from '../../journal/journal.js';
import { atIst, minuteOfDay } from '../../primitives/time.js';
import type { SetEvent } from '../../sets/set-event.js';

/** Length of the journals that {@link journalRecords} draws. */
export interface JournalRecordsOptions {
  readonly minLength?: number;
  /** Most records; 20 unless given. */
  readonly maxLength?: number;
}

/**
 * Journals of a few set instances, in their order: sequences from 1 without gaps, times that never go back, one to three events a record.
 *
 * The events are of many kinds, with texts beyond ASCII and long ones among them. They do not make a life of a set: a journal keeps what it
 * is given.
 */
export const journalRecords = ({ minLength = 0, maxLength = 20 }: JournalRecordsOptions = {}): fc.Arbitrary<readonly JournalRecord[]> =>
  fc
    .array(
      fc.record({
        afterMs: fc.oneof(fc.constant(0), fc.nat({ max: 3_600_000 })),
        instance: fc.constantFrom('nifty-ema|NSE_INDEX:NIFTY|main', 'pcr|NSE_INDEX:BANKNIFTY|main', 'nifty-ema|NSE_INDEX:NIFTY|second'),
        bodies: fc.array(eventBody(), { minLength: 1, maxLength: 3 }),
      }),
      { minLength, maxLength },
    )
    .map((drawn) => {
      let at = atIst('2026-11-23', minuteOfDay('09:20'));
      return drawn.map(({ afterMs, instance, bodies }, i) => {
        at += afterMs;
        return { sequence: i + 1, at, instance, events: bodies.map((body) => body(at)) };
      });
    });

type EventAt = (at: number) => SetEvent;

const price = fc.integer({ min: 1, max: 100_000 }).map((ticks) => ticks / 20);
const words = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4_000, max: 5_000 }).map((length) => '₹'.repeat(length)) },
);

const eventBody = (): fc.Arbitrary<EventAt> =>
  fc.oneof(
    words.map(
      (reason): EventAt =>
        (at) => ({ kind: 'setHalted', by: 'risk', reason, at }),
    ),
    words.map(
      (by): EventAt =>
        (at) => ({ kind: 'setStarted', by, at }),
    ),
    fc.record({ stop: price, best: price }).map(
      (moved): EventAt =>
        (at) => ({ kind: 'stopMoved', ...moved, at }),
    ),
    fc.record({ price: fc.option(price, { nil: null }), quantity: fc.integer({ min: 1, max: 5_000 }), keep: fc.nat({ max: 5_000 }) }).map(
      (left): EventAt =>
        (at) => ({ kind: 'exitTriggered', rule: 'target', ...left, reverse: null, at }),
    ),
    fc.record({ grossPaise: fc.integer({ min: -1_00_00_000, max: 1_00_00_000 }), chargesPaise: fc.nat({ max: 1_00_000 }) }).map(
      (closed): EventAt =>
        (at) => ({ kind: 'setClosed', rule: 'stopLoss', ...closed, coolUntil: at + 300_000, at }),
    ),
    fc.record({ reason: words, values: fc.dictionary(fc.constantFrom('fast', 'slow', 'rsi'), price) }).map(
      ({ reason, values }): EventAt =>
        (at) => ({
          kind: 'signalSeen',
          signal: { kind: 'enter', direction: 'bullish', at, reason, values },
          at,
        }),
    ),
  );
