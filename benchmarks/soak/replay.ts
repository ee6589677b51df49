import { Coverage } from './coverage.js';
import type { Schedule } from './schedule.js';
import { Stage } from './stage.js';

/** The journal of a schedule, a line for each event, and how it ended. */
export function replayed(schedule: Schedule): string {
  const stage = new Stage(schedule, new Coverage());
  let end = 'Nothing was broken.';
  try {
    stage.play();
  } catch (error) {
    end = error instanceof Error ? error.message : String(error);
  }
  const lines = stage.records.flatMap(({ sequence, at, instance, events }) => [
    `${sequence} ${((at - stage.world.start) / 1000).toFixed(3)} s ${instance}`,
    ...events.map((event) => `    ${JSON.stringify(event)}`),
  ]);
  return [...lines, end].join('\n');
}
