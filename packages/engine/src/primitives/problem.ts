import { EngineError } from './errors.js';

/** One thing that is wrong with what a person wrote: where, what was found, what would be right. */
export interface Problem {
  /** Where: `sets[0].exits.stopLoss`, `feeds[0].files[0]:1234`; empty for the whole. */
  readonly path: string;
  /** The value that was found, as far as it can be shown; secrets never. */
  readonly found: unknown;
  readonly message: string;
  readonly remedy: string;
  /** An error stops; a warning is shown and the work goes on. */
  readonly severity: 'error' | 'warning';
}

/** Bad input from a person, with every problem listed. */
export class ProblemsError extends EngineError {
  readonly problems: readonly Problem[];

  constructor(code: string, what: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message, remedy }) => `  ${path === '' ? '' : `${path}: `}${message} ${remedy}`);
    super(code, {
      message: `${what}:\n${lines.join('\n')}`,
      remedy: problems.length === 1 ? (problems[0] as Problem).remedy : 'Mend each of the places listed.',
      context: { problems: problems.length },
    });
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}
