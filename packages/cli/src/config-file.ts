import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { EngineError, ProblemsError } from '@sauda/engine';
import { createJiti } from 'jiti';

import { readPositioned } from './config-positions.js';

/** The endings that are looked for in a folder, in this order. */
const ENDINGS = ['yaml', 'yml', 'json', 'ts', 'js', 'mjs'];

/** How the configuration of a run is called where no file is named. */
const RUN_FILE = 'sauda.config';

/** A configuration as it lies in a file. */
export interface ConfigFile {
  readonly path: string;
  /** Relative paths in it count from here. */
  readonly baseDir: string;
  readonly raw: unknown;
  readonly lineOf: (path: string) => number | undefined;
}

/**
 * Reads a configuration: YAML, JSON, TypeScript or JavaScript.
 *
 * @param name a file; `undefined` looks for `sauda.config.*` in the folder.
 * @param usual how it is called instead of `sauda.config`, without an ending.
 * @throws EngineError `config/file-missing`, `config/file-unreadable`.
 * @throws ProblemsError `config/file-unreadable` for a text that is no YAML or JSON.
 */
export async function readConfigFile(name: string | undefined, workingDir: string, usual: string = RUN_FILE): Promise<ConfigFile> {
  const path = name === undefined ? defaultFile(workingDir, usual) : namedFile(resolve(workingDir, name), name);
  const baseDir = dirname(path);
  if (['.yaml', '.yml', '.json'].includes(extname(path))) return { path, baseDir, ...readText(path) };
  return { path, baseDir, raw: await importDefault(path), lineOf: () => undefined };
}

function defaultFile(dir: string, usual: string): string {
  const found = ENDINGS.map((ending) => `${usual}.${ending}`).find((name) => existsSync(join(dir, name)));
  if (found !== undefined) return join(dir, found);
  throw new EngineError('config/file-missing', {
    message: `There is no ${usual}.yaml (nor .yml, .json, .ts, .js, .mjs) in "${dir}".`,
    remedy: `Name a file: sauda ${usual === RUN_FILE ? 'backtest' : 'sandbox'} path/to/config.yaml.`,
    context: { dir },
  });
}

function namedFile(path: string, name: string): string {
  if (existsSync(path)) return path;
  const dir = dirname(path);
  const others = existsSync(dir) ? readdirSync(dir).filter((other) => /\.(ya?ml|json|[mc]?[tj]s)$/.test(other)) : [];
  throw new EngineError('config/file-missing', {
    message: `There is no file "${name}".`,
    remedy: others.length === 0 ? `There is no configuration in "${dir}".` : `In its folder there is ${others.slice(0, 8).join(', ')}.`,
    context: { path },
  });
}

function readText(path: string): Pick<ConfigFile, 'raw' | 'lineOf'> {
  const { value, errors, lineOf } = readPositioned(readFileSync(path, 'utf8'));
  if (errors.length > 0) {
    throw new ProblemsError(
      'config/file-unreadable',
      `"${basename(path)}" cannot be read`,
      errors.map(({ message, line }) => ({
        path: `${basename(path)}:${line}`,
        found: null,
        message,
        remedy: 'Check the indentation, colons and quotes around this line.',
        severity: 'error',
      })),
    );
  }
  return { raw: value, lineOf };
}

/** What a module exports by default. TypeScript works on every Node version. */
async function importDefault(path: string): Promise<unknown> {
  try {
    return await createJiti(pathToFileURL(path).href, { moduleCache: false }).import(path, { default: true });
  } catch (error) {
    throw new EngineError('config/file-unreadable', {
      message: `"${basename(path)}" cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      remedy: 'It must export the configuration by default: export default defineConfig({ … }).',
      context: { path },
      cause: error,
    });
  }
}
