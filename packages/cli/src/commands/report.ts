import { basename } from 'node:path';

import { EngineError } from '@sauda/engine';

import { EXIT_CODES, type ExitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import { problemsOf } from '../located-problem.js';
import { printReport, ROUND_TRIPS_USUAL } from '../print/report.js';
import { styleFor } from '../print/style.js';
import { readSavedReport } from '../report/saved-report.js';
import { checkHtmlFile, writeTearsheet } from '../report/write-tearsheet.js';
import { fail } from './failure.js';

/** What can be asked of `sauda report`. */
export interface ReportOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Print all round trips. */
  readonly all: boolean;
  /** Print the last so many. */
  readonly last: number | null;
  /** Write a page to this file instead of printing. */
  readonly html?: string;
}

/** `sauda report`: prints what `sauda backtest --json` saved, or makes a page of it. */
export async function report(name: string, { json, quiet, all, last, html }: ReportOptions, io: Io): Promise<ExitCode> {
  try {
    const saved = readSavedReport(name, io.workingDir);
    if (html !== undefined) {
      checkHtmlFile(html, io);
      writeTearsheet(saved, html, io);
    }
    if (json) io.out(`${JSON.stringify(saved)}\n`);
    else if (html === undefined) io.out(printReport(saved, { last: all ? null : (last ?? ROUND_TRIPS_USUAL), quiet }, styleFor(io, 'out')));
    return EXIT_CODES.done;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return fail(io, { json, fileName: basename(name), problems: problemsOf(error), exitCode: exitCodeOf(error) });
  }
}
