import type { Io } from '../io.js';

/** Tells people how far long work has come: on one line of a terminal, elsewhere every few seconds on a new line. */
export interface Progress {
  readonly tell: (text: string) => void;
  readonly end: () => void;
}

const TERMINAL_EVERY_MS = 100;
const PLAIN_EVERY_MS = 5_000;

/** Progress on the error stream. */
export function progressOn(io: Io): Progress {
  const every = io.errIsTerminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS;
  let last = io.now();
  let shown = false;
  return {
    tell: (text) => {
      const now = io.now();
      if (now - last < every) return;
      last = now;
      shown = true;
      io.err(io.errIsTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end: () => {
      if (shown && io.errIsTerminal) io.err('\r\u001b[K');
    },
  };
}
