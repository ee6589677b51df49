import { EngineError } from '@sauda/engine';
import { WebSocket } from 'ws';
import type { z } from 'zod';
import { WallMarketClock } from './wall-market-clock.js';
import { answerSchemas, type Message, messageSchema, type Request } from './wire.js';

type Calls = typeof answerSchemas;
type Call = keyof Calls;
type Asked<Name extends Call> = Omit<Extract<Request, { call: Name }>, 'id' | 'call'>;

/** What became of a question: an answer; nothing was sent, for certain; or nobody knows. */
export type Outcome<Value> = { readonly answer: Value } | { readonly lost: 'beforeSending' | 'afterwards'; readonly reason: string };

/** What a connection does when something happens on it. */
export interface ConnectionListeners {
  /** The line is there, for the first time or again; what has to be said first is said here. */
  readonly onUp: (connection: SandboxConnection) => Promise<void>;
  readonly onDown: () => void;
  readonly onMessage: (message: Exclude<Message, { say: 'answer' | 'refused' }>) => void;
}

/** A question that nobody answers for so long is not answered any more. */
const ANSWER_WITHIN_MS = 5_000;

/** After a connection is lost it is tried again, first after the one, at last after the other. */
const AGAIN_AFTER_MS = { first: 100, last: 2_000 };

/** The other side has given the account to somebody else: it is not taken back. */
const TAKEN_OVER = 4_001;

/** A line to a sandbox, which is made again when it is lost. */
export class SandboxConnection {
  /** The sandbox's market time, as far as it is known. */
  readonly clock = new WallMarketClock(1);
  readonly #url: string;
  readonly #listeners: ConnectionListeners;
  readonly #questions = new Map<number, (outcome: Outcome<unknown>) => void>();
  #socket: WebSocket | null = null;
  #lastId = 0;
  #isClosed = false;
  #again: NodeJS.Timeout | null = null;
  #delayMs = AGAIN_AFTER_MS.first;

  constructor(url: string, listeners: ConnectionListeners) {
    this.#url = url;
    this.#listeners = listeners;
  }

  /**
   * Makes the line for the first time.
   *
   * @throws EngineError `sandbox/not-there`.
   */
  async open(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.close();
      throw new EngineError('sandbox/not-there', {
        message: `No sandbox answers at ${this.#url}: ${error instanceof Error ? error.message : String(error)}`,
        remedy: 'Start it first: sauda sandbox. Or correct host and port.',
        context: { url: this.#url },
        cause: error,
      });
    }
  }

  /** Asks for something; it never throws. */
  ask<Name extends Call>(call: Name, asked: Asked<Name>): Promise<Outcome<z.output<Calls[Name]>>> {
    const socket = this.#socket;
    if (socket === null || socket.readyState !== socket.OPEN) {
      return Promise.resolve({ lost: 'beforeSending', reason: 'There is no line to the sandbox.' });
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ lost: 'afterwards', reason: 'The sandbox did not answer.' }), ANSWER_WITHIN_MS);
      const settle = (outcome: Outcome<unknown>): void => {
        clearTimeout(timer);
        this.#questions.delete(id);
        resolve(checked(call, outcome));
      };
      this.#questions.set(id, settle);
      socket.send(JSON.stringify({ id, call, ...asked }), (error) => {
        if (error) settle({ lost: 'afterwards', reason: error.message });
      });
    });
  }

  close(): void {
    this.#isClosed = true;
    if (this.#again !== null) clearTimeout(this.#again);
    this.#socket?.close();
    this.#forgetQuestions();
  }

  async #connect(): Promise<void> {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.#heard(String(data)));
    socket.once('close', (code) => this.#lost(code));
    this.#delayMs = AGAIN_AFTER_MS.first;
    await this.#listeners.onUp(this);
  }

  #lost(code: number): void {
    this.#socket = null;
    this.#forgetQuestions();
    if (this.#isClosed) return;
    this.#listeners.onDown();
    if (code !== TAKEN_OVER) this.#tryAgain();
  }

  #tryAgain(): void {
    this.#again = setTimeout(() => {
      if (this.#isClosed) return;
      this.#delayMs = Math.min(2 * this.#delayMs, AGAIN_AFTER_MS.last);
      this.#connect().catch(() => {
        this.#socket?.terminate();
        this.#socket = null;
        this.#tryAgain();
      });
    }, this.#delayMs);
  }

  #forgetQuestions(): void {
    for (const settle of [...this.#questions.values()]) settle({ lost: 'afterwards', reason: 'The line to the sandbox was lost.' });
  }

  #heard(text: string): void {
    const reading = messageSchema.safeParse(jsonOf(text));
    if (!reading.success) {
      // What cannot be understood may have been news: the line is made again, and everything is asked anew.
      this.#socket?.terminate();
      return;
    }
    const message = reading.data;
    if (message.say === 'answer') this.#questions.get(message.id)?.({ answer: message.value });
    else if (message.say === 'refused') this.#questions.get(message.id)?.({ lost: 'beforeSending', reason: message.reason });
    else {
      if (message.say === 'clock') this.clock.sync(message.clock);
      this.#listeners.onMessage(message);
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checked<Name extends Call>(call: Name, outcome: Outcome<unknown>): Outcome<z.output<Calls[Name]>> {
  if ('lost' in outcome) return outcome;
  const reading = answerSchemas[call].safeParse(outcome.answer);
  return reading.success
    ? { answer: reading.data as z.output<Calls[Name]> }
    : { lost: 'afterwards', reason: `The sandbox's answer cannot be understood: ${reading.error.message}` };
}
