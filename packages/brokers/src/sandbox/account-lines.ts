import type { Answer, Approved, BrokerNews, ExchangeHost, ExchangeLine, OrderRequest } from '@sauda/engine';

import type { SandboxClient } from './sandbox-client.js';
import { newsInWords, orderInWords, outsideFillInWords, standInWords } from './sandbox-words.js';
import { type Request, TAKEN_OVER } from './wire.js';

interface AccountLinesParts {
  readonly host: Pick<ExchangeHost, 'connect'>;
  readonly say: (event: string) => void;
  /** Whether to say what an account has when it comes and goes. */
  readonly tellsStand: boolean;
}

/** Who has the line of which account. */
export class AccountLines {
  readonly #clients: ReadonlySet<SandboxClient>;
  readonly #parts: AccountLinesParts;
  /** Order ids that each account has given so far. */
  readonly #given = new Map<string, Set<string>>();

  constructor(clients: ReadonlySet<SandboxClient>, parts: AccountLinesParts) {
    this.#clients = clients;
    this.#parts = parts;
  }

  /** An account has one line: whoever comes last has it. */
  login(client: SandboxClient, { account, capitalPaise }: Extract<Request, { call: 'login' }>): void {
    const { host, say } = this.#parts;
    for (const other of this.#clients) {
      if (other === client || other.account !== account) continue;
      other.account = null;
      other.line = null;
      other.close(TAKEN_OVER, 'Somebody else has logged in to the account.');
      say(`${account}: somebody else has logged in; the line of before is closed.`);
    }
    client.account = account;
    client.line = host.connect(
      { id: account, capitalPaise, broker: 'sandbox' },
      {
        onNews: (news) => {
          this.#sayNews(account, news);
          client.send({ say: 'news', news });
        },
        onOutsideFill: (fill) => {
          say(`${account}: ${outsideFillInWords(fill)}`);
          client.send({ say: 'outsideFill', fill });
        },
        onLine: (line, at) => client.send({ say: 'line', line, at }),
      },
    );
    const isBack = this.#given.has(account);
    if (!isBack) this.#given.set(account, new Set());
    say(`${account} is ${isBack ? 'back' : 'here'}${this.#stand(client.line)}.`);
  }

  gone({ account, line }: SandboxClient): void {
    if (account !== null && line !== null) this.#parts.say(`${account} has gone${this.#stand(line)}.`);
  }

  /**
   * Takes an order as any broker gets it: the gate on the other side of the line has approved it.
   *
   * @throws Error for an order of another account, and for one that was given before: nothing of it is sent.
   */
  submit(client: SandboxClient, order: OrderRequest): Answer {
    const line = lineOf(client);
    const { account, orderId } = order;
    if (account !== client.account) throw new Error(`The order is for account "${account}", and this is the line of "${client.account}".`);
    const given = this.#given.get(account);
    if (given?.has(orderId) === true) throw new Error(`The order id "${orderId}" was given before: it was not sent a second time.`);
    given?.add(orderId);
    this.#parts.say(`${account}: order ${orderInWords(order)}`);
    const answer = line.submit(order as Approved<OrderRequest>);
    if (answer?.kind === 'rejected') this.#sayNews(account, answer);
    return answer;
  }

  #sayNews(account: string, news: BrokerNews): void {
    const words = newsInWords(news);
    if (words !== null) this.#parts.say(`${account}: ${words}`);
  }

  #stand(line: ExchangeLine): string {
    return this.#parts.tellsStand ? `; ${standInWords(line)}` : '';
  }
}

/** @throws Error for somebody who has not logged in. */
export function lineOf({ line }: SandboxClient): ExchangeLine {
  if (line === null) throw new Error('Log in first.');
  return line;
}
