// Everything that must hold before a change is handed in, what fails fastest first.
// Stops at the first that fails; `npm run check -- --all` goes on and lists what failed.
import { spawnSync } from 'node:child_process';

import { root } from './lib/repository.mjs';

const steps = ['lockfile', 'lint', 'purity', 'layers', 'unused', 'typecheck', 'docs:check', 'build', 'packages', 'docs', 'test'];
const goesOn = process.argv.includes('--all');
const failed = [];

for (const step of steps) {
  process.stdout.write(`\n▶ npm run ${step}\n`);
  const started = process.hrtime.bigint();
  const { status } = spawnSync('npm', ['run', '--silent', step], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  const seconds = (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1);
  if (status === 0) {
    process.stdout.write(`✓ ${step} in ${seconds} s\n`);
    continue;
  }
  failed.push(step);
  process.stderr.write(`✗ ${step} failed after ${seconds} s\n`);
  if (!goesOn) break;
}

if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join(', ')}\n`);
  process.exit(1);
}
