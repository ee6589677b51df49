import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { EngineError, ProblemsError } from '@sauda/engine';

import { type SavedReport, savedForm } from './saved-form.js';

/** So many problems of a document are listed; one that is something else has them everywhere. */
const PROBLEMS_MAX = 10;

/**
 * Reads what `sauda backtest --json` printed into a file.
 *
 * @throws EngineError `cli/report-missing`; `data/report-unreadable` for a text that is no JSON, or the answer of a command that failed.
 * @throws ProblemsError `data/report-invalid` for JSON that is no report, with every place.
 */
export function readSavedReport(name: string, workingDir: string): SavedReport {
  const raw = parsed(textOf(name, workingDir), name);
  const result = savedForm.safeParse(raw);
  if (result.success) return result.data;
  throw new ProblemsError(
    'data/report-invalid',
    `"${basename(name)}" is no report of a run`,
    result.error.issues.slice(0, PROBLEMS_MAX).map(({ path, message }) => ({
      path: path.map(String).join('.'),
      found: null,
      message: `${message}.`,
      remedy: 'Make it anew: sauda backtest --json > run.json.',
      severity: 'error',
    })),
  );
}

function textOf(name: string, workingDir: string): string {
  try {
    return readFileSync(resolve(workingDir, name), 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new EngineError('cli/report-missing', {
      message: `There is no file "${name}" to read: ${error.message}`,
      remedy: 'Make one with: sauda backtest --json > run.json.',
      context: { name },
      cause: error,
    });
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return refuseFailure(JSON.parse(text), name);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EngineError('data/report-unreadable', {
      message: `"${basename(name)}" is not one JSON document: ${error.message}`,
      remedy: 'Make one with: sauda backtest --json > run.json. The events that sauda run --json prints are no report.',
      context: { name },
      cause: error,
    });
  }
}

function refuseFailure(raw: unknown, name: string): unknown {
  if (typeof raw !== 'object' || raw === null || !('ok' in raw) || !('problems' in raw)) return raw;
  throw new EngineError('data/report-unreadable', {
    message: `"${basename(name)}" holds the problems of a command, not the report of a run.`,
    remedy: 'Mend what it names and run the backtest again.',
    context: { name },
  });
}
