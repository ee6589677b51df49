import type { EpochMs } from '../primitives/time.js';

interface Entry {
  readonly at: EpochMs;
  readonly act: (at: EpochMs) => void;
}

/** Things to be done at later times, in the order of these; of one moment, in the order in which they were put down. */
export class Agenda {
  readonly #entries: Entry[] = [];
  #next: EpochMs = Infinity;

  /** When the next thing is to be done; `Infinity` while there is none. */
  get next(): EpochMs {
    return this.#next;
  }

  add(at: EpochMs, act: (at: EpochMs) => void): void {
    let place = this.#entries.length;
    while (place > 0 && (this.#entries[place - 1] as Entry).at > at) place -= 1;
    this.#entries.splice(place, 0, { at, act });
    if (at < this.#next) this.#next = at;
  }

  /** Does the next thing. */
  actNext(): void {
    const entry = this.#entries.shift();
    this.#next = this.#entries[0]?.at ?? Infinity;
    if (entry !== undefined) entry.act(entry.at);
  }
}
