import { EngineError } from '@sauda/engine';
import { WebSocket } from 'ws';
import type { z } from 'zod';
import { WallMarketClock } from './wall-market-clock.js';
import { answerSchemas, jsonOf, type Message, messageSchema, type Request, TAKEN_OVER, type Welcome } from './wire.js';

type Calls = typeof answerSchemas;
type Call = keyof Calls;
type Asked<Name extends Call> = Omit<Extract<Request, { call: Name }>, 'id' | 'call'>;

/** What became of a question: an answer; nothing was sent, for certain; or nobody knows. */
export type Outcome<Value> = { readonly answer: Value } | { readonly lost: 'beforeSending' | 'afterwards'; readonly reason: string };

/** What a connection is for. */
export interface ConnectionListeners {
  /** What is asked for first, whenever the line is there: it brings the sandbox's welcome. */
  readonly hello: (connection: SandboxConnection) => Promise<Outcome<Welcome>>;
  /** The line is there, for the first time or again. */
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onMessage: (message: Exclude<Message, { say: 'answer' | 'refused' }>) => void;
  /** The line is not made again. */
  readonly onEnd: (error: EngineError) => void;
}

/** A question that nobody answers for so long is not answered any more. */
const ANSWER_WITHIN_MS = 5_000;

/** Who comes before the market opens is answered when it does: first the history is read. */
const WELCOME_WITHIN_MS = 120_000;

/** After a connection is lost it is tried again, first after the one, at last after the other. */
const AGAIN_AFTER_MS = { first: 100, last: 2_000 };

/** A line to a sandbox, which is made again when it is lost. */
export class SandboxConnection {
  /** The sandbox's market time, as far as it is known. */
  readonly clock = new WallMarketClock(1);
  readonly #url: string;
  readonly #listeners: ConnectionListeners;
  readonly #questions = new Map<number, (outcome: Outcome<unknown>) => void>();
  #socket: WebSocket | null = null;
  #session: string | null = null;
  #lastId = 0;
  #isClosed = false;
  /** Why there is no line any more. */
  #ended: EngineError | null = null;
  #again: NodeJS.Timeout | null = null;
  #delayMs = AGAIN_AFTER_MS.first;

  constructor(url: string, listeners: ConnectionListeners) {
    this.#url = url;
    this.#listeners = listeners;
  }

  /**
   * Makes the line for the first time.
   *
   * @throws EngineError `sandbox/not-there`, `sandbox/no-welcome`.
   */
  async open(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Asks for something; it never throws. */
  ask<Name extends Call>(call: Name, asked: Asked<Name>): Promise<Outcome<z.output<Calls[Name]>>> {
    const socket = this.#socket;
    if (socket === null || socket.readyState !== socket.OPEN) {
      const reason =
        this.#ended === null ? 'There is no line to the sandbox.' : `There is no line to the sandbox any more: ${this.#ended.message}`;
      return Promise.resolve({ lost: 'beforeSending', reason });
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const withinMs = call === 'login' || call === 'market' ? WELCOME_WITHIN_MS : ANSWER_WITHIN_MS;
      const timer = setTimeout(() => settle({ lost: 'afterwards', reason: 'The sandbox did not answer.' }), withinMs);
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
    // Another program may have the port, take the connection, and say nothing.
    const socket = new WebSocket(this.#url, { handshakeTimeout: WELCOME_WITHIN_MS });
    this.#socket = socket;
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', (cause) => reject(notThere(this.#url, cause)));
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.#heard(String(data)));
    socket.once('close', (code) => this.#lost(socket, code));
    const outcome = await this.#listeners.hello(this);
    if ('lost' in outcome) {
      // A lost connection is made again by whoever heard that it was lost; one that is there and brings nothing is of no use.
      socket.terminate();
      throw noWelcome(this.#url, outcome.reason);
    }
    const { session } = outcome.answer;
    if (this.#session !== null && this.#session !== session) {
      this.#end(startedAnew(this.#url));
      return;
    }
    this.#session = session;
    this.clock.sync(outcome.answer);
    this.#delayMs = AGAIN_AFTER_MS.first;
    this.#listeners.onUp();
  }

  #lost(socket: WebSocket, code: number): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#forgetQuestions();
    // Whoever is not in yet is told by the outcome of the hello.
    if (this.#isClosed || this.#session === null) return;
    this.#listeners.onDown();
    if (code === TAKEN_OVER) this.#end(takenOver(this.#url));
    else this.#tryAgain();
  }

  #tryAgain(): void {
    if (this.#again !== null) clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (this.#isClosed) return;
      this.#delayMs = Math.min(2 * this.#delayMs, AGAIN_AFTER_MS.last);
      this.#connect().catch(() => {
        this.#socket?.terminate();
        this.#socket = null;
        if (!this.#isClosed) this.#tryAgain();
      });
    }, this.#delayMs);
  }

  #end(error: EngineError): void {
    this.#ended = error;
    this.close();
    this.#listeners.onEnd(error);
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

const notThere = (url: string, cause: Error): EngineError =>
  new EngineError('sandbox/not-there', {
    message: `No sandbox answers at ${url.replace('ws://', '')}${'code' in cause && cause.code === 'ECONNREFUSED' ? '' : `: ${cause.message}`}.`,
    remedy:
      'Start it in another terminal: sauda sandbox. If it runs, compare its port with that of the account: broker: { use: sandbox, port: … }.',
    context: { url },
    cause,
  });

const noWelcome = (url: string, reason: string): EngineError =>
  new EngineError('sandbox/no-welcome', {
    message: `The sandbox at ${url.replace('ws://', '')} lets nobody in: ${reason}`,
    remedy: 'Look at what it says where it runs.',
    context: { url },
  });

const startedAnew = (url: string): EngineError =>
  new EngineError('sandbox/started-anew', {
    message: `The sandbox at ${url.replace('ws://', '')} was started anew: its market begins again, and it has forgotten all orders and positions.`,
    remedy: 'Start with another journal, since what this one remembers is nowhere any more.',
    context: { url },
  });

const takenOver = (url: string): EngineError =>
  new EngineError('sandbox/taken-over', {
    message: 'Somebody else has logged in to the account.',
    remedy: 'Let one engine trade on an account, and stop the other one.',
    context: { url },
  });

function checked<Name extends Call>(call: Name, outcome: Outcome<unknown>): Outcome<z.output<Calls[Name]>> {
  if ('lost' in outcome) return outcome;
  const reading = answerSchemas[call].safeParse(outcome.answer);
  return reading.success
    ? { answer: reading.data as z.output<Calls[Name]> }
    : { lost: 'afterwards', reason: `The sandbox's answer cannot be understood: ${reading.error.message}` };
}
