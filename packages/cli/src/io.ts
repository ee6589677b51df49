import { userInfo } from 'node:os';

import { type TypedLines, typedLines } from './typed/typed-lines.js';

/** The outside world of a command, so that a test can look at what it does to it. */
export interface Io {
  /** What programs read. */
  readonly out: (text: string) => void;
  /** What people read when `out` is for programs. */
  readonly err: (text: string) => void;
  /** Whether a person looks at each of the two. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was called. */
  readonly workingDir: string;
  /** Under which name the person is logged in. */
  readonly login: string;
  /** Milliseconds of a clock on the wall; only for progress, for pace, and for when a file was made. */
  readonly now: () => number;
  /** Calls back when a person interrupts for the first time; the second time ends the process. Gives back how to stop listening. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Calls back with each line that is typed, or piped in. Gives back how to stop listening. */
  readonly onLine: TypedLines['onLine'];
  /** Resolves when the lines that lay ready when somebody began to listen have been handed on. */
  readonly linesAtHand: TypedLines['atHand'];
}

/** The process itself. */
export function processIo(): Io {
  process.stdout.on('error', endAtClosedPipe);
  // Opened only when somebody listens: commands that read nothing leave the stream alone.
  const typed = typedLines(() => process.stdin);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    environment: process.env,
    workingDir: process.cwd(),
    login: loginName(),
    now: () => Date.now(),
    onInterrupt: (listener) => {
      const stopListening = (): void => {
        process.off('SIGINT', once);
        process.off('SIGTERM', once);
      };
      const once = (): void => {
        stopListening();
        listener();
      };
      process.on('SIGINT', once);
      process.on('SIGTERM', once);
      return stopListening;
    },
    onLine: typed.onLine,
    linesAtHand: typed.atHand,
  };
}

/** In a container a user can have a number and no name. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? process.env['USERNAME'] ?? `user ${process.getuid?.() ?? ''}`.trim();
  }
}

/** A reader that has seen enough (`sauda backtest | head`) is no failure. */
function endAtClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
