import type { InstrumentKey } from '../market/instrument.js';
import type { BookAnswer, Broker, Soon } from '../plugins/broker.js';
import { InvariantError } from '../primitives/assert.js';
import type { AccountId } from '../primitives/ids.js';
import { type EpochMs, SECOND_MS } from '../primitives/time.js';
import type { Mailbox } from './mailbox.js';
import type { RunClock } from './run-clock.js';

/** A look at the book that has brought no answer after this long is given up: whoever wants one then asks anew. */
const LOOK_WITHIN_MS = 15 * SECOND_MS;

/** A look at the book that was asked for and not answered: everybody who wants one meanwhile shares it. */
interface SharedLook {
  readonly askedAt: EpochMs;
  readonly waiting: ((book: BookAnswer) => void)[];
}

/** An account's broker: what it is asked never throws, and what it answers is dealt with in its turn. */
export class AccountBroker {
  readonly #account: AccountId;
  readonly #clock: RunClock;
  readonly #mailbox: Mailbox;
  #broker: Broker | null = null;
  #awaited = true;
  #look: SharedLook | null = null;

  constructor(account: AccountId, { clock, mailbox }: { readonly clock: RunClock; readonly mailbox: Mailbox }) {
    this.#account = account;
    this.#clock = clock;
    this.#mailbox = mailbox;
  }

  /** @param awaited whether time may wait for the broker's answers, as it does for a simulated one's. */
  connect(broker: Broker, awaited: boolean): void {
    this.#broker = broker;
    this.#awaited = awaited;
  }

  /** Whether orders go to the engine's own exchange. */
  get isSimulated(): boolean {
    return this.#awaited;
  }

  /**
   * Asks the broker something. A market does not stand still while a broker thinks: what a real one answers is dealt with when it comes.
   *
   * @param failed what its answer is where its adapter throws: a broker says what the world does, and one that throws all the same leaves the
   * outcome unknown. Its words are kept.
   */
  ask<Answer>(asked: (broker: Broker) => Soon<Answer>, failed: (reason: string) => Answer, then: (answer: Answer) => void): void {
    const answer = this.#safely(asked, failed);
    if (this.#awaited || !(answer instanceof Promise)) this.#mailbox.expect(answer, then);
    else void answer.then(then);
  }

  /** Reads the book once for everybody who asks before the answer has come. */
  readBook(then: (book: BookAnswer) => void): void {
    const { now } = this.#clock;
    if (this.#look !== null && now - this.#look.askedAt < LOOK_WITHIN_MS) {
      this.#look.waiting.push(then);
      return;
    }
    for (const one of this.#look?.waiting.splice(0) ?? []) one(null);
    const look: SharedLook = { askedAt: now, waiting: [then] };
    this.#look = look;
    this.ask<BookAnswer>(
      (broker) => broker.orders(),
      () => null,
      (book) => {
        if (this.#look === look) this.#look = null;
        for (const one of look.waiting.splice(0)) one(book);
      },
    );
  }

  /** Reads what is held, whatever the product; `null`: it was not answered, which says nothing. */
  readPositions(then: (found: ReadonlyMap<InstrumentKey, number> | null) => void): void {
    this.ask(
      (broker) => broker.positions(),
      () => null,
      (answer) => {
        if (answer === null) {
          then(null);
          return;
        }
        const found = new Map<InstrumentKey, number>();
        for (const { instrument, quantity } of answer.positions) found.set(instrument, (found.get(instrument) ?? 0) + quantity);
        then(found);
      },
    );
  }

  async close(): Promise<void> {
    await this.#broker?.close();
  }

  #safely<Answer>(asked: (broker: Broker) => Soon<Answer>, failed: (reason: string) => Answer): Soon<Answer> {
    const broker = this.#broker;
    if (broker === null) throw new InvariantError(`Account ${this.#account} has no broker.`);
    const told = (error: unknown): Answer =>
      failed(`The broker's adapter failed: ${error instanceof Error ? error.message : String(error)}`);
    try {
      const answer = asked(broker);
      return answer instanceof Promise ? answer.catch(told) : answer;
    } catch (error) {
      return told(error);
    }
  }
}
