import { basename } from 'node:path';

import { startSandbox } from '@sauda/brokers/sandbox';
import { EngineError, formatIst, parseSandboxConfig, type Registry, type SandboxConfig } from '@sauda/engine';

import { type ConfigFile, readConfigFile } from '../config-file.js';
import { EXIT_CODES, type ExitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import { problemsOf } from '../located-problem.js';
import { loadRegistry } from '../plugins.js';
import { withLine } from '../prepare.js';
import { printProblems } from '../print/problems.js';
import { speedWords } from '../print/speed-words.js';
import { styleFor } from '../print/style.js';
import { fail } from './failure.js';

/** What can be asked of `sauda sandbox`. */
export interface SandboxCommandOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** How the file is called where none is named. */
const FILE_NAME = 'sandbox.config';

/**
 * `sauda sandbox`: the simulated exchange as a process of its own, over a market of its configuration. Ends when its market is over and everybody has
 * left, or when a person interrupts.
 */
export async function sandbox(name: string | undefined, options: SandboxCommandOptions, io: Io): Promise<ExitCode> {
  const { json } = options;
  let fileName = name ?? `${FILE_NAME}.yaml`;
  try {
    const file = await readConfigFile(name, io.workingDir, FILE_NAME);
    fileName = basename(file.path);
    const registry = await loadRegistry(file);
    const { config, problems } = parseSandboxConfig(file.raw, { registry, environment: io.environment });
    const located = problems.map((problem) => withLine(problem, file));
    if (config === null) return fail(io, { json, fileName, problems: located, exitCode: EXIT_CODES.wrong });
    io.err(printProblems(located, fileName, styleFor(io, 'err')));
    return await serve(config, { file, registry, options, io });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return fail(io, { json, fileName, problems: problemsOf(error), exitCode: exitCodeOf(error) });
  }
}

async function serve(
  config: SandboxConfig,
  {
    file,
    registry,
    options,
    io,
  }: { readonly file: ConfigFile; readonly registry: Registry; readonly options: SandboxCommandOptions; readonly io: Io },
): Promise<ExitCode> {
  const say = (event: string, at: number): void => {
    if (options.json) io.out(`${JSON.stringify({ event, at: Number.isFinite(at) ? at : null })}\n`);
    else if (!options.quiet) io.out(Number.isFinite(at) ? `${formatIst(at).slice(5)}  ${event}\n` : `${event}\n`);
  };
  const sandbox = await startSandbox({ config, registry, baseDir: file.baseDir, onEvent: say });
  let interrupted = false;
  const stopListening = io.onInterrupt(() => {
    interrupted = true;
    io.err('Stopping: what the exchange had in memory is gone with it.\n');
    void sandbox.close();
  });
  const { port } = sandbox;
  const { host, speed } = config;
  if (options.json) io.out(`${JSON.stringify({ event: 'listening', host, port, speed })}\n`);
  else io.out(`The sandbox listens at ${host}:${port}, ${speedWords(speed)}. Ctrl-C stops.\n`);
  try {
    await sandbox.over;
  } finally {
    stopListening();
  }
  return interrupted ? EXIT_CODES.interrupted : EXIT_CODES.done;
}
