import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import type { FeedCursor } from './feed-cursor.js';

/** So long a live feed is waited for at first: its history comes at once where it comes at all. */
const FIRST_BLOCK_MS = 10 * SECOND_MS;

/** The feeds of a run beside each other, each at its next point. */
export class FeedCursors {
  readonly #cursors: readonly FeedCursor[];

  constructor(cursors: readonly FeedCursor[]) {
    this.#cursors = cursors;
  }

  /** Waits until every feed has something to tell, but for a live one not for long: what is held, and what is on its way, cannot wait for prices. */
  async firstBlocks(): Promise<void> {
    const over = new AbortController();
    await Promise.all(
      this.#cursors.map((cursor) => {
        const { live } = cursor.feed;
        return live === undefined ? cursor.load() : Promise.race([cursor.load(), live.until(live.since + FIRST_BLOCK_MS, over.signal)]);
      }),
    );
    over.abort();
  }

  /** The market's first moment: for a live feed that has nothing to tell yet, that from which it is traded. */
  firstTime(tradeFrom: EpochMs): EpochMs {
    const first = Math.min(...this.#cursors.map(({ time }) => time));
    return first === -Infinity && this.#cursors.some(isSilent) ? tradeFrom : first;
  }

  /**
   * The feed whose point comes first; one that must load first before all others. A live one that has nothing to tell holds nobody up; `null`:
   * there is nothing but such.
   */
  next(): FeedCursor | null {
    const cursors = this.#cursors;
    let next: FeedCursor | null = null;
    let silent = false;
    for (let i = 0; i < cursors.length; i += 1) {
      const cursor = cursors[i] as FeedCursor;
      if (isSilent(cursor)) silent = true;
      else if (next === null || cursor.time < next.time) next = cursor;
    }
    return silent && (next === null || next.time === Infinity) ? null : next;
  }

  /** When a feed other than this one has its next point. */
  timeAfter(cursor: FeedCursor): EpochMs {
    let next = Infinity;
    for (const other of this.#cursors) if (other !== cursor && other.time < next) next = other.time;
    return next;
  }

  /** Live feeds that have nothing to tell at present. */
  silent(): readonly FeedCursor[] {
    return this.#cursors.filter(isSilent);
  }

  /** Ends all of them before their time. */
  async stop(): Promise<void> {
    for (const cursor of this.#cursors) await cursor.stop();
  }
}

const isSilent = ({ feed, time }: FeedCursor): boolean => time === -Infinity && feed.live !== undefined;
