import { unreachable } from '../primitives/assert.js';
import type { EpochMs } from '../primitives/time.js';
import type { SimulatedExchange } from '../simulation/simulated-exchange.js';
import type { Board } from './board.js';
import type { ChartBook } from './chart-book.js';
import type { FeedWatch } from './feed-watch.js';
import type { Floor } from './floor.js';
import type { RunClock } from './run-clock.js';

/** Where things are due. */
export interface DueThingsParts {
  readonly clock: RunClock;
  readonly board: Board;
  readonly charts: ChartBook;
  readonly floor: Floor;
  readonly exchange: SimulatedExchange;
  readonly watches: readonly FeedWatch[];
}

/**
 * What happens in a run by itself, beside the points of its feeds: a level is reached, a candle ends, something is due on the floor or at the
 * exchange, a feed has been silent for too long. Of one moment they come in this order.
 */
export class DueThings {
  readonly #parts: DueThingsParts;
  /** What is due next, as it was found last. */
  #first: 'level' | 'close' | 'floor' | 'exchange' | 'silence' = 'level';

  constructor(parts: DueThingsParts) {
    this.#parts = parts;
  }

  /** When something is due next; `Infinity` where nothing is. What it is, is kept for {@link happen}. */
  next(): EpochMs {
    const { board, charts, floor, exchange, watches } = this.#parts;
    let next = board.nextReached();
    this.#first = 'level';
    const { nextClose } = charts;
    if (nextClose < next) {
      next = nextClose;
      this.#first = 'close';
    }
    const floorTime = floor.nextTime;
    if (floorTime < next) {
      next = floorTime;
      this.#first = 'floor';
    }
    const exchangeTime = exchange.nextTime;
    if (exchangeTime < next) {
      next = exchangeTime;
      this.#first = 'exchange';
    }
    for (let i = 0; i < watches.length; i += 1) {
      const { nextTime } = watches[i] as FeedWatch;
      if (nextTime >= next) continue;
      next = nextTime;
      this.#first = 'silence';
    }
    return next;
  }

  /** Lets one thing happen: what {@link next} has found, at the moment that it gave. */
  happen(due: EpochMs): void {
    const { clock, board, charts, floor, exchange, watches } = this.#parts;
    if (due > clock.now) clock.now = due;
    switch (this.#first) {
      case 'level':
        board.wakeReached(clock.now);
        return;
      case 'close':
        charts.closeDue(due);
        return;
      case 'floor':
        floor.happen(due);
        return;
      case 'exchange':
        exchange.happen(due);
        return;
      case 'silence':
        for (const watch of watches) if (watch.nextTime <= due) watch.look(due);
        return;
      default:
        unreachable(this.#first);
    }
  }
}
