import type { Readable } from 'node:stream';

/** A line that is longer is no command of anybody's; what goes beyond is dropped. */
const LINE_LENGTH_MAX = 1_000;

/** What is piped in is given this long to come before a run begins. */
const AT_HAND_MS = 100;

/** Where lines come from. A stream of the process, or one that a test writes to. */
export type LineStream = Readable & { readonly isTTY?: boolean; readonly unref?: () => unknown };

/** Lines of a stream, for whoever listens; read only while somebody does, and never a reason for the process to go on. */
export interface TypedLines {
  /** Calls back with each line, without its end, until it is told to stop. A stream that ends or fails brings no more; that is no failure. */
  readonly onLine: (listener: (line: string) => void) => () => void;
  /**
   * Resolves when what lay ready in a pipe or a file has been handed on, or after a tenth of a second; at once for a terminal, where nobody knows when a
   * person will type, and when nobody listens.
   */
  readonly atHand: () => Promise<void>;
}

/** The lines of a stream. */
export function typedLines(stream: () => LineStream): TypedLines {
  let first: Promise<void> = Promise.resolve();
  return {
    onLine: (listener) => {
      const source = stream();
      const { take, end } = splitter(listener);
      first = source.isTTY === true ? Promise.resolve() : firstWord(source);
      source.setEncoding('utf8');
      source.on('data', take).on('end', end).on('error', end);
      // Whoever waits for a person to type must not keep a run from ending.
      source.unref?.();
      return () => {
        source.off('data', take).off('end', end);
        source.pause();
      };
    },
    atHand: () => first,
  };
}

function splitter(listener: (line: string) => void): { readonly take: (text: string) => void; readonly end: () => void } {
  let rest = '';
  return {
    take: (text) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = (lines.pop() ?? '').slice(0, LINE_LENGTH_MAX);
      for (const line of lines) listener(line.slice(0, LINE_LENGTH_MAX));
    },
    end: () => {
      // A last line need not have an end.
      if (rest !== '') listener(rest);
      rest = '';
    },
  };
}

/** Resolves with the stream's first data, at its end, or after a while. */
const firstWord = (stream: LineStream): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, AT_HAND_MS);
    const come = (): void => {
      clearTimeout(timer);
      resolve();
    };
    stream.once('data', come).once('end', come).once('error', come);
  });
