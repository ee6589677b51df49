import { statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { EngineError } from '@sauda/engine';

import type { Io } from '../io.js';
import type { SavedReport } from './saved-form.js';
import { tearsheet } from './tearsheet.js';

/**
 * Says early what would be wrong with a file to write, before a long run ends in it.
 *
 * @throws EngineError `cli/html-not-writable` if its folder is not there, or if it is a folder itself.
 */
export function checkHtmlFile(name: string, { workingDir }: Io): void {
  const path = resolve(workingDir, name);
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true) throw notWritable(name, 'its folder is not there.');
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw notWritable(name, 'it is a folder.');
}

/**
 * Writes the tearsheet, and says so to people.
 *
 * @throws EngineError `cli/html-not-writable`
 */
export function writeTearsheet(report: SavedReport, name: string, io: Io): void {
  try {
    writeFileSync(resolve(io.workingDir, name), tearsheet(report));
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw notWritable(name, error.message, error);
  }
  io.err(`Tearsheet: ${name}\n`);
}

const notWritable = (name: string, why: string, cause?: unknown): EngineError =>
  new EngineError('cli/html-not-writable', {
    message: `"${name}" cannot be written: ${why}`,
    remedy: 'Name a file in a folder that is there and that you may write to: --html report.html.',
    context: { name },
    cause,
  });
