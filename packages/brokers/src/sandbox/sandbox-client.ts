import type { ExchangeLine } from '@sauda/engine';
import { WebSocket } from 'ws';

import type { Message } from './wire.js';

/** Whoever leaves so many bytes unread does not listen any more. A month of ticks as history is a quarter of it. */
const UNREAD_MAX = 256_000_000;

/** Somebody who is connected. */
export class SandboxClient {
  account: string | null = null;
  line: ExchangeLine | null = null;
  watches = false;
  /** What was asked for before the market opened. */
  readonly early: string[] = [];
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(message: Message): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#socket.bufferedAmount > UNREAD_MAX) this.#socket.terminate();
    else this.#socket.send(JSON.stringify(message));
  }

  /** @param code of the WebSocket protocol, or one of our own from 4000 on. */
  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Settles when it has left. */
  gone(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.readyState === WebSocket.CLOSED) resolve();
      else this.#socket.once('close', () => resolve());
    });
  }
}
