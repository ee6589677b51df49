import { basename } from 'node:path';

import { EngineError } from '@sauda/engine';

import { EXIT_CODES, type ExitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import { problemsOf } from '../located-problem.js';
import { printNotes } from '../print/notes.js';
import { printReport, ROUND_TRIPS_USUAL } from '../print/report.js';
import { type Style, styleFor } from '../print/style.js';
import { printJournal } from '../print/trip-journal.js';
import type { SavedReport } from '../report/saved-form.js';
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
  /** Print each round trip with its signal and orders instead. */
  readonly journal?: boolean;
  /** Print the contract notes instead. */
  readonly notes?: boolean;
}

/** `sauda report`: prints what `sauda backtest --json` saved, as a report, a trade journal or contract notes, or makes a page of it. */
export async function report(name: string, options: ReportOptions, io: Io): Promise<ExitCode> {
  const { json, html } = options;
  try {
    const saved = readSavedReport(name, io.workingDir);
    const text = json ? `${JSON.stringify(saved)}\n` : textOf(saved, options, styleFor(io, 'out'));
    if (html !== undefined) {
      checkHtmlFile(html, io);
      writeTearsheet(saved, html, io);
    }
    io.out(text);
    return EXIT_CODES.done;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return fail(io, { json, fileName: basename(name), problems: problemsOf(error), exitCode: exitCodeOf(error) });
  }
}

/** What is asked for, one after the other; the report itself where nothing else is. */
function textOf(saved: SavedReport, { quiet, all, last, html, journal = false, notes = false }: ReportOptions, style: Style): string {
  const shown = all ? null : (last ?? ROUND_TRIPS_USUAL);
  const parts = [journal ? printJournal(saved, shown, style) : '', notes ? printNotes(saved, style) : ''];
  if (!journal && !notes && html === undefined) parts.push(printReport(saved, { last: shown, quiet }, style));
  return parts.filter((part) => part !== '').join('\n');
}
