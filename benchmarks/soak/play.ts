import { Coverage } from './coverage.js';
import type { Schedule } from './schedule.js';
import { Stage } from './stage.js';

/** Plays a schedule to its end. @throws Violation when something is not as it always has to be. */
export function play(schedule: Schedule, coverage = new Coverage()): void {
  new Stage(schedule, coverage).play();
}
