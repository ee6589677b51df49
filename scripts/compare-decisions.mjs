// Equal configurations and data give equal decisions on every Node: backtests of the examples on this one and on those named,
// `node scripts/compare-decisions.mjs 22 24`, must have the same decision hash. After `npm run build:js`.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { filesBelow, root } from './lib/repository.mjs';

const versions = process.argv.slice(2);
const bin = join(root, 'packages/cli/bin/sauda.js');
const configs = filesBelow('examples').filter(
  (path) => /\.config\.(ya?ml|json)$/.test(path) && /^["']?mode["']?:\s*["']?backtest/m.test(readFileSync(join(root, path), 'utf8')),
);

/** The decision hash of one configuration on one Node; `undefined` is the Node that runs this. */
function hashOn(version, config) {
  const args = [bin, 'backtest', join(root, config), '--json'];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, shell: process.platform === 'win32' };
  const { status, stdout, stderr } =
    version === undefined
      ? spawnSync(process.execPath, args, options)
      : spawnSync('npx', ['--yes', '--package', `node@${version}`, '--', 'node', ...args], options);
  if (status === 0) return JSON.parse(stdout).decisionHash;
  process.stderr.write(stderr);
  return `failed with exit code ${status}`;
}

if (configs.length === 0) {
  process.stderr.write('No example has a backtest to compare.\n');
  process.exit(1);
}

let differs = false;
for (const config of configs) {
  const expected = hashOn(undefined, config);
  process.stdout.write(`${config}\n  ${process.version} ${expected}\n`);
  if (!/^[0-9a-f]{64}$/.test(expected)) differs = true;
  for (const version of versions) {
    const found = hashOn(version, config);
    if (found !== expected) differs = true;
    process.stdout.write(`  v${version} ${found}${found === expected ? '' : ' differs'}\n`);
  }
}
if (differs) process.exit(1);
