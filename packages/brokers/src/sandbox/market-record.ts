import type { MarketBlock, Tick } from '@sauda/engine';

import { ticksToWire, toWire, type WireBlock } from './wire-market.js';

/** Points are kept in stretches of at most so many. */
const STRETCH_MAX = 5_000;

/** What the market of a sandbox has brought so far, for whoever comes later, and what has come since it was last taken. */
export class MarketRecord {
  readonly #blocks: WireBlock[] = [];
  #points: Tick[] = [];
  #fresh: WireBlock[] = [];

  /** History, or what is known of a day. */
  addBlock(block: MarketBlock): void {
    this.#flush();
    this.#keep(toWire(block));
  }

  addTick(tick: Tick): void {
    this.#points.push(tick);
    if (this.#points.length >= STRETCH_MAX) this.#flush();
  }

  /** What has come since it was last taken. */
  takeFresh(): readonly WireBlock[] {
    this.#flush();
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  /** All of it; with a time, only the points after it and what is known of the days. */
  since(after: number | null): readonly WireBlock[] {
    this.#flush();
    return after === null ? this.#blocks : this.#blocks.flatMap((block) => later(block, after));
  }

  #flush(): void {
    if (this.#points.length === 0) return;
    const points = this.#points;
    this.#points = [];
    this.#keep(ticksToWire(points));
  }

  #keep(block: WireBlock): void {
    this.#blocks.push(block);
    this.#fresh.push(block);
  }
}

/** A block without what came up to a time; candles are history, which whoever asks like this has. */
function later(block: WireBlock, after: number): readonly WireBlock[] {
  if (block.kind !== 'ticks') return block.kind === 'day' ? [block] : [];
  const times = block.receivedTime;
  const first = times.findIndex((time) => time !== null && time > after);
  if (first < 0) return [];
  if (first === 0) return [block];
  return [
    {
      ...block,
      instrument: block.instrument.slice(first),
      receivedTime: times.slice(first),
      exchangeTime: block.exchangeTime.slice(first),
      price: block.price.slice(first),
      volume: block.volume.slice(first),
      openInterest: block.openInterest.slice(first),
      bid: block.bid.slice(first),
      ask: block.ask.slice(first),
    },
  ];
}
