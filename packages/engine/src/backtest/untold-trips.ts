import type { JournalRecord } from '../journal/journal.js';
import type { InstanceId } from '../primitives/ids.js';
import type { SetEvent } from '../sets/set-event.js';
import type { SetInstance } from '../sets/set-instance.js';
import type { ReportedRoundTrip } from './report.js';
import { type KindsOf, TripRecorder } from './trip-recorder.js';

/** A round trip that began before this run. */
export interface UntoldTrip {
  readonly instance: SetInstance;
  /** Where it belongs among the round trips of the report. */
  readonly place: number;
  /** Whether what this run has told made a round trip already, if one with a part of its orders. */
  readonly inReport: boolean;
  /** What was told of it in this run, up to its end. */
  readonly events: readonly SetEvent[];
}

/**
 * The round trips of a report, those that began before this run completed with what was journalled before it. Their signals are no part of the report.
 *
 * @param past the records of before this run.
 */
export function withUntold(
  roundTrips: readonly ReportedRoundTrip[],
  untold: readonly UntoldTrip[],
  { past, kindsOf }: { readonly past: Iterable<JournalRecord>; readonly kindsOf: (instance: SetInstance) => KindsOf },
): readonly ReportedRoundTrip[] {
  const recorders = new Map<InstanceId, TripRecorder>();
  for (const { instance } of untold) recorders.set(instance.id, new TripRecorder(instance, kindsOf(instance)));
  for (const { instance, events } of past) {
    const recorder = recorders.get(instance);
    // Under a set instance's name only set events are journalled.
    if (recorder !== undefined) for (const event of events) tell(recorder, event as SetEvent);
  }
  const all = [...roundTrips];
  let added = 0;
  for (const { instance, place, inReport, events } of untold) {
    const recorder = recorders.get(instance.id);
    const [trip] = recorder === undefined ? [] : events.flatMap((event) => tell(recorder, event) ?? []);
    if (trip === undefined) continue;
    all.splice(place + added, inReport ? 1 : 0, trip);
    if (!inReport) added += 1;
  }
  return all;
}

function tell(recorder: TripRecorder, event: SetEvent): ReportedRoundTrip | null {
  recorder.event(event);
  return event.kind === 'setClosed' ? recorder.closed(event, null) : null;
}
