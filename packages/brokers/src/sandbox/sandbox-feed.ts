import { EngineError, type Feed, type MarketBlock } from '@sauda/engine';

import { type SandboxAddress, urlOf } from './sandbox-config.js';
import { SandboxConnection } from './sandbox-connection.js';
import { fromWire, type WireBlock } from './wire.js';

/**
 * The prices of a sandbox: its history first, then what comes, when it comes. A line that is lost is made again, and brings what was missed.
 *
 * @throws EngineError `sandbox/not-there`, `sandbox/no-market`.
 */
export async function openSandboxFeed(address: SandboxAddress): Promise<Feed> {
  const queue = new BlockQueue();
  let lastTime: number | null = null;
  let refusal: string | null = null;
  const connection = new SandboxConnection(urlOf(address), {
    onUp: async (line) => {
      const outcome = await line.ask('market', { after: lastTime });
      if ('lost' in outcome) refusal = outcome.reason;
      else line.clock.sync(outcome.answer);
    },
    onDown: () => undefined,
    onMessage: (message) => {
      if (message.say === 'end') queue.end();
      if (message.say !== 'block') return;
      lastTime = Math.max(lastTime ?? Number.NEGATIVE_INFINITY, lastTimeOf(message.block));
      queue.add(fromWire(message.block));
    },
  });
  await connection.open();
  if (refusal !== null) {
    connection.close();
    throw new EngineError('sandbox/no-market', {
      message: `The sandbox does not tell its prices: ${refusal}`,
      remedy: 'Look at what it says where it runs.',
    });
  }
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

  end(): void {
    this.#isOver = true;
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
