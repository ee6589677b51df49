import { basename } from 'node:path';

import { EngineError, parseRunConfig, type Registry, type RunConfig } from '@sauda/engine';

import { type ConfigFile, readConfigFile } from './config-file.js';
import { EXIT_CODES, type ExitCode, exitCodeOf } from './exit-code.js';
import type { Io } from './io.js';
import { type LocatedProblem, problemsOf } from './located-problem.js';
import { loadRegistry } from './plugins.js';

/** A configuration that is ready to run, or why it is not. */
export type Prepared =
  | {
      readonly ready: true;
      readonly file: ConfigFile;
      readonly config: RunConfig;
      readonly registry: Registry;
      readonly warnings: readonly LocatedProblem[];
    }
  | { readonly ready: false; readonly fileName: string; readonly problems: readonly LocatedProblem[]; readonly exitCode: ExitCode };

/** Reads and checks a configuration. Every problem knows its line where the file has lines. */
export async function prepare(name: string | undefined, io: Io): Promise<Prepared> {
  let fileName = name ?? 'sauda.config.yaml';
  try {
    const file = await readConfigFile(name, io.workingDir);
    fileName = basename(file.path);
    const registry = await loadRegistry(file);
    const { config, problems } = parseRunConfig(file.raw, { registry, environment: io.environment });
    const located = problems.map((problem) => withLine(problem, file));
    if (config === null) return { ready: false, fileName, problems: located, exitCode: EXIT_CODES.wrong };
    return { ready: true, file, config, registry, warnings: located };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { ready: false, fileName, problems: problemsOf(error), exitCode: exitCodeOf(error) };
  }
}

/** The problem with its line. */
export function withLine(problem: LocatedProblem, file: ConfigFile): LocatedProblem {
  const line = file.lineOf(problem.path);
  return line === undefined ? problem : { ...problem, line };
}
