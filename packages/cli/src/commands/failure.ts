import type { ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import type { LocatedProblem } from '../located-problem.js';
import { printProblems } from '../print/problems.js';
import { styleFor } from '../print/style.js';

/** Ends a command with problems: a document for programs, words for people. */
export function fail(
  io: Io,
  {
    json,
    fileName,
    problems,
    exitCode,
  }: { readonly json: boolean; readonly fileName: string; readonly problems: readonly LocatedProblem[]; readonly exitCode: ExitCode },
): ExitCode {
  if (json) io.out(`${JSON.stringify({ ok: false, problems })}\n`);
  else io.err(printProblems(problems, fileName, styleFor(io, 'err')));
  return exitCode;
}
