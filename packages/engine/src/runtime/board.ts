import type { InstrumentKey } from '../market/instrument.js';
import type { EpochMs } from '../primitives/time.js';
import { Slot } from './slot.js';

/** All instruments of a run, by key. */
export class Board {
  readonly #slots = new Map<InstrumentKey, Slot>();
  readonly #linesEach: number;
  /** Slots that somebody watches; few, since only open sets watch. */
  readonly watched: Slot[] = [];

  constructor({ pessimistic }: { readonly pessimistic: boolean }) {
    this.#linesEach = pessimistic ? 2 : 1;
  }

  /** The slot of an instrument; made when it is asked for first. */
  slot(key: InstrumentKey): Slot {
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = new Slot(key, this.#linesEach);
      this.#slots.set(key, slot);
    }
    return slot;
  }

  find(key: InstrumentKey): Slot | undefined {
    return this.#slots.get(key);
  }

  /** When the next watched level is reached on the present lines. */
  nextReached(): EpochMs {
    let first = Infinity;
    for (let i = 0; i < this.watched.length; i += 1) {
      const { reachedAt } = this.watched[i] as Slot;
      if (reachedAt < first) first = reachedAt;
    }
    return first;
  }

  /** Wakes whoever watches for levels that are reached by now. */
  wakeReached(now: EpochMs): void {
    for (const slot of this.watched.slice()) if (slot.reachedAt <= now) slot.wakeReached(now);
  }

  /** A set begins to use an instrument: from now on a modelled one follows its underlying. */
  use(slot: Slot, now: EpochMs): void {
    slot.users += 1;
    if (slot.users > 1) return;
    this.watched.push(slot);
    if (slot.model === null || slot.underlying === null) return;
    slot.underlying.modelled.push(slot);
    slot.jumpByModel(now);
    slot.underlying.continueModel(slot, now);
  }

  /** A set is done with an instrument. */
  release(slot: Slot): void {
    slot.users -= 1;
    if (slot.users > 0) return;
    remove(this.watched, slot);
    if (slot.underlying !== null) remove(slot.underlying.modelled, slot);
  }

  /** Today's lots and expiries are not yesterday's: what is known of an instrument is asked anew, and nothing is traded yet. */
  newDay(): void {
    for (const slot of this.#slots.values()) {
      slot.instrument = null;
      slot.volume = NaN;
    }
  }
}

function remove<Item>(items: Item[], item: Item): void {
  const place = items.indexOf(item);
  if (place >= 0) items.splice(place, 1);
}
