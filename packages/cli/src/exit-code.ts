import { EngineError } from '@sauda/engine';

/** How a command ends, for scripts. */
export const EXIT_CODES = {
  done: 0,
  /** The command failed. */
  failed: 1,
  /** The configuration or the arguments are wrong. */
  wrong: 2,
  /** Input data is wrong. */
  data: 3,
  /** Refused for safety. */
  refused: 4,
  /** Interrupted, state saved. */
  interrupted: 130,
} as const;

/** A number of {@link EXIT_CODES}. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** Which areas of error codes come from what a person wrote, and which from the data. */
const WRONG = ['config', 'cli', 'rules', 'calendar', 'charges', 'instrument', 'plugins', 'options'];
const DATA = ['feed', 'data'];

/** What an error means for a script. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof EngineError)) return EXIT_CODES.failed;
  const area = error.code.split('/')[0] ?? '';
  if (DATA.includes(area)) return EXIT_CODES.data;
  if (WRONG.includes(area)) return EXIT_CODES.wrong;
  return area === 'safety' ? EXIT_CODES.refused : EXIT_CODES.failed;
}
