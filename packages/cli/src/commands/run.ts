import { basename } from 'node:path';

import { type AccountId, EngineError, type RunConfig, RunControl, type RunResult, runConfig } from '@sauda/engine';

import { type ExitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import { problemsOf } from '../located-problem.js';
import { type Prepared, prepare, withLine } from '../prepare.js';
import { printProblems } from '../print/problems.js';
import { speedWords } from '../print/speed-words.js';
import { standInWords } from '../print/stand-lines.js';
import { HALTED } from '../print/status-lines.js';
import { styleFor } from '../print/style.js';
import { openRunJournal, type RunJournal } from '../run-journal.js';
import { RunVoice } from '../run-voice.js';
import { CommandDesk } from '../typed/command-desk.js';
import { wallClockPacer } from '../wall-clock-pacer.js';
import { fail } from './failure.js';
import { endOfRun } from './run-end.js';

/** What can be asked of `sauda run`. */
export interface RunCommandOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Tell of every stop that moves. */
  readonly stops: boolean;
  /** Who gives the commands that are typed; under which name they are logged in, if absent. */
  readonly by?: string;
}

type Ready = Extract<Prepared, { ready: true }>;

/**
 * `sauda run`: trades, on paper or at the brokers of live accounts, and tells what happens as it happens; takes the commands that a person types, and
 * goes on from its journal where it has one. Ends when every feed has ended, or when a person interrupts.
 */
export async function run(
  name: string | undefined,
  options: RunCommandOptions,
  io: Io,
  runIt: typeof runConfig = runConfig,
): Promise<ExitCode> {
  const { json } = options;
  const prepared = await prepare(name, io);
  if (!prepared.ready) return fail(io, { json, ...prepared });
  const fileName = basename(prepared.file.path);
  io.err(printProblems(prepared.warnings, fileName, styleFor(io, 'err')));
  try {
    return await runPrepared(prepared, options, io, runIt);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const problems = problemsOf(error, isAboutJournal(error) ? 'store.journal' : '').map((problem) => withLine(problem, prepared.file));
    return fail(io, { json, fileName, problems, exitCode: exitCodeOf(error) });
  }
}

const isAboutJournal = ({ code }: EngineError): boolean => code.startsWith('journal/') || code.startsWith('safety/journal-');

async function runPrepared(prepared: Ready, options: RunCommandOptions, io: Io, runIt: typeof runConfig): Promise<ExitCode> {
  const { file, config } = prepared;
  const control = new RunControl();
  const begun = once(() => control.status() !== null);
  const { journal: written } = config.store;
  const journal =
    written === null
      ? null
      : await openRunJournal(written, { baseDir: file.baseDir, now: io.now(), begun, isLive: liveAccounts(config).length > 0 });
  try {
    const stand = journal?.stand() ?? null;
    const tradingSwitch = stand?.tradingSwitch ?? config.risk.tradingSwitch;
    const voice = new RunVoice(config, { ...options, tradingSwitch }, io);
    const warnings = journal?.warnings.map((problem) => withLine(problem, file)) ?? [];
    io.err(printProblems(warnings, basename(file.path), styleFor(io, 'err')));
    for (const record of journal?.lastRecords(RECALLED) ?? []) voice.recall(record);
    if (!options.quiet && !options.json) voice.say(startLine(config, voice));
    if (stand !== null && !options.quiet) voice.say(`going on from ${standInWords(stand)}`);
    if (tradingSwitch === 'halted') voice.say(voice.style.strong(voice.style.bad(`${HALTED}. To go on: switch active.`)));
    const result = await runWatched(prepared, {
      by: options.by ?? io.login,
      control,
      begun,
      goesOn: stand !== null,
      journal,
      voice,
      io,
      runIt,
    });
    return endOfRun(result, { ...options, io, journal });
  } finally {
    journal?.close();
  }
}

/** The run itself, while a person may interrupt it and type. */
async function runWatched(
  { file, config, registry }: Ready,
  {
    by,
    control,
    begun,
    goesOn,
    journal,
    voice,
    io,
    runIt,
  }: {
    readonly by: string;
    readonly control: RunControl;
    readonly begun: () => boolean;
    /** There is an earlier run that this one goes on from. */
    readonly goesOn: boolean;
    readonly journal: RunJournal | null;
    readonly voice: RunVoice;
    readonly io: Io;
    readonly runIt: typeof runConfig;
  },
): Promise<RunResult> {
  const stop = new AbortController();
  const interrupt = (): void => {
    io.err('Stopping… (once more ends at once)\n');
    stop.abort();
  };
  const desk = new CommandDesk({
    control,
    begun,
    by,
    say: voice.say,
    tell: voice.status,
    quit: interrupt,
  });
  let isToBeTold = goesOn;
  const look = (): void => {
    const status = isToBeTold ? control.status() : null;
    if (status !== null) voice.stopped(status);
    isToBeTold &&= status === null;
    desk.look();
  };
  const stopListening = [io.onInterrupt(interrupt), io.onLine((line) => desk.typed(line))];
  const pacer = wallClockPacer({ speed: config.clock.speed, begun, now: io.now, signal: stop.signal });
  try {
    await io.linesAtHand();
    return await runIt(config, {
      registry,
      baseDir: file.baseDir,
      signal: stop.signal,
      control,
      pacer: {
        until: (time) => {
          look();
          return pacer.until(time);
        },
      },
      onRecord: (record) => {
        voice.record(record);
        queueMicrotask(look);
      },
      onAlert: voice.alert,
      ...(journal === null ? {} : { journal: journal.forEngine, runId: journal.runId }),
    });
  } finally {
    for (const stopOne of stopListening) stopOne();
    desk.end();
  }
}

/** So many records of earlier runs tell what sets last saw, and which orders rest. */
const RECALLED = 1_000;

/** A question that is asked until the answer is yes. */
function once(question: () => boolean): () => boolean {
  let yes = false;
  return () => {
    yes ||= question();
    return yes;
  };
}

function startLine(config: RunConfig, { style }: RunVoice): string {
  const { sets, clock } = config;
  const live = liveAccounts(config);
  const how = live.length === 0 ? style.strong('paper') : style.strong(style.bad(`LIVE on ${live.join(', ')}`));
  // A live market has its own time.
  const speed = live.length === 0 ? `, ${speedWords(clock.speed)}` : '';
  return `${how} ${sets.filter(({ active }) => active).length} of ${sets.length} sets active${speed}. Type help for commands; Ctrl-C stops.`;
}

const liveAccounts = ({ mode, accounts }: RunConfig): readonly AccountId[] =>
  mode === 'live' ? accounts.filter(({ live }) => live).map(({ id }) => id) : [];
