import { basename } from 'node:path';

import { EngineError, formatRupees, runConfig } from '@sauda/engine';

import { EXIT_CODES, type ExitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import { type LocatedProblem, problemsOf } from '../located-problem.js';
import { type Prepared, prepare, withLine } from '../prepare.js';
import { printNotes } from '../print/notes.js';
import { printProblems } from '../print/problems.js';
import { progressOn } from '../print/progress.js';
import { printReport, ROUND_TRIPS_USUAL } from '../print/report.js';
import { styleFor } from '../print/style.js';
import { checkHtmlFile, writeTearsheet } from '../report/write-tearsheet.js';
import { fail } from './failure.js';

/** What can be asked of `sauda backtest`. */
export interface BacktestOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Print all round trips. */
  readonly all: boolean;
  /** Print the last so many. */
  readonly last: number | null;
  /** Write a page about the run to this file as well. */
  readonly html?: string;
  /** Print the contract note of each day and account after the report; with `json` to standard error, since standard output is one document. */
  readonly notes?: boolean;
}

/** `sauda backtest`: runs a configuration over its data as fast as it can, and reports. */
export async function backtest(
  name: string | undefined,
  options: BacktestOptions,
  io: Io,
  run: typeof runConfig = runConfig,
): Promise<ExitCode> {
  const { json, quiet, all, last, html, notes = false } = options;
  const prepared = await prepare(name, io);
  if (!prepared.ready) return fail(io, { json, ...prepared });
  const { file, config, registry, warnings } = prepared;
  const fileName = basename(file.path);
  io.err(printProblems([...warnings, ...unused(prepared)], fileName, styleFor(io, 'err')));
  const stop = new AbortController();
  const stopListening = io.onInterrupt(() => stop.abort());
  const progress = progressOn(io);
  try {
    if (html !== undefined) checkHtmlFile(html, io);
    const { report, interrupted } = await run(config, {
      registry,
      baseDir: file.baseDir,
      signal: stop.signal,
      onProgress: ({ date, candles }) => progress.tell(`${date}  ${candles} candles`),
    });
    progress.end();
    // Before the report: with --json, what goes wrong here has to be the only document.
    if (html !== undefined) writeTearsheet(report, html, io);
    const shown = all ? null : (last ?? ROUND_TRIPS_USUAL);
    io.out(json ? `${JSON.stringify(report)}\n` : printReport(report, { last: shown, quiet }, styleFor(io, 'out')));
    if (notes && json) io.err(printNotes(report, styleFor(io, 'err')));
    else if (notes) io.out(`\n${printNotes(report, styleFor(io, 'out'))}`);
    if (interrupted) io.err(`Interrupted: the report ends on ${report.equity.at(-1)?.date ?? 'the first day'}.\n`);
    else if (json) io.err(`${report.roundTrips.length} round trips, net ${formatRupees(report.figures.netPaise)}\n`);
    return interrupted ? EXIT_CODES.interrupted : EXIT_CODES.done;
  } catch (error) {
    progress.end();
    if (!(error instanceof EngineError)) throw error;
    return fail(io, { json, fileName, problems: problemsOf(error), exitCode: exitCodeOf(error) });
  } finally {
    stopListening();
  }
}

/** A backtest can simply be run again: what it decides is kept in memory. */
function unused({ config, file }: Extract<Prepared, { ready: true }>): readonly LocatedProblem[] {
  const { journal } = config.store;
  if (journal === null) return [];
  const message = 'A backtest keeps no journal: it can simply be run again.';
  const remedy = 'Nothing has to be done; sauda run writes it.';
  return [withLine({ path: 'store.journal', found: journal, message, remedy, severity: 'warning' }, file)];
}
