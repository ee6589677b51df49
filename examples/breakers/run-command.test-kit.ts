import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Io, main } from '@sauda/cli';
import { onTestFinished } from 'vitest';

/** A copy of this folder's configurations and candles, for the test that asks: journals are written beside them. */
export function copyOfFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'sauda-breakers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of readdirSync(here)) if (/\.(yaml|csv)$/.test(name)) copyFileSync(join(here, name), join(folder, name));
  return folder;
}

/** The lines that `sauda run` prints for a configuration in a folder, while somebody named asha has typed some of her own. */
export async function linesOfRun(folder: string, config: string, typed: readonly string[] = []): Promise<readonly string[]> {
  let printed = '';
  const print = (text: string): void => {
    printed += text;
  };
  const io: Io = {
    out: print,
    err: print,
    outIsTerminal: false,
    errIsTerminal: false,
    environment: {},
    workingDir: folder,
    login: 'asha',
    now: () => 0,
    onInterrupt: () => () => undefined,
    onLine: (listener) => {
      for (const line of typed) listener(line);
      return () => undefined;
    },
    linesAtHand: () => Promise.resolve(),
  };
  const exitCode = await main(['run', config], io);
  if (exitCode !== 0) throw new Error(`sauda run ended with ${exitCode}:\n${printed}`);
  return printed.split('\n');
}

/** The lines of output that a page quotes: those of its blocks that name no language. */
export function quotedIn(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, language]) => language === '');
  return blocks.flatMap(([, , block = '']) => block.trimEnd().split('\n'));
}
