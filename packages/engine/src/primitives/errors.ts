/** What can be put into an error's context: plain data without secrets. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Words and data of an {@link EngineError}. */
export interface EngineErrorDetails {
  /** What is wrong, with the value that was found, in quotes if it is text. */
  readonly message: string;
  /** What the reader can do about it. */
  readonly remedy: string;
  readonly context?: ErrorContext;
  readonly cause?: unknown;
}

/**
 * An error that a person can act on: a stable code (`area/what`, listed in `docs/reference/errors.md`), what was found, and a remedy.
 *
 * Thrown for bad input. What the world does (a refused order, a lost line) is an event, not an error.
 */
export class EngineError extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly context: ErrorContext;

  constructor(code: string, { message, remedy, context = {}, cause }: EngineErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EngineError';
    this.code = code;
    this.remedy = remedy;
    this.context = context;
  }
}
