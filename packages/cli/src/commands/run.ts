import { basename } from 'node:path';

import { atIst, EngineError, type RunConfig, type RunResult, runConfig } from '@sauda/engine';

import { EXIT_CODES, type ExitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import { problemsOf } from '../located-problem.js';
import { prepare } from '../prepare.js';
import { eventLine } from '../print/event-lines.js';
import { printProblems } from '../print/problems.js';
import { printReport, ROUND_TRIPS_USUAL } from '../print/report.js';
import { type Style, styleFor } from '../print/style.js';
import { wallClockPacer } from '../wall-clock-pacer.js';
import { fail } from './failure.js';

/** What can be asked of `sauda run`. */
export interface RunCommandOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Tell of every stop that moves. */
  readonly stops: boolean;
}

/** `sauda run`: trades on paper and tells what happens as it happens. Ends when every feed has ended, or when a person interrupts. */
export async function run(
  name: string | undefined,
  options: RunCommandOptions,
  io: Io,
  runIt: typeof runConfig = runConfig,
): Promise<ExitCode> {
  const { json } = options;
  const prepared = await prepare(name, io);
  if (!prepared.ready) return fail(io, { json, ...prepared });
  const { file, config, registry, warnings } = prepared;
  const fileName = basename(file.path);
  io.err(printProblems(warnings, fileName, styleFor(io, 'err')));
  const style = styleFor(io, 'out');
  const stop = new AbortController();
  const stopListening = io.onInterrupt(() => {
    io.err('Stopping… (once more ends at once)\n');
    stop.abort();
  });
  if (!json) io.out(startLine(config, style));
  try {
    const result = await runIt(config, {
      registry,
      baseDir: file.baseDir,
      signal: stop.signal,
      ...pacerFor(config, io, stop.signal),
      onRecord: ({ sequence, instance, events }) => {
        for (const event of events) {
          if (json) io.out(`${JSON.stringify({ sequence, instance, ...event })}\n`);
          else if (!options.quiet) {
            const line = eventLine(instance, event, { stops: options.stops, style });
            if (line !== null) io.out(`${line}\n`);
          }
        }
      },
    });
    return end(result, options, io, style);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return fail(io, { json, fileName, problems: problemsOf(error), exitCode: exitCodeOf(error) });
  } finally {
    stopListening();
  }
}

const startLine = ({ sets, clock }: RunConfig, style: Style): string =>
  `${style.strong('paper')} ${sets.filter(({ active }) => active).length} of ${sets.length} sets active, ${speedInWords(clock.speed)}. Ctrl-C stops.\n`;

const speedInWords = (speed: number): string =>
  speed === Number.POSITIVE_INFINITY ? 'as fast as it can' : speed === 1 ? 'in real time' : `${speed} times as fast as real time`;

function pacerFor({ clock, from }: RunConfig, { now }: Io, signal: AbortSignal) {
  if (clock.speed === Number.POSITIVE_INFINITY) return {};
  return { pacer: wallClockPacer({ speed: clock.speed, from: from === null ? Number.NEGATIVE_INFINITY : atIst(from, 0), now, signal }) };
}

/** The last event for programs, the report for people. */
function end({ report, interrupted }: RunResult, { json, quiet }: RunCommandOptions, io: Io, style: Style): ExitCode {
  const { decisionHash, figures, candles, ticks, warnings, equity } = report;
  if (json) {
    const last = { kind: interrupted ? 'runInterrupted' : 'runEnded', decisionHash, candles, ticks, figures, equity, warnings };
    io.out(`${JSON.stringify(last)}\n`);
  } else io.out(`\n${printReport(report, { last: ROUND_TRIPS_USUAL, quiet }, style)}`);
  if (interrupted) io.err('Interrupted. No order is left behind: this version keeps positions in memory, so a new run begins flat.\n');
  return interrupted ? EXIT_CODES.interrupted : EXIT_CODES.done;
}
