import type { Price } from '../../packages/engine/src/primitives/price.js';
import { Board } from '../../packages/engine/src/runtime/board.js';
import type { RunClock } from '../../packages/engine/src/runtime/run-clock.js';
import type { World } from './world.js';

const newBoard = (): Board => new Board({ pessimistic: false });

/** What the instruments of a world cost, on the exchange's board and on the engine's, which is gone with the engine. */
export class Prices {
  readonly theirs = newBoard();
  readonly #quotes: World['quotes'];
  readonly #clock: RunClock;
  readonly #ticks: number[];
  #ours = newBoard();

  constructor(quotes: World['quotes'], clock: RunClock) {
    this.#quotes = quotes;
    this.#clock = clock;
    this.#ticks = quotes.map(({ ticks }) => ticks);
  }

  get ours(): Board {
    return this.#ours;
  }

  /** The price of an instrument, in ticks. */
  ticksOf(index: number): number {
    return this.#ticks[index] as number;
  }

  /** The price of an instrument is another, and nobody is told yet; it does not go down to nothing. */
  shift(index: number, by: number): void {
    const moved = this.ticksOf(index) + by;
    if (moved > 10) this.#ticks[index] = moved;
  }

  /** The exchange hears of the price of an instrument, then the engine. */
  show(index: number): void {
    for (const board of [this.theirs, this.#ours]) this.#showOn(board, index);
  }

  /** Another engine begins with a board of its own. */
  renewOurs(): void {
    this.#ours = newBoard();
    for (const index of this.#quotes.keys()) this.#showOn(this.#ours, index);
  }

  #showOn(board: Board, index: number): void {
    const { key, tickSize } = this.#quotes[index] as World['quotes'][number];
    const price: Price = Math.round(this.ticksOf(index) * tickSize * 100) / 100;
    const slot = board.slot(key);
    slot.recordedAt = this.#clock.now;
    slot.jump(this.#clock.now, price);
  }
}
