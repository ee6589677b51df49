import type { SeededRandom } from '../primitives/seeded-random.js';
import type { DurationMs, EpochMs } from '../primitives/time.js';
import type { Agenda } from './agenda.js';

const SHORTEST_MS = 500;
const LONGEST_MS = 30_000;

/** A while for which a line is down, by chance. */
export const outageMs = (random: SeededRandom): DurationMs => SHORTEST_MS + random.below(LONGEST_MS - SHORTEST_MS);

/** Whether a line is down, and until when. */
export class LineOutage {
  readonly #agenda: Agenda;
  readonly #onLine: (line: 'up' | 'down', at: EpochMs) => void;
  #until: EpochMs = -Infinity;
  #isDown = false;

  constructor(agenda: Agenda, onLine: (line: 'up' | 'down', at: EpochMs) => void) {
    this.#agenda = agenda;
    this.#onLine = onLine;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  /** The line is down from now on, or for longer than it would have been. */
  begin(at: EpochMs, until: EpochMs): void {
    if (until <= this.#until || until <= at) return;
    this.#until = until;
    this.#agenda.add(until, (now) => this.#end(now));
    if (this.#isDown) return;
    this.#isDown = true;
    this.#onLine('down', at);
  }

  #end(at: EpochMs): void {
    if (at < this.#until) return;
    this.#isDown = false;
    this.#onLine('up', at);
  }
}
