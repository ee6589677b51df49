// Builds every package that has an entry point, the depended-upon first: `node scripts/build.mjs [--no-types] [package …]`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './lib/repository.mjs';

const order = ['engine', 'brokers', 'strategies', 'cli'];
const args = process.argv.slice(2);
const withTypes = !args.includes('--no-types');
const named = args.filter((arg) => !arg.startsWith('--'));

const unknown = named.filter((name) => !order.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No package is called "${unknown.join('", "')}": there are ${order.join(', ')}.\n`);
  process.exit(2);
}

for (const name of order.filter((each) => named.length === 0 || named.includes(each))) {
  const folder = join(root, 'packages', name);
  const sources = join(folder, 'src');
  const hasEntry = existsSync(join(sources, 'index.ts')) || readdirSync(sources).some((sub) => existsSync(join(sources, sub, 'index.ts')));
  if (!hasEntry) {
    process.stdout.write(`${name}: no entry point yet, nothing to build\n`);
    continue;
  }
  const started = process.hrtime.bigint();
  const tsup = join(root, 'node_modules', 'tsup', 'dist', 'cli-default.js');
  const { status } = spawnSync(
    process.execPath,
    [tsup, '--config', join(root, 'tsup.config.ts'), '--silent', ...(withTypes ? [] : ['--no-dts'])],
    { cwd: folder, stdio: 'inherit' },
  );
  if (status !== 0) {
    process.stderr.write(`${name}: the build failed\n`);
    process.exit(1);
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.stdout.write(`${name}: built in ${seconds.toFixed(1)} s\n`);
}
