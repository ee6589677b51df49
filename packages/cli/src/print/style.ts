import type { Io } from '../io.js';

/** Colours of text, or none. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const coloured =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

const plain = (text: string): string => text;

/** Text as it is. */
export const noStyle: Style = { good: plain, bad: plain, warn: plain, strong: plain, faint: plain };

/** The colour of a gain or a loss; none for neither. */
export const toneOf = (value: number, { good, bad }: Style): ((text: string) => string) => (value > 0 ? good : value < 0 ? bad : plain);

const terminalStyle: Style = { good: coloured(32), bad: coloured(31), warn: coloured(33), strong: coloured(1), faint: coloured(2) };

/** Colours where a person looks on and has not set NO_COLOR (https://no-color.org). */
export const styleFor = (io: Io, stream: 'out' | 'err'): Style => {
  const isTerminal = stream === 'out' ? io.outIsTerminal : io.errIsTerminal;
  const refused = (io.environment['NO_COLOR'] ?? '') !== '' || io.environment['TERM'] === 'dumb';
  return isTerminal && !refused ? terminalStyle : noStyle;
};
