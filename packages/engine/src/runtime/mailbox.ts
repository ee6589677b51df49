import type { Journal, JournalEvent, JournalRecord } from '../journal/journal.js';
import type { Soon } from '../plugins/broker.js';
import type { InstanceId } from '../primitives/ids.js';
import type { EpochMs } from '../primitives/time.js';

/** Somebody who decides: a set instance, an account, the system. */
export interface Actor<Input extends { readonly at: EpochMs }, Event extends JournalEvent> {
  /** The name under which its decisions are journalled. */
  readonly id: InstanceId;
  /** What follows from this input? Pure, but for what is looked up beforehand to complete the input. */
  decide(input: Input): readonly Event[];
  /** What was journalled becomes true, and what follows from it is done. */
  carryOut(events: readonly Event[]): void;
}

/** How a mailbox is set up. */
export interface MailboxOptions {
  readonly lastSequence?: number;
  readonly onRecord?: (record: JournalRecord) => void;
}

interface Mail {
  readonly actor: Actor<{ readonly at: EpochMs }, JournalEvent>;
  readonly input: { readonly at: EpochMs };
}

interface Expected {
  readonly answer: Soon<unknown>;
  readonly then: (answer: never) => void;
}

/**
 * The one mailbox: every input of everybody who decides, one after the other, run to completion. A decision is journalled, then it is true, then
 * its effects are carried out. What brokers answer waits until the mailbox is empty, one by one and in the order in which they were asked, so that
 * an answer that comes at once and one that is waited for lead to the same decisions.
 */
export class Mailbox {
  readonly #journal: Journal;
  readonly #onRecord: (record: JournalRecord) => void;
  #mail: Mail[] = [];
  #next = 0;
  #sequence: number;
  readonly #expected: Expected[] = [];
  #onPosted: (() => void) | null = null;

  /**
   * @param options.lastSequence of the journal's records so far; 0 for a new one.
   * @param options.onRecord told of each decision before it is kept.
   */
  constructor(journal: Journal, { lastSequence = 0, onRecord = () => undefined }: MailboxOptions = {}) {
    this.#journal = journal;
    this.#sequence = lastSequence;
    this.#onRecord = onRecord;
  }

  /** Of the last record. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Whether there is anything to be done before time goes on. */
  get busy(): boolean {
    return this.#next < this.#mail.length || this.#expected.length > 0;
  }

  post<Input extends { readonly at: EpochMs }, Event extends JournalEvent>(actor: Actor<Input, Event>, input: Input): void {
    // An actor gets only what was posted to it: the pair is typed, the queue need not be.
    this.#mail.push({ actor: actor as unknown as Mail['actor'], input });
    this.#onPosted?.();
    this.#onPosted = null;
  }

  /** Has an answer dealt with in its turn, when nothing waits to be decided; time does not go on before it has come. */
  expect<Answer>(answer: Soon<Answer>, then: (answer: Answer) => void): void {
    this.#expected.push({ answer, then });
  }

  /** Resolves when something is posted, or at once if something was: for whoever waits for the market while a broker may have something to say. */
  posted(): Promise<void> {
    if (this.busy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onPosted = resolve;
    });
  }

  /** Works until nothing is left; gives a promise where a journal or a broker must be waited for. */
  drain(): void | Promise<void> {
    for (;;) {
      while (this.#next < this.#mail.length) {
        const mail = this.#mail[this.#next] as Mail;
        this.#next += 1;
        const kept = this.#decide(mail);
        if (kept !== undefined) return kept.then(() => this.drain());
      }
      this.#mail = [];
      this.#next = 0;
      const expected = this.#expected.shift();
      if (expected === undefined) return undefined;
      const { answer, then } = expected;
      if (answer instanceof Promise) {
        return answer.then((value) => {
          then(value as never);
          return this.drain();
        });
      }
      then(answer as never);
    }
  }

  #decide({ actor, input }: Mail): Promise<void> | undefined {
    const events = actor.decide(input);
    if (events.length === 0) return undefined;
    this.#sequence += 1;
    const record = { sequence: this.#sequence, at: input.at, instance: actor.id, events };
    this.#onRecord(record);
    const kept = this.#journal.append(record);
    if (kept !== undefined) return kept.then(() => actor.carryOut(events));
    actor.carryOut(events);
    return undefined;
  }
}
