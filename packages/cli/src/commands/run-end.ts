import type { RunResult } from '@sauda/engine';

import { EXIT_CODES, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { printReport, ROUND_TRIPS_USUAL } from '../print/report.js';
import { standInWords } from '../print/stand-lines.js';
import { styleFor } from '../print/style.js';
import type { RunJournal } from '../run-journal.js';

/** Tells how a run has ended: the last event for programs, the report for people, and where its state is. */
export function endOfRun(
  { report, interrupted }: RunResult,
  { json, quiet, io, journal }: { readonly json: boolean; readonly quiet: boolean; readonly io: Io; readonly journal: RunJournal | null },
): ExitCode {
  const { decisionHash, figures, candles, ticks, warnings, equity, breakers, alerts, adjustments } = report;
  if (json) {
    const kind = interrupted ? 'runInterrupted' : 'runEnded';
    io.out(`${JSON.stringify({ kind, decisionHash, candles, ticks, figures, equity, warnings, breakers, alerts, adjustments })}\n`);
  } else io.out(`\n${printReport(report, { last: ROUND_TRIPS_USUAL, quiet }, styleFor(io, 'out'))}`);
  if (interrupted) io.err(`${interruptedLine(journal)}\n`);
  return interrupted ? EXIT_CODES.interrupted : EXIT_CODES.done;
}

function interruptedLine(journal: RunJournal | null): string {
  if (journal === null) return 'Interrupted. Without store.journal nothing is kept: a new run begins flat.';
  const stand = journal.stand();
  if (stand === null) return 'Interrupted before anything was decided.';
  return `Interrupted; the state is saved in ${journal.path}: ${standInWords(stand)}. Start it again to go on.`;
}
