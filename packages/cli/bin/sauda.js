#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/main.js', import.meta.url);

if (existsSync(fileURLToPath(main))) {
  const { runFromCommandLine } = await import(main.href);
  process.exitCode = await runFromCommandLine();
} else {
  process.stderr.write('sauda is not built yet. Run "npm run build" in the root of the repository, then try again.\n');
  process.exitCode = 1;
}
