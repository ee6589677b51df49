import { EngineError, type Problem, ProblemsError } from '@sauda/engine';

import { nearestFile } from './nearest-file.js';

/** A problem with the line of the file it is on, where that is known. */
export interface LocatedProblem extends Problem {
  readonly line?: number;
  /** The stable code of an error that was thrown. */
  readonly code?: string;
}

/** An error as problems, for the same lists and documents. */
export function problemsOf(error: unknown, path = ''): readonly LocatedProblem[] {
  if (error instanceof ProblemsError)
    return error.problems.map((problem) => ({ ...problem, found: problem.found ?? null, code: error.code }));
  if (error instanceof EngineError) {
    const remedy = nearestFile(error) ?? error.remedy;
    return [{ path, found: null, message: error.message, remedy, severity: 'error', code: error.code }];
  }
  const message = error instanceof Error ? error.message : String(error);
  return [{ path, found: null, message, remedy: 'Report it with the configuration, please.', severity: 'error' }];
}

/** Whether any of the problems stops the work. */
export const stops = (problems: readonly Problem[]): boolean => problems.some(({ severity }) => severity === 'error');
