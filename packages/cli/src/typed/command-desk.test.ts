import type { Command, CommandAnswer, RunStatus, SetStatus } from '@sauda/engine';
import { describe, expect, it } from 'vitest';

import { accountOf, setStatusOf, statusOf } from '../status.test-kit.js';
import { CommandDesk, helpText } from './command-desk.js';

const DONE: CommandAnswer = { done: true };

/** A desk with a run behind it that has begun, or has not. */
function deskWith({
  begun = true,
  answer = DONE,
  ...status
}: Partial<RunStatus> & { readonly begun?: boolean; readonly answer?: CommandAnswer } = {}) {
  const sent: Command[] = [];
  const said: string[] = [];
  const run = { begun, quits: 0 };
  const desk = new CommandDesk({
    control: {
      send: (command) => {
        sent.push(command);
        return answer;
      },
      status: () => (run.begun ? statusOf(status) : null),
    },
    begun: () => run.begun,
    by: 'asha',
    say: (line) => said.push(line),
    tell: ({ tradingSwitch }) => `The switch is ${tradingSwitch}.`,
    quit: () => {
      run.quits += 1;
    },
  });
  return { desk, sent, said, run };
}

const set = (changes: Partial<SetStatus>): Partial<RunStatus> => ({ sets: [setStatusOf(changes)] });
const held = { instrument: 'NSE:TCS', quantity: 10, entryPrice: 100, price: 101, openPaise: 1000, stop: null, target: null };

describe('a command that is typed', () => {
  it('is sent with who typed it, and answered', () => {
    const { desk, sent, said } = deskWith();
    desk.typed('rearm main');
    expect(sent).toEqual([{ kind: 'rearm', account: 'main', by: 'asha' }]);
    expect(said).toEqual(['rearm main: passed on, by asha.']);
  });

  it('that is refused says why, and what would be right', () => {
    const { desk, said } = deskWith({ answer: { done: false, reason: 'There is no account "x".', remedy: 'There is: main.' } });
    desk.typed('rearm x');
    expect(said).toEqual(['rearm x: There is no account "x". There is: main.']);
  });

  it('that is none says what there is', () => {
    const { desk, sent, said } = deskWith();
    desk.typed('sell everything');
    expect(sent).toEqual([]);
    expect(said[0]).toContain('There is no command "sell".');
  });

  it.each([
    ['switch active', {}, 'The switch is at active. Nothing has to be done.'],
    ['start one', set({ phase: 'waiting' }), 'It is started. Nothing has to be done.'],
    ['start one', set({ phase: 'waiting', halted: { by: 'strategy x', reason: 'It failed.' } }), 'Type stop one, then start one.'],
    [
      'start one',
      set({ phase: 'open', halted: { by: 'asha', reason: '' }, position: held }),
      'When it has left: stop one, then start one.',
    ],
    ['stop one', set({ phase: 'stopped' }), 'It is stopped. Nothing has to be done.'],
    ['exit one', set({ phase: 'waiting' }), 'It holds nothing. Nothing has to be done.'],
  ])('%s is not sent where it would change nothing', (line, status, answer) => {
    const { desk, sent, said } = deskWith(status);
    desk.typed(line);
    expect(sent).toEqual([]);
    expect(said[0]).toContain(answer);
  });

  it.each([
    ['start one', set({ phase: 'stopped' })],
    ['stop one', set({ phase: 'open', position: held })],
    ['exit one', set({ phase: 'open', position: held })],
    ['exit one|NSE:TCS|main', set({ phase: 'entering' })],
    ['exit another', set({})],
    ['switch halted', {}],
  ])('%s is sent where it would', (line, status) => {
    const { desk, sent } = deskWith(status);
    desk.typed(line);
    expect(sent).toHaveLength(1);
  });

  it('does nothing where there is nothing but blanks', () => {
    const { desk, sent, said } = deskWith();
    desk.typed('  ');
    expect([sent, said]).toEqual([[], []]);
  });
});

describe('status', () => {
  it('is told, with what was passed on and is not decided yet', () => {
    const { desk, said } = deskWith({ tradingSwitch: 'halted', accounts: [accountOf()] });
    desk.typed('switch active');
    desk.typed('rearm main');
    desk.typed('status');
    expect(said.slice(2)).toEqual(['The switch is halted.', 'Not decided yet: switch active, rearm main.']);
    desk.look();
    desk.typed('status');
    expect(said.slice(4)).toEqual(['The switch is halted.']);
  });

  it('of a run that is over says so', () => {
    const said: string[] = [];
    const over = new CommandDesk({
      control: { send: () => DONE, status: () => null },
      begun: () => true,
      by: 'asha',
      say: (line) => said.push(line),
      tell: () => '',
      quit: () => undefined,
    });
    over.typed('status');
    expect(said).toEqual(['The run is over.']);
  });
});

describe('lines that come before trading has begun', () => {
  it('wait for it, in their order', () => {
    const { desk, sent, said, run } = deskWith({ begun: false });
    for (const line of ['rearm main', 'status', 'help', 'stop one']) desk.typed(line);
    desk.look();
    expect([sent, said]).toEqual([[], []]);
    run.begun = true;
    desk.look();
    expect(sent.map(({ kind }) => kind)).toEqual(['rearm', 'stop']);
    expect(said).toEqual([
      'rearm main: passed on, by asha.',
      'The switch is active.',
      'Not decided yet: rearm main.',
      helpText(),
      'stop one: passed on, by asha.',
    ]);
  });

  it('need not wait where they change nothing: help, mistakes, and quit', () => {
    const { desk, said, run } = deskWith({ begun: false });
    for (const line of ['help', 'wrong', 'quit']) desk.typed(line);
    expect(said).toEqual([helpText(), expect.stringContaining('no command "wrong"')]);
    expect(run.quits).toBe(1);
  });

  it('are told of where it never begins', () => {
    const { desk, said } = deskWith({ begun: false });
    desk.typed('rearm main');
    desk.typed('quit');
    desk.end();
    expect(said).toEqual(['rearm main: not carried out, trading did not begin.', 'quit: not carried out, trading did not begin.']);
  });

  it('are no more than anybody types', () => {
    const { desk, said } = deskWith({ begun: false });
    for (let line = 0; line <= 1_000; line += 1) desk.typed(`rearm a${line}`);
    expect(said).toEqual(['rearm a1000: not taken, 1000 lines wait for trading to begin already.']);
  });
});

it('quit asks the run to end', () => {
  const { desk, run } = deskWith();
  desk.typed('quit');
  expect(run.quits).toBe(1);
});

it('nothing is taken when the run is over', () => {
  const { desk, sent, said } = deskWith();
  desk.end();
  desk.typed('rearm main');
  expect([sent, said]).toEqual([[], []]);
});
