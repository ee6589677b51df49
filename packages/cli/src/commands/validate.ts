import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

import { counted } from '../counted.js';
import { EXIT_CODES, type ExitCode } from '../exit-code.js';
import { type FeedLook, inspectData } from '../inspect-data.js';
import type { Io } from '../io.js';
import { type LocatedProblem, stops } from '../located-problem.js';
import { prepare, withLine } from '../prepare.js';
import { printProblems } from '../print/problems.js';
import { styleFor } from '../print/style.js';
import { fail } from './failure.js';

/** `sauda validate`: every problem of a configuration, then what its data looks like. */
export async function validate(name: string | undefined, { json }: { readonly json: boolean }, io: Io): Promise<ExitCode> {
  const prepared = await prepare(name, io);
  if (!prepared.ready) return fail(io, { json, ...prepared });
  const { file, config, registry, warnings } = prepared;
  const data = await inspectData(config, { registry, baseDir: file.baseDir });
  const found = [...journalProblems(config.store.journal, file.baseDir), ...data.problems];
  const problems = [...warnings, ...found.map((problem) => withLine(problem, file))];
  const ok = !stops(problems);
  if (json) io.out(`${JSON.stringify({ ok, problems })}\n`);
  else {
    const style = styleFor(io, 'out');
    io.err(printProblems(problems, basename(file.path), styleFor(io, 'err')));
    io.out(data.looks.map(lookLine).join(''));
    if (ok) io.out(`${style.good('ok')} ${basename(file.path)}: ${counted(config.sets.length, 'set')} can run.\n`);
  }
  return ok ? EXIT_CODES.done : codeOf(problems);
}

/** The file is made when a run begins; its folder is not. */
function journalProblems(journal: string | null, baseDir: string): readonly LocatedProblem[] {
  if (journal === null) return [];
  const folder = dirname(resolve(baseDir, journal));
  if (existsSync(folder)) return [];
  const message = `The folder "${folder}" of the journal is not there.`;
  return [
    { path: 'store.journal', found: journal, message, remedy: 'Make it, or name a file in a folder that is there.', severity: 'error' },
  ];
}

/** Wrong data is another matter than a wrong configuration, unless both are. */
const codeOf = (problems: readonly LocatedProblem[]): ExitCode =>
  problems.filter(({ severity }) => severity === 'error').every(({ code }) => /^(feed|data)\//.test(code ?? ''))
    ? EXIT_CODES.data
    : EXIT_CODES.wrong;

const lookLine = ({ index, use, rows, days, firstBar, lastBar }: FeedLook): string =>
  `feeds[${index}] ${use}: ${rows} rows in the first ${days === 1 ? 'day' : `${days} days`}${firstBar === null ? '' : `, candles from ${firstBar} to ${lastBar}`}\n`;
