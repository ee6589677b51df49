import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { RunConfig } from '../config/run-config.js';
import type { JournalRecord } from '../journal/journal.js';
import { createRuleBook } from '../market/create-rule-book.js';
import { ChargeBook } from '../runtime/charge-book.js';
import type { SetRunner } from '../runtime/set-runner.js';
import type { SetEvent } from '../sets/set-event.js';
import { instanceId } from '../sets/set-instance.js';
import { busyConfig, walks } from './busy-market.test-kit.js';
import type { ReportedRoundTrip } from './report.js';
import { ReportRecorder } from './report-recorder.js';
import { eventsOf, run } from './run.test-kit.js';

/** Who the events of a set are told of. */
function runnersOf({ sets }: RunConfig): ReadonlyMap<string, SetRunner> {
  const runners = new Map<string, SetRunner>();
  for (const config of sets) {
    for (const underlying of config.underlyings) {
      for (const account of config.accounts) {
        const id = instanceId(config.id, underlying, account);
        // A recorder asks a runner for its instance and for the instrument at hand, of which there is none here.
        runners.set(id, { instance: { id, account, underlying, orderPrefix: 'O', config }, slot: null } as unknown as SetRunner);
      }
    }
  }
  return runners;
}

/** What a recorder writes down that comes when so many records are kept already, and is told of those at the end. */
function lateRecorder(config: RunConfig, records: readonly JournalRecord[], kept: number): ReportRecorder {
  const rules = createRuleBook({ calendar: 'fromData' });
  const recorder = new ReportRecorder({ countFrom: 0, path: 'straight', charges: new ChargeBook(config), rules });
  const runners = runnersOf(config);
  for (const { instance, events } of records.slice(kept)) {
    const runner = runners.get(instance);
    if (runner !== undefined) for (const event of events) recorder.event(runner, event as SetEvent);
  }
  if (recorder.needsPast) recorder.recall(records.slice(0, kept));
  return recorder;
}

const withoutSignal = ({ signal: _, ...trip }: ReportedRoundTrip) => trip;

it('round trips that began before a run are reported as if it had seen all of them, wherever it begins', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(9_999), fc.double({ min: 0, max: 1, noNaN: true }), async (seed, share) => {
      const config = busyConfig(seed);
      const { report, records } = await run(config, walks(seed, 1, 120));
      const kept = Math.floor(share * records.length);
      const closedBefore = records.slice(0, kept).flatMap(({ events }) => eventsOf(events, 'setClosed')).length;
      const { roundTrips } = lateRecorder(config, records, kept);
      expect(roundTrips.map(withoutSignal)).toEqual(report.roundTrips.slice(closedBefore).map(withoutSignal));
    }),
    { numRuns: 15 },
  ));
