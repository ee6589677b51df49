import { type Command, EngineError, parseInstrumentKey } from '@sauda/engine';

/** A command of the engine's, before it is known who gave it. */
export type CommandBody = WithoutName<Command>;

type WithoutName<Each> = Each extends Command ? Omit<Each, 'by'> : never;

/** What a line asks for. */
export type TypedCommand =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'help' }
  | { readonly kind: 'status' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'command'; readonly command: CommandBody }
  /** It is no command; what would be right. */
  | { readonly kind: 'wrong'; readonly reason: string; readonly remedy: string };

/** What can be typed while a run goes on, with what it does. */
export const COMMANDS: readonly (readonly [usage: string, does: string])[] = [
  ['help', 'these lines'],
  ['status', 'accounts, sets, and the trading switch'],
  ['switch active|exits-only|halted', 'what the engine may do by itself; halted sends nothing, exits included'],
  ['rearm <account>', 'let an account trade again that a breaker has stopped'],
  ['start|stop|exit <set>', 'let a set enter; let it enter no more; leave what it holds now'],
  ['adopt <account> <instrument>', 'what the broker has counts: the set that holds it takes it over'],
  ['ignore <account> <instrument>', 'what the broker has beside our sets is none of ours'],
  ['quit', 'save the state and end, as Ctrl-C'],
];

const SWITCH = ['active', 'exits-only', 'halted'] as const;

/** Reads a line that a person typed. */
export function typedCommand(line: string): TypedCommand {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  const verb = word.toLowerCase();
  switch (verb) {
    case '':
      return { kind: 'nothing' };
    case 'help':
    case 'status':
    case 'quit':
      return rest.length === 0 ? { kind: verb } : wrong(`"${verb}" stands alone.`, `Type ${verb}.`);
    case 'switch':
      return switchCommand(rest);
    case 'rearm':
      return named(verb, rest, '<account>', ([account = '']) => ({ kind: verb, account }));
    case 'start':
    case 'stop':
    case 'exit':
      return named(verb, rest, '<set>', ([set = '']) => ({ kind: verb, set }));
    case 'adopt':
    case 'ignore':
      return settled(verb, rest);
    default:
      return wrong(`There is no command "${word}".`, `There is: ${COMMANDS.map(([usage]) => usage.split(' ')[0]).join(', ')}.`);
  }
}

const wrong = (reason: string, remedy: string): TypedCommand => ({ kind: 'wrong', reason, remedy });

function switchCommand(rest: readonly string[]): TypedCommand {
  const [word = ''] = rest;
  const to = SWITCH.find((position) => position === word.toLowerCase());
  if (to !== undefined && rest.length === 1) return { kind: 'command', command: { kind: 'switch', to } };
  return wrong(
    word === '' ? 'The switch needs a position.' : `"${rest.join(' ')}" is no position of the switch.`,
    `Type switch ${SWITCH.join(', or switch ')}.`,
  );
}

/** A verb with as many names behind it as its usage has. */
function named(verb: string, rest: readonly string[], usage: string, command: (names: readonly string[]) => CommandBody): TypedCommand {
  const wanted = usage.split(' ').length;
  if (rest.length === wanted) return { kind: 'command', command: command(rest) };
  const reason =
    rest.length < wanted ? `"${[verb, ...rest].join(' ')}" does not say enough.` : `"${[verb, ...rest].join(' ')}" says too much.`;
  return wrong(reason, `Type ${verb} ${usage}.`);
}

function settled(verb: 'adopt' | 'ignore', rest: readonly string[]): TypedCommand {
  const [, instrument] = rest;
  if (rest.length === 2 && instrument !== undefined) {
    try {
      parseInstrumentKey(instrument);
    } catch (error) {
      // A key with a mistake in it would settle a position that nobody has.
      if (error instanceof EngineError) return wrong(error.message, error.remedy);
      throw error;
    }
  }
  return named(verb, rest, '<account> <instrument>', ([account = '', key = '']) => ({ kind: verb, account, instrument: key }));
}
