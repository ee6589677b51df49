import type { CommandAnswer, RunControl, RunStatus, SetStatus } from '@sauda/engine';

import { COMMANDS, type CommandBody, typedCommand } from './typed-command.js';

/** What a desk works with. */
export interface CommandDeskParts {
  readonly control: Pick<RunControl, 'send' | 'status'>;
  /** Whether trading has begun, or goes on. */
  readonly begun: () => boolean;
  /** Who types; it is journalled. */
  readonly by: string;
  /** Prints a line for the person who types. */
  readonly say: (line: string) => void;
  /** The status in words. */
  readonly tell: (status: RunStatus) => string;
  /** The run is to end, with its state saved. */
  readonly quit: () => void;
}

/** More than this is kept by no person before a run has begun; a file that goes on longer is a mistake. */
const KEPT_MAX = 1_000;

/**
 * Takes the lines that a person types while a run goes on, and answers each: with what is done, or why not and what would be right. Lines that
 * come before trading has begun, or goes on, wait for it, in their order.
 */
export class CommandDesk {
  readonly #parts: CommandDeskParts;
  #over = false;
  #kept: string[] = [];
  /** What was passed on since the run was last looked at. */
  #passedOn: string[] = [];

  constructor(parts: CommandDeskParts) {
    this.#parts = parts;
  }

  /** A line was typed. */
  typed(line: string): void {
    if (this.#over) return;
    if (this.#parts.begun() || (this.#kept.length === 0 && !waitsForBeginning(line))) this.#carryOut(line);
    else if (this.#kept.length < KEPT_MAX) this.#kept.push(line);
    else this.#parts.say(`${line}: not taken, ${KEPT_MAX} lines wait for trading to begin already.`);
  }

  /** The run goes on: what was passed on before has been decided, and what has waited for the beginning is carried out. */
  look(): void {
    this.#passedOn = [];
    if (this.#kept.length === 0 || !this.#parts.begun()) return;
    for (const line of this.#kept.splice(0)) this.#carryOut(line);
  }

  /** The run is over; what has waited in vain is told of. */
  end(): void {
    this.#over = true;
    const { say } = this.#parts;
    for (const line of this.#kept.splice(0)) say(`${line}: not carried out, trading did not begin.`);
  }

  #carryOut(line: string): void {
    const { say, quit, control, by } = this.#parts;
    const typed = typedCommand(line);
    switch (typed.kind) {
      case 'nothing':
        return;
      case 'help':
        say(helpText());
        return;
      case 'status':
        this.#tellStatus();
        return;
      case 'quit':
        quit();
        return;
      case 'wrong':
        say(`${typed.reason} ${typed.remedy}`);
        return;
      case 'command': {
        const answer = withoutEffect(typed.command, control.status()) ?? control.send({ ...typed.command, by });
        if (!answer.done) {
          say(`${line.trim()}: ${answer.reason} ${answer.remedy}`.trimEnd());
          return;
        }
        this.#passedOn.push(line.trim());
        say(`${line.trim()}: passed on, by ${by}.`);
      }
    }
  }

  #tellStatus(): void {
    const { control, say, tell } = this.#parts;
    const status = control.status();
    if (status === null) {
      say('The run is over.');
      return;
    }
    say(tell(status));
    // What was typed in the same moment is decided when it has passed.
    if (this.#passedOn.length > 0) say(`Not decided yet: ${this.#passedOn.join(', ')}.`);
  }
}

/** What only prints, or ends, need not wait for the market. */
const waitsForBeginning = (line: string): boolean => {
  const { kind } = typedCommand(line);
  return kind === 'command' || kind === 'status';
};

const USAGE_WIDTH = Math.max(...COMMANDS.map(([usage]) => usage.length));

/** What can be typed, a line each. */
export const helpText = (): string => COMMANDS.map(([usage, does]) => `${usage.padEnd(USAGE_WIDTH)}  ${does}`).join('\n');

/** A command that would change nothing, said before it is sent: a person who hears nothing more would wait. */
function withoutEffect(command: CommandBody, status: RunStatus | null): CommandAnswer | null {
  if (status === null) return null;
  if (command.kind === 'switch') {
    return command.to === status.tradingSwitch ? refused(`The switch is at ${command.to}.`, 'Nothing has to be done.') : null;
  }
  if (command.kind !== 'start' && command.kind !== 'stop' && command.kind !== 'exit') return null;
  const sets = status.sets.filter(({ set, instance }) => set === command.set || instance === command.set);
  // A set that is not there is the engine's to tell of.
  if (sets.length === 0) return null;
  switch (command.kind) {
    case 'start':
      return sets.some(({ phase }) => phase === 'stopped') ? null : notToStart(command.set, sets);
    case 'stop':
      return sets.some(({ phase }) => phase !== 'stopped') ? null : refused('It is stopped.', 'Nothing has to be done.');
    case 'exit':
      return sets.some(mayHold) ? null : refused('It holds nothing.', 'Nothing has to be done.');
  }
}

const mayHold = ({ phase, position }: SetStatus): boolean => position !== null || phase === 'preparing' || phase === 'entering';

function notToStart(set: string, sets: readonly SetStatus[]): CommandAnswer {
  if (sets.every(({ halted }) => halted === null)) return refused('It is started.', 'Nothing has to be done.');
  return sets.some(({ position }) => position !== null)
    ? refused('It enters nothing and still holds something.', `When it has left: stop ${set}, then start ${set}.`)
    : refused('It is halted, not stopped.', `Type stop ${set}, then start ${set}.`);
}

const refused = (reason: string, remedy: string): CommandAnswer => ({ done: false, reason, remedy });
