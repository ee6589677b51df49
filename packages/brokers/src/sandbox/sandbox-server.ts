import { randomUUID } from 'node:crypto';

import {
  type Approved,
  createRuleBook,
  EngineError,
  ExchangeHost,
  type Feed,
  type OrderModification,
  openFeeds,
  type Registry,
  type RuleBook,
  type SandboxConfig,
} from '@sauda/engine';
import type { WebSocket, WebSocketServer } from 'ws';

import { AccountLines, lineOf } from './account-lines.js';
import { listen } from './listen.js';
import { MarketTeller } from './market-teller.js';
import { SandboxClient } from './sandbox-client.js';
import { WallMarketClock } from './wall-market-clock.js';
import { jsonOf, type Message, type Request, requestSchema, type WireClock } from './wire.js';

/** A sandbox that runs. */
export interface Sandbox {
  readonly port: number;
  /** The market's present time; `-Infinity` before it opens. */
  now(): number;
  /** Settles when the market is over and everybody has left, or after {@link close}; rejects if the market cannot go on. */
  readonly over: Promise<void>;
  close(): Promise<void>;
}

/** What a sandbox needs beside its configuration. */
export interface SandboxOptions {
  readonly config: SandboxConfig;
  readonly registry: Registry;
  /** Relative file names in the configuration count from here. */
  readonly baseDir: string;
  /** Told of what happens, in words, with the market's time. */
  readonly onEvent?: (event: string, at: number) => void;
  /** After the market's end whoever is still connected has so long to leave, in milliseconds; 5 seconds if absent. */
  readonly leaveWithinMs?: number;
}

/** So often everybody is told the market's time. */
const CLOCK_EVERY_MS = 250;

const LEAVE_WITHIN_MS = 5_000;

/**
 * Starts the simulated exchange as a server of its own: engines connect to it as to a real broker, and it goes on, and remembers, when they die.
 * Whoever comes before the market opens is answered when it does.
 *
 * @throws EngineError `sandbox/port-taken`, `sandbox/no-port`, and what is wrong with the feeds.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { config, registry, baseDir } = options;
  const { calendar, instruments } = config;
  const rules = createRuleBook({ calendar, instruments });
  const feeds = await openFeeds(config.feeds, { registry, rules, baseDir, calendar, accounts: [] });
  return new SandboxServer(await listen(config), options, { rules, feeds }).start();
}

class SandboxServer {
  readonly #server: WebSocketServer;
  readonly #options: SandboxOptions;
  readonly #clients = new Set<SandboxClient>();
  readonly #market = new MarketTeller(this.#clients);
  readonly #clock: WallMarketClock;
  readonly #host: ExchangeHost;
  readonly #accounts: AccountLines;
  readonly #stop = new AbortController();
  /** Whoever comes back learns by it whether it is the same sandbox that they knew. */
  readonly #session = randomUUID();
  #isOpen = false;
  #isOver = false;

  constructor(
    server: WebSocketServer,
    options: SandboxOptions,
    { rules, feeds }: { readonly rules: RuleBook; readonly feeds: readonly Feed[] },
  ) {
    const { config } = options;
    this.#server = server;
    this.#options = options;
    const clock = new WallMarketClock(config.speed);
    this.#clock = clock;
    this.#host = new ExchangeHost({
      simulation: config.simulation,
      rules,
      feeds,
      opensOn: config.from,
      historyDays: config.historyDays,
      to: config.to,
      clock: {
        now: () => clock.now(),
        until: (time, signal) => clock.until(time, signal),
        jump: (to) => {
          clock.jump(to);
          this.#open();
        },
      },
      signal: this.#stop.signal,
      onHistory: (block) => this.#market.addBlock(block),
      onTick: (tick) => this.#market.addTick(tick),
    });
    this.#accounts = new AccountLines(this.#clients, {
      host: this.#host,
      say: (event) => this.#say(event),
      // To ask the exchange what an account has would be a question more at which a fault can strike.
      tellsStand: config.simulation.faults.length === 0,
    });
  }

  start(): Sandbox {
    this.#server.on('connection', (socket) => this.#welcome(socket));
    const telling = setInterval(() => {
      if (this.#isOpen) this.#broadcast({ say: 'clock', clock: this.#wireClock() });
    }, CLOCK_EVERY_MS);
    const over = this.#run().finally(() => {
      clearInterval(telling);
      this.#server.close();
      for (const client of this.#clients) client.terminate();
    });
    // Whoever starts it may only be interested in its end; a failure is told there.
    over.catch(() => undefined);
    const address = this.#server.address();
    return {
      port: typeof address === 'object' && address !== null ? address.port : 0,
      now: () => this.#host.now,
      over,
      close: async () => {
        this.#stop.abort();
        await over.catch(() => undefined);
      },
    };
  }

  async #run(): Promise<void> {
    await this.#host.run();
    if (this.#stop.signal.aborted) return;
    if (!this.#isOpen) {
      throw new EngineError('sandbox/no-prices', {
        message: 'The feeds of the sandbox bring no prices to trade on.',
        remedy: 'Look at their files, and at from and to: days before from are history.',
      });
    }
    this.#market.tell();
    this.#isOver = true;
    this.#broadcast({ say: 'end' });
    this.#say('The market is over.');
    await this.#everybodyLeft();
  }

  /** History is over, and what was asked for meanwhile is answered. Told again after each night. */
  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#say('The market is open.');
    // After the market's present step: nothing is asked of it in the middle of one.
    setImmediate(() => {
      for (const client of this.#clients) for (const text of client.early.splice(0)) this.#heard(client, text);
    });
  }

  async #everybodyLeft(): Promise<void> {
    const wait = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#options.leaveWithinMs ?? LEAVE_WITHIN_MS)]);
    await Promise.race([aborted(wait), Promise.all([...this.#clients].map((client) => client.gone()))]);
  }

  #welcome(socket: WebSocket): void {
    const client = new SandboxClient(socket);
    this.#clients.add(client);
    socket.on('message', (data) => {
      if (this.#isOpen && client.early.length === 0) this.#heard(client, String(data));
      else client.early.push(String(data));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#clients.delete(client);
      this.#accounts.gone(client);
    });
  }

  #heard(client: SandboxClient, text: string): void {
    const request = requestSchema.safeParse(jsonOf(text));
    if (!request.success) {
      this.#say('A message that was no request was not answered, and its sender was sent away.');
      client.close(1007, 'This is no request.');
      return;
    }
    const { id } = request.data;
    try {
      const value = this.#answer(client, request.data);
      client.send({ say: 'answer', id, value });
      // Whoever comes after the end has missed the word for it.
      if (request.data.call === 'market' && this.#isOver) client.send({ say: 'end' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(`${client.account ?? 'Somebody'} was refused "${request.data.call}": ${reason}`);
      client.send({ say: 'refused', id, reason });
    }
  }

  #answer(client: SandboxClient, request: Request): unknown {
    switch (request.call) {
      case 'login':
        this.#accounts.login(client, request);
        return { ...this.#wireClock(), session: this.#session };
      // The answer comes after everything that there is so far.
      case 'market':
        this.#market.tellFrom(client, request.after);
        return { ...this.#wireClock(), session: this.#session };
      case 'submit':
        return this.#accounts.submit(client, request.order);
      case 'modify':
        return lineOf(client).modify(request.change as Approved<OrderModification>);
      case 'cancel':
        return lineOf(client).cancel(request.orderId);
      case 'orders':
        return lineOf(client).orders();
      case 'positions':
        return lineOf(client).positions();
      case 'funds':
        return lineOf(client).funds();
    }
  }

  #broadcast(message: Message): void {
    for (const client of this.#clients) client.send(message);
  }

  #say(event: string): void {
    this.#options.onEvent?.(event, this.#clock.now());
  }

  #wireClock(): WireClock {
    return { now: this.#clock.now(), speed: this.#clock.speed };
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
