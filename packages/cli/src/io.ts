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
  /** Milliseconds of a clock on the wall; only for progress and for pace. */
  readonly now: () => number;
  /** Calls back when a person interrupts for the first time; the second time ends the process. Gives back how to stop listening. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** The process itself. */
export function processIo(): Io {
  process.stdout.on('error', endAtClosedPipe);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    environment: process.env,
    workingDir: process.cwd(),
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
  };
}

/** A reader that has seen enough (`sauda backtest | head`) is no failure. */
function endAtClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
