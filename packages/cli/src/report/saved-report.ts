import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { EngineError, ProblemsError, type RunReport } from '@sauda/engine';
import { z } from 'zod';

const paise = z.int();
const time = z.int();
const figure = z.number().nullable();
const date = z.iso.date();

const leg = z.object({
  instrument: z.string(),
  side: z.enum(['buy', 'sell']),
  quantity: z.int().positive(),
  entryTime: time,
  entryPrice: z.number(),
  exitTime: time,
  exitPrice: z.number(),
  premium: z.enum(['recorded', 'model']),
});

const roundTrip = z.object({
  set: z.string(),
  strategy: z.string().exactOptional(),
  account: z.string(),
  underlying: z.string(),
  legs: z.array(leg).min(1),
  exitReason: z.string(),
  grossPaise: paise,
  chargesPaise: paise,
  netPaise: paise,
});

const signal = z.object({
  set: z.string(),
  account: z.string(),
  underlying: z.string(),
  time,
  kind: z.enum(['enter', 'exit', 'adjust']),
  direction: z.enum(['bullish', 'bearish', 'neutral']),
  reason: z.string(),
  values: z.record(z.string(), z.number()),
  outcome: z.string(),
});

const figures = z.object({
  roundTrips: z.int(),
  netPaise: paise,
  grossPaise: paise,
  chargesPaise: paise,
  winRate: figure,
  profitFactor: figure,
  averageWinPaise: figure,
  averageLossPaise: figure,
  expectancyPaise: figure,
  maxDrawdown: z.number(),
  maxDrawdownPaise: paise,
  longestDrawdownDays: z.int(),
  longestLosingStreak: z.int(),
  sharpe: figure,
  sortino: figure,
});

/** What `sauda backtest --json` prints. Fields of later versions are kept. */
const document = z.looseObject({
  decisionHash: z.string(),
  candles: z.int(),
  ticks: z.int(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  waivers: z.array(z.string()),
  assumptions: z.array(z.string()),
  signals: z.array(signal),
  roundTrips: z.array(roundTrip),
  figures,
  capitalPaise: paise.exactOptional(),
  equity: z.array(z.object({ date, equityPaise: paise })),
}) satisfies z.ZodType<RunReport>;

/** So many problems of a document are listed; one that is something else has them everywhere. */
const PROBLEMS_MAX = 10;

/**
 * Reads what `sauda backtest --json` printed into a file.
 *
 * @throws EngineError `cli/report-missing`; `data/report-unreadable` for a text that is no JSON, or the answer of a command that failed.
 * @throws ProblemsError `data/report-invalid` for JSON that is no report, with every place.
 */
export function readSavedReport(name: string, workingDir: string): RunReport {
  const raw = parsed(textOf(name, workingDir), name);
  const result = document.safeParse(raw);
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
