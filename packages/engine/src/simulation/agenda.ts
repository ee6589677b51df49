import type { EpochMs } from '../primitives/time.js';

interface Entry {
  readonly at: EpochMs;
  readonly act: (at: EpochMs) => void;
}

/** Things to be done at later times, in the order of these; of one moment, in the order in which they were put down. */
export class Agenda {
  readonly #entries: Entry[] = [];

  /** When the next thing is to be done; `Infinity` while there is none. */
  get next(): EpochMs {
    return this.#entries[0]?.at ?? Infinity;
  }

  add(at: EpochMs, act: (at: EpochMs) => void): void {
    let place = this.#entries.length;
    while (place > 0 && (this.#entries[place - 1] as Entry).at > at) place -= 1;
    this.#entries.splice(place, 0, { at, act });
  }

  /** Does the next thing. */
  actNext(): void {
    const entry = this.#entries.shift();
    if (entry !== undefined) entry.act(entry.at);
  }
}
