import type { EngineError, Feed, MarketBlock } from '@sauda/engine';

import { type SandboxAddress, urlOf } from './sandbox-config.js';
import { SandboxConnection } from './sandbox-connection.js';
import { fromWire, type WireBlock } from './wire-market.js';

/**
 * The prices of a sandbox: its history first, then what comes, when it comes. A line that is lost is made again, and brings what was missed; with a
 * sandbox that was started anew the prices end in an error.
 *
 * @throws EngineError `sandbox/not-there`, `sandbox/no-welcome`.
 */
export async function openSandboxFeed(address: SandboxAddress): Promise<Feed> {
  const queue = new BlockQueue();
  let lastTime: number | null = null;
  const connection = new SandboxConnection(urlOf(address), {
    hello: (line) => line.ask('market', { after: lastTime }),
    onUp: () => undefined,
    onDown: () => undefined,
    onMessage: (message) => {
      if (message.say === 'end') queue.end();
      if (message.say !== 'block') return;
      lastTime = Math.max(lastTime ?? Number.NEGATIVE_INFINITY, lastTimeOf(message.block));
      queue.add(fromWire(message.block));
    },
    onEnd: (error) => queue.end(error),
  });
  await connection.open();
  const { clock } = connection;
  const since = clock.now();
  return {
    name: `sandbox:${address.port}`,
    live: {
      since,
      until: async (time, signal) => {
        do {
          await queue.allRead(signal);
          await clock.until(time, signal);
        } while (!queue.isEmpty && !signal.aborted);
      },
    },
    instruments: [],
    blocks: () => queue.read(() => connection.close()),
    issues: () => [],
  };
}

function lastTimeOf(block: WireBlock): number {
  if (block.kind === 'day') return Number.NEGATIVE_INFINITY;
  const times = block.kind === 'ticks' ? block.receivedTime : block.closeTime;
  return times.at(-1) ?? Number.NEGATIVE_INFINITY;
}

/** Blocks that have come and were not read yet. */
class BlockQueue {
  readonly #blocks: MarketBlock[] = [];
  #isOver = false;
  #error: EngineError | null = null;
  #waiting: (() => void) | null = null;
  #whenRead: (() => void)[] = [];

  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  /** Waits until whoever reads has read everything, or the signal ends the wait. */
  allRead(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (this.isEmpty || signal.aborted) return resolve();
      this.#whenRead.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  add(block: MarketBlock): void {
    this.#blocks.push(block);
    this.#wake();
  }

  /** @param error what the end is told with, once everything that came before was read. */
  end(error: EngineError | null = null): void {
    this.#isOver = true;
    this.#error ??= error;
    this.#wake();
  }

  /** @param done called when nobody reads any more. */
  read(done: () => void): AsyncIterableIterator<MarketBlock> {
    const next = async (): Promise<IteratorResult<MarketBlock>> => {
      for (;;) {
        const value = this.#blocks.shift();
        if (value !== undefined) {
          if (this.isEmpty) for (const wake of this.#whenRead.splice(0)) wake();
          return { value, done: false };
        }
        if (this.#isOver) {
          done();
          if (this.#error !== null) throw this.#error;
          return { value: undefined, done: true };
        }
        await new Promise<void>((resolve) => {
          this.#waiting = resolve;
        });
      }
    };
    const iterator: AsyncIterableIterator<MarketBlock> = {
      next,
      return: async () => {
        this.end();
        done();
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  #wake(): void {
    this.#waiting?.();
    this.#waiting = null;
  }
}
