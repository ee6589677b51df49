import type {
  Answer,
  Approved,
  BookAnswer,
  Broker,
  BrokerContext,
  BrokerNews,
  ChangeAnswer,
  OrderModification,
  OrderRequest,
  PositionsAnswer,
} from '@sauda/engine';

import { type SandboxAddress, urlOf } from './sandbox-config.js';
import { type Outcome, SandboxConnection } from './sandbox-connection.js';

/**
 * An account's line to a sandbox.
 *
 * @throws EngineError `sandbox/not-there`, `sandbox/no-welcome`.
 */
export async function connectSandbox(address: SandboxAddress, context: BrokerContext): Promise<Broker> {
  const { account, capitalPaise, onNews, onOutsideFill, onLine } = context;
  const connection: SandboxConnection = new SandboxConnection(urlOf(address), {
    hello: (line) => line.ask('login', { account, capitalPaise }),
    onUp: () => onLine('up', connection.clock.now()),
    onDown: () => onLine('down', connection.clock.now()),
    onMessage: (message) => {
      if (message.say === 'news') onNews(message.news);
      else if (message.say === 'outsideFill') onOutsideFill(message.fill);
      else if (message.say === 'line') onLine(message.line, message.at);
    },
    // It stays down, and whoever asks for something is told why.
    onEnd: () => undefined,
  });
  await connection.open();
  return new SandboxLine(connection);
}

class SandboxLine implements Broker {
  readonly #connection: SandboxConnection;

  constructor(connection: SandboxConnection) {
    this.#connection = connection;
  }

  async submit(order: Approved<OrderRequest>): Promise<Answer> {
    const { orderId } = order;
    const outcome = await this.#connection.ask('submit', { order });
    if ('answer' in outcome) return answerTo(outcome.answer, ANSWERS);
    const { reason } = outcome;
    const at = this.#now;
    if (outcome.lost === 'afterwards') return { kind: 'unknown', orderId, reason, at };
    return { kind: 'rejected', orderId, code: 'broker/not-sent', reason, at };
  }

  async modify(change: Approved<OrderModification>): Promise<ChangeAnswer> {
    return this.#changed('modify', change.orderId, await this.#connection.ask('modify', { change }));
  }

  async cancel(orderId: string): Promise<ChangeAnswer> {
    return this.#changed('cancel', orderId, await this.#connection.ask('cancel', { orderId }));
  }

  async orders(): Promise<BookAnswer> {
    const outcome = await this.#connection.ask('orders', {});
    return 'answer' in outcome ? outcome.answer : null;
  }

  async positions(): Promise<PositionsAnswer> {
    const outcome = await this.#connection.ask('positions', {});
    return 'answer' in outcome ? outcome.answer : null;
  }

  close(): void {
    this.#connection.close();
  }

  #changed(change: 'modify' | 'cancel', orderId: string, outcome: Outcome<BrokerNews | null>): ChangeAnswer {
    if ('answer' in outcome) return answerTo(outcome.answer, CHANGE_ANSWERS);
    const { reason } = outcome;
    const at = this.#now;
    if (outcome.lost === 'afterwards') return { kind: 'changeUnknown', orderId, change, reason, at };
    return { kind: 'changeRejected', orderId, change, code: 'broker/not-sent', reason, at };
  }

  get #now(): number {
    return this.#connection.clock.now();
  }
}

const ANSWERS = ['acknowledged', 'rejected', 'unknown'] as const;
const CHANGE_ANSWERS = ['working', 'cancelled', 'changeRejected', 'changeUnknown'] as const;

/** An answer of a kind that is none leaves the outcome open: news will tell. */
function answerTo<Kind extends BrokerNews['kind']>(
  news: BrokerNews | null,
  kinds: readonly Kind[],
): Extract<BrokerNews, { kind: Kind }> | null {
  const isOne = (one: BrokerNews): one is Extract<BrokerNews, { kind: Kind }> => (kinds as readonly string[]).includes(one.kind);
  return news !== null && isOne(news) ? news : null;
}
