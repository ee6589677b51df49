import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Journal, JournalEvent, JournalRecord } from '../journal/journal.js';
import type { EpochMs } from '../primitives/time.js';
import { deferred } from './deferred.test-kit.js';
import { type Actor, Mailbox } from './mailbox.js';

interface Input {
  readonly name: string;
  readonly at: EpochMs;
}

/** An actor that journals every input under its name, and of which the test says what follows from it. */
function actorNamed(id: string, said: string[], follows: (name: string) => void = () => undefined): Actor<Input, JournalEvent> {
  return {
    id,
    decide: ({ name, at }) => {
      if (name === 'nothing') return [];
      said.push(`${id} decides ${name}`);
      return [{ kind: 'setHalted', by: id, reason: name, at }];
    },
    carryOut: (events) => {
      for (const event of events) {
        if (event.kind !== 'setHalted') continue;
        said.push(`${id} does ${event.reason}`);
        follows(event.reason);
      }
    },
  };
}

/** A journal of which the test says when, and whether, it has kept a record. */
function journalOf(append: (record: JournalRecord) => void | Promise<void>): Journal {
  return { append, hash: () => '', close: () => undefined };
}

const promptly = (): Journal => journalOf(() => undefined);

const input = (name: string): Input => ({ name, at: 1 });

describe('an input', () => {
  it('runs to its end before the next one begins, whatever it leads to', async () => {
    const said: string[] = [];
    const mailbox = new Mailbox(promptly());
    const other = actorNamed('b', said);
    const actor = actorNamed('a', said, (name) => {
      if (name === 'first') mailbox.post(other, input('follows'));
    });
    mailbox.post(actor, input('first'));
    mailbox.post(actor, input('second'));
    await mailbox.drain();
    expect(said).toEqual(['a decides first', 'a does first', 'a decides second', 'a does second', 'b decides follows', 'b does follows']);
  });

  it('that leads to nothing is no record', async () => {
    const said: string[] = [];
    const records: JournalRecord[] = [];
    const mailbox = new Mailbox(promptly(), { onRecord: (record) => records.push(record) });
    mailbox.post(actorNamed('a', said), input('nothing'));
    await mailbox.drain();
    expect([records, mailbox.sequence]).toEqual([[], 0]);
  });

  it('is a record with the next number, after those that a journal has already', async () => {
    const records: JournalRecord[] = [];
    const mailbox = new Mailbox(promptly(), { lastSequence: 7, onRecord: (record) => records.push(record) });
    mailbox.post(actorNamed('a', []), input('one'));
    mailbox.post(actorNamed('b', []), { name: 'two', at: 5 });
    await mailbox.drain();
    expect(records.map(({ sequence, at, instance }) => [sequence, at, instance])).toEqual([
      [8, 1, 'a'],
      [9, 5, 'b'],
    ]);
    expect(mailbox.sequence).toBe(9);
  });
});

describe('the journal', () => {
  it('has a decision before anything is done about it', async () => {
    const said: string[] = [];
    const mailbox = new Mailbox(journalOf(({ instance }) => void said.push(`${instance} is kept`)));
    mailbox.post(actorNamed('a', said), input('one'));
    await mailbox.drain();
    expect(said).toEqual(['a decides one', 'a is kept', 'a does one']);
  });

  it('is waited for: nothing is done, and nothing else decided, until it has answered', async () => {
    const said: string[] = [];
    const kept = deferred<void>();
    const mailbox = new Mailbox(journalOf(() => kept.promise));
    const actor = actorNamed('a', said);
    mailbox.post(actor, input('one'));
    mailbox.post(actor, input('two'));
    const drained = mailbox.drain();
    expect(drained).toBeInstanceOf(Promise);
    await Promise.resolve();
    expect(said).toEqual(['a decides one']);
    kept.resolve();
    await drained;
    expect(said).toEqual(['a decides one', 'a does one', 'a decides two', 'a does two']);
  });

  it('that throws leaves nothing done', () => {
    const said: string[] = [];
    const mailbox = new Mailbox(
      journalOf(() => {
        throw new Error('The disk is full.');
      }),
    );
    mailbox.post(actorNamed('a', said), input('one'));
    expect(() => mailbox.drain()).toThrow('The disk is full.');
    expect(said).toEqual(['a decides one']);
  });

  it('that fails later leaves nothing done either', async () => {
    const said: string[] = [];
    const mailbox = new Mailbox(journalOf(() => Promise.reject(new Error('The disk is full.'))));
    mailbox.post(actorNamed('a', said), input('one'));
    mailbox.post(actorNamed('b', said), input('two'));
    await expect(mailbox.drain()).rejects.toThrow('The disk is full.');
    expect(said).toEqual(['a decides one']);
  });
});

describe('an answer', () => {
  it('waits until the mailbox is empty, and what it leads to comes before time goes on', async () => {
    const said: string[] = [];
    const mailbox = new Mailbox(promptly());
    const actor = actorNamed('a', said, (name) => {
      if (name === 'ask') mailbox.expect('yes', (answer) => mailbox.post(actor, input(answer)));
    });
    mailbox.post(actor, input('ask'));
    mailbox.post(actor, input('other'));
    expect(mailbox.busy).toBe(true);
    expect(mailbox.drain()).toBeUndefined();
    expect(said.filter((one) => one.includes('does'))).toEqual(['a does ask', 'a does other', 'a does yes']);
    expect(mailbox.busy).toBe(false);
  });

  it('is taken up in the order in which it was asked for, awaited or not, however late it is', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -1, max: 6 }), { minLength: 1, maxLength: 12 }), async (delays) => {
        const mailbox = new Mailbox(promptly());
        const taken: number[] = [];
        delays.forEach((turns, i) => {
          mailbox.expect(turns < 0 ? i : afterTurns(turns, i), (answer) => taken.push(answer));
        });
        await mailbox.drain();
        expect(taken).toEqual(delays.map((_, i) => i));
      }),
      { numRuns: 60 },
    ));

  it('that asks again is answered in the same drain', async () => {
    const mailbox = new Mailbox(promptly());
    const heard: number[] = [];
    const ask = (left: number): void => {
      mailbox.expect(left % 2 === 0 ? left : Promise.resolve(left), (answer) => {
        heard.push(answer);
        if (answer > 0) ask(answer - 1);
      });
    };
    ask(5);
    await mailbox.drain();
    expect(heard).toEqual([5, 4, 3, 2, 1, 0]);
    expect(mailbox.busy).toBe(false);
  });
});

describe('whoever waits for mail', () => {
  it('is told when something is posted', async () => {
    const mailbox = new Mailbox(promptly());
    let told = false;
    const waiting = mailbox.posted().then(() => {
      told = true;
    });
    await Promise.resolve();
    expect(told).toBe(false);
    mailbox.post(actorNamed('a', []), input('one'));
    await waiting;
    expect(told).toBe(true);
  });

  it('is told at once of what has come already', async () => {
    const mailbox = new Mailbox(promptly());
    mailbox.post(actorNamed('a', []), input('one'));
    const first = await Promise.race([mailbox.posted().then(() => 'mail'), afterTurns(20, 'nothing')]);
    expect(first).toBe('mail');
  });
});

/** Comes after so many turns of the microtask queue. */
function afterTurns<Value>(turns: number, value: Value): Promise<Value> {
  let promise = Promise.resolve(value);
  for (let turn = 0; turn < turns; turn += 1) promise = promise.then((same) => same);
  return promise;
}
