import { describe, expect, it } from 'vitest';

import { createCalendar } from '../market/calendar.js';
import { formatIst } from '../primitives/time.js';
import { dayPlan } from './day-plan.js';
import { DayTimers } from './day-timers.js';
import { aSet, runnerOf } from './runtime.test-kit.js';

const NIFTY = 'NSE_INDEX:NIFTY';
const calendar = createCalendar();
const at = (time: number | null): string | null => (time === null ? null : formatIst(time).slice(11));

const planOf = (date: string, exits: Parameters<typeof aSet>[0], product: 'MIS' | 'NRML' = 'NRML') => {
  const { lookAt, squareOffAt } = dayPlan({ ...aSet(exits), product }, NIFTY, date, calendar);
  return [at(lookAt), at(squareOffAt)];
};

describe('a day’s plan', () => {
  it('squares off at the configured time', () => {
    expect(planOf('2024-01-19', { squareOff: 915 })).toEqual(['15:15:00', '15:15:00']);
    expect(planOf('2024-01-19', { squareOff: 840 })).toEqual(['14:00:00', '14:00:00']);
  });

  it('looks at what expires at 15:15 where nothing is squared off', () => {
    expect(planOf('2024-01-19', { squareOff: null })).toEqual(['15:15:00', null]);
  });

  it('holds on past the square-off time by an end-of-day rule, but never what is intraday', () => {
    const exits = { squareOff: 915, endOfDay: { onlyIfTargetShare: 0.5 } };
    expect(planOf('2024-01-19', exits)).toEqual(['15:15:00', null]);
    expect(planOf('2024-01-19', exits, 'MIS')).toEqual(['15:15:00', '15:15:00']);
  });

  it('ends a quarter of an hour before the last session of a short day', () => {
    // Two sessions: 09:15 to 10:00 and 11:30 to 12:30.
    expect(planOf('2024-03-02', { squareOff: 915 })).toEqual(['12:15:00', '12:15:00']);
    // An hour in the evening of Diwali.
    expect(planOf('2024-11-01', { squareOff: 915 })).toEqual(['18:45:00', '18:45:00']);
    // The halt of 2021 went on until 17:00; 15:15 lay between its sessions.
    expect(planOf('2021-02-24', { squareOff: 915 })).toEqual(['16:45:00', '16:45:00']);
    // A Saturday with the usual hours.
    expect(planOf('2024-01-20', { squareOff: 915 })).toEqual(['15:15:00', '15:15:00']);
  });

  it('has nothing on a day without a session', () => {
    expect(planOf('2024-01-21', { squareOff: 915 })).toEqual([null, null]);
  });
});

describe('the times of a day', () => {
  const DATE = '2024-01-19';

  it('tell each set of its square-off time, once', () => {
    const { runner, mail, clock } = runnerOf({ squareOff: 915 });
    const timers = new DayTimers([runner], calendar);
    timers.plan(DATE);
    expect(at(timers.next)).toBe('15:15:00');
    expect(at(runner.squareOffAt)).toBe('15:15:00');
    clock.now = timers.next;
    timers.fire(clock.now, (_, input) => mail.push(input));
    expect(mail).toMatchObject([{ kind: 'squareOffDue', at: clock.now, tradingDaysToExpiry: null }]);
    expect(timers.next).toBe(Infinity);
  });

  it('come in the order of their times, and in the order in which they were set where those are the same', () => {
    const { runner, mail } = runnerOf({});
    const timers = new DayTimers([runner], calendar);
    for (const [time, by] of [
      [30, 'c'],
      [10, 'a'],
      [30, 'd'],
      [20, 'b'],
    ] as const)
      timers.at(time, runner, (now) => ({ kind: 'start', by, at: now }));
    expect(timers.next).toBe(10);
    timers.fire(20, (_, input) => mail.push(input));
    expect(timers.next).toBe(30);
    timers.fire(30, (_, input) => mail.push(input));
    expect(mail.map((input) => ('by' in input ? [input.by, input.at] : []))).toEqual([
      ['a', 20],
      ['b', 20],
      ['c', 30],
      ['d', 30],
    ]);
  });

  it('come no more when they are stopped', () => {
    const { runner } = runnerOf({ squareOff: 915 });
    const timers = new DayTimers([runner], calendar);
    timers.plan(DATE);
    timers.stop();
    expect(timers.next).toBe(Infinity);
  });
});
