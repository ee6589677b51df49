import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ABSENT_FOR_MS, absentLook, askedLook, type Look, provesAbsence, startLook, unansweredLook } from './look.js';
import { AT } from './order-truth.test-kit.js';

const SECOND = 1_000;

/** Asked for the moment it is due, and not answered, so many times; when, in seconds since the time-out. */
function askedAfter(times: number, answer: (look: Look, at: number) => Look): readonly number[] {
  const seconds: number[] = [];
  let look = startLook(AT);
  for (let i = 0; i < times; i += 1) {
    const at = look.nextAt;
    seconds.push((at - AT) / SECOND);
    look = answer(askedLook(look, at), at + 200);
  }
  return seconds;
}

/** What may become of a look that was asked for, and after how long. */
interface Step {
  readonly waitMs: number;
  readonly answerMs: number;
  readonly answer: 'absent' | 'unanswered';
}

const steps = (): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.record({
      waitMs: fc.nat({ max: 20_000 }),
      answerMs: fc.nat({ max: 5_000 }),
      answer: fc.constantFrom('absent' as const, 'unanswered' as const),
    }),
    { maxLength: 15 },
  );

/** Lets looks happen, each when it is due or later, and shows each one when its answer is there. */
function search(all: readonly Step[], answered: (before: Look, look: Look, at: number, step: Step) => void): void {
  let look = startLook(AT);
  let now = AT;
  for (const step of all) {
    now = Math.max(now, look.nextAt) + step.waitMs;
    const asked = askedLook(look, now);
    now += step.answerMs;
    look = step.answer === 'absent' ? absentLook(asked, now) : unansweredLook(asked, now);
    answered(asked, look, now, step);
  }
}

describe('a search in the book', () => {
  it('looks after 1, 2, 4, 8, 15 and 30 seconds, and every 15 seconds after that', () => {
    const seconds = [1, 2, 4, 8, 15, 30, 45, 60, 75];
    expect(askedAfter(9, unansweredLook)).toEqual(seconds);
    expect(askedAfter(9, absentLook)).toEqual(seconds);
  });

  it('knows since when, how often, and whether it waits for an answer', () => {
    const started = startLook(AT);
    expect(started).toEqual({ since: AT, count: 0, nextAt: AT + SECOND, askedAt: null, absentAt: null });
    const asked = askedLook(started, AT + SECOND);
    expect(asked).toEqual({ since: AT, count: 1, nextAt: AT + 2 * SECOND, askedAt: AT + SECOND, absentAt: null });
    expect(absentLook(asked, AT + SECOND + 200)).toEqual({
      since: AT,
      count: 1,
      nextAt: AT + 2 * SECOND,
      askedAt: null,
      absentAt: AT + SECOND + 200,
    });
    expect(unansweredLook(asked, AT + 6 * SECOND)).toEqual({ since: AT, count: 1, nextAt: AT + 6 * SECOND, askedAt: null, absentAt: null });
  });

  it('looks at once after a look whose answer came later than the next one was due', () => {
    const asked = askedLook(startLook(AT), AT + SECOND);
    expect(absentLook(asked, AT + 4 * SECOND).nextAt).toBe(AT + 4 * SECOND);
  });

  it('proves nothing with one look, however late', () => {
    expect(provesAbsence(startLook(AT), AT + 3_600 * SECOND)).toBe(false);
    expect(provesAbsence(askedLook(startLook(AT), AT + SECOND), AT + 3_600 * SECOND)).toBe(false);
  });

  it('proves absence with a second look five seconds after the first, not a millisecond before', () => {
    const absent = absentLook(askedLook(startLook(AT), AT + SECOND), AT + SECOND);
    expect(ABSENT_FOR_MS).toBe(5 * SECOND);
    expect(provesAbsence(askedLook(absent, AT + 6 * SECOND - 1), AT + 7 * SECOND)).toBe(false);
    expect(provesAbsence(askedLook(absent, AT + 6 * SECOND), AT + 7 * SECOND)).toBe(true);
  });

  it('does not believe an answer that took long to come: what counts is when it was asked for', () => {
    const absent = absentLook(askedLook(startLook(AT), AT + SECOND), AT + SECOND);
    expect(provesAbsence(askedLook(absent, AT + 4 * SECOND), AT + 7 * SECOND)).toBe(false);
  });

  it('counts from the first look that found nothing: at 1, 2, 4 and 8 seconds the fourth is the proof', () => {
    let look = startLook(AT);
    const proofs: boolean[] = [];
    for (let i = 0; i < 4; i += 1) {
      const at = look.nextAt;
      look = askedLook(look, at);
      proofs.push(provesAbsence(look, at));
      look = absentLook(look, at);
    }
    expect(proofs).toEqual([false, false, false, true]);
  });
});

describe('a search in the book, whatever is answered', () => {
  it('proves absence only when a look at least five seconds before found nothing', () =>
    fc.assert(
      fc.property(steps(), (all) => {
        const absences: number[] = [];
        search(all, (before, _, at, { answer }) => {
          expect(provesAbsence(before, at)).toBe(absences.some((time) => (before.askedAt ?? at) - time >= ABSENT_FOR_MS));
          if (answer === 'absent') absences.push(at);
        });
      }),
    ));

  it('learns nothing from a look that nobody answered, and forgets nothing', () =>
    fc.assert(
      fc.property(steps(), fc.nat({ max: 60_000 }), (all, later) => {
        search(all, (before, look, at, { answer }) => {
          if (answer !== 'unanswered') return;
          expect(look.absentAt).toBe(before.absentAt);
          expect(look.count).toBe(before.count);
          expect(provesAbsence(look, at + later)).toBe(provesAbsence({ ...before, askedAt: null }, at + later));
        });
      }),
    ));

  it('goes on: the next look comes at its time, or at once after an answer that took longer', () =>
    fc.assert(
      fc.property(steps(), (all) => {
        search(all, (before, look, at) => {
          expect(look.nextAt).toBeGreaterThanOrEqual(at);
          expect(look.nextAt).toBeLessThanOrEqual(Math.max(at, before.nextAt));
          expect(look.askedAt).toBeNull();
        });
      }),
    ));
});
