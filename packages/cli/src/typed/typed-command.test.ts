import { describe, expect, it } from 'vitest';

import { COMMANDS, typedCommand } from './typed-command.js';

describe('a typed line', () => {
  it.each([
    ['', { kind: 'nothing' }],
    ['   ', { kind: 'nothing' }],
    ['help', { kind: 'help' }],
    [' STATUS ', { kind: 'status' }],
    ['quit', { kind: 'quit' }],
    ['switch halted', { kind: 'command', command: { kind: 'switch', to: 'halted' } }],
    ['Switch Exits-Only', { kind: 'command', command: { kind: 'switch', to: 'exits-only' } }],
    ['rearm main', { kind: 'command', command: { kind: 'rearm', account: 'main' } }],
    ['start nifty-ema', { kind: 'command', command: { kind: 'start', set: 'nifty-ema' } }],
    ['stop  nifty-ema', { kind: 'command', command: { kind: 'stop', set: 'nifty-ema' } }],
    ['exit nifty-ema|NSE_INDEX:NIFTY|main', { kind: 'command', command: { kind: 'exit', set: 'nifty-ema|NSE_INDEX:NIFTY|main' } }],
    ['adopt main NSE:TCS', { kind: 'command', command: { kind: 'adopt', account: 'main', instrument: 'NSE:TCS' } }],
    [
      'ignore main NFO:NIFTY01DEC2623800CE',
      { kind: 'command', command: { kind: 'ignore', account: 'main', instrument: 'NFO:NIFTY01DEC2623800CE' } },
    ],
  ])('%j is read', (line, command) => expect(typedCommand(line)).toEqual(command));

  it.each([
    ['rearn main', 'There is no command "rearn".', 'rearm'],
    ['switch', 'The switch needs a position.', 'switch exits-only'],
    ['switch off', '"off" is no position of the switch.', 'switch halted'],
    ['switch halted now', '"halted now" is no position of the switch.', 'switch halted'],
    ['status main', '"status" stands alone.', 'Type status.'],
    ['rearm', '"rearm" does not say enough.', 'Type rearm <account>.'],
    ['exit all sets', '"exit all sets" says too much.', 'Type exit <set>.'],
    ['ignore main', '"ignore main" does not say enough.', 'Type ignore <account> <instrument>.'],
    ['adopt main TCS', 'TCS', 'EXCHANGE:SYMBOL'],
  ])('%j is none, and it is said why and what would be', (line, reason, remedy) =>
    expect(typedCommand(line)).toEqual({
      kind: 'wrong',
      reason: expect.stringContaining(reason),
      remedy: expect.stringContaining(remedy),
    }),
  );

  it('is explained by help, every one of them', () => {
    const verbs = COMMANDS.flatMap(([usage]) => (usage.split(' ')[0] ?? '').split('|'));
    for (const verb of verbs) expect(typedCommand(verb)).not.toMatchObject({ reason: expect.stringContaining('There is no command') });
    expect(verbs).toEqual(['help', 'status', 'switch', 'rearm', 'start', 'stop', 'exit', 'adopt', 'ignore', 'quit']);
  });
});
