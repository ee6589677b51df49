import {
  type Approved,
  createRuleBook,
  EngineError,
  ExchangeHost,
  type ExchangeLine,
  type Feed,
  type OrderModification,
  type OrderRequest,
  openFeeds,
  type Registry,
  type RuleBook,
  type SandboxConfig,
} from '@sauda/engine';
import { type WebSocket, WebSocketServer } from 'ws';

import { MarketRecord } from './market-record.js';
import { WallMarketClock } from './wall-market-clock.js';
import { type Message, type Request, requestSchema, type WireClock } from './wire.js';

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
  /** Told of what happens on the lines, in words. */
  readonly onEvent?: (event: string) => void;
}

/** So often everybody is told the market's time. */
const CLOCK_EVERY_MS = 250;

/** After the market's end whoever is still connected has so long to leave. */
const LEAVE_WITHIN_MS = 5_000;

/** Why a connection is closed: somebody else has taken over its account. */
const TAKEN_OVER = 4_001;

/** Somebody who is connected. */
interface Client {
  readonly socket: WebSocket;
  account: string | null;
  line: ExchangeLine | null;
  watches: boolean;
}

/**
 * Starts the simulated exchange as a server of its own: engines connect to it as to a real broker, and it goes on, and remembers, when they die.
 *
 * @throws EngineError `sandbox/port-taken`, and what is wrong with the feeds.
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
  readonly #clients = new Set<Client>();
  readonly #record = new MarketRecord();
  readonly #clock: WallMarketClock;
  readonly #host: ExchangeHost;
  readonly #stop = new AbortController();
  readonly #say: (event: string) => void;
  #isTelling = false;

  constructor(
    server: WebSocketServer,
    { config, onEvent }: SandboxOptions,
    { rules, feeds }: { readonly rules: RuleBook; readonly feeds: readonly Feed[] },
  ) {
    this.#server = server;
    this.#say = onEvent ?? (() => undefined);
    this.#clock = new WallMarketClock(config.speed);
    this.#host = new ExchangeHost({
      simulation: config.simulation,
      rules,
      feeds,
      opensOn: config.from,
      historyDays: config.historyDays,
      to: config.to,
      clock: this.#clock,
      signal: this.#stop.signal,
      onHistory: (block) => {
        this.#record.addBlock(block);
        this.#tellSoon();
      },
      onTick: (tick) => {
        this.#record.addTick(tick);
        this.#tellSoon();
      },
    });
  }

  start(): Sandbox {
    this.#server.on('connection', (socket) => this.#welcome(socket));
    const telling = setInterval(() => this.#broadcast({ say: 'clock', clock: this.#wireClock() }), CLOCK_EVERY_MS);
    const over = this.#run().finally(() => {
      clearInterval(telling);
      this.#server.close();
      for (const { socket } of this.#clients) socket.terminate();
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
        await over;
      },
    };
  }

  async #run(): Promise<void> {
    await this.#host.run();
    if (this.#stop.signal.aborted) return;
    this.#tell();
    this.#broadcast({ say: 'end' });
    this.#say('The market is over.');
    await this.#everybodyLeft();
  }

  async #everybodyLeft(): Promise<void> {
    const wait = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(LEAVE_WITHIN_MS)]);
    await Promise.race([
      aborted(wait),
      Promise.all([...this.#clients].map(({ socket }) => new Promise<void>((resolve) => socket.once('close', () => resolve())))),
    ]);
  }

  #welcome(socket: WebSocket): void {
    const client: Client = { socket, account: null, line: null, watches: false };
    this.#clients.add(client);
    socket.on('message', (data) => this.#heard(client, String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#clients.delete(client);
      if (client.account !== null) this.#say(`${client.account} has gone.`);
    });
  }

  #heard(client: Client, text: string): void {
    const request = requestSchema.safeParse(parsed(text));
    if (!request.success) {
      this.#say('A message that was no request was not answered.');
      client.socket.close(1007, 'This is no request.');
      return;
    }
    const { id } = request.data;
    try {
      const value = this.#answer(client, request.data);
      send(client.socket, { say: 'answer', id, value });
    } catch (error) {
      send(client.socket, { say: 'refused', id, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  #answer(client: Client, request: Request): unknown {
    switch (request.call) {
      case 'login':
        this.#login(client, request);
        return this.#wireClock();
      // The answer comes after everything that there is so far.
      case 'market':
        this.#tellMarket(client, request.after);
        return this.#wireClock();
      // The gate on the other side of the line has approved it; here it is as any broker gets it.
      case 'submit':
        return lineOf(client).submit(request.order as Approved<OrderRequest>);
      case 'modify':
        return lineOf(client).modify(request.change as Approved<OrderModification>);
      case 'cancel':
        return lineOf(client).cancel(request.orderId);
      case 'orders':
        return lineOf(client).orders();
      case 'positions':
        return lineOf(client).positions();
    }
  }

  /** An account has one line: whoever comes last has it. */
  #login(client: Client, { account, capitalPaise }: Extract<Request, { call: 'login' }>): void {
    for (const other of this.#clients) {
      if (other === client || other.account !== account) continue;
      other.account = null;
      other.line = null;
      other.socket.close(TAKEN_OVER, 'Somebody else has taken over the account.');
    }
    const { socket } = client;
    client.account = account;
    client.line = this.#host.connect(
      { id: account, capitalPaise, broker: 'sandbox' },
      {
        onNews: (news) => send(socket, { say: 'news', news }),
        onOutsideFill: (fill) => send(socket, { say: 'outsideFill', fill }),
        onLine: (line, at) => send(socket, { say: 'line', line, at }),
      },
    );
    this.#say(`${account} is here.`);
  }

  #tellMarket(client: Client, after: number | null): void {
    // Those who watch already are told first: what is fresh belongs to everybody.
    this.#tell();
    for (const block of this.#record.since(after)) send(client.socket, { say: 'block', block });
    client.watches = true;
  }

  /** Points that come together go out together. */
  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      this.#tell();
    });
  }

  #tell(): void {
    for (const block of this.#record.takeFresh()) {
      for (const { socket, watches } of this.#clients) if (watches) send(socket, { say: 'block', block });
    }
  }

  #broadcast(message: Message): void {
    for (const { socket } of this.#clients) send(socket, message);
  }

  #wireClock(): WireClock {
    const now = this.#clock.now();
    return { now: Number.isFinite(now) ? now : null, speed: this.#clock.speed };
  }
}

function lineOf({ line }: Client): ExchangeLine {
  if (line === null) throw new Error('Log in first.');
  return line;
}

function listen({ host, port }: SandboxConfig): Promise<WebSocketServer> {
  return new Promise((resolve, reject) => {
    const server = new WebSocketServer({ host, port });
    server.once('listening', () => resolve(server));
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(
        new EngineError(taken ? 'sandbox/port-taken' : 'sandbox/no-port', {
          message: taken ? `The port ${port} of ${host} is taken.` : `The port ${port} of ${host} cannot be used: ${error.message}`,
          remedy: 'Stop what uses it, or write another port.',
          context: { host, port },
          cause: error,
        }),
      );
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(socket: WebSocket, message: Message): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
